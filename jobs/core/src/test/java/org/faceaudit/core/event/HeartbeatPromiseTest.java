package org.faceaudit.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.core.law.WorkingCalendar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatPromiseTest {

    private static final WorkingCalendar CALENDAR =
            RegistryFixture.law().registry().calendar();

    /** Shanghai is eight hours ahead of the instants. 2026-10-01 to 07 are holidays, 2026-10-10 (Saturday) is worked. */
    @ParameterizedTest
    @CsvSource({
        // At every hour.
        "00:00, 00:00, false, PT5M, 2026-03-02T10:00:00Z, 2026-03-02T10:05:00Z",
        "00:00, 00:00, false, PT30H, 2026-03-02T10:00:00Z, 2026-03-03T16:00:00Z",
        // 07:00 to 23:00: within the hours, over the night, from outside, exactly to the end.
        "07:00, 23:00, false, PT5M, 2026-03-02T01:00:00Z, 2026-03-02T01:05:00Z",
        "07:00, 23:00, false, PT5M, 2026-03-02T14:58:00Z, 2026-03-02T23:03:00Z",
        "07:00, 23:00, false, PT5M, 2026-03-02T18:00:00Z, 2026-03-02T23:05:00Z",
        "07:00, 23:00, false, PT5M, 2026-03-02T14:55:00Z, 2026-03-02T15:00:00Z",
        "07:00, 23:00, false, PT20H, 2026-03-02T01:00:00Z, 2026-03-03T05:00:00Z",
        // To the end of the day, working days only: Friday evening to Monday, over the holidays, a worked Saturday.
        "08:00, 00:00, true, PT2H, 2026-03-06T15:00:00Z, 2026-03-09T01:00:00Z",
        "08:00, 18:00, true, PT1H, 2026-09-30T09:30:00Z, 2026-10-08T00:30:00Z",
        "08:00, 18:00, true, PT1H, 2026-10-10T00:30:00Z, 2026-10-10T01:30:00Z",
        "08:00, 18:00, true, PT1H, 2026-10-11T00:30:00Z, 2026-10-12T01:00:00Z",
        // 22:00 to 06:00: before and after midnight, to the morning exactly, into the next night, over the day.
        "22:00, 06:00, false, PT1H, 2026-03-02T14:30:00Z, 2026-03-02T15:30:00Z",
        "22:00, 06:00, false, PT1H, 2026-03-02T15:30:00Z, 2026-03-02T16:30:00Z",
        "22:00, 06:00, false, PT1H, 2026-03-02T18:00:00Z, 2026-03-02T19:00:00Z",
        "22:00, 06:00, false, PT4H, 2026-03-02T18:00:00Z, 2026-03-02T22:00:00Z",
        "22:00, 06:00, false, PT5H, 2026-03-02T18:00:00Z, 2026-03-03T15:00:00Z",
        "22:00, 06:00, false, PT1H, 2026-03-03T02:00:00Z, 2026-03-03T15:00:00Z",
        // The night from Friday to Saturday is a working day's, the one from Sunday to Monday is none's.
        "22:00, 06:00, true, PT1H, 2026-03-06T20:00:00Z, 2026-03-06T21:00:00Z",
        "22:00, 06:00, true, PT1H, 2026-03-08T17:00:00Z, 2026-03-09T15:00:00Z"
    })
    void onlyPromisedTimeCounts(
            String from, String until, boolean workingDays, Duration span, Instant sign, Instant broken) {
        HeartbeatPromise promise =
                new HeartbeatPromise(span, LocalTime.parse(from), LocalTime.parse(until), workingDays);

        assertThat(promise.brokenAt(sign, span, CALENDAR)).isEqualTo(broken);
    }

    @Test
    void aPromiseThatCannotBeKeptIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeartbeatPromise(Duration.ZERO, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeartbeatPromise(null, LocalTime.of(8, 0), LocalTime.of(8, 0), false));
        assertThat(new HeartbeatPromise(null, LocalTime.of(9, 0), LocalTime.of(8, 0), false).isOverMidnight())
                .isTrue();
        assertThat(new HeartbeatPromise(null, LocalTime.of(9, 0), LocalTime.MIDNIGHT, false).isOverMidnight())
                .isFalse();
    }

    @Test
    void whoPromisesNothingIsHeardByTheMinute() {
        assertThat(HeartbeatPromise.UNSPOKEN.shortest()).isEqualTo(Duration.ofMinutes(1));
        assertThat(new HeartbeatPromise(Duration.ofSeconds(20), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, false)
                        .shortest())
                .isEqualTo(Duration.ofSeconds(20));
    }
}
