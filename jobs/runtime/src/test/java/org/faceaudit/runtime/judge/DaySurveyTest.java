package org.faceaudit.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.CountSeries;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.runtime.fact.Fact;
import org.junit.jupiter.api.Test;

class DaySurveyTest {

    private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T16:00:00Z");

    private final Registry registry =
            RegistryFixture.law().operator("op", "某公司", "310115").threshold(100).registry();
    private final DaySurvey survey = new DaySurvey("op");

    @Test
    void theFirstDayAndThatOfTheThresholdAreCritical() {
        count("2026-03-02T04:00:00Z", 70);
        count("2026-03-03T04:00:00Z", 2);
        count("2026-03-04T04:00:00Z", 60);
        count("2026-03-05T04:00:00Z", 2);
        progress(Instant.parse("2026-03-06T04:00:00Z"));

        assertThat(survey.critical(registry)).containsExactly(LegalDay.of(2026, 3, 2), LegalDay.of(2026, 3, 4));
    }

    @Test
    void aHeartbeatChangesNothingUntilItIsTheNextDay() {
        assertThat(progress(NOON)).isTrue();
        assertThat(progress(NOON.plusSeconds(1))).isFalse();
        assertThat(progress(MIDNIGHT)).isTrue();
        assertThat(count("2026-03-02T04:00:00Z", 1)).isTrue();
    }

    private boolean count(String at, int persons) {
        String series = CountSeries.persons("id-card", List.of("face"));
        return survey.take(Fact.ofDay(
                new CountDelta("op", series, Instant.parse(at), persons, 0, 0, persons, 0, 0, 3L * persons).ofDay()));
    }

    private boolean progress(Instant known) {
        return survey.take(Fact.ofOperator(new SourceProgress("op", "face", true, known, 1, 1, 0, 0, known)));
    }
}
