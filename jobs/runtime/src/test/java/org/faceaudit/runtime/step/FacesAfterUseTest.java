package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.intake.envelope.Digests;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.intake.rows.AttemptTold.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which attempts by face are told of an operator whose use has ended, and since when they were made. */
class FacesAfterUseTest {

    private static final Instant MORNING = Instant.parse("2026-03-10T01:00:00Z");

    private final RegistryFixture law = RegistryFixture.law().operator("op", "某健身公司", "310115");
    private AttemptRoute route;
    private long identity;

    @BeforeEach
    void start() throws Exception {
        route = new AttemptRoute(2);
    }

    @AfterEach
    void close() throws Exception {
        route.close();
    }

    private void told(Told how, String key, Instant at, Instant commit, String method) throws Exception {
        identity++;
        Position position = new Position(
                "cdc.op.gym",
                0,
                identity,
                "0/" + identity,
                "7",
                "public.passage",
                Digests.key("public.passage", key),
                commit,
                false);
        Attempt attempt = new Attempt(
                "op",
                "gym",
                "public.passage/" + key,
                "gate-1",
                null,
                TimeBounds.declared(at),
                method,
                AttemptOutcome.PASSED,
                "m1",
                position);
        route.told(new AttemptTold(how, identity, true, Set.of(), attempt));
    }

    private int count() {
        return route.faces.values().stream().mapToInt(FaceAttempts::count).sum();
    }

    @Test
    void facesAreToldFromTheEndOfTheUseOn() throws Exception {
        route.law(law, MORNING);
        for (int i = 0; i < 3; i++) {
            told(Told.INSERTED, Integer.toString(i), MORNING, MORNING.plusSeconds(i), "FACE");
        }
        route.known(MORNING.plusSeconds(9_000));
        route.cut();
        assertThat(route.faces).isEmpty();

        law.use("gate", "op", "2026-01-01", "2026-03-10");
        route.law(law, MORNING);
        route.cut();
        assertThat(count()).isEqualTo(3);

        route.restart(4);
        told(Told.UPDATED, "0", MORNING, MORNING.plusSeconds(9_100), "CARD");
        route.cut();
        assertThat(count()).isEqualTo(2);

        law.use("gate", "op", "2026-01-01", null);
        route.law(law, MORNING);
        route.cut();
        assertThat(route.faces).isEmpty();
    }

    @Test
    void anAttemptWhoseKeyIsUsedAgainIsStillTheFirstOfItsDayOnceEarlierOnesWereNone() throws Exception {
        law.use("gate", "op", "2026-01-01", "2026-03-10");
        route.law(law, MORNING);
        told(Told.INSERTED, "0", MORNING.plusSeconds(600), MORNING.plusSeconds(700), "FACE");
        told(Told.INSERTED, "0", MORNING, MORNING.plusSeconds(800), "FACE");
        route.cut();
        assertThat(route.faces.values()).singleElement().satisfies(day -> {
            assertThat(day.count()).isEqualTo(2);
            assertThat(day.first()).isEqualTo(MORNING);
        });

        route.restart(4);
        told(Told.UPDATED, "0", MORNING, MORNING.plusSeconds(900), "CARD");
        route.cut();

        assertThat(route.faces.values()).singleElement().satisfies(day -> {
            assertThat(day.count()).isEqualTo(1);
            assertThat(day.first()).isEqualTo(MORNING.plusSeconds(600));
        });
    }
}
