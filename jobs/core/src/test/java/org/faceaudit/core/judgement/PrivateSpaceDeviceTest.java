package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.event.AccessPointFixture.point;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;

class PrivateSpaceDeviceTest {

    private static final String RULE = "private-space-device";
    private static final String T0 = "2026-07-01T02:00:00Z";
    private static final String T1 = "2026-07-03T02:00:00Z";
    private static final String T2 = "2026-07-04T02:00:00Z";
    private static final String NOW = "2026-07-05T02:00:00Z";

    private final RegistryFixture law = RegistryFixture.law().operator("gym", "某健身公司", "310115");

    private static AccessPointFixture locker(String space) {
        return point("gym", "gate", "1").space(space);
    }

    private List<Episode> episodes(String known, AccessPointFixture point) {
        return AttemptScene.episodes(
                AccessJudgements.judge("gym", "gate", List.of(point.build()), law.registry(), Instant.parse(known)),
                RULE);
    }

    private Episode only(AccessPointFixture point) {
        List<Episode> episodes = episodes(NOW, point);
        assertThat(episodes).hasSize(1);
        return episodes.get(0);
    }

    @Test
    void aFaceDeviceInAPrivateSpaceIsAViolationAtOnce() {
        for (String space : List.of("GUEST_ROOM", "BATH", "CHANGING_ROOM", "TOILET")) {
            List<Episode> episodes = episodes(T0, locker(space).offers(T0, "CARD", "FACE"));
            assertThat(episodes).as(space).hasSize(1);
        }
        Episode episode = only(locker("CHANGING_ROOM").offers(T0, "CARD", "FACE"));
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.severity()).isEqualTo(5);
        assertThat(episode.systemId()).isEqualTo("gate");
        assertThat(episode.occurredOn()).isEqualTo(LegalDay.of(2026, 7, 1));
        assertThat(episode.openedAt()).isEqualTo(T0);
        assertThat(episode.mappingVersion()).isEqualTo("m1");
        assertThat(episode.evidence().positions()).extracting(Position::offset).containsExactly(1L);
        assertThat(episode.explanationZh()).contains("某健身公司", "gate/1", "公共更衣室", "2026-07-01", "第十三条");
        assertThat(episode.explanationEn()).contains("a changing room", "Art. 13", "2026-07-01");
    }

    @Test
    void anyOtherSpaceOrMethodIsNone() {
        assertThat(episodes(NOW, locker("OTHER").offers(T0, "FACE"))).isEmpty();
        assertThat(episodes(NOW, locker(null).offers(T0, "FACE")))
                .as("not named")
                .isEmpty();
        assertThat(episodes(NOW, locker("BATH").offers(T0, "CARD", "PALM"))).isEmpty();
        assertThat(episodes(NOW, locker("BATH").retired(T0, "FACE"))).isEmpty();
    }

    @Test
    void aSpaceThatCannotBeReadIsNotAccused() {
        assertThat(episodes(NOW, locker(AccessPointVersion.UNKNOWN_SPACE).offers(T0, "FACE")))
                .isEmpty();
        assertThat(episodes(NOW, locker("BATH").unreadable(T0))).isEmpty();
    }

    @Test
    void disablingTheFaceOrTakingTheDeviceAwayEndsItAndARelapseIsTheNext() {
        for (AccessPointFixture ended : List.of(
                locker("BATH").offers(T0, "FACE").offers(T1, "CARD"),
                locker("BATH").offers(T0, "FACE").retired(T1, "FACE"),
                locker("BATH").offers(T0, "FACE").gone(T1),
                locker("BATH").offers(T0, "FACE").space("OTHER").offers(T1, "FACE"),
                locker("BATH").offers(T0, "FACE").space(null).offers(T1, "FACE"))) {
            Episode episode = only(ended);
            assertThat(episode.status()).isEqualTo(Status.RESOLVED);
            assertThat(episode.resolvedAt()).isEqualTo(T1);
            assertThat(episode.evidence().positions())
                    .extracting(Position::offset)
                    .containsExactly(1L, 2L);
        }
        assertThat(episodes(
                        NOW,
                        locker("BATH").offers(T0, "FACE").offers(T1, "CARD").offers(T2, "FACE")))
                .extracting(Episode::status)
                .containsExactly(Status.RESOLVED, Status.OPEN);
    }

    @Test
    void anotherPrivateSpaceIsTheSameState() {
        Episode episode = only(locker("BATH").offers(T0, "FACE").space("TOILET").offers(T1, "CARD", "FACE"));

        assertThat(episode.openedAt()).isEqualTo(T0);
        assertThat(episode.explanationEn()).contains("a toilet");
        assertThat(episode.evidence().positions()).hasSize(2);
    }

    @Test
    void whatCanNoLongerBeReadEndsNothing() {
        assertThat(only(locker("BATH").offers(T0, "FACE").unreadable(T1)).status())
                .isEqualTo(Status.OPEN);
        AccessPointFixture space = locker("BATH")
                .offers(T0, "FACE")
                .space(AccessPointVersion.UNKNOWN_SPACE)
                .offers(T1, "FACE");
        assertThat(only(space).status()).isEqualTo(Status.OPEN);
        assertThat(only(space.offers(T2, "CARD")).resolvedAt())
                .as("wherever it stands, the face is off")
                .isEqualTo(T2);
    }

    @Test
    void aStateOlderThanTheMeasuresBeginsOnTheirFirstDay() {
        Episode episode = only(locker("BATH").offers("2024-01-01T00:00:00Z", "FACE"));
        assertThat(episode.openedAt()).isEqualTo(LegalDay.of(2025, 6, 1).start());

        assertThat(episodes(
                        NOW,
                        locker("BATH").offers("2024-01-01T00:00:00Z", "FACE").offers("2025-05-31T16:00:00Z", "CARD")))
                .as("ended as they began")
                .isEmpty();
    }

    @Test
    void aFirstSnapshotCountsFromTheLatestInstant() {
        assertThat(only(locker("BATH").offersSince("2026-01-01T00:00:00Z", T0, "FACE"))
                        .openedAt())
                .isEqualTo(T0);
    }

    @Test
    void noExceptionLiftsIt() {
        law.exception("x1", RULE, "gym", "", "2026-01-01", "2026-12-31");

        Episode episode = only(locker("BATH").offers(T0, "FACE"));
        assertThat(episode.status()).isEqualTo(Status.OPEN);
        assertThat(episode.exceptionId()).isNull();
    }
}
