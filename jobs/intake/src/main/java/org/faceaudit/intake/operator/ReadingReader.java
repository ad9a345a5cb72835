package org.faceaudit.intake.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.faceaudit.intake.mapping.Condition;
import org.faceaudit.intake.mapping.FlagReading;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.PersonReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.TimeReading;
import org.faceaudit.intake.mapping.TimeType;
import org.faceaudit.intake.mapping.WordReading;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the pieces that facts are made of: columns behind references, persons, times, conditions. */
final class ReadingReader {

    private static final Pattern ID = Pattern.compile("[a-z0-9-]+");
    private static final Pattern HOP = Pattern.compile("\\s*(\\S+)\\s*(->|<-)\\s*(\\S+\\.\\S+)\\.([^.\\s]+)\\s*");
    private static final List<String> STEPS =
            List.of("none", "trim", "upper", "lower", "digits", "half-width", "idcard", "phone");

    private static final List<String> BOOLEANS = List.of("true", "false");

    private final Problems problems;

    ReadingReader(Problems problems) {
        this.problems = problems;
    }

    /** {@code column} and {@code via} of a section; other keys are the caller's. */
    Optional<Reading> reading(YamlSection section) {
        List<Join> via = via(section);
        return section.requiredText("column").map(column -> new Reading(column, via));
    }

    /** A section with nothing but {@code column} and {@code via}. */
    Optional<Reading> plain(YamlSection parent, String key) {
        return parent.section(key).flatMap(section -> {
            Optional<Reading> reading = reading(section);
            section.noOthers();
            return reading;
        });
    }

    private List<Join> via(YamlSection section) {
        List<Join> via = new ArrayList<>();
        List<Node> items = section.items("via");
        for (Node item : items) {
            Matcher hop = HOP.matcher(item instanceof ScalarNode scalar ? scalar.getValue() : "");
            if (hop.matches()) {
                via.add(new Join(
                        hop.group(1), hop.group(3), hop.group(4), hop.group(2).equals("<-")));
            } else {
                problems.add(
                        item,
                        "A hop of 'via' must name two columns.",
                        "Write 'column -> schema.table.column', or '<-' for rows that point here.");
            }
        }
        if (items.size() > Reading.MOST_HOPS) {
            section.problem(
                    "via",
                    "'via' has " + items.size() + " hops.",
                    "At most " + Reading.MOST_HOPS + " can be followed.");
        }
        return via.size() <= Reading.MOST_HOPS ? via : via.subList(0, Reading.MOST_HOPS);
    }

    /** A time; {@code usual} is its type when the file states none, {@code null} if it must state one. */
    Optional<TimeReading> time(YamlSection parent, String key, TimeType usual) {
        return parent.section(key).flatMap(section -> {
            Optional<Reading> reading = reading(section);
            Optional<TimeType> type = type(section, usual);
            section.noOthers();
            return reading.flatMap(column -> type.map(spelt -> new TimeReading(column, spelt)));
        });
    }

    Optional<TimeType> type(YamlSection section, TimeType usual) {
        Optional<String> written = usual == null ? section.requiredText("type") : section.text("type");
        if (written.isEmpty()) {
            return Optional.ofNullable(usual);
        }
        Optional<TimeType> type = TimeType.parse(written.get());
        if (type.isEmpty()) {
            section.problem(
                    "type",
                    "'" + written.get() + "' is no spelling of time.",
                    NearestWord.remedy(written.get(), TimeType.spellings()));
        }
        return type;
    }

    /** Whether something is so; empty if the key is not there or cannot be read. */
    Optional<FlagReading> flag(YamlSection parent, String key) {
        return parent.section(key).flatMap(section -> {
            Optional<String> constant = section.text("constant");
            Optional<Reading> column = section.has("column") ? reading(section) : Optional.empty();
            List<String> values = section.textsOrNothing("in");
            section.noOthers();
            if (!constantOrColumn(parent, key, section)) {
                return Optional.empty();
            }
            if (column.isPresent()) {
                return column.map(reading -> new FlagReading(null, reading, values));
            }
            if (constant.isPresent() && (!BOOLEANS.contains(constant.get()) || !values.isEmpty())) {
                section.problem(
                        "constant", "A constant is true or false, and nothing else.", "Write {constant: true}.");
                return Optional.empty();
            }
            return constant.map(text -> new FlagReading(Boolean.valueOf(text), null, List.of()));
        });
    }

