package org.faceaudit.intake.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.faceaudit.intake.mapping.Condition;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.TablePattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code tables} of a mapping. */
final class MappingReader {

    private static final Pattern TABLE = Pattern.compile("[^.\\s]+\\.[^.\\s]+");
    private static final List<String> TOKEN_KINDS =
            List.of("id-card", "phone", "member-no", "local-id", "free-text", "credential");

    private final Problems problems;
    private final String tokenKey;
    private final ReadingReader readings;
    private final FactReader facts;

    /** A table as written, before references to it are known. */
    record Draft(
            String name,
            Node at,
            List<String> key,
            List<FactMapping> facts,
            List<WrittenCondition> where,
            Map<String, String> tokens,
            Set<String> leftOut) {}

    /** @param tokenKey id of the key that tokens are made with */
    MappingReader(Problems problems, String tokenKey) {
        this.problems = problems;
        this.tokenKey = tokenKey;
        this.readings = new ReadingReader(problems);
        this.facts = new FactReader(problems);
    }

    /**
     * The tables and what their filters compare tokenised columns with.
     *
     * @param literals in the order of the tables; empty when tokens stand everywhere
     */
    record Tables(List<MappedTable> tables, List<FilterLiteral> literals) {}

    Tables tables(YamlSection tables) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        tables.nodes().forEach((name, node) -> {
            boolean named = TABLE.matcher(name).matches();
            if (!named) {
                tables.problem(name, "'" + name + "' is no table.", remedy(name));
            }
            // What else is wrong with it is told at once.
            YamlSection.of(problems, node, "table " + name)
                    .map(section -> draft(name, tables.at(name), section))
                    .filter(draft -> named)
                    .ifPresent(draft -> drafts.put(name, draft));
        });
        if (drafts.isEmpty() && problems.isEmpty()) {
            problems.add(tables.node(), "No table is mapped.", "Describe at least one table.");
        }
        addReferredTables(drafts);
        List<TablePattern> patterns = patterns(drafts);
        drafts.values().forEach(draft -> checkOverlap(draft, patterns));
        ColumnForms forms = new ColumnForms(problems, drafts, tokenKey);
        if (patterns.size()
                < drafts.keySet().stream().filter(TablePattern::isPattern).count()) {
            return new Tables(List.of(), List.of());
        }
        List<MappedTable> mapped = drafts.values().stream()
                .map(draft -> new MappedTable(
                        draft.name(),
                        draft.key(),
                        draft.facts(),
                        conditionsOf(draft),
                        forms.of(draft.name()),
                        draft.leftOut()))
                .toList();
        return new Tables(mapped, forms.literals());
    }

    private static String remedy(String name) {
        return name.matches("[^.\\s]+")
                ? "Write schema.table, for example public." + name + "."
                : "Write schema.table, neither with a blank or another dot in it: a table called otherwise cannot be captured.";
    }

    /** The names that stand for many tables, as far as they can be read; the others leave no draft. */
    private List<TablePattern> patterns(Map<String, Draft> drafts) {
        List<TablePattern> patterns = new ArrayList<>();
        for (Draft draft : List.copyOf(drafts.values())) {
            if (TablePattern.isPattern(draft.name())) {
                try {
                    patterns.add(new TablePattern(draft.name()));
                } catch (IllegalArgumentException wrong) {
                    problems.add(
                            draft.at(),
                            draft.name() + ": " + wrong.getMessage(),
                            "Write digits as {yyyyMM}, {yyyyMMdd}, {yyyy}, {MM}, {dd}, {nn} (as many as letters) or {n}"
                                    + " (any number), in the table's part of schema.table.");
                }
            }
        }
        return patterns;
    }

    /** A row of a table that two entries stood for would be read in two ways, and captured in both. */
    private void checkOverlap(Draft draft, List<TablePattern> patterns) {
        for (TablePattern pattern : patterns) {
            boolean plain = !TablePattern.isPattern(draft.name());
            boolean both = plain
                    ? pattern.matches(draft.name())
                    // Of a pair the one that is told is the later.
                    : pattern.name().compareTo(draft.name()) < 0
                            && patterns.stream()
                                    .anyMatch(own -> own.name().equals(draft.name()) && own.overlaps(pattern));
            if (both) {
                problems.add(
                        draft.at(),
                        plain
                                ? draft.name() + " is one of the tables that " + pattern.name() + " stands for."
                                : "A table may be called so that both " + pattern.name() + " and " + draft.name()
                                        + " stand for it.",
                        "Write the digits more exactly, or give all those tables one entry.");
            }
        }
    }

    private Draft draft(String name, Node at, YamlSection section) {
        List<String> key = key(section);
        List<FactMapping> found = new ArrayList<>();
        Set<String> events = new HashSet<>();
        for (Node item : section.items("facts")) {
            YamlSection.of(problems, item, "a fact of " + name)
                    .flatMap(facts::fact)
                    .ifPresent(fact -> {
                        if (!events.add(fact.event())) {
                            problems.add(
                                    item,
                                    "A row of " + name + " can be one " + fact.event() + " only.",
                                    "Remove one of the two.");
                        }
                        if (key.isEmpty() && section.has("keyless") && namedByItsRow(fact)) {
                            problems.add(
                                    item,
                                    "Nothing names an access point of " + name + ", which has no key.",
                                    "Say with 'id: {column: …}' which column names it.");
                        }
                        found.add(fact);
                    });
        }
        List<WrittenCondition> where = readings.conditions(section);
        Map<String, String> tokens =
                section.section("tokens").map(YamlSection::entries).orElse(Map.of());
        tokens.values().stream()
                .filter(kind -> !TOKEN_KINDS.contains(kind))
                .forEach(kind -> section.problem(
                        "tokens",
                        "'" + kind + "' is nothing a token stands for.",
                        NearestWord.remedy(kind, TOKEN_KINDS)));
        // Read so that the file may say it; a soft-deleted row is stored like any other.
        section.texts("soft-delete");
        Set<String> leftOut = section.section("left-out")
                .map(reasons -> reasons.entries().keySet())
                .orElse(Set.of());
        section.noOthers();
        return new Draft(name, at, key, found, where, tokens, leftOut);
    }

    /** The columns that tell rows apart; none for a table that says so. */
    private static List<String> key(YamlSection section) {
        List<String> key = section.texts("key");
        Optional<String> keyless = section.text("keyless");
        keyless.filter(word -> !word.equals("true"))
                .ifPresent(word -> section.problem(
                        "keyless",
                        "'" + word + "' does not say that the table has no key.",
                        "Write 'keyless: true', or 'key: […]' instead."));
        if (section.has("key") && section.has("keyless")) {
            section.problem(
                    "keyless",
                    "A table that has a key is not keyless.",
                    "Keep 'key' if those columns tell all rows apart, else 'keyless: true'.");
        } else if (!section.has("keyless") && section.required("key").isPresent() && key.isEmpty()) {
            section.problem(
                    "key",
                    "'key' names no column.",
                    "Name the columns that tell rows apart, or write 'keyless: true' instead.");
        }
        return key;
    }

    private static boolean namedByItsRow(FactMapping fact) {
        return fact instanceof FactMapping.AccessPointMapping point && point.id() == null;
    }

    /** Tables that are only referred to need no entry: the column they are reached by is their key. */
    private void addReferredTables(Map<String, Draft> drafts) {
        Map<String, String> reachedBy = new HashMap<>();
        for (Draft draft : List.copyOf(drafts.values())) {
            for (Reading reading : readingsOf(draft)) {
                for (Join join : reading.via()) {
                    if (drafts.containsKey(join.table()) && !reachedBy.containsKey(join.table())) {
                        continue;
                    }
                    String before = reachedBy.putIfAbsent(join.table(), join.otherColumn());
                    if (join.reverse() || (before != null && !before.equals(join.otherColumn()))) {
                        problems.add(
                                draft.at(),
                                "The key of " + join.table() + ", which " + draft.name() + " refers to, is not known.",
                                "Add '" + join.table() + ":' with its 'key' under 'tables'.");
                    }
                    drafts.putIfAbsent(
                            join.table(),
                            new Draft(
                                    join.table(),
                                    draft.at(),
                                    List.of(join.otherColumn()),
                                    List.of(),
                                    List.of(),
                                    Map.of(),
                                    Set.of()));
                }
            }
        }
    }

    static List<Reading> readingsOf(Draft draft) {
        return Mapping.readings(
                new MappedTable(draft.name(), draft.key(), draft.facts(), conditionsOf(draft), Map.of()));
    }

    private static List<Condition> conditionsOf(Draft draft) {
        return draft.where().stream().map(WrittenCondition::condition).toList();
    }
}
