package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.intake.rows.RowChange;

/** Asks a change that stands in its record for every part of it, one by one, as whoever writes it down does. */
final class ToldInPlace {

    private ToldInPlace() {}

    static RowChange told(ChangeInPlace change) {
        Map<String, FieldValue> fields = new HashMap<>();
        for (int column : change.columns()) {
            fields.put(change.name(column), value(change, column));
        }
        return new RowChange(
                change.operator(),
                change.system(),
                change.kind(),
                change.table(),
                text(change.rowKey(), change.rowKeyFrom(), change.rowKeyTo()),
                fields,
                change.identity(),
                change.snapshotId(),
                new Position(
                        change.topic(),
                        change.partition(),
                        change.offset(),
                        LogPosition.ofSequenceNumber(change.sequenceNumber()).text(),
                        change.transactionFrom() == 0
                                ? null
                                : text(change.record(), change.transactionFrom(), change.transactionTo()),
                        change.table(),
                        "%016x%016x".formatted(change.keyHigh(), change.keyLow()),
                        Instant.ofEpochSecond(change.committedSecond(), change.committedNano()),
                        change.isFound()),
                change.appendedAtMillis());
    }

    private static FieldValue value(ChangeInPlace change, int column) {
        String text = change.isInPlace(column)
                ? text(change.record(), change.from(column), change.to(column))
                : change.made(column);
        return new FieldValue(change.state(column), change.state(column) == FieldState.PRESENT ? text : null);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
