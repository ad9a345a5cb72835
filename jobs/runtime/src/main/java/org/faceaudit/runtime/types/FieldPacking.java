package org.faceaudit.runtime.types;

import java.io.IOException;
import java.util.Map;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;

/** How the fields of a row are written: column, then value with its state. */
public final class FieldPacking {

    private static final FieldState[] STATES = FieldState.values();

    private FieldPacking() {}

    public static void write(Map<String, FieldValue> fields, PackedOutput out) throws IOException {
        out.number(fields.size());
        for (Map.Entry<String, FieldValue> field : fields.entrySet()) {
            out.word(field.getKey());
            out.text(field.getValue().text(), field.getValue().state().ordinal());
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types.
    public static Map<String, FieldValue> read(PackedInput in) throws IOException {
        int size = (int) in.number();
        if (size == 0) {
            return Map.of();
        }
        Map.Entry<String, FieldValue>[] fields = new Map.Entry[size];
        for (int i = 0; i < size; i++) {
            String column = in.word();
            String text = in.text();
            fields[i] = Map.entry(column, value(STATES[in.flags()], text));
        }
        return Map.ofEntries(fields);
    }

    private static FieldValue value(FieldState state, String text) {
        return switch (state) {
            case PRESENT -> FieldValue.present(text);
            case ABSENT -> FieldValue.ABSENT;
            case UNCHANGED -> FieldValue.UNCHANGED;
            case UNKNOWN -> FieldValue.UNKNOWN;
        };
    }
}
