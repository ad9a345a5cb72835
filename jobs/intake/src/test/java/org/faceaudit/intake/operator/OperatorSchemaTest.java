package org.faceaudit.intake.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.event.LegalBasis;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.intake.mapping.MethodsReading;
import org.faceaudit.intake.mapping.PersonReading;
import org.faceaudit.intake.mapping.PresenceReading;
import org.faceaudit.intake.mapping.SpaceReading;
import org.faceaudit.intake.mapping.TimeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code operator.schema.json} says what the reader of operators' files says. */
class OperatorSchemaTest {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Path ROOT = Path.of("..", "..");

    /** Stands in the place of a key that no section knows; what follows it names the section by its schema. */
    private static final String UNKNOWN = "z".repeat(40);

    private static final Pattern ASKED = Pattern.compile("'z{40}(\\w+)' means nothing in .*");

    private final OperatorSchema schema = new OperatorSchema();

    @TempDir
    private Path directory;

    @Test
    void theSchemaIsOne() {
        assertThat(schema.ownProblems()).isEmpty();
    }

    @Test
    void everyShippedFileIsAsTheSchemaHasIt() throws IOException {
        List<Path> products = yaml(ROOT.resolve("schemas/products"));
        List<Path> samples = yaml(ROOT.resolve("deploy/local/src/main/resources/demo/operators"));
        assertThat(products).hasSizeGreaterThan(1);
        assertThat(samples).hasSizeGreaterThan(5);
        for (Path file : products) {
            assertThat(schema.productProblems(read(file))).as("%s", file).isEmpty();
        }
        for (Path file : samples) {
            assertThat(schema.problems(read(file))).as("%s", file).isEmpty();
        }
    }

    private static List<Path> yaml(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return YAML.readTree(Files.readString(file));
    }

    /** Every key renamed, dropped, of another kind; every value another: whoever refuses what. */
    @Test
    void theSchemaRefusesWhatIsWrongInShapeAndNothingThatTheReaderTakes() throws IOException {
        List<Path> samples = yaml(ROOT.resolve("deploy/local/src/main/resources/demo/operators"));
        int refusals = 0;
        for (Path sample : samples) {
            refusals += compareDamaged(read(sample), node -> node, schema::problems);
        }
        JsonNode byProduct = YAML.readTree(plain(BY_A_PRODUCT));
        for (Path product : yaml(ROOT.resolve("schemas/products"))) {
            refusals += compareDamaged(
                    read(product),
                    node -> {
                        YAML.writeValue(directory.resolve("product.yaml").toFile(), node);
                        return byProduct;
                    },
                    schema::productProblems);
        }
        assertThat(refusals).isGreaterThan(1_000);
    }

    /** Makes of a damaged document the operator's file that has or uses it. */
    private interface Wrapping {
        JsonNode operatorFile(JsonNode damaged) throws IOException;
    }

    private int compareDamaged(JsonNode whole, Wrapping wrapping, Function<JsonNode, List<String>> bySchema)
            throws IOException {
        int refusals = 0;
        for (Damage damage : Damage.of(whole)) {
            JsonNode damaged = damage.document();
            Path file = directory.resolve("operator.yaml");
            YAML.writeValue(file.toFile(), wrapping.operatorFile(damaged));
            List<Problem> found = List.of();
            try {
                OperatorFiles.read(file);
            } catch (OperatorFileException wrong) {
                found = wrong.problems();
            }
            List<String> refused = bySchema.apply(damaged);
            if (found.stream().anyMatch(OperatorSchema::isStructural)) {
                assertThat(refused)
                        .as("%s: the reader says %s", damage.what(), found)
                        .isNotEmpty();
            }
            if (!refused.isEmpty()) {
                refusals++;
                assertThat(found)
                        .as("%s: the schema says %s", damage.what(), refused)
                        .isNotEmpty();
            }
        }
        return refusals;
    }

    @Test
    void everyKeyIsExplained() {
        List<String> silent = new ArrayList<>();
        schema.json().path("properties").properties().forEach(key -> explained("root", key, silent));
        schema.json().path("$defs").properties().forEach(definition -> {
            if (!definition.getValue().has("title")) {
                silent.add(definition.getKey());
            }
            definition
                    .getValue()
                    .path("properties")
                    .properties()
                    .forEach(key -> explained(definition.getKey(), key, silent));
        });
        assertThat(silent).isEmpty();
    }

    private static void explained(String section, Map.Entry<String, JsonNode> key, List<String> silent) {
        if (!key.getValue().has("description")) {
            silent.add(section + "." + key.getKey());
        }
    }

    @Test
    void everyKeyThatTheReaderKnowsIsInTheSchemaAndNoOther() throws IOException {
        Map<String, Set<String>> known = new TreeMap<>();
        for (String text : List.of(EVERY_SECTION, OTHER_WAYS, BY_A_PRODUCT)) {
            ask(text.replace("?", UNKNOWN), known);
        }
        Map<String, Set<String>> written = new TreeMap<>();
        written.put("root", keys(schema.json()));
        written.put("mapping", keys(schema.json().path("properties").path("mapping")));
        written.put(
                "productMapping",
                keys(schema.definition("product").path("properties").path("mapping")));
        schema.json().path("$defs").properties().forEach(definition -> {
            if (definition.getValue().has("properties")) {
                written.put(definition.getKey(), keys(definition.getValue()));
            }
        });

        assertThat(known).isEqualTo(written);
    }

