package org.faceaudit.core.event;

import java.util.List;
import java.util.Objects;

/**
 * Every absence of a mapped column that the changes of one source have shown so far.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param absences by table, column and time
 */
public record ColumnAbsences(String operator, String system, List<ColumnAbsence> absences) {

    public ColumnAbsences {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        absences = List.copyOf(absences);
    }
}
