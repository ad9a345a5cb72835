package org.faceaudit.intake.envelope;

import java.util.AbstractMap;
import java.util.Set;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.rows.SharedFields;

/**
 * The values of one row, which stay in the record's bytes until somebody asks for one. Immutable to whoever looks at it: what
 * was made once is kept, and made twice would be equal.
 */
final class FieldsInPlace extends AbstractMap<String, FieldValue> implements SharedFields {

    private final byte[] record;
    private final RowColumns columns;
    /** By the columns' numbers where each begins and ends, twice 0 for one that is not there. */
    private final int[] places;

    private FieldValue[] made;

    /** @param places its own from now on */
    FieldsInPlace(byte[] record, RowColumns columns, int... places) {
        this.record = record;
        this.columns = columns;
        this.places = places;
    }

    /** The value of a column by its number. */
    FieldValue value(int column) {
        FieldValue[] values = made;
        if (values != null && values[column] != null) {
            return values[column];
        }
        int from = places[2 * column];
        FieldValue value = from == 0
                ? FieldValue.UNKNOWN
                : ValueInPlace.of(
                        record,
                        from,
                        places[2 * column + 1],
                        columns.form(column).kind());
        if (values == null) {
            values = new FieldValue[columns.size()];
            made = values;
        }
        values[column] = value;
        return value;
    }

    @Override
    public FieldValue get(Object column) {
        Integer number = columns.numbers().get(column);
        return number == null ? null : value(number);
    }

    @Override
    public boolean containsKey(Object column) {
        return columns.numbers().containsKey(column);
    }

    @Override
    public int size() {
        return columns.size();
    }

    @Override
    public Set<Entry<String, FieldValue>> entrySet() {
        FieldValue[] values = new FieldValue[columns.size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = value(column);
        }
        return new RowFields(columns.numbers(), values).entrySet();
    }
}
