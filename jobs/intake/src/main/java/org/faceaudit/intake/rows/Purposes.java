package org.faceaudit.intake.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.PurposeVersion;
import org.faceaudit.intake.mapping.FactMapping.PurposeMapping;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.FactTimelines.Cut;
import org.faceaudit.intake.rows.FactTimelines.Kept;

/** Makes purposes of rows. */
final class Purposes {

    private Purposes() {}

    /** The purpose's time line, {@code null} if the row never was one of the operator's. */
    static Purpose derive(
            Mapping mapping,
            MappedTable table,
            PurposeMapping fact,
            String rowKey,
            RowView view,
            Complaints complaints) {
        RowHistory own = view.history(table.name(), rowKey);
        if (own == null) {
            return null;
        }
        List<PurposeVersion> versions = new ArrayList<>();
        for (Cut cut : FactTimelines.cuts(own, FactTimelines.readings(table, fact.readings()), view)) {
            FactValues values = new FactValues(mapping, cut, view, complaints);
            PurposeVersion last = versions.isEmpty() ? null : versions.get(versions.size() - 1);
            Kept kept = cut.row().present() ? FactTimelines.kept(table, cut, view) : Kept.NO;
            if (last == null && kept != Kept.YES) {
                continue;
            }
            PurposeVersion version = kept == Kept.NO
                    ? new PurposeVersion(cut.from(), false, null, null, cut.position())
                    : new PurposeVersion(
                            last == null ? values.start(fact.since(), null) : cut.from(),
                            true,
                            values.person(fact.person()),
                            values.day(fact.endsOn()),
                            cut.position());
            if (last == null || !same(last, version)) {
                versions.add(version);
            }
        }
        return versions.isEmpty()
                ? null
                : new Purpose(mapping.operator(), mapping.system(), table.rowName(rowKey), mapping.version(), versions);
    }

    /** What stands after a purpose turned out never to have been the operator's. */
    static Purpose withdrawn(Purpose purpose) {
        PurposeVersion first = purpose.versions().get(0);
        return new Purpose(
                purpose.operator(),
                purpose.system(),
                purpose.purposeKey(),
                purpose.mappingVersion(),
                List.of(new PurposeVersion(first.from(), false, null, null, first.position())));
    }

    private static boolean same(PurposeVersion one, PurposeVersion other) {
        return one.present() == other.present()
                && Objects.equals(one.person(), other.person())
                && Objects.equals(one.endsOn(), other.endsOn());
    }
}
