package org.faceaudit.intake.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads operators' files. */
public final class OperatorFiles {

    private static final Pattern ID = Pattern.compile("[a-z0-9-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String EVERY_DAY = "every-day";
    private static final String WORKING_DAYS = "working-days";
    private static final Duration FASTEST_HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration SLOWEST_HEARTBEAT = Duration.ofSeconds(10);
    private static final Pattern HOURS =
            Pattern.compile("((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)");
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");

    private OperatorFiles() {}

    /**
     * Reads one file.
     *
     * @throws OperatorFileException with everything that is wrong
     */
    public static OperatorFile read(Path file) throws OperatorFileException {
        return parse(file).file();
    }

    /**
     * The text of a file for readers that hold no key, such as the job: the tables of the product that it uses stand in
     * it, and every constant that a filter compares a tokenised column with is that column's token.
     *
     * @throws OperatorFileException with everything that is wrong
     */
    public static String prepared(Path file, LiteralTokens tokens) throws OperatorFileException {
        Parsed parsed = parse(file);
        Map<Node, String> made = new IdentityHashMap<>();
        Problems problems = new Problems(parsed.rows().file());
        for (FilterLiteral literal : parsed.rows().literals()) {
            try {
                made.put(literal.at(), tokens.of(literal.column(), parsed.tokenKey(), literal.text()));
            } catch (IllegalArgumentException nothing) {
                problems.add(literal.at(), nothing.getMessage(), "Compare with something that the column can hold.");
            }
        }
        if (!problems.isEmpty()) {
            throw new OperatorFileException(problems.sorted());
        }
        return PreparedText.of(parsed.root(), parsed.tokenKey(), parsed.rows().written(), made);
    }

    private record Parsed(OperatorFile file, Node root, String tokenKey, Rows rows) {}

    private static Parsed parse(Path file) throws OperatorFileException {
        Problems problems = new Problems(file.toString());
        List<Problem> elsewhere = new ArrayList<>();
        Optional<Parsed> read = compose(problems, file)
                .flatMap(root -> YamlSection.of(problems, root, "the file"))
                .flatMap(root -> read(file, root, elsewhere));
        List<Problem> all = new ArrayList<>(problems.sorted());
        all.addAll(elsewhere);
        if (!all.isEmpty()) {
            throw new OperatorFileException(all);
        }
        return read.orElseThrow(() -> new IllegalStateException(file + " gave neither a result nor a problem"));
    }

    /**
     * Reads every {@code *.yaml} and {@code *.yml} of a directory, in the order of their names.
     *
     * @throws OperatorFileException with everything that is wrong in any of them, or if two describe the same system
     */
    public static List<OperatorFile> readDirectory(Path directory) throws OperatorFileException {
        OperatorDirectory read = readEach(directory);
        if (!read.problems().isEmpty()) {
            throw new OperatorFileException(read.problems());
        }
        return read.files();
    }

    /**
     * Reads a directory as {@link #readDirectory} does, and gives what could be read beside what is wrong with the rest: of
     * two files that describe the same system the later one is wrong.
     *
     * @throws OperatorFileException if the directory cannot be read or holds no file
     */
    public static OperatorDirectory readEach(Path directory) throws OperatorFileException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(entry -> entry.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw unreadable(directory, "The directory cannot be read.", "Name a directory with operators' files.");
        }
        if (files.isEmpty()) {
            throw unreadable(directory, "The directory holds no *.yaml file.", "Add one file per system.");
        }
        List<OperatorFile> read = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (Path file : files) {
            try {
                OperatorFile operator = read(file);
                String before = seen.putIfAbsent(operator.mapping().topic(), operator.file());
                if (before != null) {
                    problems.add(new Problem(
                            operator.file(),
                            1,
                            1,
                            "Operator " + operator.operator() + ", system " + operator.system() + " is described in "
                                    + before + " already.",
                            "Give this one another 'system'."));
                    continue;
                }
                read.add(operator);
            } catch (OperatorFileException wrong) {
                problems.addAll(wrong.problems());
            }
        }
        return new OperatorDirectory(read, problems);
    }

    private static OperatorFileException unreadable(Path path, String sentence, String remedy) {
        return new OperatorFileException(List.of(new Problem(path.toString(), 1, 1, sentence, remedy)));
    }

