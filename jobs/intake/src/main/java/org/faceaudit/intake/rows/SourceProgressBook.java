package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Resnapshot;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.intake.rows.RowChange.Kind;

/**
 * Follows one source in the order of its topic: how far it is known, and where its snapshots begin and end.
 *
 * <p>A snapshot ends with its last row, or with the first change of the log that is not older than the snapshot. All its rows
 * are given one instant, that of its first row: the rows themselves carry the times at which their tables were read. A row of
 * a snapshot that is over, or was given up, is a repetition and goes no further.
 *
 * <p>Repeated changes of the log are passed on, since each row knows its own history. They are left out of the count of
 * changes as long as they are among the last {@value #RECENT}.
 *
 * <p>A book that is read as of an earlier instant passes on no change of the log that was committed later: such a change
 * only shows that everything before it has been read, so the source is known up to that instant and no further. A snapshot
 * taken later says what was there before, as long as there is no whole snapshot yet; after one it is left out, and what is
 * read behind it tells no more of the time before.
 */
public final class SourceProgressBook {

    /** Field of {@link Kind#SNAPSHOT_BEGAN} and {@link Kind#SNAPSHOT_ENDED}: how far the source was known before, ISO. */
    static final String KNOWN_THROUGH = "known-through";

    private static final int RECENT = 256;
    private static final int MOST_SNAPSHOTS = 256;

    private final String operator;
    private final String system;
    private final Instant asOf;
    private boolean takenLater;
    private boolean inTheDark;
    private boolean snapshotComplete;
    private Instant knownThrough;
    private long changes;
    private long rejects;
    private long unmapped;
    private Instant lastChangeAt;
    private long openSnapshot;
    private Instant snapshotAt;
    private int incarnation;
    private final LinkedHashSet<Long> snapshots;
    private final LinkedHashSet<Long> recent;

    /** Goes on from a state; {@link SourceProgressState#empty} for a new source. */
    public SourceProgressBook(SourceProgressState state) {
        this(state, null);
    }

    /** The same, read as of an instant; {@code null} for everything that was read. */
    public SourceProgressBook(SourceProgressState state, Instant asOf) {
        this.asOf = asOf;
        operator = state.operator();
        system = state.system();
        snapshotComplete = state.snapshotComplete();
        knownThrough = state.knownThrough();
        changes = state.changes();
        rejects = state.rejects();
        unmapped = state.unmapped();
        lastChangeAt = state.lastChangeAt();
        openSnapshot = state.openSnapshot();
        snapshotAt = state.snapshotAt();
        incarnation = state.incarnation();
        snapshots = new LinkedHashSet<>(state.snapshots());
        recent = new LinkedHashSet<>(state.recent());
    }

    /** The state to go on from. */
    public SourceProgressState state() {
        return new SourceProgressState(
                operator,
                system,
                snapshotComplete,
                knownThrough,
                changes,
                rejects,
                unmapped,
                lastChangeAt,
                openSnapshot,
                snapshotAt,
                incarnation,
                List.copyOf(snapshots),
                List.copyOf(recent));
    }

    /** How far the source is known; of the mapping by which it is read the book says nothing. */
    public SourceProgress progress() {
        return progress(null);
    }

    /** The same, told with the version of that mapping. */
    public SourceProgress progress(String mappingVersion) {
        return new SourceProgress(
                operator,
                system,
                snapshotComplete,
                knownThrough,
                incarnation,
                changes,
                rejects,
                unmapped,
                lastChangeAt,
                mappingVersion);
    }

    /** Counts a record that was refused. */
    public void rejected() {
        rejects++;
    }

    /**
     * Takes the next change of the topic.
     *
     * @return what goes on to the rows, in order: the change with the controls around it, nothing for a repeated snapshot row
     * @throws IllegalArgumentException if the change is of another source
     */
    public List<RowChange> accept(RowChange change) {
        if (!operator.equals(change.operator()) || !system.equals(change.system())) {
            throw new IllegalArgumentException("a change of " + change.operator() + "/" + change.system()
                    + " does not belong to " + operator + "/" + system);
        }
        Objects.requireNonNull(change.kind(), "kind");
        List<RowChange> onward = new ArrayList<>();
        if (change.snapshotId() != 0) {
            acceptSnapshotRow(change, onward);
            return List.copyOf(onward);
        }
        Instant knownBefore = knownThrough;
        if (ofTheLog(change)) {
            if (openSnapshot != 0 && !olderThanSnapshot(change)) {
                endSnapshot(change, onward);
            }
            if (openSnapshot == 0) {
                snapshotComplete = true;
                advance(change);
            }
        }
        if (isBeyond(change.position().committedAt())) {
            if (!Objects.equals(knownThrough, knownBefore)) {
                onward.add(heartbeat(change));
            }
            return List.copyOf(onward);
        }
        count(change);
        onward.add(change);
        return List.copyOf(onward);
    }

    /** What a later change proves: that nothing more comes up to {@link #asOf}. */
    private RowChange heartbeat(RowChange later) {
        return new RowChange(
                operator,
                system,
                Kind.HEARTBEAT,
                later.table(),
                null,
                Map.of(),
                later.identity(),
                0,
                at(later.position(), asOf),
                later.appendedAtMillis());
    }

