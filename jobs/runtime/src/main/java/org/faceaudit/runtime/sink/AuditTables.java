package org.faceaudit.runtime.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The audit database as a sink: rows leave with the checkpoint that holds them, each checkpoint in one transaction. Run
 * it with parallelism 1, so that one checkpoint is one transaction.
 */
public final class AuditTables implements Sink<TableRow>, SupportsCommitter<AuditChunk> {

    private static final long serialVersionUID = 1L;

    /** Where the put functions of the audit itself are. */
    static final String SCHEMA = "audit";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AuditDatabase database;
    private final String schema;
    private final Duration patience;

    public AuditTables(AuditDatabase database) {
        this(database, SCHEMA);
    }

    /** With the schema whose put functions take the rows. */
    public AuditTables(AuditDatabase database, String schema) {
        this(database, schema, PATIENCE);
    }

    /** With how long a commit waits for a database that is away before it fails the job. */
    AuditTables(AuditDatabase database, Duration patience) {
        this(database, SCHEMA, patience);
    }

    private AuditTables(AuditDatabase database, String schema, Duration patience) {
        this.database = Objects.requireNonNull(database, "database");
        this.schema = schema;
        this.patience = Objects.requireNonNull(patience, "patience");
        if (!NAME.matcher(schema).matches()) {
            throw new IllegalArgumentException(schema + " is no name of a schema");
        }
    }

    @Override
    public SinkWriter<TableRow> createWriter(WriterInitContext context) {
        return new AuditTablesWriter();
    }

    @Override
    public Committer<AuditChunk> createCommitter(CommitterInitContext context) throws IOException {
        return new AuditTablesCommitter(database.connections(), schema, patience);
    }

    @Override
    public SimpleVersionedSerializer<AuditChunk> getCommittableSerializer() {
        return new AuditChunkSerializer();
    }
}
