package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.FaceRecordFixture.record;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.image;
import static org.faceaudit.core.judgement.ImageScene.membership;

import java.math.BigDecimal;
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
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class RawImageRetainedTest {

    private final ImageScene scene = new ImageScene();

    @Test
    void anImagePastItsNotifiedPeriodIsAViolationFromTheNextLegalDay() {
        List<ImageFinding> findings =
                scene.findings(image("1").retentionDays(30).storedAt(STORED));

        assertThat(findings).hasSize(1);
        ImageFinding finding = findings.get(0);
        assertThat(finding.cause()).isEqualTo("period-ended");
        assertThat(finding.stage()).isEqualTo(Verdict.VIOLATION);
        assertThat(finding.storedOnLow()).isEqualTo(LegalDay.of(2026, 5, 1));
        assertThat(finding.dueOn()).isEqualTo(LegalDay.of(2026, 5, 31));
        assertThat(finding.from()).isEqualTo(LegalDay.of(2026, 6, 1).start());
        assertThat(finding.to()).isNull();

        assertThat(scene.periodEnded(findings, LegalDay.of(2026, 6, 1).start().minusNanos(1))
                        .episodes())
                .isEmpty();
        Episode episode = scene.periodEnded(findings, LegalDay.of(2026, 6, 1).start())
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
        List<ImageFinding> findings =
                scene.findings(image("1").retentionDays(30).storedAt(STORED));

        assertThat(scene.judge(findings, Instant.parse(STORED)).wakeAt())
                .isEqualTo(LegalDay.of(2026, 6, 1).start());
    }

    @Test
    void anImageClearedOnTheDueDayIsNothing() {
        assertThat(scene.findings(image("1").retentionDays(30).storedAt(STORED).deletedAt("2026-05-31T15:59:59Z")))
                .isEmpty();
        assertThat(scene.findings(image("1")
                        .retentionDays(30)
                        .storedAt(STORED)
                        .image(false)
                        .storedAt("2026-05-20T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void aRecordWithoutAnImageOrWithoutAPeriodIsNothing() {
        assertThat(scene.findings(record("gym", "sys", "1").retentionDays(30).storedAt(STORED)))
                .isEmpty();
        assertThat(scene.findings(image("1").storedAt(STORED))).isEmpty();
    }

    @Test
    void clearingTheImageResolvesIt() {
        List<ImageFinding> findings =
                scene.findings(image("1").retentionDays(30).storedAt(STORED).deletedAt("2026-06-10T02:00:00Z"));

        assertThat(findings.get(0).cleared()).isTrue();
        Episode episode = scene.periodEnded(findings, Instant.parse("2026-07-01T00:00:00Z"))
                .episodes()
                .get(0);
        assertThat(episode.status()).isEqualTo(Status.RESOLVED);
        assertThat(episode.resolvedAt()).isEqualTo("2026-06-10T02:00:00Z");
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anImageThatComesBackPastItsDayOpensTheNextEpisode() {
        List<ImageFinding> findings = scene.findings(image("1")
                .person("p")
                .retainUntil("2026-05-31")
                .storedAt(STORED)
                .deletedAt("2026-06-10T02:00:00Z")
                .storedAt("2026-06-20T02:00:00Z"));

        Derivation derivation = scene.periodEnded(findings, Instant.parse("2026-07-01T00:00:00Z"));
        assertThat(derivation.episodes())
                .extracting(Episode::episode, Episode::status, Episode::openedAt, Episode::resolvedAt)
                .containsExactly(
                        tuple(
                                1,
                                Status.RESOLVED,
                                LegalDay.of(2026, 6, 1).start(),
                                Instant.parse("2026-06-10T02:00:00Z")),
                        tuple(2, Status.OPEN, Instant.parse("2026-06-20T02:00:00Z"), null));
        assertThat(derivation.episodes().get(1).explanationEn())
                .as("the second episode counts its own image alone")
                .contains("1 image past due, of 1 known person, the oldest stored on 2026-06-20")
                .contains("on 2026-06-20 1 came to count and 0 were deleted");
    }

    @Test
    void theDayThatTheOperatorStatesGoesBeforeTheCountedOneAndAnExtensionEndsTheStretch() {
        List<ImageFinding> findings = scene.findings(image("1")
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
        List<ImageFinding> findings =
                scene.findings(image("1").retentionDays(30).snapshot(STORED, "2026-05-11T02:00:00Z"));

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
        Episode suspected = scene.periodEnded(findings, LegalDay.of(2026, 6, 5).start())
                .episodes()
                .get(0);
        assertThat(suspected.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(suspected.occurredOn()).isEqualTo(LegalDay.of(2026, 6, 1));
        assertThat(suspected.dueOn()).isEqualTo(LegalDay.of(2026, 5, 31));
        assertThat(suspected.explanationZh()).contains("保存期限可能已届满");
        assertThat(suspected.explanationEn()).contains("period may have ended");
        Derivation derivation =
                scene.periodEnded(findings, LegalDay.of(2026, 6, 11).start());
        assertThat(derivation.episodes()).as("one episode").hasSize(1);
        Episode violation = derivation.episodes().get(0);
        assertThat(violation.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(violation.occurredOn()).as("the latest possible day").isEqualTo(LegalDay.of(2026, 6, 11));
        assertThat(violation.openedAt()).isEqualTo(LegalDay.of(2026, 6, 11).start());
        assertThat(violation.dueOn()).isEqualTo(LegalDay.of(2026, 6, 10));
        assertThat(violation.explanationZh()).contains("自2026-06-11起", "2026-06-10");
    }

    @Test
    void anImageThatMayBePastDueDatesNoViolationOfAnother() {
        List<ImageFinding> findings = scene.findings(
                image("1").retentionDays(10).snapshot(STORED, "2026-08-01T02:00:00Z"),
                image("2").retentionDays(60).storedAt(STORED).deletedAt("2026-07-10T02:00:00Z"));

        Episode both = scene.periodEnded(findings, LegalDay.of(2026, 7, 5).start())
                .episodes()
                .get(0);
        assertThat(both)
                .extracting(Episode::verdict, Episode::occurredOn, Episode::dueOn, Episode::measured)
                .containsExactly(
                        Verdict.VIOLATION, LegalDay.of(2026, 7, 1), LegalDay.of(2026, 6, 30), new BigDecimal(1));
        Episode suspected = scene.periodEnded(findings, LegalDay.of(2026, 7, 11).start())
                .episodes()
                .get(0);
        assertThat(suspected)
                .as("the sure one was cleared, the other may have been due for long")
                .extracting(Episode::verdict, Episode::occurredOn, Episode::dueOn)
                .containsExactly(Verdict.SUSPECTED, LegalDay.of(2026, 5, 12), LegalDay.of(2026, 5, 11));
    }

    @Test
    void aResolvedViolationIsDatedByTheImagesThatCountedForCertain() {
        List<ImageFinding> findings = scene.findings(image("1")
                .retentionDays(30)
                .snapshot(STORED, "2026-05-11T02:00:00Z")
                .deletedAt("2026-06-20T02:00:00Z"));

        assertThat(scene.periodEnded(findings, LegalDay.of(2026, 7, 1).start()).episodes())
                .extracting(Episode::verdict, Episode::occurredOn, Episode::dueOn, Episode::resolvedAt)
                .containsExactly(tuple(
                        Verdict.VIOLATION,
                        LegalDay.of(2026, 6, 11),
                        LegalDay.of(2026, 6, 10),
                        Instant.parse("2026-06-20T02:00:00Z")));
    }

    @Test
    void anImageFoundPastAStatedDayCountsFromTheSnapshotThatFoundIt() {
        assertThat(scene.findings(image("1").retainUntil("2026-05-05").snapshot(STORED, "2026-05-11T02:00:00Z")))
                .extracting(ImageFinding::stage, ImageFinding::from)
                .containsExactly(tuple(Verdict.VIOLATION, Instant.parse("2026-05-11T02:00:00Z")));
    }

    @Test
    void anImageCountsUnderTheCauseWithTheEarliestDueDayAlone() {
        assertThat(scene.findings(
                        List.of(image("1").person("p").retainUntil("2026-06-05").storedAt(STORED)),
                        membership("1").says(STORED, "2026-05-31")))
                .as("no warning of the purpose, whose due day is 06-15")
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::from, ImageFinding::to)
                .containsExactly(tuple(
                        "period-ended",
                        Verdict.VIOLATION,
                        LegalDay.of(2026, 6, 6).start(),
                        null));
        assertThat(scene.findings(
                        List.of(image("1").person("p").retainUntil("2026-06-15").storedAt(STORED)),
                        membership("1").says(STORED, "2026-05-31")))
                .as("one due day: the period goes first")
                .extracting(ImageFinding::cause)
                .containsExactly("period-ended");
        assertThat(scene.findings(
                        List.of(image("1").person("p").retainUntil("2026-06-16").storedAt(STORED)),
                        membership("1").says(STORED, "2026-05-31")))
                .as("the purpose comes first and stays")
                .extracting(ImageFinding::cause, ImageFinding::stage)
                .containsExactly(tuple("purpose-ended", Verdict.WARNING), tuple("purpose-ended", Verdict.VIOLATION));
    }

    @Test
    void aSuspicionHidesNoBreachOfTheLaw() {
        scene.consents();
        assertThat(scene.findings(
                        List.of(image("1").person("p").retainUntil("2026-07-31").storedAt(STORED)),
                        membership("1").says(STORED, "2026-05-31")))
                .as("kept after verification since May, but the membership ended too")
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::from)
                .containsExactly(
                        tuple(
                                "kept-after-verification",
                                Verdict.SUSPECTED,
                                LegalDay.of(2026, 5, 3).start()),
                        tuple(
                                "purpose-ended",
                                Verdict.WARNING,
                                LegalDay.of(2026, 6, 1).start()),
                        tuple(
                                "purpose-ended",
                                Verdict.VIOLATION,
                                LegalDay.of(2026, 6, 16).start()));
        scene.consents(ImageScene.consent("c").at(STORED));
        assertThat(scene.findings(
                        List.of(image("1").person("p").retentionDays(10).snapshot(STORED, "2026-07-01T02:00:00Z")),
                        membership("1").says(STORED, "2026-07-10")))
                .as("the period may have ended long ago; the purpose has for certain")
                .extracting(ImageFinding::cause, ImageFinding::stage)
                .contains(tuple("period-ended", Verdict.SUSPECTED), tuple("purpose-ended", Verdict.WARNING));
    }

    @Test
    void ofAllCausesTheEarliestDueDayCounts() {
        scene.law.use("u", "gym", "2025-07-01", "2026-06-10");
        scene.consents(ImageScene.consent("c")
                .at(STORED)
                .withdrawn("2026-06-05T00:00:00Z")
                .at("2026-06-05T00:00:00Z"));
        List<ImageFinding> findings = scene.findings(
                List.of(
                        image("1").person("p").retainUntil("2026-06-19").storedAt(STORED),
                        image("2").person("p").retainUntil("2026-06-22").storedAt(STORED)),
                membership("1").says(STORED, "2026-06-20"));

        assertThat(findings)
                .as("a consent that was withdrawn is a matter of law, not of the cache")
                .extracting(ImageFinding::recordKey, ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn)
                .containsExactly(
                        tuple("1", "period-ended", Verdict.VIOLATION, LegalDay.of(2026, 6, 19)),
                        tuple("2", "consent-withdrawn", Verdict.WARNING, LegalDay.of(2026, 6, 20)),
                        tuple("2", "consent-withdrawn", Verdict.VIOLATION, LegalDay.of(2026, 6, 20)));
    }

    @Test
    void theExplanationCountsPersonsTheOldestAndTheDaysNews() {
        List<ImageFinding> findings = scene.findings(
                image("1").person("p").retainUntil("2026-06-05").storedAt(STORED),
                image("2").person("p").retainUntil("2026-06-10").storedAt("2026-05-03T02:00:00Z"),
                image("3").person("q").retainUntil("2026-06-10").storedAt("2026-05-02T02:00:00Z"),
                image("4")
                        .person("q")
                        .retainUntil("2026-06-05")
                        .storedAt(STORED)
                        .deletedAt("2026-06-11T05:00:00Z"),
                image("5")
                        .retainUntil("2026-06-05")
                        .storedAt("2026-04-30T02:00:00Z")
                        .deletedAt("2026-06-10T05:00:00Z"));

        Episode before = scene.periodEnded(findings, LegalDay.of(2026, 6, 11).start())
                .episodes()
                .get(0);
        assertThat(before.explanationEn())
                .contains("4 images past due, of 2 known persons, the oldest stored on 2026-05-01 at the latest; on"
                        + " 2026-06-11 2 came to count and 0 were deleted.");
        Episode episode = scene.periodEnded(findings, LegalDay.of(2026, 6, 12).start())
                .episodes()
                .get(0);
        assertThat(episode.measured()).isEqualByComparingTo("3");
        assertThat(episode.explanationEn()).contains("on 2026-06-11 2 came to count and 1 was deleted.");
        assertThat(episode.explanationZh()).contains("逾期3幅,涉及已知个人2人,最早的一幅至迟存储于2026-05-01;2026-06-11新增2幅、清除1幅");
    }

    @Test
    void anImageThatTurnsFromWarningToViolationIsNoNews() {
        List<ImageFinding> findings = scene.findings(
                List.of(
                        image("1").person("p").storedAt(STORED),
                        image("2").person("p").storedAt(STORED).deletedAt("2026-06-16T01:00:00Z")),
                membership("1").says(STORED, "2026-05-31"));

        assertThat(scene.purposeEnded(findings, LegalDay.of(2026, 6, 17).start())
                        .episodes()
                        .get(0)
                        .explanationEn())
                .contains("1 image past due, of 1 known person", "on 2026-06-16 0 came to count and 1 was deleted.");
    }

    @Test
    void aPurposeThatIsRenewedGivesThePeriodItsTurn() {
        List<ImageFinding> findings = scene.findings(
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
        List<ImageFinding> findings =
                scene.findings(image("1").retentionDays(30).storedAt("2024-01-01T00:00:00Z"));

        assertThat(findings)
                .extracting(ImageFinding::from)
                .containsExactly(LegalDay.of(2025, 6, 1).start());
        assertThat(scene.findings(image("1")
                        .retentionDays(30)
                        .storedAt("2024-01-01T00:00:00Z")
                        .deletedAt("2025-05-31T15:00:00Z")))
                .isEmpty();
    }

    @Test
    void aPeriodThatEndedBeforeTheMeasuresKeepsItsLastDay() {
        List<ImageFinding> findings =
                scene.findings(image("1").retentionDays(30).storedAt("2024-01-01T00:00:00Z"));

        assertThat(scene.periodEnded(findings, LegalDay.of(2025, 6, 1).start()).episodes())
                .extracting(Episode::verdict, Episode::occurredOn, Episode::dueOn)
                .containsExactly(tuple(Verdict.VIOLATION, LegalDay.of(2025, 6, 1), LegalDay.of(2024, 1, 31)));
    }

    @Test
    void manyImagesAreOneAlertWithItsPeak() {
        List<ImageFinding> findings = scene.findings(
                image("1").retentionDays(10).storedAt(STORED).deletedAt("2026-06-01T00:00:00Z"),
                image("2").retentionDays(12).storedAt(STORED).deletedAt("2026-06-02T00:00:00Z"),
                image("3").retentionDays(40).storedAt(STORED));

        Derivation derivation = scene.periodEnded(findings, Instant.parse("2026-07-01T00:00:00Z"));

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
                before.add(scene.findings(
                        image("r" + i).retentionDays(random.nextInt(60)).storedAt(STORED)));
                FaceRecordFixture corrected = image("r" + i)
                        .retentionDays(random.nextInt(60))
                        .storedAt("2026-05-0" + (1 + random.nextInt(9)) + "T00:00:00Z");
                if (random.nextBoolean()) {
                    corrected.deletedAt("2026-06-" + (10 + random.nextInt(20)) + "T00:00:00Z");
                }
                after.add(scene.findings(corrected));
            }
            List<ImageDelta> told = new ArrayList<>();
            ImageCounts direct = new ImageCounts();
            for (int i = 0; i < before.size(); i++) {
                told.addAll(ImageScene.deltas(List.of(), before.get(i)));
                told.addAll(ImageScene.deltas(before.get(i), after.get(i)));
                ImageScene.deltas(List.of(), after.get(i)).forEach(direct::add);
            }
            Collections.shuffle(told, random);
            ImageCounts counts = new ImageCounts();
            told.forEach(counts::add);

            assertThat(counts.entries()).as("seed %d", seed).containsExactlyElementsOf(direct.entries());
            Instant known = Instant.parse("2026-07-01T00:00:00Z");
            assertThat(scene.judge(counts, known)).isEqualTo(scene.judge(direct, known));
        }
    }

    @Test
    void nothingIsSaidBeforeTheSourceIsKnown() {
        assertThat(scene.judge(new ImageCounts(), null)).isEqualTo(Judged.NOTHING);
    }
}
