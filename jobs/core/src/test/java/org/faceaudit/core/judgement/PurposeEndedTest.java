package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.image;
import static org.faceaudit.core.judgement.ImageScene.membership;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.FaceRecordFixture;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.PurposeFixture;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class PurposeEndedTest {

    private final ImageScene scene = new ImageScene();

    @Test
    void aMembershipThatEndedWarnsAtOnceAndIsAViolationAfterTheGrace() {
        List<ImageFinding> findings = scene.findings(
                List.of(image("1").person("p").storedAt(STORED)),
                membership("1").says(STORED, null).says("2026-06-01T02:00:00Z", "2026-06-30"));

        assertThat(findings)
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(
                                "purpose-ended",
                                Verdict.WARNING,
                                LegalDay.of(2026, 7, 15),
                                LegalDay.of(2026, 7, 1).start()),
                        tuple(
                                "purpose-ended",
                                Verdict.VIOLATION,
                                LegalDay.of(2026, 7, 15),
                                LegalDay.of(2026, 7, 16).start()));
        Episode warned = scene.purposeEnded(findings, LegalDay.of(2026, 7, 15).start())
                .episodes()
                .get(0);
        assertThat(warned.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(warned.severity()).isEqualTo(2);
        assertThat(warned.dueOn()).isEqualTo(LegalDay.of(2026, 7, 15));
        assertThat(warned.explanationZh()).contains("2026-07-15(含政策参数设定的宽限期)删除");
        assertThat(warned.explanationEn()).contains("by 2026-07-15 (a grace set by policy included)");
        Episode violation = scene.purposeEnded(
                        findings, LegalDay.of(2026, 7, 16).start())
                .episodes()
                .get(0);
        assertThat(violation.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(violation.openedAt()).isEqualTo(warned.openedAt());
    }

    @Test
    void theLastOfAPersonsPurposesCountsAndOneThatRunsCoversTheImage() {
        PurposeFixture ended = membership("1").says(STORED, "2026-05-31");

        assertThat(scene.findings(
                        List.of(image("1").person("p").storedAt(STORED)),
                        ended,
                        membership("2").says(STORED, "2026-06-15")))
                .extracting(ImageFinding::from)
                .first()
                .isEqualTo(LegalDay.of(2026, 6, 16).start());
        assertThat(scene.findings(
                        List.of(image("1").person("p").storedAt(STORED)),
                        ended,
                        membership("2").says(STORED, null)))
                .isEmpty();
    }

    @Test
    void aPersonWhoNeverHadAPurposeAndAnImageWithoutAPersonHaveNoSuchCause() {
        assertThat(scene.findings(
                        List.of(image("1").person("q").storedAt(STORED)),
                        membership("1").says(STORED, "2026-05-02")))
                .isEmpty();
        assertThat(scene.findings(
                        List.of(image("1").storedAt(STORED)), membership("1").says(STORED, "2026-05-02")))
                .isEmpty();
    }

    @Test
    void aDeletedRowEndedOnItsDeletionDayAtTheLatest() {
        List<FaceRecordFixture> image = List.of(image("1").person("p").storedAt(STORED));

        assertThat(scene.findings(image, membership("1").says(STORED, null).deleted("2026-06-10T02:00:00Z")))
                .extracting(ImageFinding::from)
                .first()
                .isEqualTo(LegalDay.of(2026, 6, 11).start());
        assertThat(scene.findings(
                        image, membership("1").says(STORED, "2026-05-31").deleted("2026-06-10T02:00:00Z")))
                .as("cleaning up an ended row gives no new grace")
                .extracting(ImageFinding::stage, ImageFinding::from)
                .containsExactly(
                        tuple(Verdict.WARNING, LegalDay.of(2026, 6, 1).start()),
                        tuple(Verdict.VIOLATION, LegalDay.of(2026, 6, 16).start()));
    }

    @Test
    void aRowThatIsSomebodyElsesFromThenOnHasEndedForWhomItWas() {
        PurposeFixture reassigned = membership("1")
                .isOf("q")
                .says(STORED, "2026-06-20")
                .isOf("p")
                .says("2026-06-10T02:00:00Z", "2026-06-20");

        assertThat(scene.findings(List.of(image("1").person("q").storedAt(STORED)), reassigned))
                .extracting(ImageFinding::stage, ImageFinding::from)
                .containsExactly(
                        tuple(Verdict.WARNING, LegalDay.of(2026, 6, 11).start()),
                        tuple(Verdict.VIOLATION, LegalDay.of(2026, 6, 26).start()));
        List<ImageFinding> findings =
                scene.findings(List.of(image("1").person("p").storedAt(STORED)), reassigned);
        assertThat(findings)
                .extracting(ImageFinding::from)
                .first()
                .isEqualTo(LegalDay.of(2026, 6, 21).start());
        assertThat(scene.purposeEnded(findings, LegalDay.of(2026, 7, 1).start())
                        .episodes()
                        .get(0)
                        .evidence()
                        .positions())
                .as("the change that said so of this person, not of the one before")
                .filteredOn(position -> position.table().equals("public.membership"))
                .extracting(Position::committedAt)
                .containsExactly(Instant.parse("2026-06-10T02:00:00Z"));
    }

    @Test
    void aRowThatALaterSnapshotNoLongerHadCountsFromTheLatestDayItMayHaveEnded() {
        assertThat(scene.findings(
                        List.of(image("1").person("p").storedAt(STORED)),
                        membership("1").says(STORED, null).missing("2026-06-01T02:00:00Z", "2026-07-10T02:00:00Z")))
                .extracting(ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(
                                Verdict.WARNING,
                                LegalDay.of(2026, 7, 25),
                                LegalDay.of(2026, 7, 11).start()),
                        tuple(
                                Verdict.VIOLATION,
                                LegalDay.of(2026, 7, 25),
                                LegalDay.of(2026, 7, 26).start()));
    }

    @Test
    void aRenewalEndsTheStretchWithItsCommit() {
        List<ImageFinding> findings = scene.findings(
                List.of(image("1").person("p").storedAt(STORED)),
                membership("1").says(STORED, "2026-05-31"),
                membership("2").says("2026-06-05T02:00:00Z", null));

        assertThat(findings)
                .extracting(ImageFinding::stage, ImageFinding::to, ImageFinding::cleared)
                .containsExactly(tuple(Verdict.WARNING, Instant.parse("2026-06-05T02:00:00Z"), false));
        assertThat(scene.purposeEnded(findings, Instant.parse("2026-09-01T00:00:00Z"))
                        .episodes()
                        .get(0))
                .extracting(Episode::status, Episode::verdict)
                .containsExactly(Status.RESOLVED, Verdict.WARNING);
    }

    @Test
    void theGraceOfAPurposeThatEndedBeforeTheMeasuresRunsFromTheirFirstDay() {
        for (String lastDay : List.of("2024-03-31", "2025-05-31", "2025-06-01")) {
            List<ImageFinding> findings = scene.findings(
                    List.of(image("1").person("p").storedAt("2024-01-01T00:00:00Z")),
                    membership("1").says("2024-01-01T00:00:00Z", lastDay));

            LegalDay warned = LegalDay.of(2025, 6, lastDay.equals("2025-06-01") ? 2 : 1);
            assertThat(findings)
                    .as(lastDay)
                    .extracting(ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                    .containsExactly(
                            tuple(Verdict.WARNING, LegalDay.of(2025, 6, 16), warned.start()),
                            tuple(
                                    Verdict.VIOLATION,
                                    LegalDay.of(2025, 6, 16),
                                    LegalDay.of(2025, 6, 17).start()));
            assertThat(scene.purposeEnded(findings, LegalDay.of(2025, 6, 17).start())
                            .episodes())
                    .extracting(Episode::verdict, Episode::occurredOn, Episode::dueOn)
                    .containsExactly(tuple(Verdict.VIOLATION, warned, LegalDay.of(2025, 6, 16)));
        }
        assertThat(scene.findings(
                        List.of(image("1")
                                .person("p")
                                .storedAt("2024-01-01T00:00:00Z")
                                .deletedAt("2025-05-31T15:59:59Z")),
                        membership("1").says("2024-01-01T00:00:00Z", "2024-03-31")))
                .as("gone before the Measures")
                .isEmpty();
    }
}
