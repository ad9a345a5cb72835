package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageApproachingTest {

    private static final String RULE = "storage-approaching";

    private final OperatorScene scene = new OperatorScene();

    @ParameterizedTest
    @CsvSource({"80, 2", "89, 2", "90, 3", "94, 3", "95, 4", "99, 4"})
    void eachLevelBeginsAtItsPercentage(int persons, int severity) {
        Episode near =
                only(scene.judge(counts("op").add(at("2026-07-01"), persons).build(), "2026-07-02"), RULE);

        assertThat(near.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(near.severity()).isEqualTo(severity);
        assertThat(near.status()).isEqualTo(Status.OPEN);
        assertThat(near.measured()).isEqualByComparingTo(Integer.toString(persons));
        assertThat(near.threshold()).isEqualByComparingTo("100");
        assertThat(near.occurredOn()).isEqualTo(LegalDay.of(2026, 7, 1));
        assertThat(near.dueOn()).isNull();
        assertThat(near.calendarVersion()).isNull();
    }

    @Test
    void oneBelowTheFirstLevelIsNothingAndReachingAtOnceIsNoApproach() {
        assertThat(none(scene.judge(counts("op").add(at("2026-07-01"), 79).build(), "2026-07-02"), RULE))
                .isTrue();
        assertThat(none(scene.judge(counts("op").add(at("2026-07-01"), 100).build(), "2026-07-02"), RULE))
                .isTrue();
    }

    @Test
    void itEndsBelowTheHysteresisAndARelapseIsTheNextEpisode() {
        OperatorCounts counts = counts("op")
                .add(at("2026-07-01"), 91)
                .remove(at("2026-07-02"), 13)
                .remove(at("2026-07-03"), 1)
                .add(at("2026-07-04"), 3)
                .build();

        List<Episode> episodes = episodes(scene.judge(counts, "2026-07-05"), RULE, "1");

        assertThat(episodes).hasSize(2);
        assertThat(episodes.get(0).status()).isEqualTo(Status.RESOLVED);
        assertThat(episodes.get(0).resolvedAt())
                .as("78 of 100 is not below yet")
                .isEqualTo(at("2026-07-03"));
        assertThat(episodes.get(0).measured()).as("the peak").isEqualByComparingTo("91");
        assertThat(episodes.get(0).severity()).isEqualTo(3);
        assertThat(episodes.get(1).status()).isEqualTo(Status.OPEN);
        assertThat(episodes.get(1).episode()).isEqualTo(2);
        assertThat(episodes.get(1).measured()).isEqualByComparingTo("80");
        assertThat(episodes.get(1).severity()).isEqualTo(2);
    }

    @Test
    void reachingResolvesItAndAfterwardsItNeverComesBackInTheCycle() {
        OperatorCounts counts = counts("op")
                .add(at("2026-07-01"), 90)
                .add(at("2026-07-10"), 10)
                .remove(at("2026-07-11"), 50)
                .add(at("2026-07-12"), 45)
                .build();

        Episode near = only(scene.judge(counts, "2026-07-20"), RULE);

        assertThat(near.resolvedAt()).isEqualTo(Instant.parse(at("2026-07-10")));
        assertThat(near.measured()).isEqualByComparingTo("90");
    }

    @Test
    void leaningOnASilentSourceItIsSuspected() {
        OperatorCounts counts = counts("op")
                .in("silent")
                .add(at("2026-07-01"), 40)
                .in("alive")
                .add(at("2026-07-10"), 45)
                .build();

        Episode near =
                only(scene.judge(counts, "2026-07-20", Map.of("silent", "2026-07-09", "alive", "2026-07-20")), RULE);

        assertThat(near.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(near.measured()).isEqualByComparingTo("85");
        assertThat(only(scene.judge(counts, "2026-07-20", Map.of("silent", "2026-07-10", "alive", "2026-07-20")), RULE)
                        .verdict())
                .isEqualTo(Verdict.WARNING);
    }

    @Test
    void aSourceThatFallsSilentEndsNothing() {
        OperatorCounts counts = counts("op")
                .in("silent")
                .add(at("2026-07-01"), 40)
                .in("alive")
                .add(at("2026-07-03"), 45)
                .add(at("2026-07-10"), 11)
                .build();

        Episode near =
                only(scene.judge(counts, "2026-07-20", Map.of("silent", "2026-07-04", "alive", "2026-07-20")), RULE);

        assertThat(near.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(near.status()).isEqualTo(Status.OPEN);
        assertThat(near.severity()).as("96 are not certain").isEqualTo(2);
        assertThat(near.measured()).as("as last told").isEqualByComparingTo("96");
    }

    @Test
    void onlyTheUpperBoundIsSuspectedAndGivesWayToTheCertainOne() {
        OperatorCounts perhaps = counts("op")
                .add(at("2026-07-01"), 70)
                .addTokenless(at("2026-07-02"), 12)
                .build();
        Episode near = only(scene.judge(perhaps, "2026-07-05"), RULE);
        assertThat(near.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(near.severity()).isEqualTo(2);
        assertThat(near.measured()).isEqualByComparingTo("82");
        assertThat(near.openedAt()).isEqualTo(at("2026-07-02"));

        OperatorCounts certain = counts("op")
                .add(at("2026-07-01"), 70)
                .addTokenless(at("2026-07-02"), 12)
                .add(at("2026-07-03"), 10)
                .build();
        near = only(scene.judge(certain, "2026-07-05"), RULE);
        assertThat(near.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(near.openedAt()).isEqualTo(at("2026-07-03"));
    }

    @Test
    void factsDatedAfterWhatIsKnownWait() {
        OperatorCounts counts = counts("op").add(at("2026-07-10"), 85).build();

        Judged judged = scene.judge(counts, "2026-07-09");

        assertThat(none(judged, RULE)).isTrue();
        assertThat(judged.wakeAt()).isEqualTo(at("2026-07-10"));
    }

    @Test
    void deregistrationEndsItWithTheLegalDay() {
        scene.law.deregistration("d1", "op", "2026-07-06");
        OperatorCounts counts = counts("op").add(at("2026-07-01"), 85).build();

        assertThat(only(scene.judge(counts, "2026-07-06"), RULE).status()).isEqualTo(Status.OPEN);
        assertThat(only(scene.judge(counts, "2026-07-07"), RULE).resolvedAt())
                .isEqualTo(LegalDay.of(2026, 7, 7).start());
    }
}
