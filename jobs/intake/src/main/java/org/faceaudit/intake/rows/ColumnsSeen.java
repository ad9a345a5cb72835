package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.ColumnAbsence;

/**
 * What {@link ColumnWatch} remembers of one source.
 *
 * @param carriedSince by {@code schema.table.column}, commit time of the earliest row that carried the column
 * @param absences by table, column and time
 */
public record ColumnsSeen(Map<String, Instant> carriedSince, List<ColumnAbsence> absences) {

    /** Of a source of which nothing was read yet. */
    public static final ColumnsSeen NOTHING = new ColumnsSeen(Map.of(), List.of());

    public ColumnsSeen {
        carriedSince = Map.copyOf(carriedSince);
        absences = List.copyOf(absences);
    }
}
