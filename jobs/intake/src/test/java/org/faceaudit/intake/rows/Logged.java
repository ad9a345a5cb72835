package org.faceaudit.intake.rows;

import static org.faceaudit.intake.Envelopes.record;

import java.time.Instant;
import java.util.Locale;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.Envelopes.Record;

/** Short words for records of the source {@code acme/one}: rows are JSON with single quotes. */
final class Logged {

    private Logged() {}

    static final String TOPIC = "cdc.acme.one";
    static final String SNAPSHOT = "2026-11-01T00:00:00Z";

    static String digest(int n) {
        return String.format(Locale.ROOT, "%032x", n);
    }

    static String member(int n) {
        return "t1:member-no:k1:trim,upper:" + digest(n);
    }

    static String local(int n) {
        return "t1:local-id:k1:none:" + digest(n);
    }

    static String key(int n) {
        return "t1:credential:k1:none:" + digest(n);
    }

    static Record row(String table, String after) {
        return record(TOPIC, "r", "public." + table, null, after)
                .at(SNAPSHOT)
                .lsn(100)
                .snapshot("true");
    }

    static Record last(String table, String after) {
        return row(table, after).snapshot("last");
    }

    static Record again(String table, String after, long lsn, String at) {
        return record(TOPIC, "r", "public." + table, null, after)
                .at(at)
                .lsn(lsn)
                .snapshot("true");
    }

    static Record insert(String table, String after, long lsn, String at) {
        return record(TOPIC, "c", "public." + table, null, after)
                .at(at)
                .lsn(lsn)
                .tx(lsn);
    }

    static Record update(String table, String after, long lsn, String at) {
        return record(TOPIC, "u", "public." + table, null, after)
                .at(at)
                .lsn(lsn)
                .tx(lsn);
    }

    /** An update of which the log tells the whole row before it. */
    static Record update(String table, String before, String after, long lsn, String at) {
        return record(TOPIC, "u", "public." + table, before, after)
                .at(at)
                .lsn(lsn)
                .tx(lsn);
    }

    static Record delete(String table, String before, long lsn, String at) {
        return record(TOPIC, "d", "public." + table, before, null)
                .at(at)
                .lsn(lsn)
                .tx(lsn);
    }

    static TimeBounds bounds(String earliest, String latest) {
        return TimeBounds.between(Instant.parse(earliest), Instant.parse(latest));
    }
}
