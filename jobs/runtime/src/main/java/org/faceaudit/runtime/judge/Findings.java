package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.runtime.sink.RowDraft;

/**
 * All that a family says of one scope now. What it said before and says no longer has turned out not to be.
 *
 * @param derivations every alert of the scope
 * @param rows every other row of the scope, but those of days
 * @param days a row for each of many days
 * @param wakeAt the earliest instant of knowledge at which this changes without a new fact; {@code null} for none
 */
public record Findings(List<Derivation> derivations, List<RowDraft> rows, DayRows days, Instant wakeAt) {

    public Findings {
        derivations = List.copyOf(derivations);
        rows = List.copyOf(rows);
    }

    /** Without rows of days. */
    public Findings(List<Derivation> derivations, List<RowDraft> rows, Instant wakeAt) {
        this(derivations, rows, DayRows.NONE, wakeAt);
    }
}
