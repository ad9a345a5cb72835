package org.faceaudit.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.intake.Envelopes;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

/**
 * How much memory one record's decoding takes, counted by the machine to the byte: what gates is the count, never the time. The
 * compiler of the tests keeps every object that the code asks for, so the counts are upper bounds.
 */
class DecoderAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int EVENTS = 2_000;
    private static final String TOPIC = "cdc.op.faces";

    /** Bytes for a whole change: the change with its place, four values with their texts, two digests. */
    private static final long MOST_FOR_A_CHANGE = 848;

    private static final long MOST_FOR_ANOTHER_TABLE = 600;

    private static EnvelopeDecoder decoder(int otherTables) {
        List<MappedTable> tables = new ArrayList<>();
        tables.add(new MappedTable(
                "public.face",
                List.of("id"),
                List.of(),
                List.of(),
                Map.of(
                        "id",
                        ColumnForm.PLAIN,
                        "id_card",
                        ColumnForm.token("id-card", "idcard"),
                        "created_at",
                        ColumnForm.PLAIN,
                        "template",
                        ColumnForm.descriptor("template"))));
        for (int table = 0; table < otherTables; table++) {
            tables.add(new MappedTable(
                    "public.other_" + table,
                    List.of("id"),
                    List.of(),
                    List.of(),
                    Map.of("id", ColumnForm.PLAIN, "a", ColumnForm.PLAIN)));
        }
        return new EnvelopeDecoder(new Mapping(
                "op",
                "faces",
                ZoneId.of("Asia/Shanghai"),
                "k1",
                "public.beat",
                HeartbeatPromise.UNSPOKEN,
                tables,
                "v"));
    }

    private static List<byte[]> records(String table) {
        List<byte[]> records = new ArrayList<>();
        for (int event = 0; event < EVENTS; event++) {
            records.add(Envelopes.record(
                            TOPIC,
                            "c",
                            table,
                            null,
                            "{'id':" + (1_000_000_000L + event) + ",'id_card':'t1:id-card:k1:idcard:"
                                    + "%032x".formatted(event * 7_919L)
                                    + "','created_at':'2026-07-08T01:02:03.%06dZ','template':'d1:present:template:4k'}"
                                            .formatted(event))
                    .at("2026-11-01T02:03:04.567Z")
                    .lsn(4_000_000_000L + event)
                    .tx(700_000_000L + event)
                    .bytes());
        }
        return records;
    }

    /** Bytes for everything that a change tells, where it stands in its record: what one that is digested cannot do without. */
    private static final long MOST_IN_PLACE = 80;

    private static long bytesEach(EnvelopeDecoder decoder, List<byte[]> records) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 6; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int event = 0; event < records.size(); event++) {
                Decoded decoded = decoder.decode(TOPIC, 0, event, 1_795_000_000_000L, null, records.get(event));
                if (decoded.rejected()) {
                    throw new AssertionError(decoded.reject().reason());
                }
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / records.size());
        }
        return least;
    }

    @Test
    void aChangeTakesNoMoreMemoryThanItHolds() {
        assertThat(bytesEach(decoder(0), records("public.face"))).isLessThanOrEqualTo(MOST_FOR_A_CHANGE);
    }

    @Test
    void aChangeThatStandsInItsRecordTakesNone() {
        EnvelopeDecoder decoder = decoder(0);
        List<byte[]> records = records("public.face");
        decoder.byName(TOPIC, 0, 0, 1_795_000_000_000L, null, records.get(0));
        long least = Long.MAX_VALUE;
        long told = 0;
        for (int round = 0; round < 6; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int event = 0; event < records.size(); event++) {
                ChangeInPlace change = decoder.inPlace(TOPIC, 0, event, 1_795_000_000_000L, null, records.get(event));
                told += change.identity() + change.rowKeyTo() + change.keyLow();
                for (int column : change.columns()) {
                    told += change.from(column)
                            + change.to(column)
                            + change.state(column).ordinal();
                }
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / records.size());
        }
        assertThat(told).isNotZero();
        assertThat(least).isLessThanOrEqualTo(MOST_IN_PLACE);
    }

    @Test
    void aRecordOfATableThatNobodyMappedTakesHardlyAny() {
        assertThat(bytesEach(decoder(0), records("public.unmapped"))).isLessThanOrEqualTo(MOST_FOR_ANOTHER_TABLE);
    }

    @Test
    void howManyTablesAreMappedMakesNoDifference() {
        List<byte[]> records = records("public.face");
        assertThat(bytesEach(decoder(500), records)).isEqualTo(bytesEach(decoder(0), records));
    }
}