    private static Optional<Node> compose(Problems problems, Path file) {
        try {
            return compose(problems, Files.readString(file));
        } catch (CharacterCodingException badText) {
            problems.add("The file is not UTF-8.", "Save it as UTF-8.");
        } catch (IOException failed) {
            problems.add("The file cannot be read.", "Check its name and permissions.");
        }
        return Optional.empty();
    }

    private static Optional<Node> compose(Problems problems, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.add("The file is empty.", "Describe one system in it.");
            }
            return Optional.ofNullable(root).map(OperatorFiles::withoutAliases);
        } catch (MarkedYAMLException wrong) {
            problems.add(
                    wrong.getProblemMark(),
                    "This is not YAML: " + wrong.getProblem() + ".",
                    "Check indentation and quotes.");
        } catch (YAMLException wrong) {
            problems.add(
                    "This is not YAML: "
                            + wrong.getMessage().lines().findFirst().orElse("unreadable") + ".",
                    "Check the file's characters and nesting.");
        }
        return Optional.empty();
    }

    /** Each place with a node of its own: what one of them means, its alias elsewhere need not. Aliases of lists and sections are none. */
    private static Node withoutAliases(Node node) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue()
                    .replaceAll(entry ->
                            new NodeTuple(withoutAliases(entry.getKeyNode()), withoutAliases(entry.getValueNode())));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().replaceAll(OperatorFiles::withoutAliases);
        } else if (node instanceof ScalarNode scalar) {
            return new ScalarNode(
                    scalar.getTag(),
                    scalar.getValue(),
                    scalar.getStartMark(),
                    scalar.getEndMark(),
                    scalar.getScalarStyle());
        }
        return node;
    }

    private static Optional<Parsed> read(Path file, YamlSection root, List<Problem> elsewhere) {
        Optional<String> operator = id(root, "operator");
        Optional<String> system = id(root, "system");
        Optional<Source> source = root.requiredSection("source").flatMap(OperatorFiles::source);
        Optional<String> product = root.text("use");
        Optional<YamlSection> mapping = root.section("mapping");
        root.noOthers();
        String tokenKey = mapping.flatMap(section -> section.text("token-key")).orElse("k1");
        if (!ID.matcher(tokenKey).matches()) {
            mapping.ifPresent(section ->
                    section.problem("token-key", "'" + tokenKey + "' is no key id.", "Use a-z, 0-9 and '-' only."));
        }
        Optional<YamlSection> tables = mapping.flatMap(section -> section.section("tables"));
        mapping.ifPresent(YamlSection::noOthers);
        if (product.isPresent() == tables.isPresent()) {
            root.problem(
                    product.isPresent() ? "use" : "mapping",
                    product.isPresent() ? "Both 'use' and tables stand here." : "Nothing says what the rows mean.",
                    product.isPresent()
                            ? "Keep one of the two."
                            : "Name a product with 'use:', or describe tables under 'mapping:', 'tables:'.");
            return Optional.empty();
        }
        Optional<Rows> rows = product.isPresent()
                ? product(file, root, product.get(), source, tokenKey, elsewhere)
                : tables.map(section -> rows(file.toString(), root.problems(), section, tokenKey));
        if (operator.isEmpty() || system.isEmpty() || source.isEmpty() || rows.isEmpty()) {
            return Optional.empty();
        }
        if (!root.problems().isEmpty() || !elsewhere.isEmpty()) {
            return Optional.empty();
        }
        SourceAddress address = source.get().address();
        String version = CanonicalYaml.version(rows.get().written(), tokenKey, address.zone());
        Mapping result = new Mapping(
                operator.get(),
                system.get(),
                address.zone(),
                tokenKey,
                address.heartbeatTable(),
                source.get().promise(),
                rows.get().tables(),
                version);
        OperatorFile read = new OperatorFile(file.toString(), operator.get(), system.get(), address, product, result);
        return Optional.of(new Parsed(read, root.node(), tokenKey, rows.get()));
    }

    private record Rows(String file, Node written, List<MappedTable> tables, List<FilterLiteral> literals) {}

    private static Rows rows(String file, Problems problems, YamlSection tables, String tokenKey) {
        MappingReader.Tables read = new MappingReader(problems, tokenKey).tables(tables);
        return new Rows(file, tables.node(), read.tables(), read.literals());
    }

    private static Optional<Rows> product(
            Path file,
            YamlSection root,
            String product,
            Optional<Source> source,
            String tokenKey,
            List<Problem> elsewhere) {
        boolean beside = product.startsWith("./") && product.endsWith(".yaml");
        if (!beside && !ID.matcher(product).matches()) {
            root.problem("use", "'" + product + "' is no product.", "Write its name, or ./file.yaml beside this file.");
            return Optional.empty();
        }
        String name = beside ? file.resolveSibling(product).normalize().toString() : "products/" + product + ".yaml";
        Problems problems = new Problems(name);
        Optional<Node> node = beside
                ? compose(problems, file.resolveSibling(product))
                : resource(root, product).flatMap(text -> compose(problems, text));
        Optional<Rows> rows = node.map(top -> source.map(known ->
                                DatabasePlace.filled(top, known.address().database()))
                        .orElse(top))
                .flatMap(top -> YamlSection.of(problems, top, "the product's file"))
                .flatMap(section -> {
                    section.requiredText("product");
                    section.text("about");
                    Optional<YamlSection> tables = section.requiredSection("mapping")
                            .flatMap(mapping -> {
                                Optional<YamlSection> inner = mapping.requiredSection("tables");
                                mapping.noOthers();
                                return inner;
                            });
                    section.noOthers();
                    return tables.map(inner -> rows(name, problems, inner, tokenKey));
                });
        elsewhere.addAll(problems.sorted());
        return rows;
    }

    private static Optional<String> resource(YamlSection root, String product) {
        String path = "/faceaudit/schemas/products/" + product + ".yaml";
        try (InputStream in = OperatorFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                root.problem(
                        "use",
                        "No product is called '" + product + "'.",
                        "Use one of schemas/products, or describe the tables under 'mapping:'.");
                return Optional.empty();
            }
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new IllegalStateException("resource " + path + " cannot be read", broken);
        }
    }

    private static Optional<String> id(YamlSection section, String key) {
        Optional<String> id = section.requiredText(key);
        if (id.isPresent() && (!ID.matcher(id.get()).matches() || id.get().equals(Mapping.REGISTRY))) {
            section.problem(
                    key,
                    "'" + id.get() + "' cannot be an " + key + " id.",
                    "Use a-z, 0-9 and '-' only, and not 'registry'.");
            return Optional.empty();
        }
        return id;
    }

    private static Optional<Source> source(YamlSection section) {
        Optional<SourceKind> kind = section.requiredText("kind").flatMap(word -> {
            Optional<SourceKind> known = SourceKind.parse(word);
            if (known.isEmpty()) {
                section.problem(
                        "kind",
                        word.equals("mysql")
                                ? "Sources of kind 'mysql' are not supported yet."
                                : "'" + word + "' is no kind of source.",
                        "Write one of " + String.join(", ", SourceKind.words()) + ".");
            }
            return known;
        });
        Optional<String> url = section.requiredText("url");
        url.ifPresent(text -> kind.filter(known -> !known.isAddress(text))
                .ifPresent(known -> section.problem(
                        "url",
                        "This is no address of a " + known.title() + " database.",
                        "Write " + known.address() + ".")));
        url.filter(SourceKind::carriesCredentials)
                .ifPresent(text -> section.problem(
                        "url", "The address carries credentials.", "Move them to 'user' and 'password'."));
        Optional<String> user = section.requiredText("user");
        Optional<String> password = section.requiredText("password").flatMap(text -> {
            Matcher variable = VARIABLE.matcher(text);
            if (variable.matches()) {
                return Optional.of(variable.group(1));
            }
            section.problem(
                    "password",
                    "A password must not stand in the file.",
                    "Put it into an environment variable and write ${env:NAME}.");
            return Optional.empty();
        });
        Optional<ZoneId> zone = section.requiredText("zone").flatMap(text -> zone(section, text));
        Optional<YamlSection> heartbeat = section.requiredSection("heartbeat");
        Optional<String> table = heartbeat.flatMap(inner -> inner.requiredText("table"));
        table.filter(name -> !name.matches("[^.\\s]+\\.[^.\\s]+"))
                .ifPresent(
                        name -> heartbeat.get().problem("table", "'" + name + "' is no table.", "Write schema.table."));
        Optional<HeartbeatPromise> promise = heartbeat.map(OperatorFiles::promise);
        Duration interval = heartbeat
                .flatMap(inner -> inner.text("every").flatMap(text -> span(inner, "every", text)))
                .orElseGet(() -> interval(promise.orElse(HeartbeatPromise.UNSPOKEN)));
        heartbeat.ifPresent(inner -> checkInterval(inner, promise.get(), interval));
        heartbeat.ifPresent(YamlSection::noOthers);
        section.noOthers();
        boolean reached = url.isPresent()
                && kind.filter(known -> known.isAddress(url.get())).isPresent();
        if (!reached || user.isEmpty() || password.isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        return table.map(name -> new Source(
                new SourceAddress(kind.get(), url.get(), user.get(), password.get(), zone.get(), name, interval),
                promise.get()));
    }

    /** A source, and what it promises to whoever judges it. */
    private record Source(SourceAddress address, HeartbeatPromise promise) {}

    private static HeartbeatPromise promise(YamlSection heartbeat) {
        Optional<Duration> within = heartbeat.text("promise").flatMap(text -> span(heartbeat, "promise", text));
        LocalTime[] hours = heartbeat
                .text("hours")
                .flatMap(text -> hours(heartbeat, text))
                .orElse(new LocalTime[] {LocalTime.MIDNIGHT, LocalTime.MIDNIGHT});
        Optional<String> days = heartbeat.text("days");
        days.filter(text -> !text.equals(EVERY_DAY) && !text.equals(WORKING_DAYS))
                .ifPresent(text -> heartbeat.problem(
                        "days",
                        "'" + text + "' are no days on which heartbeats are promised.",
                        "Write " + EVERY_DAY + " or " + WORKING_DAYS + "."));
        return new HeartbeatPromise(
                within.orElse(null),
                hours[0],
                hours[1],
                days.filter(WORKING_DAYS::equals).isPresent());
    }

    /** From and until, each a time of the legal day; 24:00 is its end, and what ends before it begins does so on the next day. */
    private static Optional<LocalTime[]> hours(YamlSection heartbeat, String text) {
        Matcher hours = HOURS.matcher(text);
        if (hours.matches()) {
            LocalTime from = LocalTime.parse(hours.group(1));
            boolean toTheEnd = hours.group(2).equals("24:00");
            LocalTime until = toTheEnd ? LocalTime.MIDNIGHT : LocalTime.parse(hours.group(2));
            if (toTheEnd || !from.equals(until)) {
                return Optional.of(new LocalTime[] {from, until});
            }
        }
        heartbeat.problem(
                "hours",
                "'" + text + "' are no hours of a day.",
                "Write the first and the last time in Shanghai: 07:00-23:00, or 18:00-02:00 of those who stay open.");
        return Optional.empty();
    }

    /** Who beats no more often than it promises would be called silent between any two beats. */
    private static void checkInterval(YamlSection heartbeat, HeartbeatPromise promise, Duration interval) {
        if (promise.within() != null && interval.compareTo(promise.within()) >= 0) {
            heartbeat.problem(
                    heartbeat.has("every") ? "every" : "promise",
                    "A heartbeat every " + interval.toSeconds() + "s cannot keep the promise of one within "
                            + promise.within().toSeconds() + "s.",
                    "Beat at least twice as often as you promise.");
        }
    }

    /** Three beats within what is promised, neither hastily nor sluggishly. */
    private static Duration interval(HeartbeatPromise promise) {
        Duration third = promise.shortest().dividedBy(3);
        return third.compareTo(FASTEST_HEARTBEAT) < 0
                ? FASTEST_HEARTBEAT
                : third.compareTo(SLOWEST_HEARTBEAT) > 0 ? SLOWEST_HEARTBEAT : third;
    }

    private static Optional<ZoneId> zone(YamlSection section, String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            section.problem("zone", "'" + text + "' is no time zone.", "Write one like Asia/Shanghai.");
            return Optional.empty();
        }
    }

    private static Optional<Duration> span(YamlSection section, String key, String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            section.problem(key, "'" + text + "' is no span of time.", "Write a number and s, m or h: 60s.");
            return Optional.empty();
        }
        long number = Long.parseLong(span.group(1));
        return Optional.of(
                switch (span.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }
}