    private static Set<String> keys(JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Reads a file with an unknown key in every section: the remedy names the keys that the reader asked for. */
    private void ask(String text, Map<String, Set<String>> known) throws IOException {
        Files.writeString(directory.resolve("product.yaml"), PRODUCT.replace("?", UNKNOWN));
        Path file = Files.writeString(directory.resolve("operator.yaml"), text);
        OperatorFileException wrong = catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file));
        for (Problem problem : wrong.problems()) {
            Matcher asked = ASKED.matcher(problem.sentence());
            if (asked.matches()) {
                assertThat(problem.remedy()).startsWith("Write one of ");
                String keys = problem.remedy()
                        .substring("Write one of ".length(), problem.remedy().length() - 1);
                known.computeIfAbsent(asked.group(1), none -> new TreeSet<>())
                        .addAll(Arrays.asList(keys.split(", ", -1)));
            }
        }
    }

    @Test
    void everyWordThatTheReaderKnowsIsInTheSchema() {
        assertThat(words(schema.definition("method"))).isEqualTo(MethodsReading.METHODS);
        assertThat(words(schema.definition("timeType"))).containsExactlyInAnyOrderElementsOf(TimeType.spellings());
        assertThat(words(property("source", "kind"))).containsExactlyInAnyOrderElementsOf(SourceKind.words());
        assertThat(words(property("person", "identifies"))).isEqualTo(PersonReading.KINDS);
        assertThat(words(property("presence", "as"))).isEqualTo(PresenceReading.FORMS);
        assertThat(words(property("space", "values").path("additionalProperties")))
                .containsExactlyInAnyOrderElementsOf(SpaceReading.SPACES);
        for (String part : List.of("constant", "values")) {
            JsonNode outcomes =
                    property("attempt", "outcome").path("properties").path(part);
            assertThat(words(part.equals("values") ? outcomes.path("additionalProperties") : outcomes))
                    .isEqualTo(names(AttemptOutcome.values()));
        }
        assertThat(words(property("consent", "scope").path("properties").path("constant")))
                .isEqualTo(names(ConsentScope.values()));
        assertThat(words(property("consent", "scope")
                        .path("properties")
                        .path("values")
                        .path("additionalProperties")))
                .isEqualTo(names(ConsentScope.values()));
        for (JsonNode kinds : List.of(
                property("declaredFiling", "kind").path("properties").path("constant"),
                property("declaredFiling", "kind")
                        .path("properties")
                        .path("values")
                        .path("additionalProperties"))) {
            assertThat(words(kinds)).isEqualTo(names(FilingKind.values()));
        }
        assertThat(words(property("consent", "legal-basis").path("properties").path("constant")))
                .isEqualTo(names(LegalBasis.values()));
        assertThat(words(property("consent", "legal-basis")
                        .path("properties")
                        .path("values")
                        .path("additionalProperties")))
                .isEqualTo(names(LegalBasis.values()));
    }

    private static List<String> names(Enum<?>... words) {
        return Stream.of(words).map(Enum::name).toList();
    }

    @Test
    void daysAndHoursOfHeartbeatsAreAsTheReaderHasThem() throws IOException {
        String source = plain(SOURCE) + "use: gym\n";
        for (String promise : List.of("days: zzz", "hours: 23:00", "hours: 7:00-8:00", "every: often", "promise: 0s")) {
            String text = source.replace("table: public.heartbeat", "table: public.heartbeat, " + promise);
            Path file = Files.writeString(directory.resolve("operator.yaml"), text);
            assertThat(catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file)))
                    .as(promise)
                    .isNotNull();
            assertThat(schema.problems(text)).as(promise).isNotEmpty();
        }
        for (String day : words(property("heartbeat", "days"))) {
            String promise = "table: public.heartbeat, days: " + day + ", hours: 07:00-24:00, every: 5s, promise: 5m";
            String text = source.replace("table: public.heartbeat", promise);
            assertThat(schema.problems(text)).isEmpty();
            Path file = Files.writeString(directory.resolve("operator.yaml"), text);
            assertThatCode(() -> OperatorFiles.read(file)).doesNotThrowAnyException();
        }
    }

    @Test
    void aTableHasAKeyOrSaysThatItHasNone() throws IOException {
        String table = plain(SOURCE) + """
                mapping:
                  tables:
                    public.face:
                      %s
                      facts: {event: face-record, image: {present: row}}
                """;
        for (String none : List.of("keyless: true", "keyless: 'true'", "key: [id]")) {
            String text = table.formatted(none);
            assertThat(schema.problems(text)).as(none).isEmpty();
            Path file = Files.writeString(directory.resolve("operator.yaml"), text);
            assertThatCode(() -> OperatorFiles.read(file)).as(none).doesNotThrowAnyException();
        }
        for (String wrong : List.of("keyless: false", "keyless: id", "soft-delete: x", "{key: [id], keyless: true}")) {
            String text = table.formatted(wrong.startsWith("{") ? "key: [id]\n      keyless: true" : wrong);
            assertThat(schema.problems(text)).as(wrong).isNotEmpty();
            Path file = Files.writeString(directory.resolve("operator.yaml"), text);
            assertThat(catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file)))
                    .as(wrong)
                    .isNotNull();
        }
    }

    /** A text without the keys that no section knows. */
    private static String plain(String text) {
        return text.replaceAll("(?m)^ *\\?.*\\n", "").replaceAll(", \\?\\w+: x", "");
    }

    /** Words that the reader keeps to itself are told by its remedies. */
    @Test
    void everyKindThatTheReaderOffersIsInTheSchema() throws IOException {
        String table = plain(SOURCE) + """
                mapping:
                  tables:
                    public.face:
                      key: [id]
                      tokens: {a: %1$s}
                      facts:
                        - event: %1$s
                        - event: purpose-end
                          person: {identifies: phone, column: b, normalise: %1$s}
                          ends-on: {column: c}
                """.formatted(UNKNOWN);
        Path file = Files.writeString(directory.resolve("operator.yaml"), table);
        List<String> remedies =
                catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file)).problems().stream()
                        .map(Problem::remedy)
                        .toList();
        List<String> events = new ArrayList<>();
        schema.definition("fact").path("anyOf").forEach(kind -> {
            String name = kind.path("$ref").asText().substring("#/$defs/".length());
            events.add(property(name, "event").path("const").asText());
        });
        assertThat(remedies)
                .map(remedy -> Set.of(remedy.substring("Write one of ".length(), remedy.length() - 1)
                        .split(", ", -1)))
                .containsExactlyInAnyOrder(
                        Set.copyOf(words(property("mappedTable", "tokens").path("additionalProperties"))),
                        Set.copyOf(events),
                        Set.copyOf(words(schema.definition("step"))));
    }

    private JsonNode property(String definition, String key) {
        return schema.definition(definition).path("properties").path(key);
    }

    private static List<String> words(JsonNode definition) {
        return StreamSupport.stream(definition.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static final String SOURCE = """
            operator: acme
            system: one
            ?root: x
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:5432/one
              user: capture
              password: ${env:ONE}
              zone: Asia/Shanghai
              heartbeat: {table: public.heartbeat, ?heartbeat: x}
              ?source: x
            """;

    private static final String EVERY_SECTION = SOURCE + """
            mapping:
              ?mapping: x
              tables:
                public.face:
                  key: [id]
                  ?mappedTable: x
                  where: {column: a, equals: b, ?condition: x}
                  facts:
                    - event: face-record
                      ?faceRecord: x
                      person: {identifies: local-id, column: a, collection: {column: b, ?reading: x}, ?person: x}
                      image: {column: b, as: bytes, ?presence: x}
                      stored-at: {column: c, type: timestamp, ?time: x}
                      retention: {column: d, ?retention: x}
                    - event: access-point
                      ?accessPoint: x
                      space: {column: r, ?space: x}
                      in-force: {column: s, ?inForce: x}
                      methods: {column: m, delimiter: ",", ?methods: x}
                    - event: purpose-end
                      ?purposeEnd: x
                      person: {identifies: phone, columns: [a, z]}
                      ends-on: {column: e, ?day: x}
                    - event: consent
                      ?consent: x
                      person: {identifies: phone, column: a}
                      separate: {column: f, ?flag: x}
                      scope: {column: g, ?word: x}
                    - event: attempt
                      ?attempt: x
                      access-point: {column: p, ?reading: x}
                      at: {column: t, type: timestamptz, ?time: x}
                      method: {column: m, ?word: x}
                      outcome: {column: o, ?word: x}
                    - event: technology-use
                      ?technologyUse: x
                      scene: {column: n, ?word: x}
                      terminated-on: {column: u, ?day: x}
                    - event: declared-filing
                      ?declaredFiling: x
                      kind: {column: k, ?word: x}
                      submitted-on: {column: v, ?day: x}
                      declared-persons: {column: w, ?reading: x}
            """;

    /** What is asked for only where a section is written another way. */
    private static final String OTHER_WAYS = SOURCE + """
            mapping:
              tables:
                public.face:
                  key: [id]
                  where: {column: a, not: b, ?condition: x}
                  facts:
                    - event: face-record
                      person: {one-of: [{identifies: phone, column: a, ?alternative: x}, {identifies: phone, column: b}]}
                      image: {present: row}
                      retention: {until: d, ?retention: x}
                    - event: access-point
                      methods: {json: m, ?methods: x}
            """;

    private static final String BY_A_PRODUCT = SOURCE + """
            use: ./product.yaml
            """;

    private static final String PRODUCT = """
            product: sample
            ?product: x
            mapping:
              ?productMapping: x
              tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      image: {present: row}
            """;
}
