package org.faceaudit.runtime.sink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.faceaudit.core.judgement.ClockStanding;

/**
 * A row that stands until it is replaced or withdrawn, before it is known whether it changed.
 *
 * @param table where it goes
 * @param identity the columns that tell it from other rows of the table
 * @param columns the other columns, without generation and position
 */
public record RowDraft(AuditTable table, ObjectNode identity, ObjectNode columns) {

    public RowDraft {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(columns, "columns");
    }

    /** Names the row among all rows of all tables. */
    public String id() {
        return table.name() + identity;
    }

    /** The row as it stands at a cut. */
    public TableRow row(long generation, long position) {
        ObjectNode row = identity.deepCopy();
        row.setAll(columns);
        return new TableRow(table, AuditJson.text(stamped(row, generation, position)));
    }

    /**
     * What to write when the row turns out not to be, without generation and position. A clock says that it is withdrawn;
     * of any other row readers see nothing more, and an older one that arrives late does not bring it back.
     */
    public String farewell() {
        ObjectNode row = identity.deepCopy();
        if (table == AuditTable.CLOCK) {
            row.setAll(columns);
            row.put("state", ClockStanding.WITHDRAWN.name());
        } else {
            row.put("deleted", true);
        }
        return AuditJson.text(row);
    }

    /** A {@link #farewell()} said at a cut. */
    public static TableRow farewell(AuditTable table, String farewell, long generation, long position) {
        return new TableRow(table, AuditJson.text(stamped(AuditJson.parse(farewell), generation, position)));
    }

    private static ObjectNode stamped(ObjectNode row, long generation, long position) {
        return row.put("generation", generation).put("position", position);
    }
}
