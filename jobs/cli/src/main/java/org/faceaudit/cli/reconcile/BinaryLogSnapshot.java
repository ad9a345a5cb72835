package org.faceaudit.cli.reconcile;

import java.util.Optional;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.rows.LogPosition;

/**
 * A consistent snapshot of a MariaDB, by the position of the binary log at which it was taken: it sees every transaction that
 * was logged before, and no other.
 *
 * @param place where the next transaction would be logged
 */
record BinaryLogSnapshot(LogPosition place) implements SourceSnapshot {

    /**
     * The snapshot at a place.
     *
     * @throws IllegalArgumentException if it is none
     */
    static BinaryLogSnapshot at(String file, long position) {
        return new BinaryLogSnapshot(LogPosition.inFile(file, position)
                .orElseThrow(() -> new IllegalArgumentException("no place of a binary log: " + file + ":" + position)));
    }

    @Override
    public String logPosition() {
        return place.text();
    }

    @Override
    public boolean sees(Position change) {
        return of(change).filter(other -> other.isBefore(place.number())).isPresent();
    }

    @Override
    public boolean isPassedBy(Position change) {
        return of(change).filter(other -> !other.isBefore(place.number())).isPresent();
    }

    private static Optional<LogPosition> of(Position change) {
        return Optional.ofNullable(change.logPosition()).flatMap(LogPosition::parse);
    }

    @Override
    public boolean isBefore(long connectorSnapshot) {
        return place.isBefore(connectorSnapshot);
    }
}
