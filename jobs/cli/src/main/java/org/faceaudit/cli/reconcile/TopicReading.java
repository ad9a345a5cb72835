package org.faceaudit.cli.reconcile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.KeylessRows;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.SourceProgressBook;
import org.faceaudit.intake.rows.SourceProgressState;

/**
 * Reads an evidence topic from its beginning up to exactly a snapshot of the source, and keeps the rows that stand there. Records
 * are decoded as the job decodes them; what becomes of them is worked out here: the topic's order, last writer wins, a new
 * snapshot of the connector replaces everything.
 */
public final class TopicReading {

    private final SourceSnapshot snapshot;
    private final long appendedBefore;
    private final Mapping mapping;
    private final EnvelopeDecoder decoder;
    private final SourceProgressBook book;
    private StandingRows standing;
    /** The rows of a snapshot of the connector that has begun and not ended, else {@code null}. */
    private StandingRows arriving;

    /** Of tables without a key: the changes there were, and when the snapshot that is arriving read each of them. */
    private final Set<Long> read = new HashSet<>();

    private final Map<String, String> readings = new HashMap<>();

    private boolean passed;

    /**
     * A reading of the topic of a mapping.
     *
     * @param snapshot where to stop
     * @param appendedBefore an offset: what lies before it was in the topic before the snapshot was taken, and so cannot be past
     *     it, whatever an earlier life of the database wrote at higher positions
     */
    public TopicReading(Mapping mapping, SourceSnapshot snapshot, long appendedBefore) {
        this.mapping = mapping;
        this.snapshot = snapshot;
        this.appendedBefore = appendedBefore;
        this.decoder = new EnvelopeDecoder(mapping);
        this.book = new SourceProgressBook(SourceProgressState.empty(mapping.operator(), mapping.system()));
        this.standing = new StandingRows(mapping);
    }

    /**
     * Takes the next record.
     *
     * @return whether everything that the snapshot sees has been read; then no more may be given
     * @throws NotComparableException if the connector has read the source anew since
     */
    public boolean take(long offset, long appendedAtMillis, byte[] key, byte[] value) throws NotComparableException {
        Decoded decoded = decoder.decode(mapping.topic(), 0, offset, appendedAtMillis, key, value);
        if (!decoded.rejected()) {
            RowChange change = decoded.change();
            if (change.snapshotId() != 0 && snapshot.isBefore(change.snapshotId()) && offset >= appendedBefore) {
                throw new NotComparableException(
                        "The connector is reading the whole source anew; reconcile when it has finished.");
            }
            for (RowChange onward : book.accept(change)) {
                apply(onward);
            }
            passed = isOfTheLog(change) && offset >= appendedBefore && snapshot.isPassedBy(change.position());
        }
        return passed;
    }

    private static boolean isOfTheLog(RowChange change) {
        return change.table() != null && !change.position().snapshot();
    }

    private void apply(RowChange change) {
        if (change.table() != null && mapping.table(change.table()).isEmpty()) {
            // The heartbeat, a table that nothing maps.
            return;
        }
        if (isKeyless(change) && !read.add(change.identity())) {
            return;
        }
        switch (change.kind()) {
            case SNAPSHOT_BEGAN -> {
                arriving = new StandingRows(mapping);
                readings.clear();
            }
            case SNAPSHOT_ENDED -> {
                standing = arriving;
                arriving = null;
            }
            case HEARTBEAT, NOT_APPLICABLE -> {
                // No row of a mapped table.
            }
            case SNAPSHOT_ROW, FIRST_SNAPSHOT_ROW, LAST_SNAPSHOT_ROW -> {
                if (isKeyless(change)) {
                    found(change);
                } else {
                    put(arriving, change);
                }
            }
            case INCREMENTAL_ROW -> {
                if (!isKeyless(change) && change.position().offset() < appendedBefore) {
                    put(standing, change);
                }
            }
            case UPSERT, UPDATE, DELETE, TRUNCATE -> {
                if (isSeen(change.position())) {
                    applyToBoth(change);
                }
            }
        }
    }

    private boolean isSeen(Position position) {
        return position.transaction() == null ? position.offset() < appendedBefore : snapshot.sees(position);
    }

    private void applyToBoth(RowChange change) {
        applyTo(standing, change);
        if (arriving != null && !isKeyless(change)) {
            // A repetition of what was committed before the connector's snapshot was taken.
            applyTo(arriving, change);
        }
    }

    private void applyTo(StandingRows rows, RowChange change) {
        if (mapping.table(change.table()).orElseThrow().isKeyless()) {
            applyToEquals(rows, change);
            return;
        }
        switch (change.kind()) {
            case DELETE -> rows.remove(change.table(), change.rowKey());
            case TRUNCATE -> rows.clear(change.table(), change.position().table());
            default -> put(rows, change);
        }
    }

    /** Of a table without a key: a change that was read before would count twice. */
    private void applyToEquals(StandingRows rows, RowChange change) {
        switch (change.kind()) {
            case TRUNCATE -> rows.clear(change.table(), change.position().table());
            case DELETE -> rows.takeAway(change.table(), change.rowKey());
            case UPDATE -> {
                rows.takeAway(change.table(), change.rowKey());
                rows.add(change.table(), change.position().table(), equals(change), change.fields());
            }
            default -> rows.add(change.table(), change.position().table(), change.rowKey(), change.fields());
        }
    }

    private String equals(RowChange change) {
        return KeylessRows.equals(
                mapping.table(change.table()).orElseThrow(), change.position().table(), change.fields());
    }

    /** A row of a table without a key that the connector's snapshot found. */
    private void found(RowChange change) {
        Map<String, FieldValue> fields = new HashMap<>(change.fields());
        String reading = fields.remove(RowChange.READING).text();
        String table = change.position().table();
        if (!reading.equals(readings.put(table, reading))) {
            // The table is read from its beginning, for the first time or once more.
            arriving.clear(change.table(), table);
        }
        arriving.add(change.table(), table, change.rowKey(), fields);
    }

    private boolean isKeyless(RowChange change) {
        return change.table() != null
                && mapping.table(change.table()).filter(MappedTable::isKeyless).isPresent();
    }

    private static void put(StandingRows rows, RowChange change) {
        rows.put(change.table(), change.position().table(), change.rowKey(), change.fields());
    }

    /**
     * What stands in the topic at the snapshot.
     *
     * @throws IllegalStateException before everything was read
     */
    public Counts counts() {
        if (!passed) {
            throw new IllegalStateException("the topic has not been read up to " + snapshot.logPosition());
        }
        return standing.counts();
    }
}
