package org.faceaudit.runtime.types;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.envelope.ChangeInPlace;

/** How a position is written beside what it mostly repeats. */
public final class PositionPacking {

    private static final int SNAPSHOT = 1;
    private static final int OF_TABLE = 2;
    private static final int AT_INSTANT = 4;

    private PositionPacking() {}

    /**
     * Writes a position.
     *
     * @param table as known to whoever reads
     * @param at an instant known to whoever reads, {@code null} for none
     */
    public static void write(Position position, String table, Instant at, PackedOutput out) throws IOException {
        boolean ofTable = Objects.equals(position.table(), table);
        boolean atInstant = position.committedAt().equals(at);
        out.bits((position.snapshot() ? SNAPSHOT : 0) | (ofTable ? OF_TABLE : 0) | (atInstant ? AT_INSTANT : 0));
        out.word(position.topic());
        out.number(position.partition());
        out.number(position.offset());
        out.text(position.logPosition(), 0);
        out.text(position.transaction(), 0);
        if (!ofTable) {
            out.word(position.table());
        }
        out.text(position.keyHash(), 0);
        if (!atInstant) {
            out.instant(position.committedAt());
        }
    }

    /** The beginning of the same for all changes of one form, for whoever knows their table and no instant. */
    public static void writePlace(ChangeInPlace change, PackedOutput out) throws IOException {
        out.bits((change.isFound() ? SNAPSHOT : 0) | OF_TABLE);
        out.word(change.topic());
    }

    /** What follows of one that stands in its record. */
    public static void writeBehindPlace(ChangeInPlace change, PackedOutput out) throws IOException {
        out.number(change.partition());
        out.number(change.offset());
        out.logPosition(change.sequenceNumber(), 0);
        if (change.transactionFrom() == 0) {
            out.none(0);
        } else {
            out.text(change.record(), change.transactionFrom(), change.transactionTo(), 0);
        }
        out.digest(change.keyHigh(), change.keyLow(), 0);
        out.instant(change.committedSecond(), change.committedNano());
    }

    /** Reads a position that was written with the same table and instant. */
    public static Position read(String table, Instant at, PackedInput in) throws IOException {
        int bits = in.bits();
        return new Position(
                in.word(),
                (int) in.number(),
                in.number(),
                in.text(),
                in.text(),
                (bits & OF_TABLE) != 0 ? table : in.word(),
                in.text(),
                (bits & AT_INSTANT) != 0 ? at : in.instant(),
                (bits & SNAPSHOT) != 0);
    }
}
