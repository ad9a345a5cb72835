package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.oracle.Scene.day;
import static org.faceaudit.oracle.Scene.of;
import static org.faceaudit.oracle.Scene.shanghai;
import static org.faceaudit.oracle.history.RegistrySource.row;

import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;

class AccessOpinionTest {

    private static final String POINT = "public.access_point";
    private static final String HEARTBEAT = "public.faceaudit_heartbeat";

    private static void point(SampleSource.Transaction transaction, int id, boolean card) {
        transaction.insert(
                POINT,
                row(
                        "id",
                        id,
                        "site",
                        "hall",
                        "by_face",
                        true,
                        "by_card",
                        card,
                        "by_qr",
                        false,
                        "in_service",
                        true,
                        "changed_at",
                        null));
    }

    @Test
    void aPointThatCameAndWentInOneTransactionIsNoSidePoint() {
        SampleSource gym = new SampleSource("cdc.op.gym", "gym", 900_000)
                .table(POINT, "id")
                .table(HEARTBEAT, "id");
        gym.unseen(transaction -> transaction.insert(HEARTBEAT, row("id", 1, "beat_at", null)));
        gym.snapshot(shanghai("2026-03-01T08:00"));
        gym.commit(shanghai("2026-03-02T09:00"), transaction -> point(transaction, 1, false));
        gym.commit(shanghai("2026-03-03T09:00"), transaction -> {
            point(transaction, 2, true);
            transaction.delete(POINT, "2");
        });
        Scene.beat(gym, "2026-03-04T09:00");

        assertThat(of(new Scene().register(transaction -> {}).alerts("2026-03-04T09:00", gym), "sole-face-method"))
                .extracting(OracleAlert::subjectId, OracleAlert::verdict, OracleAlert::occurredOn)
                .containsExactly(tuple("gym/1", "VIOLATION", day("2026-03-02")));
    }

    private static java.util.List<org.assertj.core.groups.Tuple> soleFace(GymDoors doors, String known) {
        return of(doors.known(known), "sole-face-method").stream()
                .map(alert -> tuple(alert.subjectId(), alert.status(), alert.occurredOn()))
                .toList();
    }

    @Test
    void rowsThatDisagreeAboutAPointBeginNothingAndEndNothing() {
        GymDoors doors = new GymDoors()
                .offers("2026-03-02T09:00", "a", "face", "card")
                .offers("2026-03-02T09:00", "b", "face")
                .settles("2026-03-03T09:00", 1, "a", "face")
                .settles("2026-03-03T09:00", 2, "b", "face", "card");
        assertThat(soleFace(doors, "2026-03-05T09:00")).containsExactly(tuple("gym/b", "OPEN", day("2026-03-02")));

        doors.resets("2026-03-06T09:00", 2, "enabled", false).removes("2026-03-06T09:00", GymDoors.POINT, "a");
        assertThat(soleFace(doors, "2026-03-07T09:00"))
                .as("a setting that is off contradicts a gate that is on; of the other gate the setting is left")
                .containsExactly(tuple("gym/a", "OPEN", day("2026-03-06")), tuple("gym/b", "OPEN", day("2026-03-02")));

        doors.resets("2026-03-08T09:00", 2, "gate_id", "c").offers("2026-03-09T09:00", "b", "face", "card");
        assertThat(soleFace(doors, "2026-03-10T09:00"))
                .containsExactly(
                        tuple("gym/a", "OPEN", day("2026-03-06")), tuple("gym/b", "RESOLVED", day("2026-03-02")));
    }

    @Test
    void rowsThatAgreeOrTakeEachOthersPlaceAreOne() {
        GymDoors doors = new GymDoors()
                .offers("2026-03-02T09:00", "a", "face")
                .settles("2026-03-02T09:30", 1, "a", "face")
                .removes("2026-03-03T09:00", GymDoors.POINT, "a");

        assertThat(soleFace(doors, "2026-03-05T09:00")).containsExactly(tuple("gym/a", "OPEN", day("2026-03-02")));
    }
}
