package org.faceaudit.runtime.step;

import java.util.Objects;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.runtime.sink.AuditTable;

/**
 * What a judging step said last of one alert or of one row, so that it repeats nothing and takes back what vanishes.
 *
 * @param digest of what was said
 * @param alert the alert, {@code null} for a row
 * @param table the row's table, {@code null} for an alert
 * @param farewell what to write when the row vanishes, {@code null} for an alert
 */
public record Said(long digest, AlertKey alert, AuditTable table, String farewell) {

    static Said of(long digest, AlertKey alert) {
        return new Said(digest, Objects.requireNonNull(alert, "alert"), null, null);
    }

    static Said of(long digest, AuditTable table, String farewell) {
        return new Said(
                digest, null, Objects.requireNonNull(table, "table"), Objects.requireNonNull(farewell, "farewell"));
    }
}
