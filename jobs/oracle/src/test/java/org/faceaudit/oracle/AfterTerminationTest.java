package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.use;
import static org.faceaudit.oracle.history.RegistrySource.row;

import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;

/** A photo stored since 2026-03-01; all use ended on 20 March: to be gone by 4 April. */
class AfterTerminationTest {

    private final Gym gym = new Gym()
            .commits(
                    "2026-03-01T09:00",
                    transaction -> transaction.insert(Gym.PHOTO, row("id", 6, "taken_at", null, "keep_days", null)));

    @Test
    void whatIsKeptAfterTheDeletionDaysIsABreach() {
        gym.registered(transaction -> use(transaction, "u1", "2026-03-20"));

        assertThat(gym.images("2026-04-04T23:59")).isEmpty();
        assertThat(gym.images("2026-04-05T00:00"))
                .containsExactly("after-termination VIOLATION OPEN 2026-04-05 due 2026-04-04 1x - -");
    }

    @Test
    void whileAnyUseGoesOnThereIsNoEnd() {
        gym.registered(transaction -> {
            use(transaction, "u1", "2026-03-20");
            use(transaction, "u2", null);
        });

        assertThat(gym.images("2026-11-01T00:00")).isEmpty();
    }

    @Test
    void whatIsStoredAfterwardsIsABreachAtOnceAndTheNextEpisode() {
        gym.registered(transaction -> use(transaction, "u1", "2026-03-20"))
                .deletes("2026-04-10T10:00", Gym.PHOTO, 6)
                .commits(
                        "2026-04-20T09:00",
                        transaction ->
                                transaction.insert(Gym.PHOTO, row("id", 7, "taken_at", null, "keep_days", null)));

        assertThat(gym.images("2026-05-01T00:00"))
                .containsExactly(
                        "after-termination VIOLATION RESOLVED 2026-04-05 due 2026-04-04 1x 2026-04-10T10:00 -",
                        "after-termination VIOLATION OPEN 2026-04-20T09:00 due 2026-04-04 1x - -");
    }

    @Test
    void facesOfOtherSystemsWithAPhotoAreImagesToo() {
        SampleSource faces = Scene.faces("faces");
        faces.snapshot(Scene.shanghai("2026-01-01T08:00"));
        faces.commit(Scene.shanghai("2026-01-02T08:00"), transaction -> {
            Scene.face(transaction, 1, "a", "2026-01-02T08:00");
            Scene.face(transaction, 2, "b", "2026-01-02T08:00");
            transaction.update("public.face", "2", row("photo_url", "d1:present:image/jpeg:64k"));
        });
        Scene.beat(faces, "2026-11-20T12:00");

        assertThat(new Scene()
                        .register(transaction -> use(transaction, "u1", "2026-03-20"))
                        .alerts("2026-11-20T12:00", faces))
                .filteredOn(alert -> alert.ruleId().equals("raw-image-retained"))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.subjectId()).isEqualTo("faces/after-termination");
                    assertThat(alert.measured()).isEqualTo(java.math.BigDecimal.ONE);
                });
    }
}
