package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.event.AccessPointFixture.point;
import static org.faceaudit.core.judgement.AccessScene.NOW;
import static org.faceaudit.core.judgement.AccessScene.T0;
import static org.faceaudit.core.judgement.AccessScene.T1;
import static org.faceaudit.core.judgement.AccessScene.gate;
import static org.faceaudit.core.judgement.AccessScene.second;

import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

/** What a registered exception does for a gate whose only method is the face, and for the gates beside it. */
class SoleFaceExceptionsTest {

    private final AccessScene scene = new AccessScene();

    @Test
    void aValidExceptionMakesItExempt() {
        for (String subject : List.of("gate/1", "gate", "")) {
            scene.law.exception("x1", "sole-face-method", "gym", subject, "2026-01-01", "2026-07-05");

            Episode episode = scene.only(NOW, gate().offers(T0, "FACE"));

            assertThat(episode.status()).as(subject).isEqualTo(Status.EXEMPT);
            assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
            assertThat(episode.exceptionId()).isEqualTo("x1");
        }
        assertThat(scene.judge(NOW, gate().offers(T0, "FACE")).wakeAt())
                .isEqualTo(LegalDay.of(2026, 7, 6).start());
    }

    @Test
    void theEvidenceHoldsTheSidePointAndTheException() {
        scene.law.exception("x1", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-07-05");
        AccessPointFixture side = gate().site("hall").offers(T0, "FACE");
        AccessPointFixture later = point("gym", "gate", "3").site("hall").offers(T0, "CARD");
        AccessPointFixture main = point("gym", "gate", "2").site("hall").offers(T0, "CARD", "FACE");

        Episode episode = scene.judge(NOW, later, side, main)
                .derivations()
                .get(0)
                .episodes()
                .get(0);

        assertThat(episode.evidence().positions())
                .extracting(Position::table, Position::keyHash)
                .contains(tuple("public.gate", "k-1"), tuple("public.gate", "k-2"))
                .anySatisfy(one -> assertThat(one.toString()).contains("registry.exception"))
                .hasSize(3);
    }

    @Test
    void anExpiredExceptionIsSuspected() {
        scene.law.exception("x1", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-07-04");

        Episode episode = scene.only(NOW, gate().offers(T0, "FACE"));

        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.exceptionId()).isEqualTo("x1");
    }

    @Test
    void aStatementThatNoMethodIsEquivalentIsSuspected() {
        scene.law.exception(
                "x1",
                "sole-face-method",
                "gym",
                "gate/1",
                "2026-01-01",
                "2026-12-31",
                "citation",
                "no-equivalent: clean room");

        Episode episode = scene.only(NOW, gate().offers(T0, "FACE"));

        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void anExceptionThatIsNotApprovedOrNamesAnUnknownSubjectOrAnotherRuleIsNone() {
        scene.law
                .exception("x1", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-12-31", "approved_by", null)
                .exception("x2", "sole-face-method", "gym", "gate/11", "2026-01-01", "2026-12-31")
                .exception("x3", "raw-image-retained", "gym", "gate/1", "2026-01-01", "2026-12-31")
                .exception("x4", "sole-face-method", "hotel", "gate/1", "2026-01-01", "2026-12-31");

        Episode episode = scene.only(NOW, gate().offers(T0, "FACE"));

        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.exceptionId()).isNull();
    }

    @Test
    void anExceptionForAnotherPointOfTheSiteIsOutOfScopeAndSuspected() {
        scene.law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31");
        AccessPointFixture covered = point("gym", "gate", "2").site("hall").offers(T0, "FACE");

        Episode episode = scene.first(NOW, gate().site("hall").offers(T0, "FACE"), covered);

        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.exceptionId()).isEqualTo("x1");
        assertThat(episode.explanationZh()).contains("x1", "gate/2", "不涵盖本验证点");
        assertThat(episode.explanationEn()).contains("x1", "gate/2", "does not cover this point");
        assertThat(episode.evidence().positions())
                .extracting(Position::table, Position::keyHash)
                .contains(tuple("public.gate", "k-1"), tuple("public.gate", "k-2"))
                .anySatisfy(one -> assertThat(one.toString()).contains("registry.exception"))
                .hasSize(3);
    }

    @Test
    void anExceptionForAPointOfAnotherPlaceOrOfNoPlaceKnownSaysNothing() {
        scene.law
                .exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31")
                .exception("x2", "sole-face-method", "gym", "gate/nowhere", "2026-01-01", "2026-12-31")
                .exception("x3", "sole-face-method", "gym", "desk", "2026-01-01", "2026-12-31")
                .exception("x4", "sole-face-method", "gym", "desk/2", "2026-01-01", "2026-12-31");
        AccessPointFixture here = gate().site("hall").offers(T0, "FACE");

        assertThat(scene.first(NOW, here, second("yard").offers(T0, "FACE")).verdict())
                .as("another site")
                .isEqualTo(Verdict.VIOLATION);
        assertThat(scene.first(NOW, here, second(null).offers(T0, "FACE")).exceptionId())
                .as("one site known")
                .isNull();
        assertThat(scene.first(NOW, gate().offers(T0, "FACE"), second("hall").offers(T0, "FACE"))
                        .exceptionId())
                .as("the other site known")
                .isNull();
        assertThat(scene.first(NOW, here).exceptionId()).as("no such point").isNull();
        assertThat(scene.first(
                                NOW,
                                gate().offers(T0, "FACE"),
                                second(null).offers(T0, "FACE").gone(T1))
                        .exceptionId())
                .as("gone since")
                .isNull();
    }

    @Test
    void withoutAnySiteAnExceptionForAnotherPointSaysNothing() {
        scene.law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31");

        Episode episode =
                scene.first(NOW, gate().offers(T0, "FACE"), second(null).offers(T0, "CARD", "FACE"));
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.exceptionId()).isNull();
        assertThat(scene.first(
                                NOW,
                                gate().site("hall").offers(T0, "FACE"),
                                second("hall").retired(T0, "FACE"))
                        .exceptionId())
                .as("a point out of service is still a point")
                .isEqualTo("x1");
    }

