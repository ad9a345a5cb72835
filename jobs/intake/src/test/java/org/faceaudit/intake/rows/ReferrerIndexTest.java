package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReferrerIndexTest {

    private final RowsInMemory store = new RowsInMemory();
    private final ReferrerIndex index = new ReferrerIndex(store, "public.subject.api_key");

    @Test
    void findsEveryRowOnceAndSorted() {
        TreeSet<String> expected = new TreeSet<>();
        for (int n = 0; n < 20_000; n++) {
            String key = Integer.toString(n);
            index.add("one", key);
            index.add("one", key);
            expected.add(key);
        }
        index.add("other", "x");

        List<String> found = new ArrayList<>();
        index.rowsUnder("one").forEach(found::add);
        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(index.rowsUnder("other")).containsExactly("x");
        assertThat(index.rowsUnder("none")).isEmpty();
    }

    @Test
    void noPortionGrowsLarge() {
        for (int n = 0; n < 20_000; n++) {
            index.add("one", Integer.toString(n));
        }

        assertThat(store.largestPortion()).isLessThanOrEqualTo(64);
    }
}
