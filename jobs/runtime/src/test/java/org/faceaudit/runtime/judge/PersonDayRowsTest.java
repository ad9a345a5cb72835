package org.faceaudit.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.faceaudit.core.counting.PersonCountDay;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class PersonDayRowsTest {

    private static final LegalDay DAY = LegalDay.of(2026, 3, 2);

    /** A day of which bounds become certain, or a person more, must not look like the day before the change. */
    @Test
    void whatDiffersInAnyNumberHasOtherContent() {
        List<PersonCountDay> days = new ArrayList<>();
        for (int low = 0; low < 6; low++) {
            for (int high = low; high < 6; high++) {
                for (int records = 0; records < 6; records++) {
                    for (int added = 0; added < 6; added++) {
                        for (int removed = 0; removed < 6; removed++) {
                            days.add(new PersonCountDay("op", DAY, low, high, true, records, added, added, removed));
                            days.add(new PersonCountDay("op", DAY, low, high, false, records, 0, added, removed));
                        }
                    }
                }
            }
        }
        PersonDayRows rows = new PersonDayRows("op", days);
        Set<Long> contents = new HashSet<>();
        for (int number = 0; number < rows.size(); number++) {
            contents.add(rows.content(number));
        }
        assertThat(contents).hasSameSizeAs(new HashSet<>(days));
    }

    @Test
    void aDayThatIsNoMoreSaysFarewell() {
        assertThat(new PersonDayRows("op", List.of()).none(DAY).farewell())
                .isEqualTo("{\"operator_id\":\"op\",\"day\":\"2026-03-02\",\"deleted\":true}");
    }
}
