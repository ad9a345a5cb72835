package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.consent;
import static org.faceaudit.core.judgement.ImageScene.image;
import static org.faceaudit.core.judgement.ImageScene.membership;

import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageExceptionsTest {

    private final ImageScene scene = new ImageScene();

    private void exception(String id, String subject, String citation, String from, String to) {
        scene.law.exception(id, RawImageRetained.RULE_ID, "gym", subject, from, to, "citation", citation);
    }

    /** Due on 2026-05-31. */
    private List<ImageFinding> due() {
        return scene.findings(image("1").person("p").retentionDays(30).storedAt(STORED));
    }

    private Episode periodEnded(List<ImageFinding> findings, String day) {
        return scene.periodEnded(findings, LegalDay.parse(day).start())
                .episodes()
                .get(0);
    }

    @Test
    void aHoldCoversTheImageUntilItsLastDayAndMovesTheDueDayThere() {
        exception("hold-7", "sys", "hold: litigation 2026-17", "2026-05-20", "2026-07-31");

        assertThat(due())
                .extracting(
                        ImageFinding::stage,
                        ImageFinding::exempt,
                        ImageFinding::exceptionId,
                        ImageFinding::dueOn,
                        ImageFinding::from,
                        ImageFinding::to)
                .containsExactly(
                        tuple(
                                Verdict.VIOLATION,
                                true,
                                "hold-7",
                                LegalDay.of(2026, 7, 31),
                                LegalDay.of(2026, 6, 1).start(),
                                LegalDay.of(2026, 8, 1).start()),
                        tuple(
                                Verdict.VIOLATION,
                                false,
                                null,
                                LegalDay.of(2026, 7, 31),
                                LegalDay.of(2026, 8, 1).start(),
                                null));
        assertThat(due())
                .extracting(ImageFinding::rowVerdict)
                .as("comes due with the end of the hold")
                .containsExactly(Verdict.WARNING, Verdict.VIOLATION);
        Episode held = periodEnded(due(), "2026-07-31");
        assertThat(held)
                .extracting(Episode::verdict, Episode::status, Episode::exceptionId, Episode::dueOn)
                .containsExactly(Verdict.VIOLATION, Status.EXEMPT, "hold-7", LegalDay.of(2026, 7, 31));
        assertThat(held.measured()).as("still counted").isEqualByComparingTo("1");
        assertThat(held.explanationEn()).contains("hold-7", "counted, not accused");
        assertThat(held.evidence().positions()).extracting(Position::table).contains("registry.exception");
        assertThat(periodEnded(due(), "2026-08-01"))
                .as("over at midnight in Shanghai, in the same episode")
                .extracting(
                        Episode::episode, Episode::verdict, Episode::status, Episode::exceptionId, Episode::occurredOn)
                .containsExactly(1, Verdict.VIOLATION, Status.OPEN, null, LegalDay.of(2026, 8, 1));
    }

    @Test
    void aHoldThatExpiredBeforeTheDueDayMovesNothing() {
        exception("hold-7", "sys", "hold: dispute", "2026-05-01", "2026-05-31");

        assertThat(due())
                .extracting(ImageFinding::exempt, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(tuple(
                        false, LegalDay.of(2026, 5, 31), LegalDay.of(2026, 6, 1).start()));
    }

    @Test
    void aHoldThatBeginsWithinABreachHealsNothing() {
        exception("hold-7", "sys", "hold: dispute", "2026-06-10", "2026-06-20");

        assertThat(due())
                .extracting(ImageFinding::exempt, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(
                                false,
                                LegalDay.of(2026, 5, 31),
                                LegalDay.of(2026, 6, 1).start()),
                        tuple(
                                true,
                                LegalDay.of(2026, 6, 20),
                                LegalDay.of(2026, 6, 10).start()),
                        tuple(
                                false,
                                LegalDay.of(2026, 5, 31),
                                LegalDay.of(2026, 6, 21).start()));
    }

    @Test
    void holdsInARowMoveTheDueDayToTheEndOfTheLast() {
        exception("hold-1", "sys", "hold: dispute", "2026-05-20", "2026-06-20");
        exception("hold-2", "", "hold: re-enrolment", "2026-06-21", "2026-07-10");

        assertThat(due())
                .extracting(ImageFinding::exceptionId, ImageFinding::dueOn)
                .containsExactly(
                        tuple("hold-1", LegalDay.of(2026, 7, 10)),
                        tuple("hold-2", LegalDay.of(2026, 7, 10)),
                        tuple(null, LegalDay.of(2026, 7, 10)));
    }

    @Test
    void anExceptionForOneCauseOrOneSystemLeavesTheOthers() {
        exception("hold-1", "sys/purpose-ended", "hold: dispute", "2026-05-01", "2026-12-31");
        exception("hold-2", "other", "hold: dispute", "2026-05-01", "2026-12-31");

        assertThat(due()).extracting(ImageFinding::exempt).containsExactly(false);
        assertThat(scene.findings(
                        List.of(image("1").person("p").storedAt(STORED)),
                        membership("m").says(STORED, "2026-05-31")))
                .extracting(ImageFinding::stage, ImageFinding::exempt)
                .containsExactly(
                        tuple(Verdict.WARNING, true), tuple(Verdict.VIOLATION, true), tuple(Verdict.VIOLATION, false));
    }

    @Test
    void whatNobodyElseApprovedIsNoException() {
        scene.law.row(
                "exception",
                "hold-1",
                "id",
                "hold-1",
                "rule_id",
                RawImageRetained.RULE_ID,
                "operator_id",
                "gym",
                "subject_id",
                "sys",
                "citation",
                "hold: dispute",
                "valid_from",
                "2026-05-01",
                "valid_to",
                "2026-12-31",
                "entered_by",
                "one");

        assertThat(due()).extracting(ImageFinding::exempt).containsExactly(false);
    }

    @Test
    void anotherCauseThatNothingCoversGoesBeforeOneThatIsHeld() {
        exception("hold-1", "sys/period-ended", "hold: dispute", "2026-05-01", "2026-12-31");

        assertThat(scene.findings(
                        List.of(image("1").person("p").retentionDays(30).storedAt(STORED)),
                        membership("m").says(STORED, "2026-08-31")))
                .extracting(ImageFinding::cause, ImageFinding::exempt, ImageFinding::from)
                .startsWith(
                        tuple("period-ended", true, LegalDay.of(2026, 6, 1).start()),
                        tuple("purpose-ended", false, LegalDay.of(2026, 9, 1).start()));
    }

    @Test
    void aFloorCoversItsDataClassUntilItsDaysAreOver() {
        exception("floor-1", "sys", "floor:public-security-video 公共安全视频图像信息系统管理条例 第17条", "2025-06-01", "2030-12-31");
        List<ImageFinding> video = scene.findings(
                image("1").dataClass("public-security-video").retentionDays(7).storedAt(STORED));

        assertThat(video)
                .extracting(ImageFinding::exempt, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(
                                true,
                                LegalDay.of(2026, 5, 31),
                                LegalDay.of(2026, 5, 9).start()),
                        tuple(
                                false,
                                LegalDay.of(2026, 5, 31),
                                LegalDay.of(2026, 6, 1).start()));
        assertThat(scene.findings(image("1").retentionDays(7).storedAt(STORED)))
                .as("a face library is not the video")
                .extracting(ImageFinding::exempt, ImageFinding::dueOn)
                .containsExactly(tuple(false, LegalDay.of(2026, 5, 8)));
    }

    @Test
    void aContractAStandardOrAnExpiredCitationIsNoFloor() {
        for (String citation : List.of("floor:DB11/T 2552-2026", "floor:contract 17", "floor: 合同约定", "floor:")) {
            exception("floor-1", "sys", citation, "2025-06-01", "2030-12-31");
            assertThat(scene.findings(
                            image("1").dataClass("contract").retentionDays(7).storedAt(STORED)))
                    .extracting(ImageFinding::exempt)
                    .containsExactly(false);
        }
        exception("floor-1", "sys", "floor:anti-terror-video 反恐怖主义法 第32条", "2025-06-01", "2026-05-20");
        assertThat(scene.findings(image("1")
                        .dataClass("anti-terror-video")
                        .retentionDays(7)
                        .storedAt(STORED)))
                .extracting(ImageFinding::exempt, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(
                                true,
                                LegalDay.of(2026, 5, 20),
                                LegalDay.of(2026, 5, 9).start()),
                        tuple(
                                false,
                                LegalDay.of(2026, 5, 20),
                                LegalDay.of(2026, 5, 21).start()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Frozen: backup", " frozen : backup", "frozen\uff1abackup", "\u3000FROZEN\uff1a"})
    void howTheFirstWordOfACitationIsSpelledDoesNotMatter(String citation) {
        exception("e", "sys", citation, "2026-01-01", "2026-12-31");

        assertThat(due())
                .as("suspected, and not covered by a hold")
                .extracting(ImageFinding::stage, ImageFinding::exempt)
                .containsExactly(tuple(Verdict.SUSPECTED, false), tuple(Verdict.VIOLATION, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Floor: anti-terror-video \u7b2c32\u6761",
                " floor\uff1aanti-terror-video",
                "floor :\u3000anti-terror-video\uff0cart. 32"
            })
    void aFloorCoversItsDataClassAloneHoweverItIsSpelled(String citation) {
        exception("e", "sys", citation, "2026-01-01", "2026-12-31");

        assertThat(scene.findings(image("1")
                        .dataClass("anti-terror-video")
                        .retentionDays(7)
                        .storedAt(STORED)))
                .extracting(ImageFinding::dueOn)
                .first()
                .isEqualTo(LegalDay.of(2026, 7, 30));
        assertThat(due()).extracting(ImageFinding::exempt).containsExactly(false);
    }

    @Test
    void whatMayHaveRunOutIsNotSaidToHaveUnderAHold() {
        exception("hold-1", "sys", "hold: dispute", "2026-05-01", "2026-12-31");
        List<ImageFinding> findings =
                scene.findings(image("1").retentionDays(10).snapshot("2026-05-01T02:00:00Z", "2026-07-01T02:00:00Z"));

        Episode episode = periodEnded(findings, "2026-07-03");
        assertThat(episode.status()).isEqualTo(Status.EXEMPT);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.explanationEn()).contains("the notified retention period may have ended");
        assertThat(episode.explanationZh())
                .contains("\u6240\u544a\u77e5\u7684\u4fdd\u5b58\u671f\u9650\u53ef\u80fd\u5df2\u5c4a\u6ee1");
    }

    private List<ImageFinding> scan(String dataClass) {
        return scene.findings(image("1").dataClass(dataClass).retentionDays(30).storedAt(STORED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymised", "no-recognition", "training"})
    void whatIsStatedOfADataClassCoversItsImagesUntilItsLastDay(String word) {
        exception("stated-1", "sys", word + ":scans 2026-17", "2026-05-01", "2026-07-31");

        assertThat(scan("scans"))
                .extracting(ImageFinding::exempt, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(
                        tuple(
                                true,
                                LegalDay.of(2026, 7, 31),
                                LegalDay.of(2026, 6, 1).start()),
                        tuple(
                                false,
                                LegalDay.of(2026, 7, 31),
                                LegalDay.of(2026, 8, 1).start()));
        assertThat(periodEnded(scan("scans"), "2026-07-31"))
                .extracting(Episode::status, Episode::exceptionId)
                .containsExactly(Status.EXEMPT, "stated-1");
        assertThat(periodEnded(scan("scans"), "2026-08-01").status()).isEqualTo(Status.OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymised", "no-recognition", "training"})
    void aStatementOfADataClassCoversNoOtherImagesAndNoneWhoseClassIsNotKnown(String word) {
        exception("stated-1", "sys", word + ":scans", "2026-05-01", "2026-12-31");

        assertThat(scan("scans-2")).extracting(ImageFinding::exempt).containsExactly(false);
        assertThat(scan(null))
                .as("a face library, or what nobody named")
                .extracting(ImageFinding::exempt)
                .containsExactly(false);

        exception("stated-1", "sys", word + ": 全部图像", "2026-05-01", "2026-12-31");
        assertThat(scan("scans"))
                .as("it names no class")
                .extracting(ImageFinding::exempt)
                .containsExactly(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymised", "no-recognition", "training"})
    void aStatementThatNobodyElseVerifiedOrThatBeginsWithinABreachHealsNothing(String word) {
        scene.law.exception(
                "stated-1",
                RawImageRetained.RULE_ID,
                "gym",
                "sys",
                "2026-05-01",
                "2026-12-31",
                "citation",
                word + ":scans",
                "approved_by",
                null);
        assertThat(scan("scans")).extracting(ImageFinding::exempt).containsExactly(false);

        exception("stated-1", "sys", word + ":scans", "2026-06-10", "2026-06-20");
        assertThat(scan("scans"))
                .extracting(ImageFinding::exempt, ImageFinding::dueOn)
                .containsExactly(
                        tuple(false, LegalDay.of(2026, 5, 31)),
                        tuple(true, LegalDay.of(2026, 6, 20)),
                        tuple(false, LegalDay.of(2026, 5, 31)));
    }

    @Test
    void frozenStorageIsSuspectedWhileItIsRegistered() {
        exception("frozen-1", "sys", "frozen: backup tapes, PIPL 47 ¶2", "2026-06-10", "2026-06-30");

        assertThat(due())
                .extracting(ImageFinding::stage, ImageFinding::exempt, ImageFinding::exceptionId, ImageFinding::from)
                .containsExactly(
                        tuple(
                                Verdict.VIOLATION,
                                false,
                                null,
                                LegalDay.of(2026, 6, 1).start()),
                        tuple(
                                Verdict.SUSPECTED,
                                false,
                                "frozen-1",
                                LegalDay.of(2026, 6, 10).start()),
                        tuple(
                                Verdict.VIOLATION,
                                false,
                                null,
                                LegalDay.of(2026, 7, 1).start()));
        Episode frozen = periodEnded(due(), "2026-06-15");
        assertThat(frozen)
                .extracting(Episode::verdict, Episode::status, Episode::exceptionId)
                .containsExactly(Verdict.SUSPECTED, Status.OPEN, "frozen-1");
        assertThat(frozen.explanationEn()).contains("has ended", "cannot be deleted", "to be checked by a person");
        assertThat(frozen.explanationZh()).contains("已届满", "技术上难以实现");
    }

    @Test
    void whatMayBeDueIsNotSaidToBeFrozen() {
        exception("frozen-1", "sys", "frozen: backup tapes", "2026-05-01", "2026-06-30");
        List<ImageFinding> findings = scene.findings(
                image("1").retentionDays(30).storedAt(STORED),
                image("2").retentionDays(30).snapshot(STORED, "2026-06-20T02:00:00Z"));

        Episode both = periodEnded(findings, "2026-06-15");
        assertThat(both.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(both.measured()).isEqualByComparingTo("2");
        assertThat(both.explanationEn()).contains("may have ended", "by frozen-1 1 of them cannot be deleted");
        assertThat(both.explanationZh()).contains("可能已届满", "据登记frozen-1,其中1幅删除在技术上难以实现");
    }

    @Test
    void heldImagesBesideOthersAreCountedApart() {
        exception("floor-1", "sys", "floor:anti-terror-video 反恐怖主义法 第32条", "2025-06-01", "2030-12-31");
        List<ImageFinding> findings = scene.findings(
                image("1").dataClass("anti-terror-video").retentionDays(7).storedAt(STORED),
                image("2").retentionDays(20).storedAt(STORED),
                image("3").retentionDays(30).storedAt(STORED));

        Episode episode = periodEnded(findings, "2026-06-15");
        assertThat(episode)
                .extracting(Episode::status, Episode::exceptionId, Episode::dueOn, Episode::occurredOn)
                .containsExactly(Status.OPEN, null, LegalDay.of(2026, 5, 21), LegalDay.of(2026, 5, 22));
        assertThat(episode.measured()).isEqualByComparingTo("2");
        assertThat(episode.explanationEn()).contains("covers 1 more");
        assertThat(periodEnded(findings, "2026-05-15"))
                .extracting(Episode::status, Episode::dueOn, Episode::occurredOn)
                .as("of the held one alone")
                .containsExactly(Status.EXEMPT, LegalDay.of(2026, 7, 30), LegalDay.of(2026, 5, 9));
    }

    @Test
    void aSuspicionIsHeldToo() {
        scene.consents(consent("c").deleted("2026-05-01T03:00:00Z"));
        exception("hold-1", "sys", "hold: dispute", "2026-05-01", "2026-05-31");

        assertThat(scene.findings(image("1").person("p").storedAt(STORED)))
                .extracting(ImageFinding::stage, ImageFinding::exempt, ImageFinding::dueOn)
                .containsExactly(
                        tuple(Verdict.SUSPECTED, true, LegalDay.of(2026, 5, 31)),
                        tuple(Verdict.SUSPECTED, false, LegalDay.of(2026, 5, 31)));
    }
}
