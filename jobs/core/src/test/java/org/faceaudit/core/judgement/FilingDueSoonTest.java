package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilingDueSoonTest {

    private static final String RULE = "filing-due-soon";

    private final OperatorScene scene = new OperatorScene();
    /** Reached on 2026-06-23 (Tuesday): due 2026-08-04, cautiously 2026-08-03; no holiday between. */
    private final OperatorCounts reached =
            counts("op").add(at("2026-06-23"), 100).build();

    /** Ten working days lie after 07-20 up to and including 08-03, five after 07-27, one after 07-31 (Friday). */
    @ParameterizedTest
    @CsvSource({
        "2026-07-20, 2, 10",
        "2026-07-26, 2, 10",
        "2026-07-27, 3, 5",
        "2026-07-30, 3, 5",
        "2026-07-31, 4, 1",
        "2026-08-04, 4, 1"
    })
    void theLevelFollowsTheWorkingDaysLeftToTheCautiousDate(String today, int severity, String measured) {
        Episode soon = only(scene.judge(reached, today), RULE);

        assertThat(soon.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(soon.status()).isEqualTo(Status.OPEN);
        assertThat(soon.severity()).isEqualTo(severity);
        assertThat(soon.measured()).isEqualByComparingTo(measured);
        assertThat(soon.unit()).isEqualTo("working-days");
        assertThat(soon.threshold()).isNull();
        assertThat(soon.openedAt()).isEqualTo(LegalDay.of(2026, 7, 20).start());
        assertThat(soon.occurredOn()).isEqualTo(LegalDay.of(2026, 7, 20));
        assertThat(soon.dueOn()).isEqualTo(LegalDay.of(2026, 8, 4));
    }

    @Test
    void elevenWorkingDaysBeforeItIsSilentAndKnowsWhenToWake() {
        Judged judged = scene.judge(reached, "2026-07-19");

        assertThat(none(judged, RULE)).isTrue();
        assertThat(judged.wakeAt()).isEqualTo(LegalDay.of(2026, 7, 20).start());
        assertThat(scene.judge(reached, "2026-07-20").wakeAt())
                .isEqualTo(LegalDay.of(2026, 7, 27).start());
    }

    @Test
    void submissionResolvesItAtTheStartOfItsDay() {
        scene.law.filing("f1", "op", "2026-07-28", "310000");

        Episode soon = only(scene.judge(reached, "2026-12-01"), RULE);

        assertThat(soon.status()).isEqualTo(Status.RESOLVED);
        assertThat(soon.resolvedAt()).isEqualTo(LegalDay.of(2026, 7, 28).start());
        assertThat(soon.severity()).isEqualTo(3);
    }

    @Test
    void aSubmissionThatIsReturnedBeginsTheNextEpisode() {
        scene.law
                .filing("f1", "op", "2026-07-28", "310000", "returned_on", "2026-07-30")
                .filing("f2", "op", "2026-08-03", "310000");

        assertThat(episodes(scene.judge(reached, "2026-12-01"), RULE, "1"))
                .extracting(Episode::occurredOn, Episode::resolvedAt, Episode::severity)
                .containsExactly(
                        tuple(LegalDay.of(2026, 7, 20), LegalDay.of(2026, 7, 28).start(), 3),
                        tuple(LegalDay.of(2026, 7, 30), LegalDay.of(2026, 8, 3).start(), 4));
    }

    @Test
    void submissionBeforeItOpensLeavesNoAlert() {
        scene.law.filing("f1", "op", "2026-07-20", "310000");

        assertThat(none(scene.judge(reached, "2026-12-01"), RULE)).isTrue();
    }

    @Test
    void itEndsWhenTheDutyIsOverdueAlsoWhenSeenLongAfter() {
        Episode soon = only(scene.judge(reached, "2026-12-01"), RULE);

        assertThat(soon.status()).isEqualTo(Status.RESOLVED);
        assertThat(soon.resolvedAt()).isEqualTo(LegalDay.of(2026, 8, 5).start());
        assertThat(soon.severity()).isEqualTo(4);
    }

    @Test
    void itNeverOpensBeforeTheTrigger() {
        scene.law.parameter("filing.days", "*", "5", "working-days", "2026-06-01");

        Episode soon = only(scene.judge(reached, "2026-06-23"), RULE);

        assertThat(soon.openedAt()).isEqualTo(LegalDay.of(2026, 6, 23).start());
    }

    @Test
    void theExplanationDoesNotChangeFromDayToDay() {
        assertThat(only(scene.judge(reached, "2026-07-21"), RULE))
                .isEqualTo(only(scene.judge(reached, "2026-07-24"), RULE));
    }
}
