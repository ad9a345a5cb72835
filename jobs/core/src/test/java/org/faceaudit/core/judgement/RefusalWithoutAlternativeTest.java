package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.judgement.AttemptScene.at;
import static org.faceaudit.core.judgement.AttemptScene.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class RefusalWithoutAlternativeTest {

    private static final String RULE = "refusal-without-alternative";

    private static final String NOW = "06 00:00";

    private final AttemptScene scene = new AttemptScene();

    private List<Episode> episodes() {
        return scene.episodes(NOW, RULE);
    }

    @Test
    void threeRefusalsOfAWeekWithNobodyLetInOtherwiseAreSuspected() {
        scene.threeRefusals();

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.severity()).isEqualTo(3);
        assertThat(episode.systemId()).isEqualTo("gate");
        assertThat(episode.occurredOn()).isEqualTo(LegalDay.of(2026, 7, 5));
        assertThat(episode.openedAt()).isEqualTo(at("05 10:15"));
        assertThat(episode.measured()).isEqualTo("3");
        assertThat(episode.threshold()).isEqualTo("3");
        assertThat(episode.unit()).isEqualTo("attempts");
        assertThat(episode.mappingVersion()).isEqualTo("m1");
        assertThat(episode.lawVersion()).isEqualTo("measures-2025");
        assertThat(episode.evidence().positions())
                .extracting(Position::offset)
                .as("what the point offers, and the three refusals")
                .containsExactly(1L, 1_001L, 1_002L, 1_003L);
        assertThat(episode.explanationZh())
                .contains("某健身公司", "gate/1", "2026-07-05", "900秒", "7日内最多3次", "第十条、第十二条", "《个人信息保护法》第十六条");
        assertThat(episode.explanationEn())
                .contains("gate/1", "2026-07-05", "900 s", "3 times within 7 days", "Art. 10 and 12", "PIPL 16");
    }

    @Test
    void twoAreNone() {
        scene.declined("03 10:00", null).declined("04 10:00", null);

        assertThat(episodes()).isEmpty();
    }

    @Test
    void exactlyThePeriodApartTheyAreNotInOne() {
        scene.declined("01 10:00", null).declined("04 10:00", null).declined("08 10:00", null);
        assertThat(scene.episodes("09 00:00", RULE)).as("half-open").isEmpty();

        scene.declined("08 09:59:59", null);
        assertThat(scene.episodes("09 00:00", RULE)).hasSize(1);
    }

    @Test
    void whoPassesByAnotherMethodWithinTheWindowIsServed() {
        scene.threeRefusals().passed("04 10:14:59", null, "CARD");
        assertThat(episodes()).isEmpty();
    }

    @Test
    void theWindowIsHalfOpenToo() {
        scene.threeRefusals().passed("04 10:15", null, "CARD");
        assertThat(episodes()).as("at its end").hasSize(1);

        scene.passed("04 10:00", null, "CARD");
        assertThat(episodes()).as("at its beginning").isEmpty();
    }

    @Test
    void aPassByFaceOrBeforeTheRefusalOrAFailureOfTheCardServesNobody() {
        scene.threeRefusals()
                .passed("04 10:01", null, "FACE")
                .passed("04 09:59:59", null, "CARD")
                .attempt("04 10:02", null, "CARD", AttemptOutcome.FAILED)
                .attempt("04 10:03", null, "CARD", AttemptOutcome.DECLINED);

        assertThat(episodes()).hasSize(1);
    }

    @Test
    void anotherBiometricServes() {
        scene.threeRefusals().passed("04 10:01", null, "PALM");

        assertThat(episodes()).isEmpty();
    }

    @Test
    void aKnownRefuserIsServedByNobodyKnownToBeAnother() {
        scene.declined("03 10:00", "7").declined("04 10:00", "8").declined("05 10:00", "7");

        scene.passed("04 10:01", "7", "CARD");
        assertThat(episodes()).as("another member").hasSize(1);
        scene.passed("04 10:02", "8", "CARD");
        assertThat(episodes()).as("the same").isEmpty();
    }

    @Test
    void whoeverMayBeTheRefuserSpeaksForTheOperator() {
        PersonToken phone = new PersonToken("phone", "k1", "digits", "", "m-9");
        for (PersonToken passer : Arrays.asList(null, phone)) {
            AttemptScene own = new AttemptScene();
            own.declined("03 10:00", "7").declined("04 10:00", "8").declined("05 10:00", "9");
            own.attempt(at("04 10:01"), passer, "CARD", AttemptOutcome.PASSED);

            assertThat(own.episodes(NOW, RULE)).as(String.valueOf(passer)).isEmpty();
        }
        scene.threeRefusals().passed("04 10:01", "8", "CARD");
        assertThat(episodes()).as("a refuser who is not known").isEmpty();
    }

    @Test
    void whatCannotBeReadSpeaksForTheOperator() {
        scene.threeRefusals();
        assertThat(episodes()).hasSize(1);

        AttemptScene method = new AttemptScene();
        method.declined("03 10:00", null).declined("04 10:00", null).declined("05 10:00", null);
        method.passed("04 10:01", null, null);
        assertThat(method.episodes(NOW, RULE)).isEmpty();

        scene.attempt("04 10:01", null, "CARD", null);
        assertThat(episodes()).isEmpty();
    }

    @Test
    void aRefusalCountsOnceItsWindowIsKnownToBeOver() {
        scene.threeRefusals();

        assertThat(scene.episodes("05 10:14:59", RULE)).isEmpty();
        assertThat(scene.judge("05 10:14:59").wakeAt()).isEqualTo(at("05 10:15"));
        assertThat(scene.episodes("05 10:15", RULE)).hasSize(1);
    }

    @Test
    void whereNoOtherMethodWasEnabledItIsAViolation() {
        scene.point = gate().offers("2026-01-01T00:00:00Z", "FACE");
        scene.threeRefusals();

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.severity()).isEqualTo(5);
        assertThat(episode.explanationZh()).contains("当时没有启用其他方式");
        assertThat(episode.explanationEn()).contains("no other method was enabled then");
    }

    @Test
    void aViolationNeedsEnoughRefusalsWithoutAChoice() {
        scene.point = gate().offers("2026-01-01T00:00:00Z", "CARD", "FACE")
                .offers(at("04 00:00").toString(), "FACE")
                .offers(at("06 12:00").toString(), "CARD", "FACE");
        scene.threeRefusals();
        assertThat(scene.only(NOW, RULE).verdict()).as("two of three").isEqualTo(Verdict.SUSPECTED);

        scene.declined("06 10:00", null);
        Episode episode = scene.only("06 10:15", RULE);
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.occurredOn()).as("of the violation").isEqualTo(LegalDay.of(2026, 7, 6));
        assertThat(episode.openedAt()).isEqualTo(at("06 10:15"));
        assertThat(episode.measured()).isEqualTo("3");
        assertThat(episode.evidence().positions())
                .extracting(Position::offset)
                .containsExactly(2L, 1_002L, 1_003L, 1_004L);
        assertThat(scene.only("10 00:00", RULE).verdict())
                .as("the card is back, the week is not over")
                .isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void methodsThatAreNotKnownAreSuspectedAtMost() {
        scene.threeRefusals();
        scene.point = gate().unreadable("2026-01-01T00:00:00Z");
        assertThat(scene.only(NOW, RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(scene.only(NOW, RULE).explanationEn()).contains("which methods were enabled then is not known");

        scene.point = gate().offers(at("05 12:00").toString(), "FACE");
        assertThat(scene.only(NOW, RULE).verdict())
                .as("before it was there, as far as is told")
                .isEqualTo(Verdict.SUSPECTED);

        scene.point =
                gate().offersSince(at("01 00:00").toString(), at("05 12:00").toString(), "FACE");
        assertThat(scene.only(NOW, RULE).verdict()).as("within its bounds").isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void aPointThatOnlyTheLogKnowsIsSuspectedAtMostAndSaysWhatIsMissing() {
        scene.point = null;
        scene.threeRefusals();

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.explanationZh()).contains("数据中没有该验证点的配置");
        assertThat(episode.explanationEn()).contains("do not tell what the point is configured to offer");
    }

    @Test
    void otherMethodsThatHardlyEverWorkAreNoChoice() {
        scene.tries("02 08:00", "CARD", 25, 1).tries("02 09:00", "FACE", 25, 25);
        scene.threeRefusals();

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.explanationZh()).contains("当时启用的其他方式几乎无法使用");
        assertThat(episode.explanationEn()).contains("hardly ever worked");

        scene.point = gate().offers("2026-01-01T00:00:00Z", "CARD", "FACE", "QR");
        assertThat(scene.only(NOW, RULE).verdict()).as("the code was there too").isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void onlyBiometricAlternativesAreNoted() {
        scene.point = gate().offers("2026-01-01T00:00:00Z", "FACE", "PALM");
        scene.threeRefusals();

        assertThat(scene.only(NOW, RULE).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(scene.only(NOW, RULE).explanationZh()).contains("其他生物识别");
        assertThat(scene.only(NOW, RULE).explanationEn()).contains("biometric too");
    }

    @Test
    void sayingNoToAnotherMethodIsNoRefusalOfTheFace() {
        scene.threeRefusals();
        AttemptScene card = new AttemptScene();
        card.declined("03 10:00", null).declined("04 10:00", null);

        card.attempt("05 10:00", null, "CARD", AttemptOutcome.DECLINED);
        assertThat(card.episodes(NOW, RULE)).isEmpty();
        card.attempt("05 10:00", null, null, AttemptOutcome.DECLINED);
        assertThat(card.episodes(NOW, RULE)).as("a method that is not known").hasSize(1);
    }

    @Test
    void aFailureIsNoRefusal() {
        scene.declined("03 10:00", "7").declined("04 10:00", "7").failed("05 10:00", "7");

        assertThat(episodes()).isEmpty();
    }

    @Test
    void onePersonWhomTheMachineDoesNotRecogniseIsSuspected() {
        scene.point = gate().offers("2026-01-01T00:00:00Z", "FACE");
        scene.failed("03 10:00", "7").failed("04 10:00", "7").failed("05 10:00", "7");

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.verdict()).as("accessibility").isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.openedAt()).isEqualTo(at("05 10:15"));
        assertThat(episode.measured()).isEqualTo("3");
        assertThat(episode.explanationZh()).contains("第五条第三款").doesNotContain("拒绝");
        assertThat(episode.explanationEn()).contains("Art. 5 ¶3").doesNotContain("said no");
    }

    @Test
    void failuresOfSeveralOrOfNobodyKnownOrOfACardAreNone() {
        scene.failed("03 10:00", "7").failed("04 10:00", "7").failed("05 10:00", "8");
        scene.failed("03 11:00", null).failed("04 11:00", null).failed("05 11:00", null);
        scene.attempt("05 12:00", "7", "CARD", AttemptOutcome.FAILED);

        assertThat(episodes()).isEmpty();
    }

    @Test
    void whoPassesAtLastByWhateverMethodIsLetIn() {
        scene.failed("03 10:00", "7").failed("04 10:00", "7").failed("05 10:00", "7");
        scene.passed("05 10:05", "8", "FACE");
        assertThat(episodes()).as("another").hasSize(1);

        scene.passed("05 10:05", "7", "FACE");
        assertThat(episodes()).isEmpty();
    }

    @Test
    void itEndsWhenNoPeriodHoldsEnough() {
        scene.threeRefusals();

        assertThat(scene.only("10 09:59:59", RULE).status()).isEqualTo(Status.OPEN);
        assertThat(scene.judge("10 09:59:59").wakeAt()).isEqualTo(at("10 10:00"));
        Episode episode = scene.only("10 10:00", RULE);
        assertThat(episode.status()).isEqualTo(Status.RESOLVED);
        assertThat(episode.resolvedAt()).isEqualTo(at("10 10:00"));
        assertThat(episode.explanationZh()).contains("该情形于2026-07-10结束");
    }

    @Test
    void oneMoreInTimeProlongsItAndOneTooLateIsARelapse() {
        scene.threeRefusals().declined("10 10:00", null);
        assertThat(scene.only("20 00:00", RULE).resolvedAt())
                .as("touching: the newest three are of the 4th, 5th and 10th")
                .isEqualTo(at("11 10:00"));

        AttemptScene late = new AttemptScene();
        late.declined("03 10:00", null).declined("04 10:00", null).declined("05 10:00", null);
        late.declined("10 10:00:01", null);
        assertThat(late.episodes("20 00:00", RULE))
                .extracting(Episode::resolvedAt)
                .containsExactly(at("10 10:00"), at("11 10:00"));
        assertThat(late.episodes("20 00:00", RULE)).extracting(Episode::episode).containsExactly(1, 2);
    }

    @Test
    void aRefusalWhoseWindowIsNotOverKeepsItOpen() {
        scene.threeRefusals().declined("10 09:50", null);

        assertThat(scene.only("10 10:04:59", RULE).status()).as("it may go on").isEqualTo(Status.OPEN);
        assertThat(scene.judge("10 10:04:59").wakeAt()).isEqualTo(at("10 10:05"));
        assertThat(scene.only("10 10:05", RULE).status()).isEqualTo(Status.OPEN);
        assertThat(scene.judge("10 10:05").wakeAt()).isEqualTo(at("11 10:00"));

        scene.passed("10 09:55", null, "CARD");
        assertThat(scene.only("10 10:00", RULE).resolvedAt()).isEqualTo(at("10 10:00"));
    }

    @Test
    void measuredAreTheMostOfOnePeriod() {
        scene.threeRefusals().declined("05 11:00", null).declined("11 09:00", null);

        assertThat(scene.only("11 10:00", RULE).measured()).isEqualTo("4");
    }

    @Test
    void beforeTheMeasuresNothingCounts() {
        for (String instant : List.of(
                "2025-05-30T00:00:00Z", "2025-05-31T15:59:59Z", "2025-05-31T16:00:00Z", "2025-06-01T00:00:00Z")) {
            scene.attempt(Instant.parse(instant), null, "FACE", AttemptOutcome.DECLINED);
        }
        assertThat(episodes()).isEmpty();

        scene.attempt(Instant.parse("2025-06-02T00:00:00Z"), null, "FACE", AttemptOutcome.DECLINED);
        assertThat(episodes()).hasSize(1);
    }

    @Test
    void anInstantThatIsNotKnownIsInNoPeriod() {
        for (int i = 0; i < 3; i++) {
            scene.attempts.attempt(
                    TimeBounds.between(at("01 00:00"), at("03 00:00")),
                    at("03 00:00"),
                    "1",
                    null,
                    "FACE",
                    AttemptOutcome.DECLINED);
        }
        assertThat(episodes()).isEmpty();
    }

    @Test
    void whatHappensAtAPointOutOfServiceIsNotCounted() {
        scene.point = gate().retired("2026-01-01T00:00:00Z", "FACE")
                .offers(at("04 00:00").toString(), "FACE");
        scene.threeRefusals();
        assertThat(episodes()).as("two in service").isEmpty();

        scene.declined("05 12:00", null);
        scene.point.gone(at("05 18:00").toString());
        assertThat(scene.only(NOW, RULE).status()).as("what happened, happened").isEqualTo(Status.OPEN);
    }

    @Test
    void attemptsYetToComeAreWaitedFor() {
        scene.threeRefusals();

        assertThat(scene.episodes("04 12:00", RULE)).isEmpty();
        assertThat(scene.judge("04 12:00").wakeAt()).isEqualTo(at("05 10:00"));
    }

    @Test
    void nothingIsSaidBeforeTheSourceIsKnown() {
        scene.threeRefusals();

        assertThat(scene.judge((Instant) null)).isEqualTo(Judged.NOTHING);
    }

    @Test
    void countsAsAPlainReadingOfItsWordsDoes() {
        int violations = 0;
        for (int seed = 0; seed < 200; seed++) {
            AttemptScene random = RandomAttempts.scene(seed, 40);
            Instant known = at("01 00:00").plus(Duration.ofHours(24 * 20 + seed));

            List<PlainReading.Found> found = PlainReading.found(AttemptScene.episodes(random.judge(known), RULE));

            assertThat(found).as("seed %s", seed).isEqualTo(PlainReading.refusals(random, known));
            violations += (int) found.stream()
                    .filter(one -> one.verdict() == Verdict.VIOLATION)
                    .count();
        }
        assertThat(violations).as("the samples hold some").isGreaterThan(10);
    }

    @Test
    void theOrderOfTheAttemptsDoesNotMatter() {
        AttemptScene random = RandomAttempts.scene(7, 40);
        List<Attempt> attempts = new ArrayList<>(random.attempts.build());
        Judged plain = random.judge(at("31 00:00"));
        assertThat(AttemptScene.episodes(plain, RULE)).isNotEmpty();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(attempts, new Random(seed));
            assertThat(random.judge(SealedPoint.NOTHING, attempts, at("31 00:00")))
                    .isEqualTo(plain);
        }
    }

    @Test
    void aRefusalMadeJustWhenThePeriodIsOverKeepsItOpenWhileItsWindowRuns() {
        scene.threeRefusals().declined("10 10:00", null);

        assertThat(scene.only("10 10:14", RULE).status())
                .as("whether it goes on is not known yet")
                .isEqualTo(Status.OPEN);
        assertThat(scene.only("10 10:15", RULE).status()).isEqualTo(Status.OPEN);
        scene.passed("10 10:14", null, "CARD");
        assertThat(scene.only("10 10:14", RULE).resolvedAt()).isEqualTo(at("10 10:00"));
    }
}
