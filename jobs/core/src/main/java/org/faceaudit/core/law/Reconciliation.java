package org.faceaudit.core.law;

import java.time.Instant;
import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * What a source was found to hold and what its evidence topic says that it holds, both at one position of its log.
 *
 * @param systemId the system whose source was asked
 * @param logPosition the position, as the source spells it
 * @param rowsSource rows of the mapped tables in the source
 * @param rowsHere the same by what was captured
 * @param personsSource distinct persons whose faces the source stores
 * @param personsHere the same by what was captured
 * @param checkedAt when they were compared
 * @param position the change this row rests on
 */
public record Reconciliation(
        String id,
        String operatorId,
        String systemId,
        String logPosition,
        long rowsSource,
        long rowsHere,
        long personsSource,
        long personsHere,
        Instant checkedAt,
        Position position) {

    public Reconciliation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(operatorId, "operatorId");
        Objects.requireNonNull(systemId, "systemId");
        Objects.requireNonNull(logPosition, "logPosition");
        Objects.requireNonNull(checkedAt, "checkedAt");
    }

    /** Whether both hold the same numbers. */
    public boolean agrees() {
        return rowsSource == rowsHere && personsSource == personsHere;
    }
}
