package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.consent;
import static org.faceaudit.core.judgement.ImageScene.image;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.ConsentFixture;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.LegalBasis;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeValue;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class ConsentWithdrawnTest {

    private static final String WITHDRAWN = "2026-06-01T03:00:00Z";

    private final ImageScene scene = new ImageScene();

    private List<ImageFinding> findings() {
        return scene.findings(image("1").person("p").storedAt(STORED));
    }

    private static ConsentFixture bundled() {
        return consent("d")
                .scope(ConsentScope.BUNDLED)
                .at("2026-06-05T00:00:00Z")
                .withdrawn("2026-06-20T03:00:00Z")
                .at("2026-06-20T03:00:00Z");
    }

    @Test
    void whatCoveredNothingHealsNoBreachWhenItIsWithdrawnToo() {
        scene.consents(consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN));
        List<ImageFinding> without = findings();

        scene.consents(consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN), bundled());
        assertThat(findings()).as("the days run from the first withdrawal").isEqualTo(without);
        scene.consents(bundled(), consent("c").at(STORED).expires("2026-06-01").at("2026-05-02T00:00:00Z"));
        assertThat(findings())
                .as("the period consented to was over before")
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn, ImageFinding::to)
                .containsExactly(tuple("period-ended", Verdict.VIOLATION, LegalDay.of(2026, 6, 1), null));
    }

    @Test
    void aWithdrawalCountsAfterARowThatWasMerelyDeleted() {
        scene.consents(consent("c").at(STORED).deleted("2026-06-01T03:00:00Z"), bundled());

        assertThat(findings())
                .extracting(ImageFinding::cause, ImageFinding::stage)
                .containsExactly(
                        tuple("kept-after-verification", Verdict.SUSPECTED),
                        tuple("consent-withdrawn", Verdict.WARNING),
                        tuple("consent-withdrawn", Verdict.VIOLATION));
    }

    @Test
    void theRowThatWasWithdrawnMayStillBeCorrected() {
        scene.consents(
                consent("c")
                        .at(STORED)
                        .withdrawn(WITHDRAWN)
                        .at(WITHDRAWN)
                        .withdrawn("2026-05-30T03:00:00Z")
                        .at("2026-06-22T00:00:00Z"),
                bundled());

        assertThat(findings()).last().extracting(ImageFinding::dueOn).isEqualTo(LegalDay.of(2026, 6, 14));
    }

    @Test
    void aWithdrawalIsWarnedOfAtOnceAndAViolationAfterTheDeletionDays() {
        scene.consents(consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN));

        assertThat(findings())
                .extracting(
                        ImageFinding::cause,
                        ImageFinding::stage,
                        ImageFinding::dueOn,
                        ImageFinding::from,
                        ImageFinding::to)
                .containsExactly(
                        tuple(
                                "consent-withdrawn",
                                Verdict.WARNING,
                                LegalDay.of(2026, 6, 16),
                                Instant.parse(WITHDRAWN),
                                LegalDay.of(2026, 6, 17).start()),
                        tuple(
                                "consent-withdrawn",
                                Verdict.VIOLATION,
                                LegalDay.of(2026, 6, 16),
                                LegalDay.of(2026, 6, 17).start(),
                                null));
        assertThat(scene.alert(
                                findings(),
                                "consent-withdrawn",
                                Instant.parse(WITHDRAWN).minusNanos(1_000))
                        .episodes())
                .isEmpty();
        Episode warning = scene.alert(
                        findings(),
                        "consent-withdrawn",
                        LegalDay.of(2026, 6, 16).end())
                .episodes()
                .get(0);
        assertThat(warning.verdict()).as("the last day is the operator's").isEqualTo(Verdict.WARNING);
        assertThat(warning.severity()).isEqualTo(2);
        Episode violation = scene.alert(
                        findings(),
                        "consent-withdrawn",
                        LegalDay.of(2026, 6, 17).start())
                .episodes()
                .get(0);
        assertThat(violation.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(violation.openedAt()).isEqualTo(WITHDRAWN);
        assertThat(violation.explanationEn()).contains("Art. 6", "PIPL 47", "has withdrawn consent", "2026-06-16");
        assertThat(violation.explanationZh()).contains("第六条", "个人已撤回同意");
        assertThat(violation.evidence().positions())
                .extracting(Position::keyHash, Position::logPosition)
                .containsExactly(tuple("k-1", "0/0"), tuple("k-c", "0/2"));
    }

    @Test
    void aConsentThatStandsIsNothing() {
        scene.consents(consent("c").at(STORED));

        assertThat(findings()).isEmpty();
    }

    @Test
    void anImageDeletedWithinTheDaysResolvesTheWarning() {
        scene.consents(consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN));
        List<ImageFinding> findings =
                scene.findings(image("1").person("p").storedAt(STORED).deletedAt("2026-06-10T00:00:00Z"));

        assertThat(findings).extracting(ImageFinding::cleared).containsExactly(true);
        assertThat(scene.alert(
                                findings,
                                "consent-withdrawn",
                                LegalDay.of(2026, 7, 1).start())
                        .episodes())
                .extracting(Episode::status, Episode::verdict)
                .containsExactly(tuple(Status.RESOLVED, Verdict.WARNING));
    }

    @Test
    void aConsentGivenAgainWithinTheDaysEndsItAndANewWithdrawalHasDaysOfItsOwn() {
        scene.consents(consent("c")
                .at(STORED)
                .withdrawn(WITHDRAWN)
                .at(WITHDRAWN)
                .withdrawn((String) null)
                .at("2026-06-10T00:00:00Z")
                .withdrawn("2026-06-20T00:00:00Z")
                .at("2026-06-20T00:00:00Z"));

        assertThat(findings())
                .extracting(ImageFinding::stage, ImageFinding::dueOn, ImageFinding::to, ImageFinding::cleared)
                .containsExactly(
                        tuple(Verdict.WARNING, LegalDay.of(2026, 6, 16), Instant.parse("2026-06-10T00:00:00Z"), false),
                        tuple(
                                Verdict.WARNING,
                                LegalDay.of(2026, 7, 5),
                                LegalDay.of(2026, 7, 6).start(),
                                false),
                        tuple(Verdict.VIOLATION, LegalDay.of(2026, 7, 5), null, false));
    }

    @Test
    void aConsentGivenAgainInAnotherRowEndsItTooAndOneThatIsNoneDoesNot() {
        scene.consents(
                consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN),
                consent("d").at("2026-06-10T00:00:00Z"));
        assertThat(findings())
                .extracting(ImageFinding::stage, ImageFinding::to)
                .containsExactly(tuple(Verdict.WARNING, Instant.parse("2026-06-10T00:00:00Z")));

        for (var none : List.of(
                consent("d").separate(FieldValue.present("false")),
                consent("d").separate(FieldValue.ABSENT),
                consent("d").scope(ConsentScope.BUNDLED),
                consent("d").scope(ConsentScope.OTHER),
                consent("d").given(FieldState.ABSENT))) {
            scene.consents(
                    consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN),
                    none.at("2026-06-10T00:00:00Z").deleted("2026-06-12T00:00:00Z"));
            assertThat(findings())
                    .extracting(ImageFinding::stage, ImageFinding::dueOn)
                    .containsExactly(
                            tuple(Verdict.WARNING, LegalDay.of(2026, 6, 16)),
                            tuple(Verdict.VIOLATION, LegalDay.of(2026, 6, 16)));
        }
    }

    @Test
    void theLastOfSeveralConsentsIsTheOneThatCounts() {
        scene.consents(
                consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN),
                consent("d").at(STORED).withdrawn("2026-06-05T03:00:00Z").at("2026-06-05T03:00:00Z"));

        assertThat(findings())
                .extracting(ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .startsWith(tuple(Verdict.WARNING, LegalDay.of(2026, 6, 20), Instant.parse("2026-06-05T03:00:00Z")));
    }

    @Test
    void deletingTheRowUndoesNoWithdrawalAndIsNone() {
        scene.consents(
                consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN).deleted("2026-06-10T00:00:00Z"));
        assertThat(findings())
                .extracting(ImageFinding::cause, ImageFinding::stage)
                .containsExactly(
                        tuple("consent-withdrawn", Verdict.WARNING), tuple("consent-withdrawn", Verdict.VIOLATION));

        scene.consents(consent("c").at(STORED).deleted("2026-06-10T00:00:00Z"));
        assertThat(findings())
                .as("documented no longer: no separate consent is on record")
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn)
                .containsExactly(tuple("kept-after-verification", Verdict.SUSPECTED, LegalDay.of(2026, 6, 10)));
    }

    @Test
    void aWithdrawalEnteredLateCountsFromItsOwnDay() {
        scene.consents(consent("c").at(STORED).withdrawn(WITHDRAWN).at("2026-06-18T00:00:00Z"));

        assertThat(findings())
                .extracting(ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(Verdict.VIOLATION, LegalDay.of(2026, 6, 16), Instant.parse("2026-06-18T00:00:00Z")));
    }

    @Test
    void anotherLegalBasisIsNoConsentThatCouldBeWithdrawn() {
        scene.consents(
                consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN),
                consent("d").basis(LegalBasis.CONTRACT).at(STORED));
        assertThat(findings()).as("the processing rests on the contract too").isEmpty();

        scene.consents(consent("c")
                .basis(LegalBasis.HR)
                .separate(FieldValue.present("false"))
                .at(STORED)
                .withdrawn(WITHDRAWN)
                .at(WITHDRAWN));
        assertThat(findings()).extracting(ImageFinding::cause).containsExactly("kept-after-verification");
    }

    @Test
    void whatIsNotSaidIsConsentAndWhatCannotBeReadAccusesNobody() {
        scene.consents(consent("c")
                .basis(FieldValue.ABSENT)
                .at(STORED)
                .withdrawn(WITHDRAWN)
                .at(WITHDRAWN));
        assertThat(findings()).extracting(ImageFinding::cause).contains("consent-withdrawn");

        for (var unread : List.of(
                consent("c").basis(FieldValue.UNKNOWN).at(STORED).withdrawn(WITHDRAWN),
                consent("c").scope(FieldValue.UNKNOWN).at(STORED).withdrawn(WITHDRAWN),
                consent("c").at(STORED).withdrawn(TimeValue.UNKNOWN))) {
            scene.consents(unread.at(WITHDRAWN));
            assertThat(findings()).isEmpty();
        }
        scene.consents(
                consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN),
                consent("d").separate(FieldValue.UNKNOWN).at(STORED));
        assertThat(findings()).as("the other may be a separate one").isEmpty();
    }

    @Test
    void aWithdrawalBeforeTheMeasuresHasDaysFromTheirFirst() {
        scene.consents(consent("c")
                .at("2025-01-01T00:00:00Z")
                .withdrawn("2025-02-01T00:00:00Z")
                .at("2025-02-01T00:00:00Z"));

        assertThat(scene.findings(image("1").person("p").storedAt("2025-01-01T00:00:00Z")))
                .extracting(ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(
                                Verdict.WARNING,
                                LegalDay.of(2025, 6, 16),
                                LegalDay.of(2025, 6, 1).start()),
                        tuple(
                                Verdict.VIOLATION,
                                LegalDay.of(2025, 6, 16),
                                LegalDay.of(2025, 6, 17).start()));
    }

    @Test
    void anImageOfSomebodyElseOrOfNobodyIsNotConcerned() {
        scene.consents(consent("c").at(STORED).withdrawn(WITHDRAWN).at(WITHDRAWN));

        assertThat(scene.findings(image("1").storedAt(STORED))).isEmpty();
        assertThat(scene.findings(image("1").person("q").storedAt(STORED)))
                .extracting(ImageFinding::cause)
                .containsExactly("kept-after-verification");
    }
}
