package org.faceaudit.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.junit.jupiter.api.Test;

/** Records as the MariaDB connector 3.5.0 wrote them, on MariaDB 11.4. */
class MariaDbEnvelopeTest {

    private static final String TOPIC = "cdc.t.campus";
    private static final long APPENDED = 1795690161000L;

    static final Mapping MAPPING = new Mapping(
            "t",
            "campus",
            ZoneId.of("Asia/Shanghai"),
            "k1",
            "campus.faceaudit_heartbeat",
            HeartbeatPromise.UNSPOKEN,
            List.of(new MappedTable(
                    "campus.门禁",
                    List.of("编号"),
                    List.of(),
                    List.of(),
                    Map.of(
                            "编号", ColumnForm.PLAIN,
                            "开启", ColumnForm.PLAIN,
                            "flag", ColumnForm.PLAIN,
                            "d", ColumnForm.DATE,
                            "ts", ColumnForm.PLAIN))),
            "0123456789abcdef");

    /** One record of each kind. */
    static final List<String> RECORDS = List.of(update(0), update(1), snapshotRow(), delete(), truncate(), heartbeat());

    private final EnvelopeDecoder decoder = new EnvelopeDecoder(MAPPING);

    private RowChange decode(String record) {
        return decoded(record).change();
    }

    private Decoded decoded(String record) {
        return decoder.decode(TOPIC, 0, 42, APPENDED, null, record.getBytes(StandardCharsets.UTF_8));
    }

    private static String source(String snapshot, String table, String gtid, long position, int row) {
        return """
                "source":{"version":"3.5.0.Final","connector":"mariadb","name":"cdc.t.campus","ts_ms":1795690160000,\
                "snapshot":%s,"db":"campus","sequence":null,"ts_us":1795690160000000,"ts_ns":1795690160000000000,\
                "table":"%s","server_id":7,"gtid":%s,"file":"binlog.000001","pos":%d,"row":%d,"thread":null,"query":null}""".formatted(snapshot, table, gtid, position, row);
    }

    private static String update(int row) {
        return """
                {"before":{"编号":1,"开启":1,"flag":true,"ts":"2026-01-02T03:04:05.123456Z","d":"2026-01-02Z"},\
                "after":{"编号":1,"开启":0,"flag":false,"ts":"2026-01-02T03:04:05.123456Z","d":null},%s,\
                "transaction":{"id":"0-7-20","total_order":1,"data_collection_order":1},"op":"u","ts_ms":1795690160471}""".formatted(source("null", "门禁", "\"0-7-20\"", 5739, row));
    }

    private static String snapshotRow() {
        return """
                {"before":null,"after":{"编号":1,"开启":1,"flag":true,"ts":null,"d":"2026-01-02Z"},%s,"transaction":null,\
                "op":"r","ts_ms":1795690160821}""".formatted(source("\"last\"", "门禁", "null", 3937, 0));
    }

    private static String delete() {
        return """
                {"before":{"编号":1,"开启":0,"flag":false,"ts":null,"d":null},"after":null,%s,\
                "transaction":{"id":"0-7-23","total_order":1,"data_collection_order":1},"op":"d","ts_ms":1795690160524}""".formatted(source("null", "门禁", "\"0-7-23\"", 6569, 0));
    }

    private static String truncate() {
        return """
                {"before":null,"after":null,%s,"transaction":{"id":"0-7-22","total_order":1,"data_collection_order":1},\
                "op":"t","ts_ms":1795690160514}""".formatted(source("null", "门禁", "\"0-7-22\"", 6476, 0));
    }

    private static String heartbeat() {
        return """
                {"before":null,"after":{"id":1,"beat_at":"2026-11-26T10:49:03.835318Z"},%s,\
                "transaction":{"id":"0-7-15","total_order":1,"data_collection_order":1},"op":"c","ts_ms":1795690144093}""".formatted(source("null", "faceaudit_heartbeat", "\"0-7-15\"", 3937, 0));
    }

    @Test
    void anUpdateIsReadAtItsPlaceInTheBinaryLog() {
        RowChange change = decode(update(0));
        assertThat(change.kind()).isEqualTo(Kind.UPDATE);
        assertThat(change.table()).isEqualTo("campus.门禁");
        assertThat(change.rowKey()).isEqualTo("1");
        assertThat(change.fields())
                .containsEntry("开启", FieldValue.present("0"))
                .containsEntry("flag", FieldValue.present("false"))
                .containsEntry("d", FieldValue.ABSENT)
                .containsEntry("ts", FieldValue.present("2026-01-02T03:04:05.123456Z"));
        assertThat(change.position().logPosition()).isEqualTo("binlog.000001:5739");
        assertThat(change.position().transaction()).isEqualTo("0-7-20");
        assertThat(change.position().committedAt()).isEqualTo(Instant.ofEpochMilli(1795690160000L));
        assertThat(change.snapshotId()).isZero();
    }

    @Test
    void anUpdateMayLeaveOutWhatDidNotChangeAndAnInsertNothing() {
        String lacking = update(0).replace(",\"ts\":\"2026-01-02T03:04:05.123456Z\"", "");

        assertThat(decoded(lacking).change().fields()).containsEntry("ts", FieldValue.UNKNOWN);
        assertThat(decoded(lacking).lacking()).isNull();
        assertThat(decoded(lacking.replace("\"op\":\"u\"", "\"op\":\"c\"")).lacking())
                .containsExactly("ts");
    }

    @Test
    void rowsOfOneEventAreDifferentChangesAndARepetitionIsTheSame() {
        assertThat(decode(update(0)).identity())
                .isEqualTo(decode(update(0)).identity())
                .isNotEqualTo(decode(update(1)).identity());
    }

    @Test
    void aSnapshotIsKnownByThePlaceAtWhichItWasTaken() {
        RowChange change = decode(snapshotRow());
        assertThat(change.kind()).isEqualTo(Kind.LAST_SNAPSHOT_ROW);
        assertThat(change.snapshotId())
                .isEqualTo(
                        LogPosition.inFile("binlog.000001", 3937).orElseThrow().number());
        assertThat(change.fields()).containsEntry("d", FieldValue.present("2026-01-02"));
    }

    @Test
    void aDeleteBelievesTheKeyOnly() {
        RowChange change = decode(delete());
        assertThat(change.kind()).isEqualTo(Kind.DELETE);
        assertThat(change.rowKey()).isEqualTo("1");
        assertThat(change.fields()).isEmpty();
    }

    @Test
    void aTruncateConcernsTheTable() {
        RowChange change = decode(truncate());
        assertThat(change.kind()).isEqualTo(Kind.TRUNCATE);
        assertThat(change.table()).isEqualTo("campus.门禁");
    }

    @Test
    void theHeartbeatIsOne() {
        RowChange change = decode(heartbeat());
        assertThat(change.kind()).isEqualTo(Kind.HEARTBEAT);
    }

    @Test
    void aFileWithoutANumberIsNoPlace() {
        Decoded decoded = decoder.decode(
                TOPIC,
                0,
                42,
                APPENDED,
                null,
                update(0).replace("binlog.000001", "binlog").getBytes(StandardCharsets.UTF_8));
        assertThat(decoded.reject().reason()).isEqualTo("missing-log-position");
    }
}
