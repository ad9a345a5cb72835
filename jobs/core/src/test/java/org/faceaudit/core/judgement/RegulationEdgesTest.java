package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.consent;
import static org.faceaudit.core.judgement.ImageScene.image;
import static org.faceaudit.core.judgement.ImageScene.membership;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;

/**
 * Where the cases of Art. 8 and Art. 10 end: near misses, limits and what is not known, as far as a rule's own test does not show
 * them. Which test shows which edge of which case stands in {@code regulation-edges.csv}; {@link RegulationCasesTableTest} holds
 * it whole.
 */
class RegulationEdgesTest {

    private static final String T0 = "2026-07-01T02:00:00Z";
    private static final String NOW = "2026-07-05T02:00:00Z";

    private final RegistryFixture law = RegistryFixture.law().operator("gym", "某健身公司", "310115");
    private final ImageScene images = new ImageScene();

    private static AccessPointFixture gate(String id) {
        return AccessPointFixture.point("gym", "gate", id);
    }

    private Episode first(String known, AccessPointFixture... points) {
        return AccessJudgements.judge(
                        "gym",
                        "gate",
                        Stream.of(points).map(AccessPointFixture::build).toList(),
                        law.registry(),
                        Instant.parse(known))
                .derivations()
                .get(0)
                .episodes()
                .get(0);
    }

