package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

/**
 * The cases that a careful lawyer would raise of Art. 8 ¶2, raw images kept, one test each. Which case is judged where, and which is left to people,
 * stands in {@code regulation-cases.csv}; {@link RegulationCasesTableTest} holds it true.
 */
class RawImageCasesTest {

    private final ImageScene gym = new ImageScene();

    private List<ImageFinding> image() {
        return gym.findings(ImageScene.image("1").person("p").storedAt(ImageScene.STORED));
    }

    @Test
    void keptWithSeparateConsentIsNothingUntilThePeriodEndsThenAViolation() {
        gym.consents(ImageScene.consent("c").at(ImageScene.STORED));
        assertThat(image()).isEmpty();

        gym.consents(ImageScene.consent("c").expires("2026-06-30").at(ImageScene.STORED));
        assertThat(image())
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn)
                .containsExactly(tuple("period-ended", Verdict.VIOLATION, LegalDay.of(2026, 6, 30)));
        assertThat(gym.findings(ImageScene.image("1")
                        .person("p")
                        .retainUntil("2026-05-31")
                        .storedAt(ImageScene.STORED)))
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn)
                .containsExactly(tuple("period-ended", Verdict.VIOLATION, LegalDay.of(2026, 5, 31)));
    }

    @Test
    void bundledOrForAnotherPurposeIsSuspected() {
        for (ConsentScope scope : List.of(ConsentScope.BUNDLED, ConsentScope.OTHER)) {
            gym.consents(ImageScene.consent("c").scope(scope).at(ImageScene.STORED));
            assertThat(image())
                    .extracting(ImageFinding::cause, ImageFinding::stage)
                    .containsExactly(tuple("kept-after-verification", Verdict.SUSPECTED));
        }
    }

    @Test
    void withdrawnConsentIsAWarningAndAViolationAfterTheDeletionDays() {
        gym.consents(ImageScene.consent("c")
                .at(ImageScene.STORED)
                .withdrawn("2026-06-01T00:00:00Z")
                .at("2026-06-01T00:00:00Z"));

        assertThat(image())
                .extracting(ImageFinding::stage, ImageFinding::dueOn)
                .containsExactly(
                        tuple(Verdict.WARNING, LegalDay.of(2026, 6, 16)),
                        tuple(Verdict.VIOLATION, LegalDay.of(2026, 6, 16)));
    }

    @Test
    void endedMembershipIsAViolationAfterTheGrace() {
        assertThat(gym.findings(
                        List.of(ImageScene.image("1").person("p").storedAt(ImageScene.STORED)),
                        ImageScene.membership("m").says(ImageScene.STORED, "2026-05-31")))
                .extracting(ImageFinding::stage, ImageFinding::dueOn)
                .contains(tuple(Verdict.VIOLATION, LegalDay.of(2026, 6, 15)));
    }

    private void exception(String citation) {
        gym.law.exception("x-1", "raw-image-retained", "gym", "sys", "2026-01-01", "2026-12-31", "citation", citation);
    }

    @Test
    void aFloorCoversTheVideoAndNotTheLibraryCutOutOfIt() {
        exception("floor:anti-terror-video 反恐怖主义法 第32条");

        assertThat(gym.findings(
                        ImageScene.image("1")
                                .dataClass("anti-terror-video")
                                .retentionDays(10)
                                .storedAt(ImageScene.STORED),
                        ImageScene.image("2").retentionDays(10).storedAt(ImageScene.STORED)))
                .extracting(ImageFinding::recordKey, ImageFinding::exempt, ImageFinding::dueOn)
                .containsExactly(
                        tuple("1", true, LegalDay.of(2026, 7, 30)),
                        tuple("1", false, LegalDay.of(2026, 7, 30)),
                        tuple("2", false, LegalDay.of(2026, 5, 11)));
    }

    /** An image of a class of its own beside one of the face library, both told to be kept for ten days. */
    private List<ImageFinding> besideTheLibrary(String dataClass) {
        return gym.findings(
                ImageScene.image("1").dataClass(dataClass).retentionDays(10).storedAt(ImageScene.STORED),
                ImageScene.image("2").retentionDays(10).storedAt(ImageScene.STORED));
    }

    private void onlyTheClassIsExempt(String dataClass) {
        assertThat(besideTheLibrary(dataClass))
                .extracting(ImageFinding::recordKey, ImageFinding::exempt)
                .contains(tuple("1", true), tuple("2", false))
                .doesNotContain(tuple("2", true));
    }

    @Test
    void anAnonymisedImageIsInScopeUntilItIsVerified() {
        assertThat(besideTheLibrary("blurred")).extracting(ImageFinding::exempt).containsExactly(false, false);

        exception("anonymised:blurred 经核验不可复原 2026-17");
        onlyTheClassIsExempt("blurred");
    }

    @Test
    void anIdentityCardOrStaffPhotoThatServesNoRecognitionIsExempt() {
        exception("no-recognition:staff-photo 人事档案");
        onlyTheClassIsExempt("staff-photo");
    }

    @Test
    void aTrainingCopyIsExemptOnceItIsDeclaredSegregatedAndTheProductionImageIsNot() {
        exception("training:training-copy 隔离环境");
        onlyTheClassIsExempt("training-copy");
    }

    @Test
    void aStandardForAccessLogsKeepsNoImage() {
        exception("floor:DB11/T 2552-2026 §8.4.3");

        assertThat(gym.findings(ImageScene.image("1")
                        .dataClass("access-log")
                        .retentionDays(10)
                        .storedAt(ImageScene.STORED)))
                .extracting(ImageFinding::stage, ImageFinding::exempt, ImageFinding::dueOn)
                .containsExactly(tuple(Verdict.VIOLATION, false, LegalDay.of(2026, 5, 11)));
    }

    @Test
    void aTemplateIsNoRawImage() {
        gym.consents();

        assertThat(gym.findings(ImageScene.image("1")
                        .image(false)
                        .person("p")
                        .retentionDays(10)
                        .storedAt(ImageScene.STORED)))
                .isEmpty();
    }

    @Test
    void aHoldIsExemptWithItsIdAndExpiry() {
        exception("hold: litigation 2026-17");

        Episode episode = gym.periodEnded(
                        gym.findings(ImageScene.image("1").retentionDays(10).storedAt(ImageScene.STORED)),
                        LegalDay.of(2026, 7, 1).start())
                .episodes()
                .get(0);
        assertThat(episode.status()).isEqualTo(Status.EXEMPT);
        assertThat(episode.exceptionId()).isEqualTo("x-1");
        assertThat(episode.dueOn()).isEqualTo(LegalDay.of(2026, 12, 31));
    }

    @Test
    void aShortCacheIsNothing() {
        gym.consents();

        assertThat(gym.findings(ImageScene.image("1")
                        .person("p")
                        .storedAt(ImageScene.STORED)
                        .deletedAt("2026-05-02T02:00:00Z")))
                .isEmpty();
    }

    @Test
    void aSoftDeletedImageIsStored() {
        assertThat(gym.findings(ImageScene.image("1")
                        .retentionDays(10)
                        .storedAt(ImageScene.STORED)
                        .storedAt("2026-05-05T00:00:00Z")))
                .as("the row with its flag set is a version that is still stored")
                .extracting(ImageFinding::stage)
                .containsExactly(Verdict.VIOLATION);
    }
}
