package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What one row was from an instant on.
 *
 * @param earliest the earliest instant the state can have begun
 * @param latest the latest; the same unless a snapshot rather than the log told of it
 * @param row its columns, {@code null} when it does not exist
 * @param ofSnapshot whether a snapshot brought it rather than the log
 * @param position the change that told of it
 */
record RowState(Instant earliest, Instant latest, JsonNode row, boolean ofSnapshot, OraclePosition position) {

    boolean present() {
        return row != null;
    }
}
