package org.faceaudit.bench.topic;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.faceaudit.runtime.source.RawRecord;

/** One operator's topic, record by record, as Debezium for PostgreSQL writes it with schemas disabled. Not thread-safe. */
final class OperatorTopic {

    private static final long FIRST_ID = 1_000_000_000L;
    private static final long SNAPSHOT_LSN = 4_000_000_000L;
    private static final long FIRST_TRANSACTION = 700_000_000L;
    private static final int NANO_DIGITS = 19;
    private static final long END_MICROS = Population.END.getEpochSecond() * 1_000_000;
    private static final long SNAPSHOT_MICROS = Population.SNAPSHOT_AT.getEpochSecond() * 1_000_000;
    private static final long DAY_MICROS = 86_400_000_000L;

    private static final String ROW = "{\"id\":#id:10#,\"id_card\":\"t1:id-card:k1:idcard:#token:32#\","
            + "\"created_at\":\"#created:10#T#hour:2#:#minute:2#:#second:2#.#micro:6#Z\",\"template\":\"d1:present:application/octet-stream:le-4k\"}";
    private static final String KEY =
            "{\"id\":#id:10#,\"id_card\":\"\",\"created_at\":\"1970-01-01T00:00:00.000000Z\"}";

    private final Population population;
    private final int operator;
    private final String topic;
    private final Form snapshotRow;
    /** Made when they are needed: of many topics that are read in turn each is made anew for some hundred rows. */
    private Form lastRow;

    private Form insert;
    private Form update;
    private Form delete;
    private Form beat;

    OperatorTopic(Population population, int operator) {
        this.population = population;
        this.operator = operator;
        this.topic = "cdc." + Population.operator(operator) + "." + Topics.SYSTEM;
        this.snapshotRow = new Form("null", ROW, "true", "face", "r");
    }

    private Form lastRow() {
        if (lastRow == null) {
            lastRow = new Form("null", ROW, "last", "face", "r");
        }
        return lastRow;
    }

    private Form insert() {
        if (insert == null) {
            insert = new Form("null", ROW, "false", "face", "c");
        }
        return insert;
    }

    private Form update() {
        if (update == null) {
            update = new Form("null", ROW, "false", "face", "u");
        }
        return update;
    }

    private Form delete() {
        if (delete == null) {
            delete = new Form(KEY, "null", "false", "face", "d");
        }
        return delete;
    }

    private Form beat() {
        if (beat == null) {
            beat = new Form("null", "{\"id\":1}", "false", "faceaudit_heartbeat", "u");
        }
        return beat;
    }

    /** A form and where its slots are. */
    private final class Form {
        private final RecordForm form;
        private final int[] id;
        private final int[] token;
        private final int[] created;
        private final int[] hour;
        private final int[] minute;
        private final int[] second;
        private final int[] micro;
        private final int[] at;
        private final int[] lsn;
        private final int[] transaction;

        Form(String before, String after, String snapshot, String table, String op) {
            form = new RecordForm("{\"before\":" + before + ",\"after\":" + after
                    + ",\"source\":{\"version\":\"3.7.0.Final\",\"connector\":\"postgresql\",\"name\":\"" + topic
                    + "\",\"ts_ms\":#at:13#,\"snapshot\":\"" + snapshot
                    + "\",\"db\":\"faces\",\"sequence\":\"[\\\"#lsn:10#\\\",\\\"#lsn:10#\\\"]\",\"ts_us\":#at:16#,"
                    + "\"ts_ns\":#at:19#,\"schema\":\"public\",\"table\":\"" + table
                    + "\",\"txId\":#transaction:9#,\"lsn\":#lsn:10#,\"xmin\":null,\"origin\":null,\"origin_lsn\":null},"
                    + "\"transaction\":null,\"op\":\"" + op
                    + "\",\"ts_ms\":#at:13#,\"ts_us\":#at:16#,\"ts_ns\":#at:19#}");
            id = form.slots("id");
            token = form.slots("token");
            created = form.slots("created");
            hour = form.slots("hour");
            minute = form.slots("minute");
            second = form.slots("second");
            micro = form.slots("micro");
            at = form.slots("at");
            lsn = form.slots("lsn");
            transaction = form.slots("transaction");
        }

        byte[] fill(long commitMicros, long position, int row, long person, long storedMicros) {
            byte[] record = form.blank();
            form.number(record, at, commitMicros * 1_000, NANO_DIGITS);
            form.number(record, lsn, position, 10);
            form.number(record, transaction, FIRST_TRANSACTION + position % 100_000_000, 9);
            form.number(record, id, FIRST_ID + row, 10);
            form.hex(record, token, 0, Population.tokenHigh(operator, person));
            form.hex(record, token, 16, Population.tokenLow(operator, person));
            if (created.length > 0) {
                long ofDay = Math.floorMod(storedMicros, DAY_MICROS);
                form.text(record, created, date(Math.floorDiv(storedMicros, DAY_MICROS)));
                form.number(record, hour, ofDay / 3_600_000_000L, 2);
                form.number(record, minute, ofDay / 60_000_000L % 60, 2);
                form.number(record, second, ofDay / 1_000_000L % 60, 2);
                form.number(record, micro, ofDay % 1_000_000L, 6);
            }
            return record;
        }
    }

    private static final int DATES = 64;
    private final long[] dateDays = new long[DATES];
    private final byte[][] dateTexts = new byte[DATES][];

    private byte[] date(long epochDay) {
        int slot = (int) Math.floorMod(epochDay, (long) DATES);
        if (dateTexts[slot] == null || dateDays[slot] != epochDay) {
            dateDays[slot] = epochDay;
            dateTexts[slot] = LocalDate.ofEpochDay(epochDay).toString().getBytes(StandardCharsets.US_ASCII);
        }
        return dateTexts[slot];
    }

    RawRecord record(int offset) {
        if (offset < population.rows()) {
            Form form = offset == population.rows() - 1 ? lastRow() : snapshotRow;
            long stored = population.storedAtMicros(operator, offset);
            return raw(
                    offset,
                    SNAPSHOT_MICROS,
                    form.fill(SNAPSHOT_MICROS, SNAPSHOT_LSN, offset, Population.personOfRow(offset), stored));
        }
        int change = offset - population.rows();
        if (change < population.changes()) {
            Form form = switch (Population.kind(change)) {
                case INSERT -> insert();
                case UPDATE -> update();
                case DELETE -> delete();
            };
            long at = population.committedAtMicros(change);
            return raw(
                    offset,
                    at,
                    form.fill(
                            at,
                            SNAPSHOT_LSN + 1 + change,
                            population.rowOf(change),
                            Population.personOfChange(change),
                            at));
        }
        return raw(offset, END_MICROS, beat().fill(END_MICROS, SNAPSHOT_LSN + 1 + change, 0, 0, 0));
    }

    private RawRecord raw(int offset, long commitMicros, byte[] value) {
        return new RawRecord(topic, 0, offset, commitMicros / 1_000 + 5, null, value);
    }
}
