package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.intake.Envelopes;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;

/** A table with a column of every form, and records of it. */
final class Members {

    static final String TOPIC = "cdc.iron-gym.gym";
    static final long APPENDED = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
    static final String TOKEN = "t1:member-no:k1:trim,upper:0123456789abcdef0123456789abcdef";

    /** A whole row, with a column that nobody asked for. */
    static final String ROW = "{'branch':'a/b%','id':7,'member_no':'" + TOKEN
            + "','photo':'d1:present:image/jpeg:64k','joined':'2024-02-29Z','level':1.50,'name':'not captured'}";

    static final Mapping MAPPING = new Mapping(
            "iron-gym",
            "gym",
            ZoneId.of("Asia/Shanghai"),
            "k1",
            "public.heartbeat",
            HeartbeatPromise.UNSPOKEN,
            List.of(new MappedTable(
                    "public.member",
                    List.of("branch", "id"),
                    List.of(),
                    List.of(),
                    Map.of(
                            "branch", ColumnForm.PLAIN,
                            "id", ColumnForm.PLAIN,
                            "member_no", ColumnForm.token("member-no", "trim,upper"),
                            "photo", ColumnForm.descriptor("bytes"),
                            "joined", ColumnForm.DATE,
                            "level", ColumnForm.PLAIN))),
            "0123456789abcdef");

    private Members() {}

    static Envelopes.Record member(String op, String before, String after) {
        return Envelopes.record(TOPIC, op, "public.member", before, after)
                .at("2026-11-01T02:03:04.567Z")
                .lsn(0x1_6B37_4D48L)
                .tx(733);
    }

    /** An insert whose column {@code level} holds any JSON, written with single quotes. */
    static byte[] level(String json) {
        String row = ("{'branch':'a','id':7,'level':" + json + "}").replace('\'', '"');
        String text = member("c", null, null).root().toString();
        return text.replace("\"after\":null", "\"after\":" + row).getBytes(StandardCharsets.UTF_8);
    }
}
