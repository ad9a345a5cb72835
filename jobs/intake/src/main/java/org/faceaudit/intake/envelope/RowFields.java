package org.faceaudit.intake.envelope;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.rows.SharedFields;

/** The values of one row, an array beside the names that all rows of the table share. Immutable. */
final class RowFields extends AbstractMap<String, FieldValue> implements SharedFields {

    private final Map<String, Integer> numbers;
    private final FieldValue[] values;

    /** @param values one for each column, by its number; the map's own from now on */
    RowFields(Map<String, Integer> numbers, FieldValue... values) {
        this.numbers = numbers;
        this.values = values;
    }

    @Override
    public FieldValue get(Object column) {
        Integer number = numbers.get(column);
        return number == null ? null : values[number];
    }

    @Override
    public boolean containsKey(Object column) {
        return numbers.containsKey(column);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Set<Entry<String, FieldValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, FieldValue>> iterator() {
                Iterator<Entry<String, Integer>> names = numbers.entrySet().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return names.hasNext();
                    }

                    @Override
                    public Entry<String, FieldValue> next() {
                        Entry<String, Integer> name = names.next();
                        return Map.entry(name.getKey(), values[name.getValue()]);
                    }
                };
            }

            @Override
            public int size() {
                return values.length;
            }
        };
    }
}
