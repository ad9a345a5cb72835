package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.event.AccessPointFixture.point;
import static org.faceaudit.core.judgement.AccessScene.NOW;
import static org.faceaudit.core.judgement.AccessScene.T0;
import static org.faceaudit.core.judgement.AccessScene.T1;
import static org.faceaudit.core.judgement.AccessScene.gate;
import static org.faceaudit.core.judgement.AccessScene.second;
import static org.faceaudit.core.judgement.AccessScene.setting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class SoleFaceMethodTest {

    private final AccessScene scene = new AccessScene();

    @Test
    void aFaceAsTheOnlyWayInIsAViolationAfterTheGrace() {
        Episode episode = scene.only(NOW, gate().offers(T0, "FACE"));

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
        assertThat(scene.episodes(NOW, gate().offers(T0, "CARD", "FACE"))).isEmpty();
    }

    @Test
    void anotherBiometricIsAnotherMethod() {
        assertThat(scene.episodes(NOW, gate().offers(T0, "FACE", "PALM"))).isEmpty();
    }

    @Test
    void anotherBiometricIsNotedWhereItAloneEndsTheStateOrMakesASidePoint() {
        Episode ended = scene.only(NOW, gate().offers(T0, "FACE").offers(T1, "FACE", "FINGERPRINT"));
        assertThat(ended.explanationZh()).contains("其他生物识别");
        assertThat(ended.explanationEn()).contains("biometric too");
        assertThat(scene.only(NOW, gate().offers(T0, "FACE").offers(T1, "CARD", "FACE", "PALM"))
                        .explanationEn())
                .doesNotContain("biometric");

        AccessPointFixture side = gate().site("hall").offers(T0, "FACE");
        assertThat(scene.first(NOW, side, second("hall").offers(T0, "FACE", "IRIS"))
                        .explanationEn())
                .contains("biometric too");
    }

    @Test
    void thePersonsOwnDeviceIsAnotherMethod() {
        assertThat(scene.episodes(NOW, gate().offers(T0, "DEVICE", "FACE"))).isEmpty();
        assertThat(scene.episodes(NOW, gate().offers(T0, "DEVICE")))
                .as("no face comes to the operator")
                .isEmpty();
    }

    @Test
    void noMethodAtAllIsNotTheFaceAlone() {
        assertThat(scene.episodes(NOW, gate().offers(T0))).isEmpty();
    }

    @Test
    void aFallbackDownForLessThanTheGraceIsAnOutage() {
        assertThat(scene.episodes(
                        NOW,
                        gate().offers(T0, "CARD", "FACE")
                                .offers("2026-07-02T02:00:00Z", "FACE")
                                .offers("2026-07-02T03:00:00Z", "CARD", "FACE")))
                .as("exactly the grace")
                .isEmpty();
        assertThat(scene.episodes(
                        NOW,
                        gate().offers(T0, "CARD", "FACE")
                                .offers("2026-07-02T02:00:00Z", "FACE")
                                .offers("2026-07-02T03:00:00.001Z", "CARD", "FACE")))
                .as("longer than the grace")
                .hasSize(1);
    }

    @Test
    void withinTheGraceItIsSilentAndKnowsWhenToWake() {
        Judged judged = scene.judge("2026-07-01T02:59:59Z", gate().offers(T0, "FACE"));

        assertThat(judged.derivations()).hasSize(1);
        assertThat(judged.derivations().get(0).episodes()).isEmpty();
        assertThat(judged.wakeAt()).isEqualTo("2026-07-01T03:00:00Z");
        assertThat(scene.episodes("2026-07-01T03:00:00Z", gate().offers(T0, "FACE")))
                .hasSize(1);
    }

    @Test
    void anotherMethodResolvesItAndARelapseIsTheNextEpisode() {
        List<Episode> episodes = scene.episodes(
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
        assertThat(scene.only(NOW, gate().offers(T0, "FACE").retired(T1, "FACE"))
                        .resolvedAt())
                .isEqualTo(T1);
    }

    @Test
    void aChangeThatLeavesTheFaceAloneIsTheSameState() {
        Episode episode = scene.only(
                NOW, gate().site("hall").offers(T0, "FACE").site("yard").offers("2026-07-01T02:30:00Z", "FACE"));

        assertThat(episode.openedAt()).isEqualTo("2026-07-01T03:00:00Z");
    }

    @Test
    void unreadableMethodsSayNothingAndResolveNothing() {
        assertThat(scene.episodes(NOW, gate().unreadable(T0))).isEmpty();

        Episode open = scene.only(NOW, gate().offers(T0, "FACE").unreadable(T1));
        assertThat(open.status()).isEqualTo(Status.OPEN);
        assertThat(open.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(open.explanationEn()).contains("unreadable since 2026-07-03");
        assertThat(open.evidence().positions()).extracting(Position::offset).containsExactly(1L, 2L);

        AccessPointFixture repaired =
                gate().offers(T0, "FACE").unreadable(T1).offers("2026-07-04T02:00:00Z", "FACE", "CARD");
        assertThat(scene.only(NOW, repaired).resolvedAt()).isEqualTo("2026-07-04T02:00:00Z");

        AccessPointFixture readAgain = gate().offers(T0, "FACE").unreadable(T1).offers("2026-07-04T02:00:00Z", "FACE");
        assertThat(scene.only(NOW, readAgain).explanationEn())
                .as("one state, one episode")
                .doesNotContain("unreadable");
    }

    @Test
    void rowsThatContradictEachOtherAccuseNobodyAndResolveNothing() {
        assertThat(scene.episodes(NOW, gate().offers(T0, "FACE"), setting().offers(T0, "CARD", "FACE")))
                .as("from the beginning")
                .isEmpty();

        Episode open = scene.only(NOW, gate().offers(T0, "FACE"), setting().offers(T1, "CARD", "FACE"));
        assertThat(open.status()).isEqualTo(Status.OPEN);
        assertThat(open.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(open.explanationZh()).contains("自2026-07-03起对该验证点的配置记录相互矛盾");
        assertThat(open.explanationEn()).contains("contradict each other since 2026-07-03");

        Episode resolved = scene.only(
                NOW,
                gate().offers(T0, "FACE").gone("2026-07-04T02:00:00Z"),
                setting().offers(T1, "CARD", "FACE"));
        assertThat(resolved.resolvedAt()).as("what is left offers a card").isEqualTo("2026-07-04T02:00:00Z");
    }

    @Test
    void rowsThatBeginToContradictEachOtherWithinTheGraceLeaveNothing() {
        assertThat(scene.episodes(
                        NOW, gate().offers(T0, "FACE"), setting().offers("2026-07-01T03:00:00Z", "CARD", "FACE")))
                .as("exactly the grace")
                .isEmpty();
        assertThat(scene.episodes(
                        NOW,
                        gate().offers(T0, "FACE"),
                        setting().offers("2026-07-01T03:00:00.000001Z", "CARD", "FACE")))
                .as("beyond it")
                .hasSize(1);
    }

    @Test
    void methodsThatBecomeUnreadableWithinTheGraceLeaveNothing() {
        assertThat(scene.episodes(NOW, gate().offers(T0, "FACE").unreadable("2026-07-01T02:30:00Z")))
                .isEmpty();
        assertThat(scene.episodes(NOW, gate().offers(T0, "FACE").unreadable("2026-07-01T03:00:00Z")))
                .as("exactly the grace")
                .isEmpty();
    }

    @Test
    void aSidePointOfASiteThatOffersAnotherMethodElsewhereIsSuspected() {
        AccessPointFixture side = gate().site("hall").offers(T0, "FACE");
        AccessPointFixture main = point("gym", "gate", "2").site("hall").offers(T0, "CARD", "FACE");

        Episode episode =
                scene.judge(NOW, side, main).derivations().get(0).episodes().get(0);
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.severity()).isEqualTo(3);

        AccessPointFixture elsewhere = point("gym", "gate", "2").site("yard").offers(T0, "CARD", "FACE");
        AccessPointFixture retired = point("gym", "gate", "2").site("hall").retired(T0, "CARD", "FACE");
        AccessPointFixture unread = point("gym", "gate", "2").site("hall").unreadable(T0);
        for (AccessPointFixture other : List.of(elsewhere, retired, unread)) {
            assertThat(scene.judge(NOW, side, other)
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

        Judged judged = scene.judge(NOW, side, main);

        assertThat(judged.derivations().get(0).episodes().get(0).verdict()).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void aStateOlderThanTheMeasuresBeginsOnTheirFirstDay() {
        Episode episode = scene.only(NOW, gate().offers("2024-01-01T00:00:00Z", "FACE"));

        assertThat(episode.occurredOn()).isEqualTo(LegalDay.of(2025, 6, 1));
        assertThat(episode.openedAt()).isEqualTo(LegalDay.of(2025, 6, 1).start().plusSeconds(3600));
        assertThat(scene.episodes(
                        NOW,
                        gate().offers("2024-01-01T00:00:00Z", "FACE").offers("2025-05-31T15:59:59Z", "FACE", "CARD")))
                .isEmpty();
    }

    @Test
    void aFirstSnapshotWithoutItsOwnDateCountsFromTheLatestInstant() {
        AccessPointFixture since = gate().offersSince("2026-01-01T00:00:00Z", T0, "FACE");

        assertThat(scene.only(NOW, since).openedAt()).isEqualTo("2026-07-01T03:00:00Z");

        scene.law.exception("x1", "sole-face-method", "gym", "", "2026-01-01", "2026-07-04");
        assertThat(scene.only(NOW, since).openedAt())
                .as("suspected: from the earliest")
                .isEqualTo("2026-01-01T01:00:00Z");
    }

    @Test
    void nothingIsSaidBeforeTheSourceIsKnown() {
        assertThat(AccessJudgements.judge(
                        "gym", "gate", List.of(gate().offers(T0, "FACE").build()), scene.law.registry(), null))
                .isEqualTo(Judged.NOTHING);
    }

    @Test
    void theExplanationDoesNotChangeWithTime() {
        assertThat(scene.only(NOW, gate().offers(T0, "FACE")))
                .isEqualTo(scene.only("2026-10-05T02:00:00Z", gate().offers(T0, "FACE")));
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
        Judged plain = AccessJudgements.judge("gym", "gate", points, scene.law.registry(), Instant.parse(NOW));
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(points, new Random(seed));
            assertThat(AccessJudgements.judge("gym", "gate", points, scene.law.registry(), Instant.parse(NOW)))
                    .isEqualTo(plain);
        }
    }
}
