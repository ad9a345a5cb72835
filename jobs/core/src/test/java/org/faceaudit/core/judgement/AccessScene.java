package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.event.AccessPointFixture.point;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.PointConfigurations;
import org.faceaudit.core.law.RegistryFixture;

/** Gates of a gym, and the law, as tests of their configuration need them. */
final class AccessScene {

    static final String T0 = "2026-07-01T02:00:00Z";

    static final String T1 = "2026-07-03T02:00:00Z";

    static final String NOW = "2026-07-05T02:00:00Z";

    final RegistryFixture law = RegistryFixture.law().operator("gym", "某健身公司", "310115");

    static AccessPointFixture gate() {
        return point("gym", "gate", "1");
    }

    /** Another row about the same gate. */
    static AccessPointFixture setting() {
        return gate().row("public.setting/1");
    }

    static AccessPointFixture second(String site) {
        return point("gym", "gate", "2").site(site);
    }

    Episode first(String known, AccessPointFixture... points) {
        return judge(known, points).derivations().get(0).episodes().get(0);
    }

    Judged judge(String known, AccessPointFixture... points) {
        return AccessJudgements.judge(
                "gym",
                "gate",
                Arrays.stream(points).map(AccessPointFixture::build).toList(),
                law.registry(),
                Instant.parse(known));
    }

    /** Of one point, by all its rows. */
    List<Episode> episodes(String known, AccessPointFixture... rows) {
        AccessPoint point = PointConfigurations.together(
                Arrays.stream(rows).map(AccessPointFixture::build).toList());
        return AccessJudgements.judge("gym", "gate", List.of(point), law.registry(), Instant.parse(known))
                .derivations()
                .get(0)
                .episodes();
    }

    Episode only(String known, AccessPointFixture... rows) {
        List<Episode> episodes = episodes(known, rows);
        assertThat(episodes).hasSize(1);
        return episodes.get(0);
    }
}
