package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.judgement.AttemptScene.at;
import static org.faceaudit.core.judgement.AttemptScene.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class UnusableFallbackTest {

    private static final String RULE = "unusable-fallback";
    private static final String NOW = "06 00:00";

    private final AttemptScene scene = new AttemptScene();

    /** 20 tries of the card, so many passed, and 40 of the face, of which all passed. */
    private AttemptScene cards(int passed) {
        return scene.tries("03 08:00", "FACE", 40, 40).tries("04 10:00", "CARD", 20, passed);
    }

    private List<Episode> episodes() {
        return scene.episodes(NOW, RULE);
    }

    @Test
    void aFallbackThatHardlyEverWorksIsSuspectedWithItsFigures() {
        cards(2);

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.severity()).isEqualTo(3);
        assertThat(episode.systemId()).isEqualTo("gate");
        assertThat(episode.occurredOn()).isEqualTo(LegalDay.of(2026, 7, 4));
        assertThat(episode.openedAt()).as("with the twentieth try").isEqualTo(at("04 10:19"));
        assertThat(episode.measured()).isEqualTo("26.17");
        assertThat(episode.threshold()).isEqualTo("50.00");
        assertThat(episode.unit()).isEqualTo("percent");
        assertThat(episode.evidence().positions()).as("point, card, face").hasSize(1 + 20 + 40);
        assertThat(episode.explanationZh())
                .contains("gate/1", "刷卡(CARD)", "30日内尝试20次、通过2次", "95%", "26.17%", "100.00%", "尝试40次、通过40次", "第十条");
        assertThat(episode.explanationEn())
                .contains("CARD", "gate/1", "2 of 20 tries", "26.17%", "100.00%", "40 of 40", "Art. 10");
        assertThat(scene.judge(NOW).derivations()).extracting(Derivation::key).anySatisfy(key -> {
            assertThat(key.subjectKind()).isEqualTo("access-point");
            assertThat(key.subjectId()).isEqualTo("gate/1/CARD");
            assertThat(key.trigger()).isEmpty();
        });
    }

    @Test
    void oneThatWorksIsNone() {
        cards(20);

        assertThat(episodes()).isEmpty();
    }

    @Test
    void tooFewTriesGiveNoVerdict() {
        scene.tries("03 08:00", "FACE", 40, 40).tries("04 10:00", "CARD", 19, 0);
        assertThat(episodes()).as("of the card").isEmpty();

        AttemptScene face = new AttemptScene();
        face.tries("03 08:00", "FACE", 19, 19).tries("04 10:00", "CARD", 40, 0);
        assertThat(face.episodes(NOW, RULE)).as("of the face").isEmpty();
    }

    @Test
    void theUpperBoundMustLieBelowTheShareOfTheFacesRate() {
        cards(6);
        assertThat(episodes()).as("30 %% passed, the bound is 48.4 %%").hasSize(1);

        AttemptScene more = new AttemptScene();
        more.tries("03 08:00", "FACE", 40, 40).tries("04 10:00", "CARD", 20, 7);
        assertThat(more.episodes(NOW, RULE)).as("35 %%, the bound is 53.3 %%").isEmpty();

        AttemptScene poorFace = new AttemptScene();
        poorFace.tries("03 08:00", "FACE", 40, 20).tries("04 10:00", "CARD", 20, 2);
        assertThat(poorFace.episodes(NOW, RULE))
                .as("26.7 %% against half of 50 %%")
                .isEmpty();
    }

    @Test
    void exactlyTheShareIsNotBelowIt() {
        scene.law
                .parameter(RULE + ".confidence", "gym", "50", "percent", "2025-06-01")
                .parameter(RULE + ".floor", "gym", "100", "percent", "2025-06-01");
        scene.tries("03 08:00", "FACE", 20, 20).tries("04 10:00", "CARD", 20, 20);

        assertThat(episodes()).as("the bound is the rate itself").isEmpty();
    }

    @Test
    void sayingNoIsNoTryAndWhatCannotBeReadIsNone() {
        scene.tries("03 08:00", "FACE", 40, 40).tries("04 10:00", "CARD", 19, 0);
        scene.attempt("04 11:00", null, "CARD", AttemptOutcome.DECLINED)
                .attempt("04 11:00", null, "CARD", null)
                .attempt("04 11:00", null, null, AttemptOutcome.FAILED);
        assertThat(episodes()).isEmpty();

        scene.attempt("04 12:00", null, "CARD", AttemptOutcome.FAILED);
        assertThat(scene.only(NOW, RULE).openedAt()).isEqualTo(at("04 12:00"));
    }

    @Test
    void aTryCountsForThePeriodAndNotAtItsEnd() {
        scene.tries("01 10:00", "CARD", 1, 0).tries("02 10:00", "CARD", 19, 0);
        scene.tries("30 10:00", "FACE", 19, 19);

        Instant end = at("01 10:00").plus(Duration.ofDays(30));
        scene.attempt(end, null, "FACE", AttemptOutcome.PASSED);
        assertThat(AttemptScene.episodes(scene.judge(end), RULE))
                .as("19 cards are left")
                .isEmpty();

        scene.attempt(end.minusSeconds(1), null, "FACE", AttemptOutcome.PASSED);
        assertThat(AttemptScene.only(scene.judge(end), RULE).openedAt()).isEqualTo(end.minusSeconds(1));
    }

    @Test
    void aTryThatGrowsOldMayBeginIt() {
        scene.tries("01 10:00", "CARD", 1, 1)
                .tries("02 10:00", "CARD", 26, 5)
                .tries("02 12:00", "FACE", 10, 0)
                .tries("02 13:00", "FACE", 30, 30);
        assertThat(scene.episodes("20 00:00", RULE)).isEmpty();

        Instant old = at("01 10:00").plus(Duration.ofDays(30));
        assertThat(scene.judge("20 00:00").wakeAt()).isEqualTo(old);
        assertThat(AttemptScene.only(scene.judge(old), RULE).openedAt()).isEqualTo(old);
    }

    @Test
    void figuresOfAFullPeriodEndIt() {
        cards(6).tries("05 10:00", "CARD", 10, 10);

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.status()).isEqualTo(Status.RESOLVED);
        assertThat(episode.resolvedAt()).as("7 of 21 passed").isEqualTo(at("05 10:00"));
        assertThat(episode.measured()).as("as it began").isEqualTo("48.38");
        assertThat(episode.explanationZh()).contains("该情形于2026-07-05结束");
    }

    @Test
    void tooFewTriesEndNothing() {
        cards(2);
        Instant later = at("04 10:00").plus(Duration.ofDays(60));

        assertThat(AttemptScene.only(scene.judge(later), RULE).status()).isEqualTo(Status.OPEN);
        assertThat(scene.judge(NOW).wakeAt())
                .as("nothing will change by itself")
                .isNull();
    }

    @Test
    void takingTheMethodAwayEndsItAndGivingItBackBeginsItAgain() {
        cards(2);
        scene.point.offers(at("05 10:00").toString(), "FACE");
        assertThat(scene.only(NOW, RULE).resolvedAt()).isEqualTo(at("05 10:00"));

        scene.point.offers(at("05 11:00").toString(), "CARD", "FACE");
        List<Episode> episodes = episodes();
        assertThat(episodes).extracting(Episode::episode).containsExactly(1, 2);
        assertThat(episodes.get(1).openedAt()).as("no clean slate").isEqualTo(at("05 11:00"));
    }

    @Test
    void aPointOutOfServiceOffersNothing() {
        cards(2);
        scene.point.retired(at("05 10:00").toString(), "CARD", "FACE");

        assertThat(scene.only(NOW, RULE).resolvedAt()).isEqualTo(at("05 10:00"));
    }

    @Test
    void aMethodThatIsNotEnabledIsNoFallback() {
        scene.point = gate().offers("2026-01-01T00:00:00Z", "FACE", "QR");
        cards(2);

        assertThat(episodes()).isEmpty();
    }

    @Test
    void aConfigurationThatCannotBeReadEndsNothing() {
        cards(2);
        scene.point.unreadable(at("05 10:00").toString());
        assertThat(scene.only(NOW, RULE).status()).isEqualTo(Status.OPEN);

        scene.point = gate().unreadable("2026-01-01T00:00:00Z");
        assertThat(scene.only(NOW, RULE).explanationZh()).contains("当时启用的验证方式不可知");
    }

    @Test
    void aPointThatOnlyTheLogKnowsSaysWhatIsMissing() {
        scene.point = null;
        cards(2);

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.explanationZh()).contains("仅见于验证记录");
        assertThat(episode.explanationEn()).contains("the log alone shows the method");
    }

    @Test
    void eachMethodStandsAlone() {
        scene.point = gate().offers("2026-01-01T00:00:00Z", "CARD", "FACE", "PALM");
        cards(20).tries("04 12:00", "PALM", 20, 1);

        assertThat(scene.judge(NOW).derivations())
                .filteredOn(derivation -> derivation.key().ruleId().equals(RULE))
                .extracting(derivation -> derivation.key().subjectId())
                .containsExactly("gate/1/PALM");
    }

    @Test
    void triesOfBeforeTheMeasuresAreNotCounted() {
        scene.point = gate().offers("2025-01-01T00:00:00Z", "CARD", "FACE");
        Instant before = LegalDay.of(2025, 6, 1).start().minusSeconds(1);
        for (int i = 0; i < 20; i++) {
            scene.attempt(before, null, "CARD", AttemptOutcome.FAILED);
            scene.attempt(before.plusSeconds(1), null, "FACE", AttemptOutcome.PASSED);
        }
        assertThat(episodes()).isEmpty();
    }

    @Test
    void manyTriesAreOneNumber() {
        scene.tries("03 08:00", "FACE", 999, 999).tries("04 10:00", "CARD", 20, 2);

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.evidence().positions()).extracting(Position::table).containsExactly("public.gate");
        assertThat(episode.evidence().count()).isEqualTo(1_019);
        assertThat(episode.evidence().hash()).hasSize(16);
        assertThat(episode.evidence().rangeFrom()).isEqualTo(at("03 08:00"));
        assertThat(episode.evidence().rangeTo()).isEqualTo(at("04 10:19"));
    }

    @Test
    void aValidExceptionMakesItExempt() {
        cards(2);
        scene.law.exception("x1", RULE, "gym", "gate/1", "2026-01-01", "2026-07-06");

        Episode episode = scene.only(NOW, RULE);
        assertThat(episode.status()).isEqualTo(Status.EXEMPT);
        assertThat(episode.exceptionId()).isEqualTo("x1");
        assertThat(scene.judge(NOW).wakeAt()).isEqualTo(at("07 00:00"));

        scene.law.exception("x1", RULE, "gym", "gate/1", "2026-01-01", "2026-07-05");
        assertThat(scene.only(NOW, RULE).status()).as("expired").isEqualTo(Status.OPEN);
    }

    @Test
    void countsAsAPlainReadingOfItsWordsDoes() {
        int found = 0;
        for (int seed = 0; seed < 200; seed++) {
            AttemptScene random = RandomAttempts.scene(seed, 40);
            Instant known = at("01 00:00").plus(Duration.ofHours(24 * 20 + seed));

            List<PlainReading.Useless> useless = PlainReading.fallbacks(random, known);

            assertThat(AttemptScene.episodes(random.judge(known), RULE))
                    .as("seed %s", seed)
                    .extracting(one -> one.openedAt() + " to " + one.resolvedAt() + ": "
                            + one.measured().setScale(1, RoundingMode.DOWN))
                    .isEqualTo(useless.stream()
                            .map(one -> one.from() + " to " + one.to() + ": "
                                    + BigDecimal.valueOf(one.bound() * 100)
                                            .setScale(2, RoundingMode.HALF_UP)
                                            .setScale(1, RoundingMode.DOWN))
                            .toList());
            found += useless.size();
        }
        assertThat(found).as("the samples hold some").isGreaterThan(50);
    }
}