    /** A text that is no word of ours; {@code null} if the key is not there or cannot be read. */
    WordReading text(YamlSection parent, String key) {
        return word(parent, key, List.of());
    }

    /**
     * A word of a vocabulary; {@code null} if the key is not there or cannot be read.
     *
     * @param vocabulary empty for any text
     */
    WordReading word(YamlSection parent, String key, List<String> vocabulary) {
        return parent.section(key)
                .flatMap(section -> {
                    Optional<String> constant = section.text("constant");
                    Optional<Reading> column = section.has("column") ? reading(section) : Optional.empty();
                    Map<String, String> values =
                            section.section("values").map(YamlSection::entries).orElse(Map.of());
                    section.noOthers();
                    if (!constantOrColumn(parent, key, section)) {
                        return Optional.<WordReading>empty();
                    }
                    List<String> words = new ArrayList<>(values.values());
                    constant.ifPresent(words::add);
                    List<String> strange = words.stream()
                            .filter(word -> !vocabulary.isEmpty() && !vocabulary.contains(word))
                            .distinct()
                            .toList();
                    strange.forEach(word -> section.problems()
                            .add(
                                    section.node(),
                                    "'" + word + "' is no " + key + ".",
                                    NearestWord.remedy(word, vocabulary)));
                    if (!strange.isEmpty()) {
                        return Optional.<WordReading>empty();
                    }
                    if (column.isPresent()) {
                        return column.map(reading -> new WordReading(null, reading, values));
                    }
                    return constant.map(text -> new WordReading(text, null, Map.of()));
                })
                .orElse(null);
    }

    private static boolean constantOrColumn(YamlSection parent, String key, YamlSection section) {
        if (section.has("constant") != section.has("column")) {
            return true;
        }
        parent.problem(
                key,
                "'" + key + "' needs exactly one of 'constant' and 'column'.",
                "Write {constant: …} or {column: …}.");
        return false;
    }

    Optional<PersonReading> person(YamlSection parent) {
        return parent.section("person").flatMap(this::personOf);
    }

    /** What identifies one person, written as {@code person} or, if it is several things, as a list under {@code persons}. */
    List<PersonReading> persons(YamlSection parent) {
        if (parent.has("person") && parent.has("persons")) {
            parent.problem("persons", "Both 'person' and 'persons' stand here.", "Keep one of the two.");
        }
        List<PersonReading> persons = new ArrayList<>();
        person(parent).ifPresent(persons::add);
        for (Node item : parent.items("persons")) {
            YamlSection.of(problems, item, "'persons'").flatMap(this::personOf).ifPresent(persons::add);
        }
        return persons;
    }

    private Optional<PersonReading> personOf(YamlSection section) {
        return section.has("one-of") ? oneOf(section) : namedPerson(section);
    }

    /** Persons of different tables in one column: which is meant, another column says. */
    private Optional<PersonReading> oneOf(YamlSection section) {
        List<Node> items = section.items("one-of");
        section.noOthers();
        if (items.size() < 2) {
            section.problem(
                    "one-of",
                    "'one-of' needs two alternatives at least.",
                    "Write a list of persons, each but the last with 'when', or one person without 'one-of'.");
        }
        PersonReading chain = null;
        for (int i = items.size() - 1; i >= 0; i--) {
            Optional<YamlSection> item = YamlSection.of(problems, items.get(i), "an alternative of 'one-of'");
            Optional<Condition> when = item.flatMap(one -> one.section("when"))
                    .flatMap(this::condition)
                    .map(WrittenCondition::condition);
            Optional<PersonReading> person = item.flatMap(this::namedPerson);
            if (i < items.size() - 1 && item.isPresent() && !item.get().has("when")) {
                problems.add(
                        items.get(i),
                        "Nothing says of which rows this alternative is.",
                        "Add 'when: {column: …, equals: …}'; only the last may stand for all other rows.");
            }
            if (person.isEmpty()) {
                return Optional.empty();
            }
            chain = person.get().or(when.orElse(null), chain);
        }
        return Optional.ofNullable(chain);
    }