    @Test
    void anExceptionOutOfScopeCountsOnlyWhileItIsInForceAndNoneOfItsOwnDoes() {
        AccessPointFixture here = gate().site("hall").offers(T0, "FACE");
        AccessPointFixture covered = second("hall").offers(T0, "FACE");

        scene.law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-07-05", "2026-07-05");
        assertThat(scene.first(NOW, here, covered).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(scene.judge(NOW, here, covered).wakeAt())
                .isEqualTo(LegalDay.of(2026, 7, 6).start());
        scene.law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-07-06", "2026-07-30");
        assertThat(scene.first(NOW, here, covered).verdict()).as("not begun").isEqualTo(Verdict.VIOLATION);
        assertThat(scene.judge(NOW, here, covered).wakeAt())
                .isEqualTo(LegalDay.of(2026, 7, 6).start());
        scene.law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-07-04");
        assertThat(scene.first(NOW, here, covered).verdict()).as("expired").isEqualTo(Verdict.VIOLATION);
        scene.law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31", "approved_by", null);
        assertThat(scene.first(NOW, here, covered).verdict()).as("not approved").isEqualTo(Verdict.VIOLATION);
        scene.law.exception(
                "x1",
                "sole-face-method",
                "gym",
                "gate/2",
                "2026-01-01",
                "2026-12-31",
                "citation",
                "no-equivalent: clean room");
        assertThat(scene.first(NOW, here, covered).verdict())
                .as("a mere statement")
                .isEqualTo(Verdict.VIOLATION);

        scene.law
                .exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31")
                .exception("x2", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-07-01");
        assertThat(scene.first(NOW, here, covered).exceptionId())
                .as("its own, though expired, before another's")
                .isEqualTo("x2");
        scene.law.exception("x2", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-12-31");
        assertThat(scene.first(NOW, here, covered).status()).isEqualTo(Status.EXEMPT);
    }

    @Test
    void theSiteOfTheTimeJudgedCounts() {
        scene.law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31");
        AccessPointFixture resolved = gate().site("hall").offers(T0, "FACE").offers(T1, "FACE", "CARD");

        assertThat(scene.first(
                                NOW,
                                resolved,
                                second("hall").offers(T0, "FACE").site("yard").offers(T1, "FACE"))
                        .verdict())
                .as("moved at the end")
                .isEqualTo(Verdict.SUSPECTED);
        assertThat(scene.first(
                                NOW,
                                resolved,
                                second("hall").offers(T0, "FACE").site("yard").offers("2026-07-02T02:00:00Z", "FACE"))
                        .verdict())
                .as("moved before")
                .isEqualTo(Verdict.VIOLATION);
    }
}
