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
}
