package org.faceaudit.cli.reconcile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.core.event.Position;

/**
 * Which transactions of a PostgreSQL source one snapshot sees, and a position of its log that all of them are before.
 *
 * @param next the lowest transaction id that had not been completed, 64 bits
 * @param inProgress lower ids that had not been completed either, 64 bits
 * @param logPosition where the log was written to next, taken after the snapshot; PostgreSQL's spelling
 */
record PostgresSnapshot(long next, Set<Long> inProgress, String logPosition) implements SourceSnapshot {

    PostgresSnapshot {
        inProgress = Set.copyOf(inProgress);
        lsn(logPosition);
    }

    /**
     * Reads {@code pg_current_snapshot()}: {@code xmin:xmax:id,id,…}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static PostgresSnapshot parse(String snapshot, String logPosition) {
        List<String> parts = new ArrayList<>(List.of(snapshot.split(":", -1)));
        if (parts.size() != 3) {
            throw new IllegalArgumentException("no snapshot: " + snapshot);
        }
        Set<Long> inProgress = new TreeSet<>();
        for (String id : parts.get(2).split(",", -1)) {
            if (!id.isEmpty()) {
                inProgress.add(Long.parseLong(id));
            }
        }
        return new PostgresSnapshot(Long.parseLong(parts.get(1)), inProgress, logPosition);
    }

    /**
     * Whether the snapshot sees what a transaction did.
     *
     * @param transaction its id as the log carries it: 32 bits, which are taken for the nearest of 64, as PostgreSQL does
     */
    boolean sees(String transaction) {
        int ahead = (int) (Long.parseLong(transaction) - next);
        return ahead < 0 && !inProgress.contains(next + ahead);
    }

    @Override
    public boolean sees(Position change) {
        return sees(change.transaction());
    }

    @Override
    public boolean isPassedBy(Position change) {
        return change.logPosition() != null && lsn(change.logPosition()).compareTo(lsn(logPosition)) >= 0;
    }

    @Override
    public boolean isBefore(long connectorSnapshot) {
        return lsn(logPosition).compareTo(BigInteger.valueOf(connectorSnapshot)) < 0;
    }

    private static BigInteger lsn(String text) {
        String[] halves = text.split("/", -1);
        if (halves.length != 2) {
            throw new IllegalArgumentException("no log position of PostgreSQL: " + text);
        }
        return new BigInteger(halves[0], 16).shiftLeft(Integer.SIZE).add(new BigInteger(halves[1], 16));
    }
}
