package org.faceaudit.intake.rows;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;

/**
 * In which way a row was told: which of its table's columns were, and whether its tokens are of another key than those it is to be
 * compared with.
 *
 * @param text a digit for each column in the order of their names, 1 for one that was not carried or cannot be read, and an
 *     {@code k} behind them if the tokens are of another key
 */
record Telling(String text) {

    private static final char LACKING = '1';
    private static final char TOLD = '0';
    private static final String OTHER_KEY = "k";

    /** @param keyId of the tokens that the row is to be compared with; empty if there are none */
    static Telling of(MappedTable table, Map<String, FieldValue> row, String keyId) {
        StringBuilder text = new StringBuilder();
        for (String column : new TreeSet<>(table.columns().keySet())) {
            text.append(isLacking(row.getOrDefault(column, FieldValue.UNKNOWN)) ? LACKING : TOLD);
        }
        String own = keyId(table, row);
        return new Telling(own.isEmpty() || keyId.isEmpty() || own.equals(keyId) ? text.toString() : text + OTHER_KEY);
    }

    /** What a row holds in columns that both tell; of tokens of two keys, that there are some. */
    Map<String, FieldValue> comparable(MappedTable table, Telling other, Map<String, FieldValue> row) {
        Map<String, FieldValue> comparable = new HashMap<>();
        int at = 0;
        for (String column : new TreeSet<>(table.columns().keySet())) {
            if (text.charAt(at) == TOLD && other.text.charAt(at) == TOLD) {
                FieldValue value = row.getOrDefault(column, FieldValue.UNKNOWN);
                boolean opaque = text.endsWith(OTHER_KEY) && isToken(table, column) && isPresent(value);
                comparable.put(column, opaque ? FieldValue.UNKNOWN : value);
            }
            at++;
        }
        return comparable;
    }

    /** Id of the key of a row's tokens, empty if it has none. */
    static String keyId(MappedTable table, Map<String, FieldValue> row) {
        return table.columns().keySet().stream()
                .filter(column -> isToken(table, column) && isPresent(row.get(column)))
                .map(column -> row.get(column).text().split(":", -1)[2])
                .findFirst()
                .orElse("");
    }

    static boolean isToken(MappedTable table, String column) {
        return table.columns().get(column).kind() == ColumnForm.Kind.TOKEN;
    }

    private static boolean isPresent(FieldValue value) {
        return value != null && value.state() == FieldState.PRESENT;
    }

    private static boolean isLacking(FieldValue value) {
        return value.state() == FieldState.UNKNOWN || value.state() == FieldState.UNCHANGED;
    }
}
