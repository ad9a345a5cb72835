package org.faceaudit.intake.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.faceaudit.core.event.ConsentScope;
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

    private final JsonNode json = schema();
    private final JsonSchema schema = new JsonSchema(json);

    @TempDir
    private Path directory;

    private static JsonNode schema() {
        try (InputStream in = OperatorSchemaTest.class.getResourceAsStream("/faceaudit/schemas/operator.schema.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyShippedFileIsAsTheSchemaHasIt() throws IOException {
        List<Path> products = yaml(ROOT.resolve("schemas/products"));
        List<Path> samples = yaml(ROOT.resolve("deploy/local/src/main/resources/demo/operators"));
        assertThat(products).hasSizeGreaterThan(1);
        assertThat(samples).hasSizeGreaterThan(5);
        for (Path file : products) {
            assertThat(schema.problems(read(file), schema.definition("product")))
                    .as("%s", file)
                    .isEmpty();
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

    @Test
    void whatIsWrongIsFound() throws IOException {
        Path shipped = ROOT.resolve("deploy/local/src/main/resources/demo/operators/iron-gym.yaml");
        String text = Files.readString(shipped);
        assertThat(schema.problems(YAML.readTree(text.replace("operator:", "operater:"))))
                .contains("/operater must not be there", "/operator is missing");
        assertThat(schema.problems(YAML.readTree(text.replaceAll("password: .*", "password: secret"))))
                .singleElement()
                .asString()
                .startsWith("/source/password does not match");
        assertThat(schema.problems(YAML.readTree(text.replaceAll("zone: .*", "")))).contains("/source/zone is missing");
    }

    @Test
    void everyKeyThatTheReaderKnowsIsInTheSchemaAndNoOther() throws IOException {
        Map<String, Set<String>> known = new TreeMap<>();
        for (String text : List.of(EVERY_SECTION, OTHER_WAYS, BY_A_PRODUCT)) {
            ask(text.replace("?", UNKNOWN), known);
        }
        Map<String, Set<String>> written = new TreeMap<>();
        written.put("root", keys(json));
        written.put("mapping", keys(json.path("properties").path("mapping")));
        written.put("productMapping", keys(schema.definition("product").path("properties").path("mapping")));
        json.path("$defs").properties().forEach(definition -> {
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
        OperatorFileException wrong =
                catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file));
        for (Problem problem : wrong.problems()) {
            Matcher asked = ASKED.matcher(problem.sentence());
            if (asked.matches()) {
                assertThat(problem.remedy()).startsWith("Write one of ");
                String keys = problem.remedy().substring("Write one of ".length(), problem.remedy().length() - 1);
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
        assertThat(property("consent", "scope").path("description").asText())
                .contains(Stream.of(ConsentScope.values()).map(Enum::name).toList());
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
                      person: {identifies: phone, column: a}
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
                      method: {column: m, ?reading: x}
                      outcome: {column: o, ?reading: x}
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
