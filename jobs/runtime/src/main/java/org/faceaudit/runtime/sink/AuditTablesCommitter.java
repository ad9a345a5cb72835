package org.faceaudit.runtime.sink;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of a completed checkpoint in one transaction. A database that is away is waited for, and after {@code
 * patience} the job restarts from the checkpoint and commits again; every statement may run twice.
 */
final class AuditTablesCommitter implements Committer<AuditChunk> {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTablesCommitter.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final JdbcConnectionProvider connections;
    private final String schema;
    private final Duration patience;

    AuditTablesCommitter(JdbcConnectionProvider connections, Duration patience) {
        this(connections, AuditTables.SCHEMA, patience);
    }

    /** With the schema whose put functions take the rows. */
    AuditTablesCommitter(JdbcConnectionProvider connections, String schema, Duration patience) {
        this.connections = connections;
        this.schema = schema;
        this.patience = patience;
    }

    @Override
    public void commit(Collection<CommitRequest<AuditChunk>> requests) throws IOException, InterruptedException {
        if (requests.isEmpty()) {
            return;
        }
        List<AuditChunk> chunks = requests.stream()
                .map(CommitRequest::getCommittable)
                .sorted(Comparator.comparing(AuditChunk::table).thenComparingInt(AuditChunk::number))
                .toList();
        long giveUpAt = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                write(chunks);
                return;
            } catch (SQLException e) {
                abandonConnection();
                if (!mayPass(e) || System.nanoTime() + pause.toNanos() > giveUpAt) {
                    throw new IOException("the audit database did not take the rows of the checkpoint", e);
                }
                LOG.warn("The audit database is away, trying again in {}: {}", pause, e.getMessage());
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void write(List<AuditChunk> chunks) throws IOException, SQLException {
        Connection connection;
        try {
            connection = connections.getOrEstablishConnection();
        } catch (ClassNotFoundException e) {
            throw new IOException("the job jar lacks the PostgreSQL driver", e);
        }
        connection.setAutoCommit(false);
        for (AuditChunk chunk : chunks) {
            try (PreparedStatement statement =
                    connection.prepareStatement(chunk.table().statement(schema))) {
                statement.setString(1, chunk.rows());
                statement.execute();
            }
        }
        connection.commit();
    }

    /** Whether waiting may help: connection lost, shutting down or starting, out of resources, deadlock, timeout. */
    private static boolean mayPass(SQLException failure) {
        String state = failure.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("40");
    }

    /** The state of a connection that failed is unknown: the next attempt opens its own. */
    private void abandonConnection() {
        try {
            connections.closeConnection();
        } catch (RuntimeException e) {
            LOG.warn("Closing the connection to the audit database failed: {}", e.toString());
        }
    }

    /** Commits nothing and never throws: what is not committed stands in the checkpoint. */
    @Override
    public void close() {
        abandonConnection();
    }
}
