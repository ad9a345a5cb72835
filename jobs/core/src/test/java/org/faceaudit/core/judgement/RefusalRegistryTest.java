package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.judgement.AttemptScene.at;
import static org.faceaudit.core.judgement.AttemptScene.gate;

import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.junit.jupiter.api.Test;

/** What the registry does for refusals: exceptions, and the numbers by which they count. */
class RefusalRegistryTest {

    private static final String RULE = "refusal-without-alternative";

    private static final String NOW = "06 00:00";

    private final AttemptScene scene = new AttemptScene();

    private List<Episode> episodes() {
        return scene.episodes(NOW, RULE);
    }

    @Test
    void aValidExceptionMakesItExempt() {
        scene.point = gate().offers("2026-01-01T00:00:00Z", "FACE");
        scene.threeRefusals();
        for (String subject : List.of("gate/1", "gate", "")) {
            scene.law.exception("x1", RULE, "gym", subject, "2026-01-01", "2026-07-06");

            Episode episode = scene.only(NOW, RULE);
            assertThat(episode.status()).as(subject).isEqualTo(Status.EXEMPT);
            assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
            assertThat(episode.exceptionId()).isEqualTo("x1");
            assertThat(episode.evidence().positions())
                    .anySatisfy(one -> assertThat(one.table()).isEqualTo("registry.exception"));
        }
        assertThat(scene.judge(NOW).wakeAt()).isEqualTo(at("07 00:00"));
        assertThat(scene.only("20 00:00", RULE).status()).isEqualTo(Status.RESOLVED);
    }

    @Test
    void anExpiredExceptionAndAMereStatementLeaveItSuspected() {
        scene.point = gate().offers("2026-01-01T00:00:00Z", "FACE");
        scene.threeRefusals();

        scene.law.exception("x1", RULE, "gym", "gate/1", "2026-01-01", "2026-07-05");
        assertThat(scene.only(NOW, RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(scene.only(NOW, RULE).status()).isEqualTo(Status.OPEN);
        assertThat(scene.only(NOW, RULE).exceptionId()).isEqualTo("x1");

        scene.law.exception(
                "x1", RULE, "gym", "gate/1", "2026-01-01", "2026-12-31", "citation", "no-equivalent: clean room");
        assertThat(scene.only(NOW, RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(scene.only(NOW, RULE).status()).isEqualTo(Status.OPEN);

        scene.law.exception("x1", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-12-31");
        assertThat(scene.only(NOW, RULE).verdict()).as("of another rule").isEqualTo(Verdict.VIOLATION);
        assertThat(scene.only(NOW, RULE).exceptionId()).isNull();
    }

    @Test
    void theNumbersAreThoseOfTheDay() {
        scene.law
                .parameter(RULE + ".n", "gym", "2", "count", "2026-07-05")
                .parameter(RULE + ".window", "gym", "60", "seconds", "2026-07-05");
        scene.threeRefusals().passed("05 10:01", null, "CARD");

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.openedAt()).isEqualTo(at("05 10:01"));
        assertThat(episode.threshold()).isEqualTo("2");
        assertThat(episode.measured()).isEqualTo("3");
    }

    @Test
    void aShorterPeriodLeavesEarlierAttemptsTheirs() {
        scene.law
                .parameter(RULE + ".n", "gym", "2", "count", "2026-07-05")
                .parameter(RULE + ".period", "gym", "0", "days", "2026-07-05");
        scene.declined("04 23:00", null).declined("05 00:00", null).declined("05 06:00", null);

        Episode episode = scene.only("20 00:00", RULE);
        assertThat(episode.openedAt()).isEqualTo(at("05 00:15"));
        assertThat(episode.resolvedAt()).isEqualTo(at("11 23:00"));
    }

    @Test
    void numbersWithoutSenseStopNothing() {
        scene.law
                .parameter(RULE + ".n", "gym", "0", "count", "2025-06-01")
                .parameter(RULE + ".period", "gym", "0", "days", "2025-06-01")
                .parameter(RULE + ".window", "gym", "0", "seconds", "2025-06-01");
        scene.threeRefusals();

        assertThat(episodes()).as("no period holds anything").isEmpty();
    }
}
