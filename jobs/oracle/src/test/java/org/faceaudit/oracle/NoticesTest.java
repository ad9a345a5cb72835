package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.day;
import static org.faceaudit.oracle.Scene.episodes;
import static org.faceaudit.oracle.Scene.filing;
import static org.faceaudit.oracle.Scene.only;
import static org.faceaudit.oracle.Scene.stored;
import static org.faceaudit.oracle.Scene.tenFaces;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.util.List;
import org.faceaudit.oracle.history.RegistrySource;
import org.junit.jupiter.api.Test;

/** Holiday notices that come into force, amend one another or are corrected while clocks run. */
class NoticesTest {

    private static final String NOTICE = "registry.calendar_notice";
    private static final String NOW = "2026-11-20T12:00";

    /** Ten persons since Friday 2026-03-20; without the notice of 2026 only 1 May is known to be a holiday on a weekday. */
    private static Scene reachedBeforeLabourDay() {
        return new Scene().register(transaction -> {
            transaction.update(NOTICE, "gov-2026", row("active", false));
            filing(transaction, "f1", "INITIAL", "2026-05-07");
        });
    }

    @Test
    void pastTheLastNoticeADateIsProvisional() {
        List<OracleAlert> alerts =
                reachedBeforeLabourDay().alerts(NOW, stored(10, "2026-03-20T09:00", "2026-03-25T00:00"));

        // 23-27, 30-31 March, 1-3, 6-10, 13-17, 20-24, 27-30 April, 4 May.
        OracleAlert reached = only(alerts, "storage-reached");
        assertThat(reached.dueOn()).isEqualTo(day("2026-05-04"));
        assertThat(reached.provisional()).isTrue();
        assertThat(reached.calendarVersion()).isEqualTo("gov-2025");
        assertThat(episodes(alerts, "filing-overdue")).containsExactly("VIOLATION 2026-05-05 2026-05-07");
    }

    @Test
    void aNoticeThatComesIntoForceMovesClocksOfThePastToo() {
        List<OracleAlert> alerts = reachedBeforeLabourDay()
                .told("2026-06-01T10:00", transaction -> transaction.update(NOTICE, "gov-2026", row("active", true)))
                .alerts(NOW, stored(10, "2026-03-20T09:00", "2026-03-25T00:00"));

        OracleAlert reached = only(alerts, "storage-reached");
        assertThat(reached.dueOn()).isEqualTo(day("2026-05-07"));
        assertThat(reached.provisional()).isFalse();
        assertThat(reached.calendarVersion()).isEqualTo("gov-2025+gov-2026");
        assertThat(episodes(alerts, "filing-overdue")).isEmpty();
    }

    @Test
    void aLaterNoticeMovesTheLastDayOnceItIsInForce() {
        Scene scene = new Scene()
                .register(transaction -> filing(transaction, "f1", "INITIAL", "2026-10-10"))
                .told("2026-10-01T10:00", transaction -> {
                    transaction.insert(
                            NOTICE,
                            RegistrySource.notice(
                                    "extra-2026", day("2026-09-30"), day("2026-10-09"), day("2026-10-09")));
                    transaction.insert(
                            "registry.calendar_day", RegistrySource.holiday("extra-2026", day("2026-10-09")));
                });

        assertThat(episodes(scene.alerts(NOW, tenFaces()), "filing-overdue"))
                .containsExactly("VIOLATION 2026-10-10 2026-10-10");

        List<OracleAlert> alerts = scene.told(
                        "2026-11-20T13:00",
                        transaction -> transaction.update(NOTICE, "extra-2026", row("active", true)))
                .alerts("2026-11-20T14:00", tenFaces());
        // Saturday 10 October is a working day of the notice of the year, and now the thirtieth.
        assertThat(only(alerts, "storage-reached").dueOn()).isEqualTo(day("2026-10-10"));
        assertThat(only(alerts, "storage-reached").calendarVersion()).isEqualTo("extra-2026+gov-2025+gov-2026");
        assertThat(episodes(alerts, "filing-overdue")).isEmpty();
    }

    @Test
    void aCorrectedNoticeCountsAsItIsNow() {
        Scene scene = new Scene()
                .register(transaction -> {})
                .told("2026-09-01T10:00", transaction -> transaction.update(NOTICE, "gov-2026", row("active", false)))
                .told("2026-09-01T10:01", transaction -> {
                    transaction.delete("registry.calendar_day", "gov-2026/2026-09-20Z");
                    transaction.delete("registry.calendar_day", "gov-2026/2026-10-10Z");
                })
                .told("2026-09-01T10:02", transaction -> transaction.update(NOTICE, "gov-2026", row("active", true)));

        // One working Sunday less, so one day later, and Saturday is no working day any more.
        assertThat(only(scene.alerts(NOW, tenFaces()), "storage-reached").dueOn())
                .isEqualTo(day("2026-10-12"));
    }
}
