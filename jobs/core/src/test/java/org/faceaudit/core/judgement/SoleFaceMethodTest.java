package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.event.AccessPointFixture.point;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.PointConfigurations;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;

class SoleFaceMethodTest {

    private static final String T0 = "2026-07-01T02:00:00Z";
    private static final String T1 = "2026-07-03T02:00:00Z";
    private static final String NOW = "2026-07-05T02:00:00Z";

    private final RegistryFixture law = RegistryFixture.law().operator("gym", "某健身公司", "310115");

    @Test
    void aFaceAsTheOnlyWayInIsAViolationAfterTheGrace() {
        Episode episode = only(NOW, gate().offers(T0, "FACE"));

        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.severity()).isEqualTo(5);
        assertThat(episode.systemId()).isEqualTo("gate");
        assertThat(episode.occurredOn()).isEqualTo(LegalDay.of(2026, 7, 1));
        assertThat(episode.openedAt()).isEqualTo("2026-07-01T03:00:00Z");
        assertThat(episode.measured()).isNull();
        assertThat(episode.mappingVersion()).isEqualTo("m1");
        assertThat(episode.lawVersion()).isEqualTo("measures-2025");
        assertThat(episode.evidence().positions()).extracting(Position::offset).containsExactly(1L);
        assertThat(episode.explanationZh()).contains("某健身公司", "gate/1", "2026-07-01", "第十条");
        assertThat(episode.explanationEn()).contains("Art. 10", "gate/1", "2026-07-01");
    }

    @Test
    void anotherMethodBesideItIsNone() {
        assertThat(episodes(NOW, gate().offers(T0, "CARD", "FACE"))).isEmpty();
    }

    @Test
    void anotherBiometricIsAnotherMethod() {
        assertThat(episodes(NOW, gate().offers(T0, "FACE", "PALM"))).isEmpty();
    }

    @Test
    void anotherBiometricIsNotedWhereItAloneEndsTheStateOrMakesASidePoint() {
        Episode ended = only(NOW, gate().offers(T0, "FACE").offers(T1, "FACE", "FINGERPRINT"));
        assertThat(ended.explanationZh()).contains("其他生物识别");
        assertThat(ended.explanationEn()).contains("biometric too");
        assertThat(only(NOW, gate().offers(T0, "FACE").offers(T1, "CARD", "FACE", "PALM"))
                        .explanationEn())
                .doesNotContain("biometric");

        AccessPointFixture side = gate().site("hall").offers(T0, "FACE");
        assertThat(first(NOW, side, second("hall").offers(T0, "FACE", "IRIS")).explanationEn())
                .contains("biometric too");
    }

    @Test
    void thePersonsOwnDeviceIsAnotherMethod() {
        assertThat(episodes(NOW, gate().offers(T0, "DEVICE", "FACE"))).isEmpty();
        assertThat(episodes(NOW, gate().offers(T0, "DEVICE")))
                .as("no face comes to the operator")
                .isEmpty();
    }

    @Test
    void noMethodAtAllIsNotTheFaceAlone() {
        assertThat(episodes(NOW, gate().offers(T0))).isEmpty();
    }

    @Test
    void aFallbackDownForLessThanTheGraceIsAnOutage() {
        assertThat(episodes(
                        NOW,
                        gate().offers(T0, "CARD", "FACE")
                                .offers("2026-07-02T02:00:00Z", "FACE")
                                .offers("2026-07-02T03:00:00Z", "CARD", "FACE")))
                .as("exactly the grace")
                .isEmpty();
        assertThat(episodes(
                        NOW,
                        gate().offers(T0, "CARD", "FACE")
                                .offers("2026-07-02T02:00:00Z", "FACE")
                                .offers("2026-07-02T03:00:00.001Z", "CARD", "FACE")))
                .as("longer than the grace")
                .hasSize(1);
    }

    @Test
    void withinTheGraceItIsSilentAndKnowsWhenToWake() {
        Judged judged = judge("2026-07-01T02:59:59Z", gate().offers(T0, "FACE"));

        assertThat(judged.derivations()).hasSize(1);
        assertThat(judged.derivations().get(0).episodes()).isEmpty();
        assertThat(judged.wakeAt()).isEqualTo("2026-07-01T03:00:00Z");
        assertThat(episodes("2026-07-01T03:00:00Z", gate().offers(T0, "FACE"))).hasSize(1);
    }

    @Test
    void anotherMethodResolvesItAndARelapseIsTheNextEpisode() {
        List<Episode> episodes = episodes(
                NOW, gate().offers(T0, "FACE").offers(T1, "FACE", "QR").offers("2026-07-04T02:00:00Z", "FACE"));

        assertThat(episodes).extracting(Episode::episode).containsExactly(1, 2);
        assertThat(episodes).extracting(Episode::status).containsExactly(Status.RESOLVED, Status.OPEN);
        assertThat(episodes.get(0).resolvedAt()).isEqualTo(T1);
        assertThat(episodes.get(0).evidence().positions())
                .extracting(Position::offset)
                .containsExactly(1L, 2L);
    }

    @Test
    void aPointTakenOutOfServiceResolvesIt() {
        assertThat(only(NOW, gate().offers(T0, "FACE").retired(T1, "FACE")).resolvedAt())
                .isEqualTo(T1);
    }

    @Test
    void aChangeThatLeavesTheFaceAloneIsTheSameState() {
        Episode episode =
                only(NOW, gate().site("hall").offers(T0, "FACE").site("yard").offers("2026-07-01T02:30:00Z", "FACE"));

        assertThat(episode.openedAt()).isEqualTo("2026-07-01T03:00:00Z");
    }

    @Test
    void unreadableMethodsSayNothingAndResolveNothing() {
        assertThat(episodes(NOW, gate().unreadable(T0))).isEmpty();

        Episode open = only(NOW, gate().offers(T0, "FACE").unreadable(T1));
        assertThat(open.status()).isEqualTo(Status.OPEN);
        assertThat(open.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(open.explanationEn()).contains("unreadable since 2026-07-03");
        assertThat(open.evidence().positions()).extracting(Position::offset).containsExactly(1L, 2L);

        AccessPointFixture repaired =
                gate().offers(T0, "FACE").unreadable(T1).offers("2026-07-04T02:00:00Z", "FACE", "CARD");
        assertThat(only(NOW, repaired).resolvedAt()).isEqualTo("2026-07-04T02:00:00Z");

        AccessPointFixture readAgain = gate().offers(T0, "FACE").unreadable(T1).offers("2026-07-04T02:00:00Z", "FACE");
        assertThat(only(NOW, readAgain).explanationEn())
                .as("one state, one episode")
                .doesNotContain("unreadable");
    }

    @Test
    void rowsThatContradictEachOtherAccuseNobodyAndResolveNothing() {
        assertThat(episodes(NOW, gate().offers(T0, "FACE"), setting().offers(T0, "CARD", "FACE")))
                .as("from the beginning")
                .isEmpty();

        Episode open = only(NOW, gate().offers(T0, "FACE"), setting().offers(T1, "CARD", "FACE"));
        assertThat(open.status()).isEqualTo(Status.OPEN);
        assertThat(open.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(open.explanationZh()).contains("自2026-07-03起对该验证点的配置记录相互矛盾");
        assertThat(open.explanationEn()).contains("contradict each other since 2026-07-03");

        Episode resolved = only(
                NOW,
                gate().offers(T0, "FACE").gone("2026-07-04T02:00:00Z"),
                setting().offers(T1, "CARD", "FACE"));
        assertThat(resolved.resolvedAt()).as("what is left offers a card").isEqualTo("2026-07-04T02:00:00Z");
    }

    @Test
    void rowsThatBeginToContradictEachOtherWithinTheGraceLeaveNothing() {
        assertThat(episodes(NOW, gate().offers(T0, "FACE"), setting().offers("2026-07-01T03:00:00Z", "CARD", "FACE")))
                .as("exactly the grace")
                .isEmpty();
        assertThat(episodes(
                        NOW,
                        gate().offers(T0, "FACE"),
                        setting().offers("2026-07-01T03:00:00.000001Z", "CARD", "FACE")))
                .as("beyond it")
                .hasSize(1);
    }

    @Test
    void methodsThatBecomeUnreadableWithinTheGraceLeaveNothing() {
        assertThat(episodes(NOW, gate().offers(T0, "FACE").unreadable("2026-07-01T02:30:00Z")))
                .isEmpty();
        assertThat(episodes(NOW, gate().offers(T0, "FACE").unreadable("2026-07-01T03:00:00Z")))
                .as("exactly the grace")
                .isEmpty();
    }

    @Test
    void aSidePointOfASiteThatOffersAnotherMethodElsewhereIsSuspected() {
        AccessPointFixture side = gate().site("hall").offers(T0, "FACE");
        AccessPointFixture main = point("gym", "gate", "2").site("hall").offers(T0, "CARD", "FACE");

        Episode episode = judge(NOW, side, main).derivations().get(0).episodes().get(0);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.severity()).isEqualTo(3);

        AccessPointFixture elsewhere = point("gym", "gate", "2").site("yard").offers(T0, "CARD", "FACE");
        AccessPointFixture retired = point("gym", "gate", "2").site("hall").retired(T0, "CARD", "FACE");
        AccessPointFixture unread = point("gym", "gate", "2").site("hall").unreadable(T0);
        for (AccessPointFixture other : List.of(elsewhere, retired, unread)) {
            assertThat(judge(NOW, side, other)
                            .derivations()
                            .get(0)
                            .episodes()
                            .get(0)
                            .verdict())
                    .isEqualTo(Verdict.VIOLATION);
        }
    }

    @Test
    void aResolvedEpisodeHasTheVerdictOfItsEnd() {
        AccessPointFixture side = gate().site("hall").offers(T0, "FACE").offers(T1, "FACE", "QR");
        AccessPointFixture main = point("gym", "gate", "2")
                .site("hall")
                .offers(T0, "CARD", "FACE")
                .offers(T1, "FACE");

        Judged judged = judge(NOW, side, main);

        assertThat(judged.derivations().get(0).episodes().get(0).verdict()).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void aValidExceptionMakesItExempt() {
        for (String subject : List.of("gate/1", "gate", "")) {
            law.exception("x1", "sole-face-method", "gym", subject, "2026-01-01", "2026-07-05");

            Episode episode = only(NOW, gate().offers(T0, "FACE"));

            assertThat(episode.status()).as(subject).isEqualTo(Status.EXEMPT);
            assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
            assertThat(episode.exceptionId()).isEqualTo("x1");
        }
        assertThat(judge(NOW, gate().offers(T0, "FACE")).wakeAt())
                .isEqualTo(LegalDay.of(2026, 7, 6).start());
    }

    @Test
    void theEvidenceHoldsTheSidePointAndTheException() {
        law.exception("x1", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-07-05");
        AccessPointFixture side = gate().site("hall").offers(T0, "FACE");
        AccessPointFixture later = point("gym", "gate", "3").site("hall").offers(T0, "CARD");
        AccessPointFixture main = point("gym", "gate", "2").site("hall").offers(T0, "CARD", "FACE");

        Episode episode =
                judge(NOW, later, side, main).derivations().get(0).episodes().get(0);

        assertThat(episode.evidence().positions())
                .extracting(Position::table, Position::keyHash)
                .contains(tuple("public.gate", "k-1"), tuple("public.gate", "k-2"))
                .anySatisfy(one -> assertThat(one.toString()).contains("registry.exception"))
                .hasSize(3);
    }

    @Test
    void anExpiredExceptionIsSuspected() {
        law.exception("x1", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-07-04");

        Episode episode = only(NOW, gate().offers(T0, "FACE"));

        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.exceptionId()).isEqualTo("x1");
    }

    @Test
    void aStatementThatNoMethodIsEquivalentIsSuspected() {
        law.exception(
                "x1",
                "sole-face-method",
                "gym",
                "gate/1",
                "2026-01-01",
                "2026-12-31",
                "citation",
                "no-equivalent: clean room");

        Episode episode = only(NOW, gate().offers(T0, "FACE"));

        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void anExceptionThatIsNotApprovedOrNamesAnUnknownSubjectOrAnotherRuleIsNone() {
        law.exception("x1", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-12-31", "approved_by", null)
                .exception("x2", "sole-face-method", "gym", "gate/11", "2026-01-01", "2026-12-31")
                .exception("x3", "raw-image-retained", "gym", "gate/1", "2026-01-01", "2026-12-31")
                .exception("x4", "sole-face-method", "hotel", "gate/1", "2026-01-01", "2026-12-31");

        Episode episode = only(NOW, gate().offers(T0, "FACE"));

        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.exceptionId()).isNull();
    }

    @Test
    void anExceptionForAnotherPointOfTheSiteIsOutOfScopeAndSuspected() {
        law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31");
        AccessPointFixture covered = point("gym", "gate", "2").site("hall").offers(T0, "FACE");

        Episode episode = first(NOW, gate().site("hall").offers(T0, "FACE"), covered);

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
        law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31")
                .exception("x2", "sole-face-method", "gym", "gate/nowhere", "2026-01-01", "2026-12-31")
                .exception("x3", "sole-face-method", "gym", "desk", "2026-01-01", "2026-12-31")
                .exception("x4", "sole-face-method", "gym", "desk/2", "2026-01-01", "2026-12-31");
        AccessPointFixture here = gate().site("hall").offers(T0, "FACE");

        assertThat(first(NOW, here, second("yard").offers(T0, "FACE")).verdict())
                .as("another site")
                .isEqualTo(Verdict.VIOLATION);
        assertThat(first(NOW, here, second(null).offers(T0, "FACE")).exceptionId())
                .as("one site known")
                .isNull();
        assertThat(first(NOW, gate().offers(T0, "FACE"), second("hall").offers(T0, "FACE"))
                        .exceptionId())
                .as("the other site known")
                .isNull();
        assertThat(first(NOW, here).exceptionId()).as("no such point").isNull();
        assertThat(first(
                                NOW,
                                gate().offers(T0, "FACE"),
                                second(null).offers(T0, "FACE").gone(T1))
                        .exceptionId())
                .as("gone since")
                .isNull();
    }

    @Test
    void withoutAnySiteAnExceptionForAnotherPointSaysNothing() {
        law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31");

        Episode episode = first(NOW, gate().offers(T0, "FACE"), second(null).offers(T0, "CARD", "FACE"));
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.exceptionId()).isNull();
        assertThat(first(
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

        law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-07-05", "2026-07-05");
        assertThat(first(NOW, here, covered).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(judge(NOW, here, covered).wakeAt())
                .isEqualTo(LegalDay.of(2026, 7, 6).start());
        law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-07-06", "2026-07-30");
        assertThat(first(NOW, here, covered).verdict()).as("not begun").isEqualTo(Verdict.VIOLATION);
        assertThat(judge(NOW, here, covered).wakeAt())
                .isEqualTo(LegalDay.of(2026, 7, 6).start());
        law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-07-04");
        assertThat(first(NOW, here, covered).verdict()).as("expired").isEqualTo(Verdict.VIOLATION);
        law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31", "approved_by", null);
        assertThat(first(NOW, here, covered).verdict()).as("not approved").isEqualTo(Verdict.VIOLATION);
        law.exception(
                "x1",
                "sole-face-method",
                "gym",
                "gate/2",
                "2026-01-01",
                "2026-12-31",
                "citation",
                "no-equivalent: clean room");
        assertThat(first(NOW, here, covered).verdict()).as("a mere statement").isEqualTo(Verdict.VIOLATION);

        law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31")
                .exception("x2", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-07-01");
        assertThat(first(NOW, here, covered).exceptionId())
                .as("its own, though expired, before another's")
                .isEqualTo("x2");
        law.exception("x2", "sole-face-method", "gym", "gate/1", "2026-01-01", "2026-12-31");
        assertThat(first(NOW, here, covered).status()).isEqualTo(Status.EXEMPT);
    }

    @Test
    void theSiteOfTheTimeJudgedCounts() {
        law.exception("x1", "sole-face-method", "gym", "gate/2", "2026-01-01", "2026-12-31");
        AccessPointFixture resolved = gate().site("hall").offers(T0, "FACE").offers(T1, "FACE", "CARD");

        assertThat(first(
                                NOW,
                                resolved,
                                second("hall").offers(T0, "FACE").site("yard").offers(T1, "FACE"))
                        .verdict())
                .as("moved at the end")
                .isEqualTo(Verdict.SUSPECTED);
        assertThat(first(
                                NOW,
                                resolved,
                                second("hall").offers(T0, "FACE").site("yard").offers("2026-07-02T02:00:00Z", "FACE"))
                        .verdict())
                .as("moved before")
                .isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aStateOlderThanTheMeasuresBeginsOnTheirFirstDay() {
        Episode episode = only(NOW, gate().offers("2024-01-01T00:00:00Z", "FACE"));

        assertThat(episode.occurredOn()).isEqualTo(LegalDay.of(2025, 6, 1));
        assertThat(episode.openedAt()).isEqualTo(LegalDay.of(2025, 6, 1).start().plusSeconds(3600));
        assertThat(episodes(
                        NOW,
                        gate().offers("2024-01-01T00:00:00Z", "FACE").offers("2025-05-31T15:59:59Z", "FACE", "CARD")))
                .isEmpty();
    }

    @Test
    void aFirstSnapshotWithoutItsOwnDateCountsFromTheLatestInstant() {
        AccessPointFixture since = gate().offersSince("2026-01-01T00:00:00Z", T0, "FACE");

        assertThat(only(NOW, since).openedAt()).isEqualTo("2026-07-01T03:00:00Z");

        law.exception("x1", "sole-face-method", "gym", "", "2026-01-01", "2026-07-04");
        assertThat(only(NOW, since).openedAt())
                .as("suspected: from the earliest")
                .isEqualTo("2026-01-01T01:00:00Z");
    }

    @Test
    void nothingIsSaidBeforeTheSourceIsKnown() {
        assertThat(AccessJudgements.judge(
                        "gym", "gate", List.of(gate().offers(T0, "FACE").build()), law.registry(), null))
                .isEqualTo(Judged.NOTHING);
    }

    @Test
    void theExplanationDoesNotChangeWithTime() {
        assertThat(only(NOW, gate().offers(T0, "FACE")))
                .isEqualTo(only("2026-10-05T02:00:00Z", gate().offers(T0, "FACE")));
    }

    @Test
    void theOrderOfThePointsDoesNotMatter() {
        List<AccessPoint> points = new ArrayList<>();
        Random facts = new Random(3);
        for (int i = 0; i < 12; i++) {
            AccessPointFixture point = point("gym", "gate", "p" + i);
            Instant at = Instant.parse(T0);
            for (int version = 0; version < 6; version++) {
                point.site("s" + facts.nextInt(3));
                String[] methods = facts.nextBoolean() ? new String[] {"FACE"} : new String[] {"CARD", "FACE"};
                point.offers(at.toString(), methods);
                at = at.plusSeconds(1_800 + facts.nextInt(7_200));
            }
            points.add(point.build());
        }
        Judged plain = AccessJudgements.judge("gym", "gate", points, law.registry(), Instant.parse(NOW));
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(points, new Random(seed));
            assertThat(AccessJudgements.judge("gym", "gate", points, law.registry(), Instant.parse(NOW)))
                    .isEqualTo(plain);
        }
    }

    private static AccessPointFixture gate() {
        return point("gym", "gate", "1");
    }

    /** Another row about the same gate. */
    private static AccessPointFixture setting() {
        return gate().row("public.setting/1");
    }

    private static AccessPointFixture second(String site) {
        return point("gym", "gate", "2").site(site);
    }

    private Episode first(String known, AccessPointFixture... points) {
        return judge(known, points).derivations().get(0).episodes().get(0);
    }

    private Judged judge(String known, AccessPointFixture... points) {
        return AccessJudgements.judge(
                "gym",
                "gate",
                Arrays.stream(points).map(AccessPointFixture::build).toList(),
                law.registry(),
                Instant.parse(known));
    }

    /** Of one point, by all its rows. */
    private List<Episode> episodes(String known, AccessPointFixture... rows) {
        AccessPoint point = PointConfigurations.together(
                Arrays.stream(rows).map(AccessPointFixture::build).toList());
        return AccessJudgements.judge("gym", "gate", List.of(point), law.registry(), Instant.parse(known))
                .derivations()
                .get(0)
                .episodes();
    }

    private Episode only(String known, AccessPointFixture... rows) {
        List<Episode> episodes = episodes(known, rows);
        assertThat(episodes).hasSize(1);
        return episodes.get(0);
    }
}
