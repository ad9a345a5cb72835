package org.faceaudit.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.faceaudit.cli.reconcile.PackedRows.Value;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.junit.jupiter.api.Test;

class PackedRowsTest {

    private final PackedRows.Digester digester = new PackedRows.Digester();
    private final PackedRows rows = new PackedRows(2, digester, true);

    @Test
    void holdsWhatAMapHoldsWhateverComesAndGoes() {
        Random random = new Random(7);
        Map<String, String> map = new HashMap<>();
        for (int step = 0; step < 200_000; step++) {
            String key = Integer.toString(random.nextInt(20_000));
            switch (random.nextInt(step % 50_000 < 25_000 ? 3 : 9)) {
                case 0, 1, 2 -> {
                    String value = Integer.toString(random.nextInt());
                    map.put(key, value);
                    rows.put(key, values(value));
                }
                default -> {
                    map.remove(key);
                    rows.remove(key);
                }
            }
            if (step == 120_000) {
                map.clear();
                rows.clear();
            }
        }

        assertThat(rows.size()).isEqualTo(map.size());
        Set<Integer> numbers = new HashSet<>();
        map.forEach((key, value) -> {
            int row = rows.find(key);
            assertThat(row).isNotNegative();
            assertThat(numbers.add(row)).isTrue();
            assertThat(rows.value(row, 0)).isEqualTo(digester.of(value));
            assertThat(rows.value(row, 1).state()).isEqualTo(FieldState.ABSENT);
        });
        Set<Integer> walked = new HashSet<>();
        rows.forEach(walked::add);
        assertThat(walked).isEqualTo(numbers);
    }

    @Test
    void knowsOfAValueWhatAComparisonAsks() {
        assertThat(digester.of("t1:id-card:k1:none:ab").isToken()).isTrue();
        assertThat(digester.of("t1:id-card:k1:empty").isToken()).isFalse();
        assertThat(digester.of("d1:empty:template:-").isEmptyImage()).isTrue();
        assertThat(digester.of("d1:present:template:1k").isEmptyImage()).isFalse();
        for (FieldValue value : new FieldValue[] {FieldValue.ABSENT, FieldValue.UNKNOWN, FieldValue.UNCHANGED}) {
            assertThat(digester.of(value).state()).isEqualTo(value.state());
            assertThat(digester.of(value).isToken()).isFalse();
        }
    }

    private Value[] values(String text) {
        return new Value[] {digester.of(text), digester.of(FieldValue.ABSENT)};
    }
}
