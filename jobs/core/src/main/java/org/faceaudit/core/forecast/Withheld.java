package org.faceaudit.core.forecast;

/** Why no forecast is given. */
public enum Withheld {
    /** Not every source of the operator is known yet. */
    SOURCE_UNKNOWN("source-unknown"),
    /** The threshold was reached in the cycle that runs. */
    ALREADY_REACHED("already-reached"),
    /** The threshold may have been reached in the cycle that runs; its counts do not tell. */
    POSSIBLY_REACHED("possibly-reached"),
    /** The newest count is an interval. */
    INEXACT_COUNTS("inexact-counts"),
    /** Exact counts do not reach back far enough, or too many of their weeks were bulk imports. */
    HISTORY_TOO_SHORT("history-too-short"),
    /** The stock does not grow, and reaching within the horizon is improbable. */
    NOT_GROWING("not-growing"),
    /** The stock grows, but reaching within the horizon is improbable. */
    BEYOND_HORIZON("beyond-horizon");

    private final String reason;

    Withheld(String reason) {
        this.reason = reason;
    }

    /** As the view spells it. */
    public String reason() {
        return reason;
    }
}
