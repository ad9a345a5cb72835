package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceSilentTest {

    private static final HeartbeatPromise MINUTES = promise(Duration.ofMinutes(5));

    private final RegistryFixture law = RegistryFixture.law();
    private final List<SourceSilence> over = new ArrayList<>();
    private SourceSilence newest;
    private HeartbeatPromise promise = MINUTES;

    private static HeartbeatPromise promise(Duration within) {
        return new HeartbeatPromise(within, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, false);
    }

    private static Position sign(String at) {
        return new Position("cdc.op.sys", 0, 1, "0/1", null, "public.beat", "k", Instant.parse(at), false);
    }

    private void over(String from, String to) {
        over.add(new SourceSilence("op", "sys", Instant.parse(from), sign(from), Instant.parse(to), sign(to), true));
    }

    private void since(String from, boolean settled) {
        newest = new SourceSilence("op", "sys", Instant.parse(from), sign(from), null, null, settled);
    }

    private Judged judge(String known) {
        Registry registry = law.registry();
        return SourceJudgements.judge(
                "op", "sys", promise, over, newest, List.of(), List.of(), registry, Instant.parse(known));
    }

    private List<Episode> episodes(String known) {
        return judge(known).derivations().stream()
                .filter(derivation -> derivation.key().ruleId().equals(SourceSilent.RULE_ID))
                .map(Derivation::episodes)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void aSourceThatBreaksItsPromiseIsUnknownSinceItsLastSign() {
        since("2026-03-02T16:00:00Z", true);

        assertThat(episodes("2026-03-02T16:06:00Z")).singleElement().satisfies(silent -> {
            assertThat(silent.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(silent.status()).isEqualTo(Status.OPEN);
            assertThat(silent.severity()).isEqualTo(3);
            assertThat(silent.occurredOn()).isEqualTo(LegalDay.of(2026, 3, 3));
            assertThat(silent.openedAt()).isEqualTo(Instant.parse("2026-03-02T16:05:00Z"));
            assertThat(silent.resolvedAt()).isNull();
            assertThat(silent.dueOn()).isNull();
            assertThat(silent.measured()).isNull();
            assertThat(silent.threshold()).isEqualByComparingTo("300");
            assertThat(silent.explanationEn()).contains("since 2026-03-02T16:00:00Z", "300 seconds");
            assertThat(silent.explanationZh()).contains("300秒");
            assertThat(silent.evidence().positions()).containsExactly(sign("2026-03-02T16:00:00Z"));
            assertThat(silent.evidence().rangeTo()).isEqualTo(silent.openedAt());
            assertThat(silent.evidence().count()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T10:04:59Z, true, 0",
        "2026-03-02T10:05:00Z, true, 0",
        "2026-03-02T10:05:00.000000001Z, true, 1",
        "2026-03-02T18:00:00Z, true, 1",
        // Signs may wait in the topic.
        "2026-03-02T18:00:00Z, false, 0"
    })
    void onlyWhatTheRegistrysClockHasPassedIsSilence(String known, boolean settled, int alerts) {
        since("2026-03-02T10:00:00Z", settled);

        assertThat(episodes(known)).hasSize(alerts);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-02T10:05:00Z, 0", "2026-03-02T10:05:00.001Z, 1"})
    void aSignAtTheLastMomentKeepsThePromise(String next, int alerts) {
        over("2026-03-02T10:00:00Z", next);

        assertThat(episodes("2026-03-03T00:00:00Z")).hasSize(alerts);
    }

    @Test
    void aSignResolvesAndTheNextSilenceIsAnotherEpisode() {
        over("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z");
        since("2026-03-02T12:00:00Z", true);

        assertThat(episodes("2026-03-02T13:00:00Z"))
                .extracting(Episode::episode, Episode::status, Episode::resolvedAt)
                .containsExactly(
                        tuple(1, Status.RESOLVED, Instant.parse("2026-03-02T11:00:00Z")), tuple(2, Status.OPEN, null));
    }

    @Test
    void itWakesWhenThePromiseBreaks() {
        since("2026-03-02T10:00:00Z", false);

        assertThat(judge("2026-03-02T10:01:00Z").wakeAt()).isEqualTo("2026-03-02T10:05:00.000000001Z");
        assertThat(judge("2026-03-02T10:06:00Z").wakeAt()).isNull();
    }

    @Test
    void whoPromisesNothingIsMeasuredByTheParameterOfTheDay() {
        promise = HeartbeatPromise.UNSPOKEN;
        law.parameter("source-silent.promise", "op", "3600", "seconds", "2026-03-03");
        since("2026-03-02T10:00:00Z", true);
        assertThat(episodes("2026-03-02T10:06:00Z")).hasSize(1);

        since("2026-03-03T10:00:00Z", true);
        assertThat(episodes("2026-03-03T10:06:00Z")).isEmpty();
        assertThat(episodes("2026-03-03T11:00:01Z")).hasSize(1);

        law.parameter("source-silent.promise", "op", "1", "seconds", "2026-03-04");
        since("2026-03-04T10:00:00Z", true);
        assertThat(episodes("2026-03-04T10:01:00Z")).isEmpty();
        assertThat(episodes("2026-03-04T10:01:01Z")).hasSize(1);
    }

    @Test
    void outsideThePromisedHoursNobodyListens() {
        promise = new HeartbeatPromise(Duration.ofMinutes(5), LocalTime.of(7, 0), LocalTime.of(23, 0), true);
        // Friday 23:00 to Monday 07:04.
        over("2026-03-06T15:00:00Z", "2026-03-08T23:04:00Z");
        assertThat(episodes("2026-03-10T00:00:00Z")).isEmpty();

        over("2026-03-09T15:00:00Z", "2026-03-09T23:06:00Z");
        assertThat(episodes("2026-03-10T00:00:00Z")).singleElement().satisfies(silent -> {
            assertThat(silent.openedAt()).isEqualTo(Instant.parse("2026-03-09T23:05:00Z"));
            assertThat(silent.explanationEn()).contains("07:00 to 23:00 of working days");
            assertThat(silent.explanationZh()).contains("工作日07:00至23:00");
        });
    }

    @Test
    void whoIsOpenOverMidnightPromisesNothingForTheDay() {
        promise = new HeartbeatPromise(Duration.ofMinutes(5), LocalTime.of(18, 0), LocalTime.of(2, 0), false);
        // 02:00 to 18:04, and the night after.
        over("2026-03-06T18:00:00Z", "2026-03-07T10:04:00Z");
        assertThat(episodes("2026-03-07T12:00:00Z")).isEmpty();

        over("2026-03-07T17:00:00Z", "2026-03-07T17:06:00Z");
        assertThat(episodes("2026-03-07T18:00:00Z")).singleElement().satisfies(silent -> {
            assertThat(silent.openedAt()).isEqualTo(Instant.parse("2026-03-07T17:05:00Z"));
            assertThat(silent.explanationEn()).contains("(18:00 to 02:00 in the morning after, of every day)");
            assertThat(silent.explanationZh()).contains("每日18:00至次日02:00");
        });
    }

    @Test
    void beforeTheMeasuresNobodyHadToBeHeard() {
        over("2025-05-01T00:00:00Z", "2025-05-20T00:00:00Z");
        assertThat(episodes("2025-07-01T00:00:00Z")).isEmpty();

        over("2025-05-20T00:00:00Z", "2025-06-02T00:00:00Z");
        assertThat(episodes("2025-07-01T00:00:00Z")).singleElement().satisfies(silent -> {
            assertThat(silent.occurredOn()).isEqualTo(LegalDay.of(2025, 6, 1));
            assertThat(silent.openedAt()).isEqualTo(Instant.parse("2025-05-31T16:05:00Z"));
        });
    }

    @Test
    void beforeTheFirstSignNothingIsSaid() {
        assertThat(episodes("2026-03-02T10:06:00Z")).isEmpty();
        assertThat(SourceJudgements.judge(
                        "op", "sys", promise, over, newest, List.of(), List.of(), law.registry(), null))
                .isEqualTo(Judged.NOTHING);
    }
}
