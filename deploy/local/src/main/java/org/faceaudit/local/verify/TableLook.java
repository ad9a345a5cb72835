package org.faceaudit.local.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.faceaudit.intake.mapping.Mapping;

/**
 * One look at the running tables: an alert, and how far the tables know what it may rest on.
 *
 * @param episodes the alert's rows, in order
 * @param sources of the alert's operator, and the registry
 */
record TableLook(List<AlertEpisode> episodes, List<KnownSource> sources) {

    TableLook {
        episodes = List.copyOf(episodes);
        sources = List.copyOf(sources);
    }

    /**
     * How far a source is known.
     *
     * @param knownThrough {@code null} while nothing is known
     * @param changes read of it
     * @param generation of the job that told it
     */
    record KnownSource(String operator, String system, Instant knownThrough, long changes, long generation) {

        boolean isOf(Mapping mapping) {
            return operator.equals(mapping.operator()) && system.equals(mapping.system());
        }
    }

    /** All in one transaction, so that nothing moves between the rows. */
    static TableLook at(Connection connection, UUID alert) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            List<AlertEpisode> episodes = AlertEpisode.read(connection, "audit", alert);
            List<KnownSource> sources = new ArrayList<>();
            if (!episodes.isEmpty()) {
                try (PreparedStatement select =
                        connection.prepareStatement("SELECT operator_id, system_id, known_through, changes, generation"
                                + " FROM audit.source WHERE NOT deleted AND operator_id IN (?, ?)")) {
                    select.setString(1, episodes.get(0).columns().get("operator_id"));
                    select.setString(2, Mapping.REGISTRY);
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            Timestamp known = row.getTimestamp(3);
                            sources.add(new KnownSource(
                                    row.getString(1),
                                    row.getString(2),
                                    known == null ? null : known.toInstant(),
                                    row.getLong(4),
                                    row.getLong(5)));
                        }
                    }
                }
            }
            return new TableLook(episodes, sources);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Of which operator the alert is. */
    String operator() {
        return episodes.get(0).columns().get("operator_id");
    }
}
