package org.faceaudit.runtime.sink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;

/** Gathers the rows of one checkpoint and hands them to the committer in chunks; touches no database. */
final class AuditTablesWriter implements CommittingSinkWriter<TableRow, AuditChunk> {

    static final int MAX_ROWS = 1_000;
    static final int MAX_BYTES = 1 << 20;

    private final Map<AuditTable, List<String>> rows = new EnumMap<>(AuditTable.class);

    @Override
    public void write(TableRow row, Context context) {
        rows.computeIfAbsent(row.table(), table -> new ArrayList<>()).add(row.json());
    }

    /** Rows leave with the checkpoint and never before it. */
    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<AuditChunk> prepareCommit() {
        List<AuditChunk> chunks = new ArrayList<>();
        rows.forEach((table, json) -> cut(table, json, chunks));
        rows.clear();
        return chunks;
    }

    private static void cut(AuditTable table, List<String> rows, List<AuditChunk> chunks) {
        StringBuilder array = new StringBuilder("[");
        int count = 0;
        int bytes = 2;
        for (String row : rows) {
            int size = row.getBytes(StandardCharsets.UTF_8).length + 1;
            if (count > 0 && (count == MAX_ROWS || bytes + size > MAX_BYTES)) {
                chunks.add(
                        new AuditChunk(table, chunks.size(), array.append(']').toString()));
                array = new StringBuilder("[");
                count = 0;
                bytes = 2;
            }
            if (count > 0) {
                array.append(',');
            }
            array.append(row);
            bytes += size;
            count++;
        }
        if (count > 0) {
            chunks.add(new AuditChunk(table, chunks.size(), array.append(']').toString()));
        }
    }

    /** Nothing to release: what was not handed over belongs to no checkpoint and is derived again. */
    @Override
    public void close() {}
}
