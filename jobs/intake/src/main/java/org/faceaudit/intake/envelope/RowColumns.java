package org.faceaudit.intake.envelope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;

/** The captured columns of one mapped table, numbered, as a decoder looks them up. */
final class RowColumns {

    private final MappedTable table;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<ColumnForm> forms = new ArrayList<>();
    private final int[] key;
    private final int[] told;
    private final boolean many;

    RowColumns(MappedTable table) {
        this.table = table;
        table.columns().forEach((name, form) -> {
            // As the parser's names are, so that a look-up compares no characters.
            numbers.put(name.intern(), numbers.size());
            names.add(name);
            forms.add(form);
        });
        key = table.key().stream().mapToInt(numbers::get).toArray();
        told = numbers.values().stream().mapToInt(Integer::intValue).toArray();
        many = table.isPattern();
    }

    /** What names a row of one of the tables that are read so. */
    String rowKey(String ofTable, String key) {
        return many && key != null ? table.rowKey(ofTable, key) : key;
    }

    MappedTable table() {
        return table;
    }

    int size() {
        return forms.size();
    }

    /** The number of a column, -1 if it is not captured. */
    int number(String name) {
        Integer number = numbers.get(name);
        return number == null ? -1 : number;
    }

    String name(int number) {
        return names.get(number);
    }

    ColumnForm form(int number) {
        return forms.get(number);
    }

    /** The numbers of the key's columns, in order. */
    int[] key() {
        return key;
    }

    /** Whether a column is believed of a row as it was before its change. */
    boolean isBelievedBefore(int number) {
        if (table.isKeyless()) {
            return true;
        }
        for (int part : key) {
            if (part == number) {
                return true;
            }
        }
        return false;
    }

    /** The columns' numbers in the order in which {@link #numbers} tells them. */
    int[] told() {
        return told;
    }

    Map<String, Integer> numbers() {
        return numbers;
    }

    /** The columns that a row does not hold, by name. */
    List<String> lacking(FieldValue... row) {
        List<String> lacking = null;
        for (int number = 0; number < row.length; number++) {
            if (row[number] == null) {
                lacking = lacking == null ? new ArrayList<>() : lacking;
                lacking.add(names.get(number));
            }
        }
        return lacking == null ? List.of() : lacking;
    }
}
