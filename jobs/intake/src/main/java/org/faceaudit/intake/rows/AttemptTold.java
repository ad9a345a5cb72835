package org.faceaudit.intake.rows;

import java.util.Objects;
import java.util.Set;
import org.faceaudit.core.event.Attempt;

/**
 * What one change of a row says of an attempt. What the row said before is for the caller to know: the rows of a log are
 * not kept for this.
 *
 * @param told how the change came
 * @param identity see {@link RowChange#identity()}
 * @param kept whether the row passes the filter of its table; one that does so no more is no attempt of the operator's.
 *     {@code null} if the log did not carry what the filter reads
 * @param unchanged what the change does not carry: it is as it was, and the attempt's own value is not to be read
 * @param attempt as the row stands; where it says no time of its own, an insert's commit, else bounds up to the commit
 */
public record AttemptTold(Told told, long identity, Boolean kept, Set<Part> unchanged, Attempt attempt) {

    /** How a change came. */
    public enum Told {
        /** The row is new. */
        INSERTED,
        /** The row was there before. */
        UPDATED,
        /** A snapshot found the row. */
        FOUND,
        /** The first snapshot found the row, or a row of it says more by now: it was there before anybody looked. */
        INHERITED,
        /** A row that this one refers to says something else now. */
        AGAIN
    }

    /** What an attempt consists of. */
    public enum Part {
        POINT,
        PERSON,
        /** Also a row that says no time of its own, or none that can be: if it was told before, that stands. */
        TIME,
        METHOD,
        OUTCOME
    }

    public AttemptTold {
        Objects.requireNonNull(told, "told");
        Objects.requireNonNull(attempt, "attempt");
        unchanged = Set.copyOf(unchanged);
    }
}
