package org.faceaudit.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.runtime.source.RawRecord;

/** An evidence topic in the making: records as Debezium for PostgreSQL writes them with schemas disabled. */
public final class EvidenceTopic {

    private final String topic;
    private final List<RawRecord> records = new ArrayList<>();
    private long lsn = 1_000;

    /** An empty topic. */
    public EvidenceTopic(String topic) {
        this.topic = topic;
    }

    /** A row of the snapshot taken at {@code lsn} 1000; {@code last} closes it. */
    public EvidenceTopic snapshot(String at, String table, String row, boolean last) {
        return add(at, "r", table, row, last ? "last" : "true", 1_000);
    }

    public EvidenceTopic insert(String at, String table, String row) {
        return add(at, "c", table, row, "false", ++lsn);
    }

    public EvidenceTopic update(String at, String table, String row) {
        return add(at, "u", table, row, "false", ++lsn);
    }

    public EvidenceTopic delete(String at, String table, String key) {
        return add(at, "d", table, key, "false", ++lsn);
    }

    /** Bytes that are no envelope. */
    EvidenceTopic poison(String at, String text) {
        records.add(new RawRecord(
                topic,
                0,
                records.size(),
                Instant.parse(at).toEpochMilli(),
                null,
                text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    public List<RawRecord> records() {
        return List.copyOf(records);
    }

    private EvidenceTopic add(String at, String op, String table, String row, String snapshot, long position) {
        String[] names = table.split("\\.", -1);
        long millis = Instant.parse(at).toEpochMilli();
        boolean deletion = op.equals("d");
        String json = "{\"before\":" + (deletion ? row : "null") + ",\"after\":" + (deletion ? "null" : row)
                + ",\"source\":{\"version\":\"3.7.0.Final\",\"connector\":\"postgresql\",\"name\":\"" + topic
                + "\",\"ts_ms\":" + millis + ",\"snapshot\":\"" + snapshot
                + "\",\"db\":\"sample\",\"sequence\":\"[null,\\\"" + position + "\\\"]\",\"schema\":\"" + names[0]
                + "\",\"table\":\"" + names[1] + "\",\"txId\":" + position + ",\"lsn\":" + position
                + ",\"xmin\":null},\"transaction\":null,\"op\":\"" + op + "\",\"ts_ms\":" + millis + "}";
        records.add(new RawRecord(
                topic,
                0,
                records.size(),
                millis + 5,
                null,
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return this;
    }
}
