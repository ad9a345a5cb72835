package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.consent;
import static org.faceaudit.core.judgement.ImageScene.image;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.LegalBasis;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class KeptAfterVerificationTest {

    private final ImageScene scene = new ImageScene();

    private List<ImageFinding> findings() {
        return scene.findings(image("1").person("p").storedAt(STORED));
    }

    @Test
    void anImageWithoutAConsentIsSuspectedFromTheLegalDayAfterTheCacheGrace() {
        scene.consents();

        assertThat(findings())
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(tuple(
                        "kept-after-verification",
                        Verdict.SUSPECTED,
                        LegalDay.of(2026, 5, 2),
                        LegalDay.of(2026, 5, 3).start()));
        Episode episode = scene.alert(
                        findings(),
                        "kept-after-verification",
                        LegalDay.of(2026, 5, 3).start())
                .episodes()
                .get(0);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.severity()).isEqualTo(3);
        assertThat(episode.explanationZh()).contains("推荐性国家标准", "GB/T 35273-2020");
        assertThat(episode.explanationEn()).contains("recommended standards", "GB/T 41819-2022", "not binding");
    }

    @Test
    void anImageDeletedWithinTheGraceIsNothing() {
        scene.consents();

        assertThat(scene.findings(image("1").person("p").storedAt(STORED).deletedAt("2026-05-02T15:59:59Z")))
                .isEmpty();
    }

    @Test
    void aSeparateConsentInForceIsNothing() {
        scene.consents(consent("c").at(STORED));

        assertThat(findings()).isEmpty();
    }

    @Test
    void aConsentThatIsBundledForSomethingElseOrNeverGivenCoversNothing() {
        for (var none : List.of(
                consent("c").separate(FieldValue.present("false")),
                consent("c").separate(FieldValue.ABSENT),
                consent("c").scope(ConsentScope.BUNDLED),
                consent("c").scope(ConsentScope.OTHER),
                consent("c").scope(FieldValue.ABSENT),
                consent("c").given(FieldState.ABSENT))) {
            scene.consents(none.at(STORED));
            assertThat(findings())
                    .extracting(ImageFinding::cause, ImageFinding::stage)
                    .containsExactly(tuple("kept-after-verification", Verdict.SUSPECTED));
        }
    }

    @Test
    void whatCannotBeReadIsUnknown() {
        for (var unread : List.of(
                consent("c").separate(FieldValue.UNKNOWN),
                consent("c").scope(FieldValue.UNKNOWN),
                consent("c").given(FieldState.UNKNOWN),
                consent("c").separate(FieldValue.present("false")).basis(FieldValue.UNKNOWN))) {
            scene.consents(unread.at(STORED));
            assertThat(findings()).isEmpty();
        }
    }

    @Test
    void anotherLegalBasisThatIsDocumentedCoversTheImage() {
        for (LegalBasis basis : LegalBasis.values()) {
            scene.consents(consent("c")
                    .separate(FieldValue.present("false"))
                    .basis(basis)
                    .at(STORED));
            assertThat(findings().isEmpty()).as(basis.name()).isEqualTo(basis != LegalBasis.CONSENT);
        }
    }

    @Test
    void aConsentGivenLaterEndsItAndOneGoneBeginsIt() {
        scene.consents(consent("c").at("2026-05-20T00:00:00Z").missing("2026-06-01T00:00:00Z", "2026-06-09T00:00:00Z"));

        assertThat(findings())
                .extracting(ImageFinding::dueOn, ImageFinding::from, ImageFinding::to)
                .containsExactly(
                        tuple(
                                LegalDay.of(2026, 5, 2),
                                LegalDay.of(2026, 5, 3).start(),
                                Instant.parse("2026-05-20T00:00:00Z")),
                        tuple(LegalDay.of(2026, 6, 9), LegalDay.of(2026, 6, 10).start(), null));
    }

    @Test
    void aConsentThatWasWithdrawnOrHasRunOutIsAnotherCause() {
        scene.consents(consent("c")
                .at("2026-04-01T00:00:00Z")
                .withdrawn("2026-04-20T00:00:00Z")
                .at("2026-04-20T00:00:00Z"));
        scene.law.exception(
                "h1",
                RawImageRetained.RULE_ID,
                "gym",
                "sys/consent-withdrawn",
                "2026-05-01",
                "2026-12-31",
                "citation",
                "hold: dispute");

        assertThat(findings()).extracting(ImageFinding::cause).containsOnly("consent-withdrawn");
    }

    @Test
    void withoutAMappedConsentOrAKnownPersonNothingIsSaid() {
        assertThat(findings()).as("the source maps no consents").isEmpty();

        scene.consents();
        assertThat(scene.findings(image("1").storedAt(STORED)))
                .as("whose it is, is not known")
                .isEmpty();
    }

    @Test
    void theGraceRunsFromTheLatestPossibleStorage() {
        scene.consents();

        assertThat(scene.findings(image("1").person("p").snapshot(STORED, "2026-05-11T02:00:00Z")))
                .extracting(ImageFinding::dueOn)
                .containsExactly(LegalDay.of(2026, 5, 12));
    }

    /** CompreFace keeps images although told not to (its issue 723). */
    @Test
    void whoDeclaresToKeepNoImagesAndKeepsThemIsSuspectedWithBothFacts() {
        scene.law.parameter(KeptAfterVerification.DECLARED_NONE, "gym", "1", "count", "2026-06-01");
        List<ImageFinding> findings = scene.findings(
                image("1").snapshot("2026-03-02T00:00:00Z", "2026-05-11T02:00:00Z"),
                image("2").person("p").storedAt("2026-07-01T02:00:00Z"));

        assertThat(findings)
                .as("no consent is mapped, and of one image nobody knows whose it is")
                .extracting(ImageFinding::recordKey, ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(
                                "1",
                                Verdict.SUSPECTED,
                                LegalDay.of(2026, 6, 1),
                                LegalDay.of(2026, 6, 2).start()),
                        tuple(
                                "2",
                                Verdict.SUSPECTED,
                                LegalDay.of(2026, 7, 2),
                                LegalDay.of(2026, 7, 3).start()));
        Episode episode = scene.alert(findings, "kept-after-verification", Instant.parse("2026-08-01T00:00:00Z"))
                .episodes()
                .get(0);
        assertThat(episode.measured()).isEqualByComparingTo("2");
        assertThat(episode.explanationEn()).contains("2 images", "declares to keep no face images");
        assertThat(episode.explanationZh()).contains("2幅", "声明不保存人脸图像");
        assertThat(episode.evidence().positions())
                .as("what is declared and what is stored")
                .extracting(Position::table)
                .containsExactlyInAnyOrder("public.face", "public.face", "registry.parameter");

        scene.law.parameter(KeptAfterVerification.DECLARED_NONE, "gym", "0", "count", "2026-07-10");
        assertThat(scene.findings(image("2").person("p").storedAt("2026-07-01T02:00:00Z")))
                .as("the declaration was taken back")
                .extracting(ImageFinding::to)
                .containsExactly(LegalDay.of(2026, 7, 10).start());
    }

    @Test
    void aDeclarationThatIsToComeWakesTheJudgementOfImagesThatCountAnyhow() {
        scene.law.parameter(KeptAfterVerification.DECLARED_NONE, "gym", "1", "count", "2026-08-10");
        List<ImageFinding> findings =
                scene.findings(image("1").retainUntil("2026-06-30").storedAt(STORED));
        LegalDay declared = LegalDay.of(2026, 8, 10);

        assertThat(scene.judge(findings, Instant.parse("2026-08-01T00:00:00Z")).wakeAt())
                .isEqualTo(declared.start());
        assertThat(scene.periodEnded(findings, declared.start())
                        .episodes()
                        .get(0)
                        .explanationEn())
                .contains("declares to keep no face images");
    }

    @Test
    void aRowThatDeclaresItOnceMoreOrIsForEveryoneElseBeginsNothingAnew() {
        scene.law.parameter(KeptAfterVerification.DECLARED_NONE, "gym", "1", "count", "2026-05-01");
        List<ImageFinding> before = findings();
        assertThat(before)
                .extracting(ImageFinding::dueOn, ImageFinding::to)
                .containsExactly(tuple(LegalDay.of(2026, 5, 2), null));

        scene.law.parameter(KeptAfterVerification.DECLARED_NONE, "*", "0", "count", "2026-06-10");
        scene.law.parameter(KeptAfterVerification.DECLARED_NONE, "gym", "1", "count", "2026-06-20");
        assertThat(findings()).as("one stretch, without a relapse").isEqualTo(before);
    }

    @Test
    void aConsentInForceIsNoSecretStoreEvenIfNoneIsDeclared() {
        scene.law.parameter(KeptAfterVerification.DECLARED_NONE, "gym", "1", "count", "2026-05-01");
        scene.consents(consent("c").at(STORED));

        assertThat(findings()).isEmpty();
    }
}