    @Test
    void aSidePointOfNoKnownPlaceOrWithMethodsThatCannotBeReadSoftensNothing() {
        AccessPointFixture nowhere = gate("1").offers(T0, "FACE");
        assertThat(first(NOW, nowhere, gate("2").offers(T0, "CARD", "FACE")).verdict())
                .as("of neither is a site known")
                .isEqualTo(Verdict.VIOLATION);

        AccessPointFixture unread = gate("2").site("hall").offers(T0, "CARD").unreadable("2026-07-02T02:00:00Z");
        assertThat(first(NOW, gate("1").site("hall").offers(T0, "FACE"), unread).verdict())
                .isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void anExceptionForAGateEndsAtMidnightInShanghai() {
        law.exception("x1", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-07-04");
        AccessPointFixture point = gate("1").offers(T0, "FACE");

        assertThat(first("2026-07-04T15:59:59.999999Z", point))
                .extracting(Episode::status, Episode::exceptionId)
                .containsExactly(Status.EXEMPT, "x1");
        assertThat(first("2026-07-04T16:00:00Z", point))
                .extracting(Episode::status, Episode::verdict)
                .containsExactly(Status.OPEN, Verdict.SUSPECTED);
    }

    private void statement(String subject, String lastDay, String approvedBy) {
        law.exception(
                "x1",
                "sole-face-method",
                "gym",
                subject,
                "2026-01-01",
                lastDay,
                "citation",
                "no-equivalent: clean room",
                "approved_by",
                approvedBy);
    }

    @Test
    void aStatementThatNobodyApprovedOrThatIsForAnotherGateIsNone() {
        AccessPointFixture point = gate("1").offers(T0, "FACE");
        statement("gate/1", "2026-12-31", null);
        assertThat(first(NOW, point).verdict()).as("nobody approved it").isEqualTo(Verdict.VIOLATION);

        statement("gate/2", "2026-12-31", "other");
        assertThat(first(NOW, point).verdict()).as("another gate's").isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aStatementIsOneHoweverItsFirstWordIsSpelled() {
        AccessPointFixture point = gate("1").offers(T0, "FACE");
        for (String citation :
                List.of("No-Equivalent: x", " no-equivalent: x", "no-equivalent : x", "no-equivalent\uff1ax")) {
            law.exception("x1", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-12-31", "citation", citation);
            assertThat(first(NOW, point))
                    .as(citation)
                    .extracting(Episode::status, Episode::verdict)
                    .containsExactly(Status.OPEN, Verdict.SUSPECTED);
        }
    }

    @Test
    void aStatementStillSoftensAfterItsLastDay() {
        AccessPointFixture point = gate("1").offers(T0, "FACE");
        statement("gate/1", "2026-07-04", "other");

        assertThat(first("2026-07-04T15:59:59Z", point).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(first("2026-07-04T16:00:00Z", point).verdict())
                .as("an expired citation is suspected too")
                .isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void failuresCountWithinThePeriodAndNotAtItsEnd() {
        String rule = "refusal-without-alternative";
        AttemptScene within = new AttemptScene().failed("03 10:00", "7").failed("04 10:00", "7");
        within.failed("10 09:59", "7");
        assertThat(within.episodes("12 00:00", rule)).hasSize(1);

        AttemptScene atItsEnd = new AttemptScene().failed("03 10:00", "7").failed("04 10:00", "7");
        atItsEnd.failed("10 10:00", "7");
        assertThat(atItsEnd.episodes("12 00:00", rule)).isEmpty();
    }

    @Test
    void aStateThatEndedTheDayBeforeTheMeasuresIsNone() {
        assertThat(AccessJudgements.judge(
                                "gym",
                                "gate",
                                List.of(gate("1")
                                        .offers("2024-01-01T00:00:00Z", "FACE")
                                        .offers("2025-05-31T02:00:00Z", "CARD", "FACE")
                                        .build()),
                                law.registry(),
                                Instant.parse(NOW))
                        .derivations()
                        .get(0)
                        .episodes())
                .isEmpty();
    }

    private List<Verdict> verdicts(List<ImageFinding> findings) {
        return findings.stream().map(ImageFinding::stage).toList();
    }

    @Test
    void anImageDeletedOnTheLastDayOfTheDeletionDaysWasWarnedOfAndNoMore() {
        String withdrawn = "2026-06-01T03:00:00Z";
        images.consents(consent("c").at(STORED).withdrawn(withdrawn).at(withdrawn));

        assertThat(verdicts(images.findings(
                        image("1").person("p").storedAt(STORED).deletedAt("2026-06-16T15:59:59.999999Z"))))
                .containsExactly(Verdict.WARNING);
        assertThat(verdicts(images.findings(
                        image("1").person("p").storedAt(STORED).deletedAt("2026-06-16T16:00:00.000001Z"))))
                .containsExactly(Verdict.WARNING, Verdict.VIOLATION);
    }

    @Test
    void anImageDeletedOnTheLastDayOfTheGraceWasWarnedOfAndNoMore() {
        var ended = membership("1").says(STORED, null).says("2026-06-01T02:00:00Z", "2026-06-30");

        assertThat(verdicts(images.findings(
                        List.of(image("1").person("p").storedAt(STORED).deletedAt("2026-07-15T15:59:59.999999Z")),
                        ended)))
                .containsExactly(Verdict.WARNING);
        assertThat(verdicts(images.findings(
                        List.of(image("1").person("p").storedAt(STORED).deletedAt("2026-07-15T16:00:00.000001Z")),
                        ended)))
                .containsExactly(Verdict.WARNING, Verdict.VIOLATION);
    }

    private void floor() {
        images.law.exception(
                "floor-1",
                "raw-image-retained",
                "gym",
                "sys",
                "2025-06-01",
                "2030-12-31",
                "citation",
                "floor:public-security-video 公共安全视频图像信息系统管理条例 第17条");
    }

    @Test
    void aFloorCoversItsLastDay() {
        floor();

        assertThat(images.findings(image("1")
                        .dataClass("public-security-video")
                        .retentionDays(7)
                        .storedAt(STORED)
                        .deletedAt("2026-05-31T15:59:59.999999Z")))
                .as("deleted on the thirtieth day after")
                .extracting(ImageFinding::exempt)
                .containsExactly(true);
        assertThat(images.findings(image("1")
                        .dataClass("public-security-video")
                        .retentionDays(7)
                        .storedAt(STORED)
                        .deletedAt("2026-05-31T16:00:00.000001Z")))
                .as("a day too late")
                .extracting(ImageFinding::exempt)
                .containsExactly(true, false);
    }

    @Test
    void anImageOfNoKnownDataClassHasNoFloor() {
        floor();

        assertThat(images.findings(image("1").retentionDays(7).storedAt(STORED)))
                .extracting(ImageFinding::exempt, ImageFinding::dueOn)
                .containsExactly(tuple(false, LegalDay.of(2026, 5, 8)));
    }
}
