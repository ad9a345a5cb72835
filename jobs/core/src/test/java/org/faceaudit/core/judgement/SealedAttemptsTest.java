package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.judgement.AttemptScene.at;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptFixture;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.junit.jupiter.api.Test;

/** Attempts are forgotten without a change of results. */
class SealedAttemptsTest {

    private final AttemptScene scene = new AttemptScene();

    private static List<Attempt> from(List<Attempt> attempts, Instant from) {
        return attempts.stream()
                .filter(attempt -> !attempt.at().latest().isBefore(from))
                .toList();
    }

    @Test
    void whenAndHowOftenAPointIsSealedChangesNothing() {
        int episodes = 0;
        int forgotten = 0;
        for (int seed = 0; seed < 25; seed++) {
            AttemptScene random = RandomAttempts.scene(1_000 + seed, 120);
            Random moments = new Random(seed);
            List<Attempt> attempts = random.attempts.build();
            SealedPoint sealed = SealedPoint.NOTHING;
            Instant known = at("01 00:00").plus(Duration.ofDays(25));
            for (int i = 0; i < 12; i++) {
                known = known.plus(Duration.ofMinutes(moments.nextInt(16 * 24 * 60)));
                if (moments.nextInt(3) > 0) {
                    sealed = random.seal(sealed, from(attempts, sealed.attemptsFrom()), known);
                }
                List<Attempt> kept = from(attempts, sealed.attemptsFrom());
                forgotten = Math.max(forgotten, attempts.size() - kept.size());

                Judged whole = random.judge(SealedPoint.NOTHING, attempts, known);
                assertThat(random.judge(sealed, kept, known))
                        .as("seed %s, known through %s", seed, known)
                        .isEqualTo(whole);
                episodes += AttemptScene.episodes(whole, "refusal-without-alternative")
                                .size()
                        + AttemptScene.episodes(whole, "unusable-fallback").size();
            }
        }
        assertThat(episodes).isGreaterThan(500);
        assertThat(forgotten).isGreaterThan(300);
    }

    @Test
    void whenAndHowOftenAPersonIsSealedChangesNothing() {
        for (int seed = 0; seed < 25; seed++) {
            AttemptScene random = RandomAttempts.scene(1_000 + seed, 120);
            Random moments = new Random(seed);
            PersonToken person = AttemptFixture.member("1");
            List<Attempt> refusals = random.attempts.build().stream()
                    .filter(AttemptJudgements::concernsPerson)
                    .filter(attempt -> person.equals(attempt.person()))
                    .toList();
            SealedPerson sealed = SealedPerson.NOTHING;
            Instant known = at("01 00:00").plus(Duration.ofDays(25));
            for (int i = 0; i < 12; i++) {
                known = known.plus(Duration.ofMinutes(moments.nextInt(16 * 24 * 60)));
                sealed = AttemptJudgements.sealPerson(
                        "gym", sealed, from(refusals, sealed.attemptsFrom()), random.law.registry(), known);

                assertThat(AttemptJudgements.promptsOf(
                                "gym", person, sealed, from(refusals, sealed.attemptsFrom()), random.law.registry()))
                        .as("seed %s", seed)
                        .isEqualTo(AttemptJudgements.promptsOf(
                                "gym", person, SealedPerson.NOTHING, refusals, random.law.registry()));
            }
        }
    }

    @Test
    void theHorizonAndTheLongestPeriodAreKept() {
        SealedPoint sealed = scene.seal(SealedPoint.NOTHING, List.of(), at("31 12:00"));

        assertThat(sealed.through())
                .as("30 days back, and a whole day more")
                .isEqualTo(at("01 00:00").minus(Duration.ofDays(1)));
        assertThat(sealed.attemptsFrom()).isEqualTo(sealed.through().minus(Duration.ofDays(30)));
        assertThat(scene.seal(sealed, List.of(), at("31 13:00")))
                .as("the same day")
                .isSameAs(sealed);
        assertThat(scene.seal(sealed, List.of(), null)).isSameAs(sealed);

        scene.law
                .parameter("lateness.attempts", "gym", "40", "days", "2026-12-01")
                .parameter("unusable-fallback.period", "gym", "60", "days", "2026-12-01");
        SealedPoint longer = scene.seal(SealedPoint.NOTHING, List.of(), at("31 12:00"));
        assertThat(longer.through())
                .as("a number of a day to come")
                .isEqualTo(sealed.through().minus(Duration.ofDays(10)));
        assertThat(longer.attemptsFrom()).isEqualTo(longer.through().minus(Duration.ofDays(60)));
    }

    @Test
    void anAttemptComesTooLateByItsOwnTimeAgainstItsCommit() {
        Instant commit = at("31 12:00");
        Instant limit = commit.minus(Duration.ofDays(30));
        scene.attempts
                .attempt(TimeBounds.declared(limit), commit, "1", null, "FACE", AttemptOutcome.DECLINED)
                .attempt(
                        TimeBounds.declared(limit.minusSeconds(1)), commit, "1", null, "FACE", AttemptOutcome.DECLINED);

        assertThat(scene.attempts.build())
                .extracting(attempt -> AttemptJudgements.comesTooLate(attempt, scene.law.registry()))
                .containsExactly(false, true);
    }

    @Test
    void aSnapshotIsACommitToo() {
        Instant snapshot = at("31 12:00");
        List<Attempt> found = List.of("01 12:00", "01 11:59").stream()
                .map(time -> found(at(time), snapshot))
                .toList();

        assertThat(found)
                .extracting(attempt -> AttemptJudgements.comesTooLate(attempt, scene.law.registry()))
                .containsExactly(false, true);
    }

    private static Attempt found(Instant at, Instant snapshot) {
        Position position = new Position("cdc.gym.gate", 0, 1, "1/1", null, "public.passage", "k", snapshot, true);
        return new Attempt(
                "gym", "gate", "public.passage/1", "1", null, TimeBounds.declared(at), "FACE", null, "m1", position);
    }
}
