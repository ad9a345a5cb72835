package org.faceaudit.cli.capture;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.faceaudit.cli.source.ValueKind;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.Condition;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.AccessPointMapping;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.FactMapping.ConsentMapping;
import org.faceaudit.intake.mapping.FactMapping.DeclaredFilingMapping;
import org.faceaudit.intake.mapping.FactMapping.TechnologyUseMapping;
import org.faceaudit.intake.mapping.FlagReading;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.PersonReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.WordReading;

/** What a mapping compares with constants, letter by letter: one that a column never holds would find nothing, without a word. */
final class ComparedColumns {

    private static final Set<ValueKind> COMPARABLE =
            EnumSet.complementOf(EnumSet.of(ValueKind.BYTES, ValueKind.ARRAY, ValueKind.JSON));
    private static final Pattern BOOLEAN = Pattern.compile("true|false");
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");

    private final Mapping mapping;
    private final List<ColumnUses.Use> uses = new ArrayList<>();

    private ComparedColumns(Mapping mapping) {
        this.mapping = mapping;
    }

    /** Every comparison; not those of columns that leave as tokens, since whoever holds the key spells their constants. */
    static List<ColumnUses.Use> of(Mapping mapping) {
        ComparedColumns found = new ComparedColumns(mapping);
        mapping.tablesByName().values().forEach(found::add);
        return List.copyOf(found.uses);
    }

    /** The constants that a column of a type never holds, since it spells its values otherwise. */
    static List<String> neverHeld(ColumnUses.Use use, ValueKind kind) {
        Pattern spelt = kind == ValueKind.BOOLEAN ? BOOLEAN : kind == ValueKind.INTEGER ? INTEGER : null;
        return spelt == null
                ? List.of()
                : use.constants().stream()
                        .filter(constant ->
                                !constant.isEmpty() && !spelt.matcher(constant).matches())
                        .toList();
    }

    /** How a column of such a type spells its values, in words. */
    static String spelling(ValueKind kind) {
        return kind == ValueKind.BOOLEAN ? "true or false" : "a number without leading zeros";
    }

    private void add(MappedTable table) {
        table.where().forEach(condition -> add(table, condition, "what a filter compares"));
        for (FactMapping fact : table.facts()) {
            fact.persons().stream()
                    .flatMap(person -> person.alternatives().stream())
                    .map(PersonReading::when)
                    .filter(Objects::nonNull)
                    .forEach(condition -> add(table, condition, "what 'when' compares"));
            if (fact instanceof AccessPointMapping point) {
                if (point.inForce() != null) {
                    add(
                            table,
                            point.inForce().column(),
                            "a state",
                            point.inForce().values());
                }
                if (point.space() != null) {
                    add(
                            table,
                            point.space().column(),
                            "a kind of space",
                            point.space().values().keySet());
                }
            } else if (fact instanceof ConsentMapping consent) {
                add(table, consent.separate());
                add(table, consent.withdrawn());
                add(table, consent.guardian());
                add(table, consent.scope());
                add(table, consent.legalBasis());
            } else if (fact instanceof AttemptMapping attempt) {
                add(table, attempt.method());
                add(table, attempt.outcome());
            } else if (fact instanceof TechnologyUseMapping use) {
                add(table, use.scene());
            } else if (fact instanceof DeclaredFilingMapping filing) {
                add(table, filing.kind());
                add(table, filing.authority());
            }
        }
    }

    private void add(MappedTable table, Condition condition, String as) {
        add(table, condition.column(), as, condition.values());
    }

    private void add(MappedTable table, FlagReading flag) {
        if (flag != null && flag.column() != null) {
            add(table, flag.column(), "a state", flag.values());
        }
    }

    private void add(MappedTable table, WordReading word) {
        if (word != null && word.column() != null) {
            add(table, word.column(), "a word", word.values().keySet());
        }
    }

    private void add(MappedTable table, Reading reading, String as, Iterable<String> constants) {
        String there = reading.table(table.name());
        boolean plain = mapping.tablesByName()
                        .get(there)
                        .columns()
                        .get(reading.column())
                        .kind()
                == ColumnForm.Kind.PLAIN;
        Set<String> sorted = new TreeSet<>();
        constants.forEach(sorted::add);
        if (plain && !sorted.isEmpty()) {
            uses.add(new ColumnUses.Use(there, reading.column(), as, COMPARABLE, List.copyOf(sorted)));
        }
    }
}
