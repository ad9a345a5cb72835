package org.faceaudit.intake.rows;

import java.util.Collection;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.rows.FactTimelines.Cut;
import org.faceaudit.intake.rows.FactTimelines.Kept;

/**
 * What a row is now, for facts of which no earlier state counts.
 *
 * @param present whether it is there and the operator's; one of which that cannot be said any more stays what it was
 */
record NewestCut(Cut cut, boolean present) {

    /** The newest, {@code null} if the row never was one of the operator's. */
    static NewestCut of(MappedTable table, Collection<Reading> readings, String rowKey, RowView view) {
        RowHistory own = view.history(table.name(), rowKey);
        if (own == null) {
            return null;
        }
        NewestCut newest = null;
        for (Cut cut : FactTimelines.cuts(own, FactTimelines.readings(table, readings), view)) {
            Kept kept = cut.row().present() ? FactTimelines.kept(table, cut, view) : Kept.NO;
            if (newest == null && kept != Kept.YES) {
                continue;
            }
            newest = new NewestCut(cut, kept == Kept.YES || (kept == Kept.NOT_KNOWN && newest.present()));
        }
        return newest;
    }
}
