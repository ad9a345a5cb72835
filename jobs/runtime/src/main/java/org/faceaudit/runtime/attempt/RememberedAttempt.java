package org.faceaudit.runtime.attempt;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;

/**
 * What is remembered of one attempt as long as a change may still correct it.
 *
 * @param table {@code schema.table}
 * @param rowKey the row's key within the table
 * @param ordinal how many rows with the same key there were before
 * @param identities of the changes that told of it, the newest last
 * @param kept whether the row passes the filter of its table
 */
public record RememberedAttempt(
        String table,
        String rowKey,
        int ordinal,
        List<Long> identities,
        boolean kept,
        String pointId,
        PersonToken person,
        TimeBounds at,
        String method,
        AttemptOutcome outcome) {

    public RememberedAttempt {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(rowKey, "rowKey");
        Objects.requireNonNull(at, "at");
        identities = List.copyOf(identities);
    }

    public boolean knows(long identity) {
        return identities.contains(identity);
    }

    public long newest() {
        return identities.get(identities.size() - 1);
    }

    public boolean isBefore(Instant instant) {
        return at.latest().isBefore(instant);
    }

    /** Whether the same is said of the attempt itself. */
    public boolean saysTheSame(RememberedAttempt other) {
        return kept == other.kept
                && at.equals(other.at)
                && outcome == other.outcome
                && Objects.equals(pointId, other.pointId)
                && Objects.equals(person, other.person)
                && Objects.equals(method, other.method);
    }

    /**
     * The same as a row that is not the operator's and of nobody knows when: nothing stands of it, and its changes are known
     * again for as long as those of the one before.
     */
    RememberedAttempt inTheShadowOf(RememberedAttempt before) {
        Instant latest = before.at.latest().isAfter(at.latest()) ? before.at.latest() : at.latest();
        return new RememberedAttempt(
                table,
                rowKey,
                ordinal,
                identities,
                false,
                pointId,
                person,
                TimeBounds.between(Instant.EPOCH, latest),
                method,
                outcome);
    }

    /** As an attempt, without the number of rows before it. */
    public Attempt attempt(String operator, String system, String mappingVersion, Position position) {
        return new Attempt(
                operator, system, table + '/' + rowKey, pointId, person, at, method, outcome, mappingVersion, position);
    }
}
