package org.faceaudit.local.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;

/** States in the audit database by which mapping each source is read, and since which position of its topic. */
final class MappingChanges {

    private final Database audit;

    MappingChanges(Database audit) {
        this.audit = audit;
    }

    /**
     * Enters every mapping that is not the one stated last for its source; as often as one likes.
     *
     * @param mappings as the job reads them
     * @param ends by topic, the offset of the next record when the mapping was taken
     * @param generation of the job that has taken them
     * @param anew operators that it derives anew
     * @throws StackException when the audit database does not take them
     */
    void enter(Iterable<Mapping> mappings, ToLongFunction<String> ends, long generation, Set<String> anew) {
        try (Connection connection = audit.connect(Database.JOB_ROLE)) {
            for (Mapping mapping : mappings) {
                Optional<String> last = last(connection, mapping);
                if (last.filter(mapping.version()::equals).isEmpty()) {
                    long offset = last.isEmpty() ? 0 : ends.applyAsLong(mapping.topic());
                    insert(connection, mapping, offset, generation, anew.contains(mapping.operator()));
                }
            }
        } catch (SQLException e) {
            throw new StackException("The audit database does not take a change of mappings: " + e.getMessage(), e);
        }
    }

    private static Optional<String> last(Connection connection, Mapping mapping) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT mapping_version FROM audit.mapping_change"
                + " WHERE operator_id = ? AND system_id = ? ORDER BY taken_at DESC LIMIT 1")) {
            select.setString(1, mapping.operator());
            select.setString(2, mapping.system());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static void insert(Connection connection, Mapping mapping, long offset, long generation, boolean anew)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO audit.mapping_change (operator_id, system_id, mapping_version, topic, from_offset,"
                        + " read_anew, generation) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, mapping.operator());
            insert.setString(2, mapping.system());
            insert.setString(3, mapping.version());
            insert.setString(4, mapping.topic());
            insert.setLong(5, offset);
            insert.setBoolean(6, anew);
            insert.setLong(7, generation);
            insert.executeUpdate();
        }
    }
}
