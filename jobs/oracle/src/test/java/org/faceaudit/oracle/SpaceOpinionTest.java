package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.episodes;
import static org.faceaudit.oracle.Scene.of;

import org.faceaudit.oracle.history.RegistrySource;
import org.junit.jupiter.api.Test;

/** Face devices in guest rooms, baths, changing rooms and toilets. */
class SpaceOpinionTest {

    private static final String RULE = "private-space-device";

    private static GymDoors lockers() {
        return new GymDoors().offers("2026-03-02T08:00", "lockers", "face", "card");
    }

    @Test
    void aFaceDeviceInAChangingRoomWhateverElseIsOffered() {
        assertThat(episodes(
                        lockers()
                                .sets("2026-03-03T08:00", "lockers", "space", "changing-room")
                                .known("2026-03-04T08:00"),
                        RULE))
                .containsExactly("VIOLATION 2026-03-03T08:00 -");
    }

    @Test
    void noneInTheHallAndNoneThatOpensByCard() {
        assertThat(of(lockers().known("2026-03-04T08:00"), RULE)).isEmpty();
        assertThat(of(
                        new GymDoors()
                                .offers("2026-03-02T08:00", "lockers", "card")
                                .sets("2026-03-03T08:00", "lockers", "space", "changing-room")
                                .known("2026-03-04T08:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void itEndsWhenTheFaceIsSwitchedOffAndBeginsAgain() {
        assertThat(episodes(
                        lockers()
                                .sets("2026-03-03T08:00", "lockers", "space", "bath")
                                .offers("2026-03-04T08:00", "lockers", "card")
                                .offers("2026-03-05T08:00", "lockers", "face")
                                .sets("2026-03-06T08:00", "lockers", "in_service", false)
                                .known("2026-03-07T08:00"),
                        RULE))
                .containsExactly(
                        "VIOLATION 2026-03-03T08:00 2026-03-04T08:00", "VIOLATION 2026-03-05T08:00 2026-03-06T08:00");
    }

    @Test
    void aSpaceThatCannotBeReadAccusesNobodyAndEndsNothing() {
        assertThat(of(
                        lockers()
                                .sets("2026-03-03T08:00", "lockers", "space", "sauna?")
                                .known("2026-03-04T08:00"),
                        RULE))
                .isEmpty();
        assertThat(episodes(
                        lockers()
                                .sets("2026-03-03T08:00", "lockers", "space", "toilet")
                                .sets("2026-03-04T08:00", "lockers", "space", "sauna?")
                                .known("2026-03-05T08:00"),
                        RULE))
                .containsExactly("VIOLATION 2026-03-03T08:00 -");
    }

    @Test
    void noExceptionIsRead() {
        Scene scene = new Scene().register(transaction -> {
            var exception =
                    RegistrySource.exception("x", "op", null, "某部门规章", Scene.day("2026-01-01"), null, "auditor");
            exception.put("rule_id", RULE);
            transaction.insert("registry.exception", exception);
        });

        assertThat(of(
                        lockers()
                                .sets("2026-03-03T08:00", "lockers", "space", "toilet")
                                .known("2026-03-04T08:00", scene),
                        RULE))
                .extracting(OracleAlert::status)
                .containsExactly("OPEN");
    }
}
