package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.judgement.AttemptScene.OPERATOR;
import static org.faceaudit.core.judgement.AttemptScene.at;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.judgement.PointSurvey.Need;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.junit.jupiter.api.Test;

/** What a survey leaves out changes no judgement. */
class PointSurveyTest {

    private static final String LONG_AFTER = "31 12:00";

    /** A day's attempts as they are. */
    private record Day(List<Attempt> attempts) implements DayOfAttempts {

        @Override
        public int size() {
            return attempts.size();
        }

        @Override
        public long at(int number) {
            Instant at = attempts.get(number).at().latest();
            return at.getEpochSecond() * 1_000_000_000L + at.getNano();
        }

        @Override
        public String method(int number) {
            return attempts.get(number).method();
        }

        @Override
        public AttemptOutcome outcome(int number) {
            return attempts.get(number).outcome();
        }

        @Override
        public long person(int number) {
            return attempts.get(number).person() == null
                    ? 0
                    : attempts.get(number).person().hashCode();
        }
    }

    private static Map<LegalDay, Day> days(List<Attempt> attempts) {
        Map<LegalDay, Day> days = new TreeMap<>();
        attempts.stream()
                .sorted(Comparator.comparing(attempt -> attempt.at().latest()))
                .forEach(attempt -> days.computeIfAbsent(
                                LegalDay.of(attempt.at().latest()), day -> new Day(new ArrayList<>()))
                        .attempts()
                        .add(attempt));
        return days;
    }

    private static Need need(
            PointSurvey survey, AccessPoint point, SealedPoint sealed, Map<LegalDay, Day> days, Instant known) {
        List<PointDay> sums = new ArrayList<>();
        days.forEach((day, attempts) -> sums.add(survey.sum(day, attempts)));
        return survey.need(point, sealed, sums, known);
    }

    /** The attempts that are read. */
    private static List<Attempt> read(PointSurvey survey, Need need, Map<LegalDay, Day> days) {
        List<Attempt> read = new ArrayList<>();
        days.forEach((day, attempts) -> {
            switch (need) {
                case NOTHING -> {}
                case EVERYTHING -> read.addAll(attempts.attempts());
                case REFUSALS -> {
                    BitSet some = survey.ofRefusals(attempts, days.get(day.plusDays(-1)));
                    some.stream().forEach(number -> read.add(attempts.attempts().get(number)));
                }
            }
        });
        return read;
    }

    private Need need(AttemptScene scene) {
        PointSurvey survey = new PointSurvey(OPERATOR, scene.law.registry());
        return need(survey, scene.built(), SealedPoint.NOTHING, days(scene.attempts.build()), at(LONG_AFTER));
    }

    @Test
    void whatIsLeftOutChangesNothing() {
        Map<Need, Integer> needs = new EnumMap<>(Need.class);
        for (int seed = 0; seed < 120; seed++) {
            AttemptScene scene = RandomAttempts.scene(5_000 + seed, 60);
            // Where a fallback need not work well, refusals are seen alone.
            if (seed % 3 > 0) {
                scene.law.parameter("unusable-fallback.n", OPERATOR, "1000", "count", "2025-06-01");
            }
            if (seed % 5 == 0) {
                scene.law.parameter("refusal-without-alternative.n", OPERATOR, "9", "count", "2025-06-01");
            }
            if (seed % 7 == 0) {
                scene.law.parameter("refusal-without-alternative.window", OPERATOR, "300", "seconds", "2026-07-20");
            }
            Registry registry = scene.law.registry();
            PointSurvey survey = new PointSurvey(OPERATOR, registry);
            Random moments = new Random(seed);
            List<Attempt> all = scene.attempts.build();
            SealedPoint sealed = SealedPoint.NOTHING;
            SealedPoint sealedBySurvey = SealedPoint.NOTHING;
            Instant known = at("01 00:00");
            for (int i = 0; i < 14; i++) {
                known = known.plus(Duration.ofMinutes(moments.nextInt(14 * 24 * 60)));
                Instant from = sealed.attemptsFrom();
                List<Attempt> kept = all.stream()
                        .filter(attempt -> !attempt.at().latest().isBefore(from))
                        .toList();
                Map<LegalDay, Day> days = days(kept);
                Need need = need(survey, scene.built(), sealed, days, known);
                List<Attempt> some = read(survey, need, days);
                needs.merge(need, 1, Integer::sum);

                assertThat(scene.judge(sealedBySurvey, some, known))
                        .as("seed %s, known through %s, %s", seed, known, need)
                        .usingRecursiveComparison()
                        .ignoringFields("wakeAt")
                        .isEqualTo(episodesOf(scene.judge(sealed, kept, known)));
                if (moments.nextBoolean()) {
                    sealedBySurvey = scene.seal(sealedBySurvey, some, known);
                    sealed = scene.seal(sealed, kept, known);
                    assertThat(sealedBySurvey).as("seed %s, sealed", seed).isEqualTo(sealed);
                }
            }
        }
        assertThat(needs.values())
                .as(needs.toString())
                .allMatch(count -> count > 50)
                .hasSize(3);
    }

