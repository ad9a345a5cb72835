package org.faceaudit.runtime.types;

import java.io.IOException;
import java.util.Map;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.envelope.ChangeInPlace;

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

    /**
     * The same of a change that stands in its record.
     *
     * @param names the columns, each as {@link PackedOutput#word} writes it
     */
    public static void write(ChangeInPlace change, byte[][] names, PackedOutput out) throws IOException {
        int[] columns = change.columns();
        out.number(columns.length);
        for (int i = 0; i < columns.length; i++) {
            int column = columns[i];
            out.ready(names[i]);
            int state = change.state(column).ordinal();
            if (change.isInPlace(column)) {
                out.text(change.record(), change.from(column), change.to(column), state);
            } else {
                out.text(change.made(column), state);
            }
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
