package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.FaceRecordFixture.record;
import static org.faceaudit.core.event.PurposeFixture.purpose;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.FaceRecordFixture;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.PurposeFixture;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;

class RawImageRetainedTest {

    private static final String STORED = "2026-05-01T02:00:00Z";

    private final Registry registry =
            RegistryFixture.law().operator("gym", "某健身公司", "310115").registry();

    @Test
    void anImagePastItsNotifiedPeriodIsAViolationFromTheNextLegalDay() {
        List<ImageFinding> findings = findings(image("1").retentionDays(30).storedAt(STORED));

        assertThat(findings).hasSize(1);
        ImageFinding finding = findings.get(0);
        assertThat(finding.cause()).isEqualTo("period-ended");
        assertThat(finding.stage()).isEqualTo(Verdict.VIOLATION);
        assertThat(finding.storedOnLow()).isEqualTo(LegalDay.of(2026, 5, 1));
        assertThat(finding.dueOn()).isEqualTo(LegalDay.of(2026, 5, 31));
        assertThat(finding.from()).isEqualTo(LegalDay.of(2026, 6, 1).start());
        assertThat(finding.to()).isNull();

        assertThat(periodEnded(findings, LegalDay.of(2026, 6, 1).start().minusNanos(1))
                        .episodes())
                .isEmpty();
        Episode episode = periodEnded(findings, LegalDay.of(2026, 6, 1).start())
                .episodes()
                .get(0);
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.severity()).isEqualTo(4);
        assertThat(episode.systemId()).isEqualTo("sys");
        assertThat(episode.openedAt()).isEqualTo(LegalDay.of(2026, 6, 1).start());
        assertThat(episode.occurredOn()).isEqualTo(LegalDay.of(2026, 6, 1));
        assertThat(episode.dueOn()).isEqualTo(LegalDay.of(2026, 5, 31));
        assertThat(episode.measured()).isEqualByComparingTo("1");
        assertThat(episode.unit()).isEqualTo("images");
        assertThat(episode.mappingVersion()).isEqualTo("m1");
        assertThat(episode.explanationZh()).contains("第八条第二款", "第四十七条", "1幅").doesNotContain("第十七条");
        assertThat(episode.explanationEn()).contains("Art. 8 ¶2", "PIPL 47", "2026-05-31");
    }

    @Test
    void theJudgementWakesWhenTheNextImageBecomesDue() {
        List<ImageFinding> findings = findings(image("1").retentionDays(30).storedAt(STORED));

        assertThat(judge(findings, Instant.parse(STORED)).wakeAt())
                .isEqualTo(LegalDay.of(2026, 6, 1).start());
    }

    @Test
    void anImageClearedOnTheDueDayIsNothing() {
        assertThat(findings(image("1").retentionDays(30).storedAt(STORED).deletedAt("2026-05-31T15:59:59Z")))
                .isEmpty();
        assertThat(findings(image("1")
                        .retentionDays(30)
                        .storedAt(STORED)
                        .image(false)
                        .storedAt("2026-05-20T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void aRecordWithoutAnImageOrWithoutAPeriodIsNothing() {
        assertThat(findings(record("gym", "sys", "1").retentionDays(30).storedAt(STORED)))
                .isEmpty();
        assertThat(findings(image("1").storedAt(STORED))).isEmpty();
    }

    @Test
    void clearingTheImageResolvesIt() {
        List<ImageFinding> findings =
                findings(image("1").retentionDays(30).storedAt(STORED).deletedAt("2026-06-10T02:00:00Z"));

        assertThat(findings.get(0).cleared()).isTrue();
        Episode episode = periodEnded(findings, Instant.parse("2026-07-01T00:00:00Z"))
                .episodes()
                .get(0);
        assertThat(episode.status()).isEqualTo(Status.RESOLVED);
        assertThat(episode.resolvedAt()).isEqualTo("2026-06-10T02:00:00Z");
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void theDayThatTheOperatorStatesGoesBeforeTheCountedOneAndAnExtensionEndsTheStretch() {
        List<ImageFinding> findings = findings(image("1")
                .retentionDays(300)
                .retainUntil("2026-05-10")
                .storedAt(STORED)
                .retainUntil("2026-06-30")
                .storedAt("2026-05-12T02:00:00Z"));

        assertThat(findings)
                .extracting(ImageFinding::dueOn, ImageFinding::from, ImageFinding::to, ImageFinding::cleared)
                .containsExactly(
                        tuple(
                                LegalDay.of(2026, 5, 10),
                                LegalDay.of(2026, 5, 11).start(),
                                Instant.parse("2026-05-12T02:00:00Z"),
                                false),
                        tuple(LegalDay.of(2026, 6, 30), LegalDay.of(2026, 7, 1).start(), null, false));
    }

    @Test
    void anUncertainDayOfStorageIsSuspectedUntilTheLatestDueDayHasPassed() {
        List<ImageFinding> findings = findings(image("1").retentionDays(30).snapshot(STORED, "2026-05-11T02:00:00Z"));

        assertThat(findings)
                .extracting(ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(
                                Verdict.SUSPECTED,
                                LegalDay.of(2026, 5, 31),
                                LegalDay.of(2026, 6, 1).start()),
                        tuple(
                                Verdict.VIOLATION,
                                LegalDay.of(2026, 6, 10),
                                LegalDay.of(2026, 6, 11).start()));
        Episode suspected = periodEnded(findings, LegalDay.of(2026, 6, 5).start())
                .episodes()
                .get(0);
        assertThat(suspected.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(suspected.explanationZh()).contains("保存期限可能已届满");
        assertThat(suspected.explanationEn()).contains("period may have ended");
        Episode violation = periodEnded(findings, LegalDay.of(2026, 6, 11).start())
                .episodes()
                .get(0);
        assertThat(violation.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(violation.openedAt())
                .as("one episode")
                .isEqualTo(LegalDay.of(2026, 6, 1).start());
    }

    @Test
    void anImageFoundPastAStatedDayCountsFromTheSnapshotThatFoundIt() {
        assertThat(findings(image("1").retainUntil("2026-05-05").snapshot(STORED, "2026-05-11T02:00:00Z")))
                .extracting(ImageFinding::stage, ImageFinding::from)
                .containsExactly(tuple(Verdict.VIOLATION, Instant.parse("2026-05-11T02:00:00Z")));
    }

    @Test
    void aMembershipThatEndedWarnsAtOnceAndIsAViolationAfterTheGrace() {
        List<ImageFinding> findings = findings(
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
        Episode warned = purposeEnded(findings, LegalDay.of(2026, 7, 15).start())
                .episodes()
                .get(0);
        assertThat(warned.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(warned.severity()).isEqualTo(2);
        assertThat(warned.dueOn()).isEqualTo(LegalDay.of(2026, 7, 15));
        assertThat(warned.explanationZh()).contains("2026-07-15(含政策参数设定的宽限期)删除");
        assertThat(warned.explanationEn()).contains("by 2026-07-15 (a grace set by policy included)");
        Episode violation = purposeEnded(findings, LegalDay.of(2026, 7, 16).start())
                .episodes()
                .get(0);
        assertThat(violation.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(violation.openedAt()).isEqualTo(warned.openedAt());
    }

    @Test
    void theLastOfAPersonsPurposesCountsAndOneThatRunsCoversTheImage() {
        PurposeFixture ended = membership("1").says(STORED, "2026-05-31");

        assertThat(findings(
                        List.of(image("1").person("p").storedAt(STORED)),
                        ended,
                        membership("2").says(STORED, "2026-06-15")))
                .extracting(ImageFinding::from)
                .first()
                .isEqualTo(LegalDay.of(2026, 6, 16).start());
        assertThat(findings(
                        List.of(image("1").person("p").storedAt(STORED)),
                        ended,
                        membership("2").says(STORED, null)))
                .isEmpty();
    }

    @Test
    void aPersonWhoNeverHadAPurposeAndAnImageWithoutAPersonHaveNoSuchCause() {
        assertThat(findings(
                        List.of(image("1").person("q").storedAt(STORED)),
                        membership("1").says(STORED, "2026-05-02")))
                .isEmpty();
        assertThat(findings(
                        List.of(image("1").storedAt(STORED)), membership("1").says(STORED, "2026-05-02")))
                .isEmpty();
    }

    @Test
    void aDeletedRowEndedOnItsDeletionDayAtTheLatest() {
        List<FaceRecordFixture> image = List.of(image("1").person("p").storedAt(STORED));

        assertThat(findings(image, membership("1").says(STORED, null).deleted("2026-06-10T02:00:00Z")))
                .extracting(ImageFinding::from)
                .first()
                .isEqualTo(LegalDay.of(2026, 6, 11).start());
        assertThat(findings(image, membership("1").says(STORED, "2026-05-31").deleted("2026-06-10T02:00:00Z")))
                .as("cleaning up an ended row gives no new grace")
                .extracting(ImageFinding::stage, ImageFinding::from)
                .containsExactly(
                        tuple(Verdict.WARNING, LegalDay.of(2026, 6, 1).start()),
                        tuple(Verdict.VIOLATION, LegalDay.of(2026, 6, 16).start()));
    }

    @Test
    void aRowThatALaterSnapshotNoLongerHadCountsFromTheLatestDayItMayHaveEnded() {
        assertThat(findings(
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
        List<ImageFinding> findings = findings(
                List.of(image("1").person("p").storedAt(STORED)),
                membership("1").says(STORED, "2026-05-31"),
                membership("2").says("2026-06-05T02:00:00Z", null));

        assertThat(findings)
                .extracting(ImageFinding::stage, ImageFinding::to, ImageFinding::cleared)
                .containsExactly(tuple(Verdict.WARNING, Instant.parse("2026-06-05T02:00:00Z"), false));
        assertThat(purposeEnded(findings, Instant.parse("2026-09-01T00:00:00Z"))
                        .episodes()
                        .get(0))
                .extracting(Episode::status, Episode::verdict)
                .containsExactly(Status.RESOLVED, Verdict.WARNING);
    }

    @Test
    void anImageCountsUnderTheCauseWithTheEarliestDueDayAlone() {
        assertThat(findings(
                        List.of(image("1").person("p").retainUntil("2026-06-05").storedAt(STORED)),
                        membership("1").says(STORED, "2026-05-31")))
                .as("no warning of the purpose, whose due day is 06-15")
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::from, ImageFinding::to)
                .containsExactly(tuple(
                        "period-ended",
                        Verdict.VIOLATION,
                        LegalDay.of(2026, 6, 6).start(),
                        null));
        assertThat(findings(
                        List.of(image("1").person("p").retainUntil("2026-06-15").storedAt(STORED)),
                        membership("1").says(STORED, "2026-05-31")))
                .as("one due day: the period goes first")
                .extracting(ImageFinding::cause)
                .containsExactly("period-ended");
        assertThat(findings(
                        List.of(image("1").person("p").retainUntil("2026-06-16").storedAt(STORED)),
                        membership("1").says(STORED, "2026-05-31")))
                .as("the purpose comes first and stays")
                .extracting(ImageFinding::cause, ImageFinding::stage)
                .containsExactly(tuple("purpose-ended", Verdict.WARNING), tuple("purpose-ended", Verdict.VIOLATION));
    }

    @Test
    void aPurposeThatIsRenewedGivesThePeriodItsTurn() {
        List<ImageFinding> findings = findings(
                List.of(image("1").person("p").retainUntil("2026-06-30").storedAt(STORED)),
                membership("1").says(STORED, "2026-05-31").says("2026-06-20T02:00:00Z", null));

        assertThat(findings)
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::to)
                .containsExactly(
                        tuple(
                                "purpose-ended",
                                Verdict.WARNING,
                                LegalDay.of(2026, 6, 16).start()),
                        tuple("purpose-ended", Verdict.VIOLATION, Instant.parse("2026-06-20T02:00:00Z")),
                        tuple("period-ended", Verdict.VIOLATION, null));
    }

    @Test
    void whatIsOlderThanTheMeasuresCountsFromTheirFirstDay() {
        List<ImageFinding> findings = findings(image("1").retentionDays(30).storedAt("2024-01-01T00:00:00Z"));

        assertThat(findings)
                .extracting(ImageFinding::from)
                .containsExactly(LegalDay.of(2025, 6, 1).start());
        assertThat(findings(image("1")
                        .retentionDays(30)
                        .storedAt("2024-01-01T00:00:00Z")
                        .deletedAt("2025-05-31T15:00:00Z")))
                .isEmpty();
    }

    @Test
    void manyImagesAreOneAlertWithItsPeak() {
        List<ImageFinding> findings = findings(
                image("1").retentionDays(10).storedAt(STORED).deletedAt("2026-06-01T00:00:00Z"),
                image("2").retentionDays(12).storedAt(STORED).deletedAt("2026-06-02T00:00:00Z"),
                image("3").retentionDays(40).storedAt(STORED));

        Derivation derivation = periodEnded(findings, Instant.parse("2026-07-01T00:00:00Z"));

        assertThat(derivation.key().subjectKind()).isEqualTo("image-cause");
        assertThat(derivation.key().subjectId()).isEqualTo("sys/period-ended");
        assertThat(derivation.episodes())
                .extracting(Episode::status, episode -> episode.measured().intValue(), Episode::dueOn)
                .containsExactly(
                        tuple(Status.RESOLVED, 2, LegalDay.of(2026, 5, 11)),
                        tuple(Status.OPEN, 1, LegalDay.of(2026, 6, 10)));
    }

    @Test
    void correctionsInAnyOrderLeaveTheCountsOfTheFinalFacts() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            List<List<ImageFinding>> before = new ArrayList<>();
            List<List<ImageFinding>> after = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                before.add(findings(
                        image("r" + i).retentionDays(random.nextInt(60)).storedAt(STORED)));
                FaceRecordFixture corrected = image("r" + i)
                        .retentionDays(random.nextInt(60))
                        .storedAt("2026-05-0" + (1 + random.nextInt(9)) + "T00:00:00Z");
                if (random.nextBoolean()) {
                    corrected.deletedAt("2026-06-" + (10 + random.nextInt(20)) + "T00:00:00Z");
                }
                after.add(findings(corrected));
            }
            List<ImageDelta> told = new ArrayList<>();
            ImageCounts direct = new ImageCounts();
            for (int i = 0; i < before.size(); i++) {
                told.addAll(ImageJudgements.deltas(List.of(), before.get(i), "m1"));
                told.addAll(ImageJudgements.deltas(before.get(i), after.get(i), "m1"));
                ImageJudgements.deltas(List.of(), after.get(i), "m1").forEach(direct::add);
            }
            Collections.shuffle(told, random);
            ImageCounts counts = new ImageCounts();
            told.forEach(counts::add);

            assertThat(counts.entries()).as("seed %d", seed).containsExactlyElementsOf(direct.entries());
            Instant known = Instant.parse("2026-07-01T00:00:00Z");
            assertThat(ImageJudgements.judge("gym", "sys", counts, registry, known))
                    .isEqualTo(ImageJudgements.judge("gym", "sys", direct, registry, known));
        }
    }

    @Test
    void nothingIsSaidBeforeTheSourceIsKnown() {
        assertThat(ImageJudgements.judge("gym", "sys", new ImageCounts(), registry, null))
                .isEqualTo(Judged.NOTHING);
    }

    private static FaceRecordFixture image(String key) {
        return record("gym", "sys", key).image(true);
    }

    private static PurposeFixture membership(String key) {
        return purpose("gym", "sys", key, "p");
    }

    private List<ImageFinding> findings(FaceRecordFixture... records) {
        return findings(List.of(records));
    }

    private List<ImageFinding> findings(List<FaceRecordFixture> records, PurposeFixture... purposes) {
        List<FaceRecord> built = records.stream().map(FaceRecordFixture::build).toList();
        List<Purpose> rows =
                List.of(purposes).stream().map(PurposeFixture::build).toList();
        return ImageJudgements.findings(built, rows, registry);
    }

    private Derivation periodEnded(List<ImageFinding> findings, Instant known) {
        return judge(findings, known).derivations().get(0);
    }

    private Derivation purposeEnded(List<ImageFinding> findings, Instant known) {
        return judge(findings, known).derivations().get(1);
    }

    private Judged judge(List<ImageFinding> findings, Instant known) {
        ImageCounts counts = new ImageCounts();
        ImageJudgements.deltas(List.of(), findings, "m1").forEach(counts::add);
        return ImageJudgements.judge("gym", "sys", counts, registry, known);
    }
}
