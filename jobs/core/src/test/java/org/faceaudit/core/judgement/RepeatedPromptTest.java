package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.judgement.AttemptScene.at;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AttemptFixture;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class RepeatedPromptTest {

    private static final String RULE = "repeated-prompt";
    private static final String NOW = "06 00:00";

    private final AttemptScene scene = new AttemptScene();

    private List<Episode> episodes(String known) {
        return AttemptScene.episodes(scene.judgeSystem(at(known)), RULE);
    }

    private Episode only(String known) {
        return AttemptScene.only(scene.judgeSystem(at(known)), RULE);
    }

    @Test
    void twoMorePromptsWithinTwoDaysOfTheRefusalAreSuspected() {
        scene.declined("04 10:00", "7").declined("04 18:00", "7").declined("05 10:00", "7");

        Episode episode = only(NOW);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.severity()).isEqualTo(2);
        assertThat(episode.systemId()).isEqualTo("gate");
        assertThat(episode.occurredOn()).isEqualTo(LegalDay.of(2026, 7, 5));
        assertThat(episode.openedAt()).isEqualTo(at("05 10:00"));
        assertThat(episode.measured()).isEqualTo("1");
        assertThat(episode.unit()).isEqualTo("persons");
        assertThat(episode.evidence().positions()).extracting(Position::offset).containsExactly(1_001L, 1_002L, 1_003L);
        assertThat(episode.explanationZh()).contains("系统gate", "1人", "48小时", "第二十二条第(五)项", "推荐性国家标准GB/T 41819-2022");
        assertThat(episode.explanationEn())
                .contains("System gate", "1 person ", "48 hours", "Art. 22(5)", "a recommended standard");
    }

    @Test
    void oneMoreIsNone() {
        scene.declined("04 10:00", "7").declined("05 10:00", "7");

        assertThat(episodes(NOW)).isEmpty();
    }

    @Test
    void thePeriodBeginsAfterTheRefusalAndIncludesItsEnd() {
        scene.declined("01 10:00", "7").declined("02 10:00", "7").declined("03 10:00:01", "7");
        assertThat(episodes(NOW)).as("a second too late").isEmpty();

        scene.declined("03 10:00", "7");
        assertThat(only("03 12:00").openedAt()).isEqualTo(at("03 10:00"));

        AttemptScene atOnce = new AttemptScene();
        atOnce.declined("01 10:00", "7").declined("01 10:00", "7").declined("02 10:00", "7");
        assertThat(AttemptScene.episodes(atOnce.judgeSystem(at(NOW)), RULE))
                .as("what is said at the same instant is no prompt")
                .isEmpty();
        atOnce.declined("02 10:00", "7");
        assertThat(AttemptScene.episodes(atOnce.judgeSystem(at(NOW)), RULE)).hasSize(1);
    }

    @Test
    void otherPersonsAndNobodyKnownAreNotLinked() {
        scene.declined("04 10:00", "7").declined("04 18:00", "8").declined("05 10:00", "7");
        scene.declined("04 10:00", null).declined("04 18:00", null).declined("05 10:00", null);

        assertThat(episodes(NOW)).isEmpty();
    }

    @Test
    void comingByFaceOfOnesOwnWillIsNoPrompt() {
        scene.declined("04 10:00", "7")
                .passed("04 12:00", "7", "FACE")
                .failed("04 13:00", "7")
                .declined("05 10:00", "7")
                .attempt("05 11:00", "7", "CARD", AttemptOutcome.DECLINED);

        assertThat(episodes(NOW)).isEmpty();
    }

    @Test
    void promptsAtOtherPointsOfTheSystemCount() {
        scene.declined("04 10:00", "7").declined("04 18:00", "7");
        scene.attempts.attempt(at("05 10:00"), "2", AttemptFixture.member("7"), null, AttemptOutcome.DECLINED);

        assertThat(episodes(NOW)).hasSize(1);
    }

    @Test
    void itEndsWhenNobodyWasAskedTooOftenForThePeriod() {
        scene.declined("03 10:00", "7").declined("03 18:00", "7").declined("04 10:00", "7");

        assertThat(only("06 09:59:59").status()).isEqualTo(Status.OPEN);
        assertThat(scene.judgeSystem(at("06 09:59:59")).wakeAt()).isEqualTo(at("06 10:00"));
        assertThat(only("06 10:00").status()).isEqualTo(Status.RESOLVED);
        assertThat(only("06 10:00").resolvedAt()).isEqualTo(at("06 10:00"));
        assertThat(only("06 10:00").explanationEn()).contains("this ended on 2026-07-06");
    }

    @Test
    void personsThatFollowEachOtherAreOneEpisodeAndEachIsMeasuredOnce() {
        scene.declined("03 10:00", "7").declined("03 18:00", "7").declined("04 10:00", "7");
        scene.declined("05 10:00", "8").declined("05 18:00", "8").declined("06 10:00", "8");
        scene.declined("07 10:00", "7").declined("07 18:00", "7").declined("08 10:00", "7");

        Episode episode = only("10 00:00");
        assertThat(episode.openedAt()).isEqualTo(at("04 10:00"));
        assertThat(episode.measured()).isEqualTo("2");
        assertThat(episode.evidence().positions()).hasSize(9);

        assertThat(only("05 00:00").measured()).isEqualTo("1");
        scene.declined("12 10:00", "9").declined("12 11:00", "9").declined("12 12:00", "9");
        assertThat(episodes("13 00:00")).extracting(Episode::episode).containsExactly(1, 2);
    }

    @Test
    void tokensOfTwoKindsMayBeOnePerson() {
        PersonToken phone = new PersonToken("phone", "k1", "digits", "", "p-7");
        for (String time : List.of("04 10:00", "04 18:00", "05 10:00")) {
            scene.declined(time, "7").attempt(at(time), phone, "FACE", AttemptOutcome.DECLINED);
        }
        assertThat(only(NOW).measured()).isEqualTo("1");
    }

    @Test
    void whatIsNotKnownYetIsLeftOut() {
        scene.declined("04 10:00", "7").declined("04 18:00", "7").declined("05 10:00", "7");

        assertThat(episodes("05 09:59:59")).isEmpty();
        assertThat(scene.judgeSystem(at("05 09:59:59")).wakeAt()).isEqualTo(at("05 10:00"));
        assertThat(scene.judgeSystem(null)).isEqualTo(Judged.NOTHING);
    }

    @Test
    void beforeTheMeasuresNothingCounts() {
        Instant first = LegalDay.of(2025, 6, 1).start();
        PersonToken person = AttemptFixture.member("7");
        scene.attempt(first.minusSeconds(1), person, "FACE", AttemptOutcome.DECLINED)
                .attempt(first.plusSeconds(1), person, "FACE", AttemptOutcome.DECLINED)
                .attempt(first.plusSeconds(2), person, "FACE", AttemptOutcome.DECLINED);
        assertThat(episodes(NOW)).isEmpty();

        scene.attempt(first, person, "FACE", AttemptOutcome.DECLINED);
        assertThat(episodes(NOW)).hasSize(1);
    }

    @Test
    void aValidExceptionMakesItExempt() {
        scene.declined("04 10:00", "7").declined("04 18:00", "7").declined("05 10:00", "7");
        scene.law.exception("x1", RULE, "gym", "gate", "2026-01-01", "2026-07-06");

        assertThat(only(NOW).status()).isEqualTo(Status.EXEMPT);
        assertThat(only(NOW).exceptionId()).isEqualTo("x1");
        assertThat(scene.judgeSystem(at(NOW)).wakeAt()).isEqualTo(at("07 00:00"));
    }

    @Test
    void countsAsAPlainReadingOfItsWordsDoes() {
        List<PlainReading.Found> all = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            AttemptScene random = RandomAttempts.scene(seed, 40);
            Instant known = at("01 00:00").plus(Duration.ofHours(24 * 20 + seed));

            List<PlainReading.Found> expected = PlainReading.prompts(random, known);

            assertThat(PlainReading.found(AttemptScene.episodes(random.judgeSystem(known), RULE)))
                    .as("seed %s", seed)
                    .isEqualTo(expected);
            all.addAll(expected);
        }
        assertThat(all).as("the samples hold some").hasSizeGreaterThan(50);
    }
}
