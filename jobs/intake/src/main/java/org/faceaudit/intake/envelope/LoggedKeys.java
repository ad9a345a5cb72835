package org.faceaudit.intake.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.RowKey;

/**
 * Whether a deletion names its row by what the log told. Of a row that is deleted a PostgreSQL logs its replica identity, and
 * Debezium invents a value for every other column that may not be NULL: a mapped key column of which nothing but such a value is
 * there, and which the record's own key does not name, would be another row's.
 *
 * <p>Known gaps: a column of the record's own key that is not in the replica identity is invented there too, and a column with a
 * default of its own is invented as that. What the catalogue says of either is told by schema-drift.
 */
final class LoggedKeys {
    private static final Set<String> INVENTED =
            Set.of("", "0", "0.0", "false", "1970-01-01", "1970-01-01T00:00:00Z", "00:00:00Z", "{}", "{ }");

    private final Mapping mapping;

    LoggedKeys(Mapping mapping) {
        this.mapping = mapping;
    }

    /** @param key of the record; of one without a key nothing can be said */
    boolean tells(RowChange change, byte[] key) {
        if (change.kind() != RowChange.Kind.DELETE || key == null || change.rowKey() == null) {
            return true;
        }
        MappedTable table = mapping.table(change.table()).orElse(null);
        if (table == null || table.isKeyless() || ofBinaryLog(change)) {
            return true;
        }
        String name = change.rowKey();
        List<String> parts = RowKey.parts(table.isPattern() ? name.substring(name.indexOf('/') + 1) : name);
        Set<String> named = null;
        for (int i = 0; i < parts.size(); i++) {
            if (INVENTED.contains(parts.get(i))) {
                named = named == null ? names(key) : named;
                if (!named.contains(table.key().get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A binary log holds the whole row, or the connector does not read it. */
    private static boolean ofBinaryLog(RowChange change) {
        String position = change.position().logPosition();
        return position != null
                && LogPosition.parse(position).filter(LogPosition::inBinaryLog).isPresent();
    }

    /** The columns that a record's key names, in the payload if it comes with its schema. */
    private static Set<String> names(byte[] key) {
        Set<String> names = new HashSet<>();
        try (JsonParser parser = EnvelopeDecoder.JSON.createParser(key)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return names;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean object = parser.nextToken() == JsonToken.START_OBJECT;
                if (name.equals("payload") && object) {
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        names.add(parser.currentName());
                        parser.nextToken();
                        parser.skipChildren();
                    }
                } else {
                    names.add(name);
                    parser.skipChildren();
                }
            }
        } catch (IOException unreadable) {
            // What it names nobody can tell.
            return Set.of();
        }
        return names;
    }
}