    private void advance(RowChange change) {
        if (inTheDark) {
            return;
        }
        Instant appendedAt = Instant.ofEpochMilli(change.appendedAtMillis());
        Instant at = change.position().committedAt();
        // More may come of a second that a binary log has only begun to tell of.
        Instant told = logPosition(change).filter(LogPosition::inBinaryLog).isPresent() ? at.minusSeconds(1) : at;
        Instant through = told.isAfter(appendedAt) ? appendedAt : told;
        knownThrough = later(knownThrough, isBeyond(through) ? asOf : through);
    }

    private boolean isBeyond(Instant instant) {
        return asOf != null && instant != null && instant.isAfter(asOf);
    }

    private void acceptSnapshotRow(RowChange change, List<RowChange> onward) {
        if (change.snapshotId() != openSnapshot) {
            if (snapshots.contains(change.snapshotId())) {
                return;
            }
            boolean later = isBeyond(change.position().committedAt());
            if (snapshotComplete && later) {
                // What was lost before it may be older than the instant, unless that lies before all that was read.
                inTheDark = !takenLater;
                // One that was open is given up, as the later one would have done.
                openSnapshot = 0;
                snapshotAt = null;
                return;
            }
            takenLater = later;
            openSnapshot = change.snapshotId();
            snapshotAt = change.position().committedAt();
            incarnation++;
            add(snapshots, openSnapshot, MOST_SNAPSHOTS);
            onward.add(control(Kind.SNAPSHOT_BEGAN, change));
        }
        RowChange row = atSnapshot(change);
        count(row);
        onward.add(row);
        if (change.kind() == Kind.LAST_SNAPSHOT_ROW) {
            endSnapshot(change, onward);
        }
    }

    private RowChange atSnapshot(RowChange change) {
        Kind ofRow = snapshotComplete ? Kind.SNAPSHOT_ROW : Kind.FIRST_SNAPSHOT_ROW;
        Kind kind =
                change.kind() == Kind.LAST_SNAPSHOT_ROW || change.kind() == Kind.SNAPSHOT_ROW ? ofRow : change.kind();
        return new RowChange(
                change.operator(),
                change.system(),
                kind,
                change.table(),
                change.rowKey(),
                change.fields(),
                change.identity(),
                change.snapshotId(),
                at(change.position(), snapshotAt),
                change.appendedAtMillis());
    }

    private static Position at(Position place, Instant instant) {
        return new Position(
                place.topic(),
                place.partition(),
                place.offset(),
                place.logPosition(),
                place.transaction(),
                place.table(),
                place.keyHash(),
                instant,
                place.snapshot());
    }

    private void endSnapshot(RowChange cause, List<RowChange> onward) {
        onward.add(control(Kind.SNAPSHOT_ENDED, cause));
        openSnapshot = 0;
        snapshotAt = null;
        snapshotComplete = true;
    }

    private RowChange control(Kind kind, RowChange cause) {
        Position place = cause.position();
        return new RowChange(
                operator,
                system,
                kind,
                null,
                null,
                Map.of(
                        KNOWN_THROUGH,
                        knownThrough == null ? FieldValue.ABSENT : FieldValue.present(knownThrough.toString())),
                openSnapshot,
                openSnapshot,
                new Position(
                        place.topic(),
                        place.partition(),
                        place.offset(),
                        place.logPosition(),
                        null,
                        null,
                        null,
                        snapshotAt,
                        true),
                cause.appendedAtMillis());
    }

    /**
     * What a control that {@link #accept} passed on says of the log: empty for every other change, and for a snapshot before
     * which the log had told nothing.
     */
    public static Optional<Resnapshot> resnapshot(RowChange control) {
        if (control.kind() != Kind.SNAPSHOT_BEGAN && control.kind() != Kind.SNAPSHOT_ENDED) {
            return Optional.empty();
        }
        FieldValue known = control.fields().get(KNOWN_THROUGH);
        return known.state() == FieldState.PRESENT
                ? Optional.of(new Resnapshot(
                        control.operator(),
                        control.system(),
                        Instant.parse(known.text()),
                        control.position().committedAt(),
                        control.kind() == Kind.SNAPSHOT_ENDED,
                        control.position()))
                : Optional.empty();
    }

    private void count(RowChange change) {
        if (change.table() == null || !add(recent, change.identity(), RECENT)) {
            return;
        }
        if (change.kind() == Kind.NOT_APPLICABLE) {
            unmapped++;
        }
        changes++;
        if (change.kind() != Kind.HEARTBEAT) {
            lastChangeAt = later(lastChangeAt, change.position().committedAt());
        }
    }

    /** Whether the change came out of the log: only that tells how far the source is known. */
    private static boolean ofTheLog(RowChange change) {
        return change.table() != null && !change.position().snapshot();
    }

    /** Whether the change was committed before the open snapshot was taken: then it is a repetition. */
    private boolean olderThanSnapshot(RowChange change) {
        return logPosition(change).filter(place -> place.isBefore(openSnapshot)).isPresent();
    }

    private static Optional<LogPosition> logPosition(RowChange change) {
        return Optional.ofNullable(change.position().logPosition()).flatMap(LogPosition::parse);
    }

    /** Adds to a set of bounded size; {@code false} if it was there already. */
    private static boolean add(Set<Long> set, long element, int most) {
        if (!set.add(element)) {
            return false;
        }
        if (set.size() > most) {
            Iterator<Long> oldest = set.iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }
}
