package org.faceaudit.intake.rows;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.AccessPointMapping;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.FactMapping.ConsentMapping;
import org.faceaudit.intake.mapping.FactMapping.DeclaredFilingMapping;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.FactMapping.PurposeMapping;
import org.faceaudit.intake.mapping.FactMapping.TechnologyUseMapping;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;

/** Derives each kind of fact of a row before and after a change, and tells what is new. */
record FactNews(Mapping mapping) {

    /** The first that holds of several. */
    enum Told {
        NEWS,
        SAME,
        NOTHING
    }

    /**
     * Tells what one fact of a row has become, if it has.
     *
     * @param earlier the rows before the change
     * @param view the rows after it
     */
    Told tell(
            MappedTable table,
            FactMapping fact,
            String rowKey,
            RowView earlier,
            RowView view,
            Complaints complaints,
            FactSink sink) {
        Complaints none = Complaints.none();
        if (fact instanceof FaceRecordMapping record) {
            return tell(
                    () -> FaceRecords.derive(mapping, table, record, rowKey, earlier, none),
                    () -> FaceRecords.derive(mapping, table, record, rowKey, view, complaints),
                    FaceRecords::withdrawn,
                    sink::faceRecord);
        }
        if (fact instanceof AccessPointMapping point) {
            return tellPoints(
                    AccessPoints.derive(mapping, table, point, rowKey, earlier, none),
                    AccessPoints.derive(mapping, table, point, rowKey, view, complaints),
                    sink);
        }
        if (fact instanceof PurposeMapping purpose) {
            return tell(
                    () -> Purposes.derive(mapping, table, purpose, rowKey, earlier, none),
                    () -> Purposes.derive(mapping, table, purpose, rowKey, view, complaints),
                    Purposes::withdrawn,
                    sink::purpose);
        }
        if (fact instanceof ConsentMapping consent) {
            return tell(
                    () -> Consents.derive(mapping, table, consent, rowKey, earlier, none),
                    () -> Consents.derive(mapping, table, consent, rowKey, view, complaints),
                    Consents::withdrawn,
                    sink::consent);
        }
        if (fact instanceof TechnologyUseMapping use) {
            return tell(
                    () -> DeclaredUses.derive(mapping, table, use, rowKey, earlier, none),
                    () -> DeclaredUses.derive(mapping, table, use, rowKey, view, complaints),
                    DeclaredUses::withdrawn,
                    sink::use);
        }
        if (fact instanceof DeclaredFilingMapping filing) {
            return tell(
                    () -> DeclaredFilings.derive(mapping, table, filing, rowKey, earlier, none),
                    () -> DeclaredFilings.derive(mapping, table, filing, rowKey, view, complaints),
                    DeclaredFilings::withdrawn,
                    sink::filing);
        }
        return attempt(table, (AttemptMapping) fact, rowKey, earlier, view, complaints, sink);
    }

    private static Told tellPoints(Map<String, AccessPoint> before, Map<String, AccessPoint> after, FactSink sink) {
        Set<String> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        Told most = Told.NOTHING;
        for (String id : ids) {
            Told told = tell(() -> before.get(id), () -> after.get(id), AccessPoints::withdrawn, sink::accessPoint);
            most = told.compareTo(most) < 0 ? told : most;
        }
        return most;
    }

    private Told attempt(
            MappedTable table,
            AttemptMapping fact,
            String rowKey,
            RowView earlier,
            RowView view,
            Complaints complaints,
            FactSink sink) {
        AttemptTold before = Attempts.derive(mapping, table, fact, rowKey, earlier, Complaints.none());
        AttemptTold after = Attempts.derive(mapping, table, fact, rowKey, view, complaints);
        if (after == null || (before == null && Boolean.FALSE.equals(after.kept()))) {
            return Told.NOTHING;
        }
        if (after.equals(before)) {
            return Told.SAME;
        }
        boolean again =
                before != null && before.identity() == after.identity() && after.told() != AttemptTold.Told.INHERITED;
        sink.attempt(
                again
                        ? new AttemptTold(
                                AttemptTold.Told.AGAIN,
                                after.identity(),
                                after.kept(),
                                after.unchanged(),
                                after.attempt())
                        : after);
        return Told.NEWS;
    }

    private static <T> Told tell(
            Supplier<T> earlier, Supplier<T> now, UnaryOperator<T> withdrawn, BiConsumer<T, T> deliver) {
        T before = earlier.get();
        T after = now.get();
        if (before == null && after == null) {
            return Told.NOTHING;
        }
        if (Objects.equals(before, after)) {
            return Told.SAME;
        }
        deliver.accept(before, after == null ? withdrawn.apply(before) : after);
        return Told.NEWS;
    }
}
