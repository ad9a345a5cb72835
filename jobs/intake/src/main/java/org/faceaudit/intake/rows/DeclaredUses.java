package org.faceaudit.intake.rows;

import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.mapping.FactMapping.TechnologyUseMapping;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;

/** Makes uses of face recognition of rows. As of the registry's, the newest state of a row counts, with the days that it tells. */
final class DeclaredUses {

    private DeclaredUses() {}

    /** The use as it stands, {@code null} if the row never was one of the operator's. */
    static DeclaredUse derive(
            Mapping mapping,
            MappedTable table,
            TechnologyUseMapping fact,
            String rowKey,
            RowView view,
            Complaints complaints) {
        NewestCut newest = NewestCut.of(table, fact.readings(), rowKey, view);
        if (newest == null) {
            return null;
        }
        FactValues values = new FactValues(mapping, newest.cut(), view, complaints);
        boolean present = newest.present();
        DayValue startedOn = present ? values.dayValue(fact.startedOn()) : DayValue.ABSENT;
        DayValue terminatedOn = present ? values.dayValue(fact.terminatedOn()) : DayValue.ABSENT;
        if (startedOn.state() == FieldState.PRESENT
                && terminatedOn.state() == FieldState.PRESENT
                && terminatedOn.day().isBefore(startedOn.day())) {
            // One of the two is wrong, and nobody knows which.
            values.unreadable(fact.terminatedOn().column().column(), "ended-before-begun");
            startedOn = DayValue.UNKNOWN;
            terminatedOn = DayValue.UNKNOWN;
        }
        return new DeclaredUse(
                mapping.operator(),
                mapping.system(),
                table.rowName(rowKey),
                mapping.version(),
                present,
                present ? values.text(fact.scene()) : FieldValue.ABSENT,
                startedOn,
                terminatedOn,
                newest.cut().position());
    }

    /** What stands after a use turned out never to have been the operator's. */
    static DeclaredUse withdrawn(DeclaredUse use) {
        return new DeclaredUse(
                use.operator(),
                use.system(),
                use.useKey(),
                use.mappingVersion(),
                false,
                FieldValue.ABSENT,
                DayValue.ABSENT,
                DayValue.ABSENT,
                use.position());
    }
}