    private Optional<PersonReading> namedPerson(YamlSection section) {
        Optional<String> identifies = section.requiredText("identifies");
        List<Reading> columns = columns(section);
        String normalise = normalise(section);
        Optional<Reading> collection = plain(section, "collection");
        Optional<String> scope = section.text("scope");
        Optional<String> ofSystem = section.text("of-system");
        section.noOthers();
        if (identifies.isEmpty() || !known(section, identifies.get())) {
            return Optional.empty();
        }
        boolean local = PersonReading.LOCAL_KINDS.contains(identifies.get());
        List<String> scopes = List.of("scope", "collection", "of-system").stream()
                .filter(section::has)
                .toList();
        if (!local && !scopes.isEmpty()) {
            section.problem(
                    scopes.get(0),
                    "A " + identifies.get() + " compares everywhere.",
                    "Remove it; only local-id and free-text have a scope.");
        }
        if (scope.isPresent() && !scope.get().equals("system")) {
            section.problem(
                    "scope",
                    "'" + scope.get() + "' is no scope.",
                    "Write 'system', or name a 'collection', or with 'of-system' another system of the operator.");
        }
        if (ofSystem.isPresent() && !ID.matcher(ofSystem.get()).matches()) {
            section.problem(
                    "of-system", "'" + ofSystem.get() + "' is no id of a system.", "Write the other file's 'system'.");
        }
        if (scopes.size() > 1) {
            section.problem(
                    scopes.get(0),
                    "Both '" + scopes.get(0) + "' and '" + scopes.get(1) + "' stand here.",
                    "Keep one of the two.");
        }
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new PersonReading(
                        identifies.get(), columns, normalise, collection.orElse(null), ofSystem.orElse(null)));
    }

    /** {@code column}, or {@code columns} where only several together say it; all behind the same references. */
    private List<Reading> columns(YamlSection section) {
        if (!section.has("columns")) {
            return reading(section).stream().toList();
        }
        if (section.has("column")) {
            section.problem("columns", "Both 'column' and 'columns' stand here.", "Keep one of the two.");
        }
        section.text("column");
        List<Join> via = via(section);
        List<String> named = section.texts("columns");
        long distinct = named.stream().distinct().count();
        if (distinct != named.size() || distinct < 2 || distinct > PersonReading.MOST_COLUMNS) {
            section.problem(
                    "columns",
                    "'columns' needs 2 to " + PersonReading.MOST_COLUMNS + " columns, each once.",
                    "Name the columns that only together identify somebody, in order; write 'column' for a single one.");
            return List.of();
        }
        return named.stream().map(name -> new Reading(name, via)).toList();
    }

    private boolean known(YamlSection section, String identifies) {
        if (PersonReading.KINDS.contains(identifies)) {
            return true;
        }
        section.problem(
                "identifies",
                "'" + identifies + "' identifies nobody.",
                NearestWord.remedy(identifies, PersonReading.KINDS));
        return false;
    }

    private String normalise(YamlSection section) {
        List<String> steps = section.texts("normalise");
        for (String step : steps) {
            if (!STEPS.contains(step)) {
                section.problem("normalise", "'" + step + "' is no normalisation.", NearestWord.remedy(step, STEPS));
            }
        }
        return steps.isEmpty() ? "none" : String.join(",", steps);
    }

    List<WrittenCondition> conditions(YamlSection table) {
        List<WrittenCondition> conditions = new ArrayList<>();
        for (Node item : table.items("where")) {
            YamlSection.of(problems, item, "'where'").flatMap(this::condition).ifPresent(conditions::add);
        }
        return conditions;
    }

    private Optional<WrittenCondition> condition(YamlSection section) {
        Optional<Reading> reading = reading(section);
        List<String> tests =
                List.of("equals", "in", "not").stream().filter(section::has).toList();
        if (tests.size() != 1) {
            problems.add(
                    section.node(), "A condition needs exactly one test.", "Write one of 'equals', 'in' and 'not'.");
        }
        List<String> values = tests.stream()
                .flatMap(test -> section.textsOrNothing(test).stream())
                .toList();
        section.noOthers();
        if (values.isEmpty() || tests.size() != 1) {
            return Optional.empty();
        }
        return reading.map(column -> new WrittenCondition(
                new Condition(column, values, tests.get(0).equals("not")),
                section.node(),
                section.items(tests.get(0))));
    }
}
