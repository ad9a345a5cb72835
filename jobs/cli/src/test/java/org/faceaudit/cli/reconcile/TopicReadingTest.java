package org.faceaudit.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicReadingTest {

    private static final String BEAT = "\"id\":1,\"beat_at\":\"2026-03-02T00:00:00Z\"";

    @TempDir
    private Path directory;

    private Mapping mapping;
    private long offset;

    @BeforeEach
    void begin() throws Exception {
        mapping = ReconciledFile.write(directory).mapping();
    }

    private TopicReading upTo(String snapshot, long position, long appendedBefore) {
        return new TopicReading(
                mapping, PostgresSnapshot.parse(snapshot, "0/" + Long.toHexString(position)), appendedBefore);
    }

    @Test
    void ofManyTablesATruncateClearsOneAndARowMeansThatOfItsOwnNumber() throws Exception {
        mapping = ReconciledFile.writeMany(directory).mapping();
        TopicReading reading = upTo("30:30:", 900, 0);
        take(reading, "r", "first", 0, 100, "shard_01", "\"id\":1,\"owner\":7");
        take(reading, "r", "true", 0, 100, "shard_02", "\"id\":1,\"owner\":7");
        take(reading, "r", "true", 0, 100, "shard_02", "\"id\":2,\"owner\":8");
        take(reading, "r", "true", 0, 100, "holder_01", holder(7, "p1"));
        take(reading, "r", "true", 0, 100, "holder_02", holder(7, "p2"));
        take(reading, "r", "last", 0, 100, "holder_02", holder(8, "p3"));
        take(reading, "c", "false", 11, 200, "bag_01", "\"card\":null");
        take(reading, "c", "false", 11, 210, "bag_01", "\"card\":null");
        take(reading, "c", "false", 12, 220, "bag_02", "\"card\":null");
        take(reading, "t", "false", 13, 300, "shard_02", null);
        take(reading, "t", "false", 14, 310, "bag_01", null);
        take(reading, "d", "false", 15, 320, "bag_02", "\"card\":null");
        take(reading, "c", "false", 16, 330, "bag_02", "\"card\":null");
        assertThat(take(reading, "u", "false", 31, 900, "heartbeat", BEAT)).isTrue();

        assertThat(reading.counts().rowsByTable())
                .isEqualTo(Map.of("public.shard_{nn}", 1L, "public.holder_{nn}", 3L, "public.bag_{nn}", 1L));
        assertThat(reading.counts().persons()).as("p1 alone").isEqualTo(1);
    }

    private static String holder(int id, String card) {
        return "\"id\":" + id + ",\"card\":\"t1:member-no:k1:none:" + digest(card) + "\"";
    }

    private static String digest(String card) {
        return String.format("%32s", Integer.toHexString(card.hashCode())).replace(' ', '0');
    }

    @Test
    void whatTheSnapshotDoesNotSeeIsLeftOutEvenIfItWasWrittenBeforeThePosition() throws Exception {
        TopicReading reading = upTo("10:21:15", 500, 0);
        take(reading, "r", "first", 0, 100, "face", face(1, "p1"));
        take(reading, "r", "last", 0, 100, "face", face(2, "p2"));
        take(reading, "c", "false", 11, 200, "face", face(3, "p3"));
        take(reading, "c", "false", 15, 300, "face", face(4, "p4"));
        take(reading, "c", "false", 20, 350, "gate", "\"id\":1,\"by_face\":true");
        take(reading, "d", "false", 20, 360, "face", face(1, "p1"));
        assertThat(take(reading, "c", "false", 22, 499, "face", face(5, "p5"))).isFalse();
        assertThatThrownBy(reading::counts).isInstanceOf(IllegalStateException.class);
        assertThat(take(reading, "u", "false", 23, 500, "heartbeat", BEAT)).isTrue();

        assertThat(reading.counts().rowsByTable())
                .isEqualTo(Map.of("public.face", 2L, "public.gate", 1L, "public.owner", 0L, "public.photo", 0L));
        assertThat(reading.counts().persons()).isEqualTo(2);
    }

    @Test
    void whatAnEarlierLifeOfTheDatabaseWroteAtHigherPositionsEndsNothing() throws Exception {
        TopicReading reading = upTo("10:20:", 500, 3);
        assertThat(take(reading, "r", "last", 0, 900, "face", face(1, "p1"))).isFalse();
        assertThat(take(reading, "c", "false", 5, 950, "face", face(2, "p2"))).isFalse();
        assertThat(take(reading, "c", "false", 6, 960, "face", face(3, "p3"))).isFalse();
        assertThat(take(reading, "c", "false", 19, 400, "face", face(4, "p4"))).isFalse();
        assertThat(take(reading, "u", "false", 30, 501, "heartbeat", BEAT)).isTrue();

        assertThat(reading.counts().rows()).isEqualTo(4);
    }

    @Test
    void aNewSnapshotOfTheConnectorReplacesEverythingAndRepetitionsChangeNothing() throws Exception {
        TopicReading reading = upTo("10:20:", 500, 0);
        take(reading, "r", "last", 0, 100, "face", face(1, "p1"));
        take(reading, "c", "false", 5, 110, "face", face(2, "p2"));
        take(reading, "c", "false", 5, 110, "face", face(2, "p2"));
        take(reading, "r", "first", 0, 300, "face", face(2, "p2"));
        take(reading, "r", "true", 0, 300, "heartbeat", BEAT);
        take(reading, "r", "last", 0, 300, "gate", "\"id\":1,\"by_face\":true");
        take(reading, "t", "false", 8, 310, "gate", null);
        take(reading, "u", "false", 30, 501, "heartbeat", BEAT);

        assertThat(reading.counts().rowsByTable())
                .containsEntry("public.face", 1L)
                .containsEntry("public.gate", 0L);
    }

    @Test
    void aSourceThatIsReadAnewMeanwhileIsNotCompared() throws Exception {
        TopicReading reading = upTo("10:20:", 500, 1);
        take(reading, "r", "last", 0, 100, "face", face(1, "p1"));
        assertThatThrownBy(() -> take(reading, "r", "first", 0, 501, "face", face(1, "p1")))
                .isInstanceOf(NotComparableException.class)
                .hasMessageContaining("anew");
    }

    @Test
    void ofATableWithoutAKeyEqualRowsAreCounted() throws Exception {
        mapping = ReconciledFile.writeKeyless(directory).mapping();
        assertThat(mapping.table("public.face").orElseThrow().isKeyless()).isTrue();
        TopicReading reading = upTo("10:20:", 500, 0);
        take(reading, "r", "first", 0, 100, "face", face(1, "p1"));
        take(reading, "r", "true", 0, 100, "face", face(2, "p1"));
        take(reading, "r", "last", 0, 100, "face", face(3, "p2"));
        take(reading, "d", "false", 5, 110, "face", face(1, "p1"));
        take(reading, "d", "false", 5, 110, "face", face(1, "p1"));
        take(reading, "c", "false", 6, 120, "face", face(9, "p3"));
        take(reading, "d", "false", 7, 130, "face", face(3, "p2"));
        take(reading, "r", "first", 0, 300, "face", face(1, "p1"));
        take(reading, "r", "true", 0, 300, "face", face(9, "p3"));
        take(reading, "r", "last", 0, 300, "face", face(9, "p3"));
        take(reading, "d", "false", 8, 310, "face", face(9, "p3"));
        take(reading, "u", "false", 30, 501, "heartbeat", BEAT);

        assertThat(reading.counts().rowsByTable()).containsEntry("public.face", 2L);
        assertThat(reading.counts().persons()).isEqualTo(2);
    }

    @Test
    void aRecordThatCannotBeReadIsNoRow() throws Exception {
        TopicReading reading = upTo("10:20:", 500, 0);
        assertThat(reading.take(offset++, 0, null, "{".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        take(reading, "u", "false", 30, 501, "heartbeat", BEAT);

        assertThat(reading.counts().rows()).isZero();
    }

    private static String face(int id, String person) {
        String digest =
                String.format("%32s", Integer.toHexString(person.hashCode())).replace(' ', '0');
        return "\"id\":" + id + ",\"card\":\"t1:member-no:k1:trim,upper:" + digest
                + "\",\"feature\":\"d1:present:template:1k\",\"kind\":\"real\"";
    }

    private boolean take(
            TopicReading reading, String op, String snapshot, int transaction, long lsn, String table, String row)
            throws NotComparableException {
        String image = row == null ? "null" : "{" + row + "}";
        String value = "{\"op\":\"" + op + "\",\"before\":" + (op.equals("d") ? image : "null") + ",\"after\":"
                + (op.equals("d") ? "null" : image) + ",\"source\":{\"name\":\"cdc.acme.one\",\"schema\":\"public\","
                + "\"table\":\"" + table + "\",\"snapshot\":\"" + snapshot + "\",\"txId\":"
                + (transaction == 0 ? "null" : transaction) + ",\"lsn\":" + lsn
                + ",\"ts_ms\":1772409600000},\"ts_ms\":1772409600000}";
        return reading.take(offset++, 1_772_409_600_000L, null, value.getBytes(StandardCharsets.UTF_8));
    }
}