    private static Judged episodesOf(Judged judged) {
        return judged;
    }

    /** A judgement that is left out would not have woken either, but for what others wake it for. */
    @Test
    void whereNothingIsReadTimeChangesNothing() {
        AttemptScene scene = new AttemptScene().declined("03 10:00", "1").declined("03 11:00", "1");
        assertThat(need(scene)).isEqualTo(Need.NOTHING);
        for (String known : List.of("03 10:05", "03 12:00", "10 10:00", LONG_AFTER)) {
            assertThat(AttemptScene.episodes(scene.judge(known), RefusalWithoutAlternative.RULE_ID))
                    .isEmpty();
        }
    }

    @Test
    void aThirdRefusalWithinThePeriodIsRead() {
        AttemptScene scene = new AttemptScene().declined("03 10:00", "1").declined("04 10:00", "2");
        assertThat(need(scene)).isEqualTo(Need.NOTHING);

        assertThat(need(scene.declined("10 10:00", "3"))).as("just a period").isEqualTo(Need.REFUSALS);
        assertThat(need(new AttemptScene()
                        .declined("03 10:00", "1")
                        .declined("04 10:00", "2")
                        .declined("11 10:00", "3")))
                .isEqualTo(Need.NOTHING);
    }

    @Test
    void whoWasServedDoesNotCount() {
        AttemptScene scene = new AttemptScene().declined("03 10:00", "1").declined("04 10:00", "2");
        scene.declined("05 10:00", "3").passed("05 10:14", "3", "CARD");
        assertThat(need(scene)).isEqualTo(Need.NOTHING);

        scene.declined("05 11:00", "3").passed("05 11:15", "3", "CARD");
        assertThat(need(scene)).as("when the window is over").isEqualTo(Need.REFUSALS);
    }

    @Test
    void failuresCountByPerson() {
        AttemptScene scene = new AttemptScene().failed("03 10:00", "1").failed("03 11:00", "2");
        assertThat(need(scene.failed("03 12:00", "3").failed("03 13:00", "1"))).isEqualTo(Need.NOTHING);
        assertThat(need(scene.failed("04 12:00", "1"))).isEqualTo(Need.REFUSALS);
    }

    @Test
    void aFallbackThatWorksIsNotLookedAt() {
        AttemptScene works =
                new AttemptScene().tries("03 10:00", "FACE", 40, 38).tries("03 12:00", "CARD", 30, 27);
        assertThat(need(works)).isEqualTo(Need.NOTHING);

        AttemptScene fails =
                new AttemptScene().tries("03 10:00", "FACE", 40, 38).tries("03 12:00", "CARD", 30, 3);
        assertThat(need(fails)).isEqualTo(Need.EVERYTHING);
        AttemptScene few = new AttemptScene().tries("03 10:00", "FACE", 40, 38).tries("03 12:00", "CARD", 19, 0);
        assertThat(need(few)).isEqualTo(Need.NOTHING);
    }

    /** It worked while it was new; since then it fails, and what speaks for it is a period old before what speaks against it. */
    @Test
    void passesThatCeaseToCountAreSeenToGo() {
        AttemptScene scene = new AttemptScene()
                .tries("01 10:00", "CARD", 60, 60)
                .tries("01 12:00", "FACE", 1, 1)
                .tries("20 10:00", "CARD", 25, 0)
                .tries("20 12:00", "FACE", 25, 25);
        assertThat(need(scene)).isEqualTo(Need.EVERYTHING);
    }

    @Test
    void aDayOutOfServiceSpeaksForNothing() {
        AttemptScene scene = new AttemptScene()
                .tries("02 10:00", "CARD", 20, 0)
                .tries("03 10:00", "CARD", 60, 60)
                .tries("04 10:00", "CARD", 1, 0)
                .tries("04 12:00", "FACE", 25, 25);
        assertThat(need(scene)).isEqualTo(Need.NOTHING);

        scene.point.retired("2026-07-02T17:00:00Z", "FACE").offers("2026-07-03T15:00:00Z", "CARD", "FACE");
        assertThat(need(scene)).isEqualTo(Need.EVERYTHING);
    }
}
