package org.faceaudit.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

/** The topic of the registry, whose mapping is built in. */
class TopicCutTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mapping REGISTRY = Mapping.registry();
    private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

    private final byte[] snapshot = heartbeat("r", "last", null, 100, NOON);
    private final byte[] filing = filing(7, 200, NOON.plusSeconds(10));
    private final byte[] beat = heartbeat("u", "false", 8L, 300, NOON.plusSeconds(20));
    private final byte[] later = heartbeat("u", "false", 9L, 400, NOON.plusSeconds(30));

    private boolean take(TopicCut cut, long offset, byte[] value) {
        return cut.isBeyond(offset, NOON.plus(Duration.ofHours(1)).toEpochMilli(), null, value);
    }

    @Test
    void theCutEndsBeforeTheFirstRecordThatTellsMoreThanIsKnown() {
        TopicCut cut = new TopicCut(REGISTRY, NOON.plusSeconds(20), List.of());

        assertThat(take(cut, 0, snapshot)).isFalse();
        assertThat(cut.knownThrough()).isNull();
        assertThat(take(cut, 1, filing)).isFalse();
        assertThat(take(cut, 2, beat)).isFalse();
        assertThat(cut.knownThrough()).isEqualTo(NOON.plusSeconds(20));
        assertThat(take(cut, 3, "poison".getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(take(cut, 4, later)).isTrue();
        assertThat(cut.knownThrough()).isEqualTo(NOON.plusSeconds(20));
    }

    @Test
    void evidenceThatStandsWhereTheTableSaysIsNeitherMissingNorContradicted() {
        EvidencePosition evidence = evidence(1, filing, NOON.plusSeconds(10));
        TopicCut cut = new TopicCut(REGISTRY, NOON.plusSeconds(20), List.of(evidence));
        take(cut, 0, snapshot);
        take(cut, 1, filing);

        assertThat(cut.missing()).isEmpty();
        assertThat(cut.contradictions()).isEmpty();
    }

    @Test
    void aRecordThatSaysSomethingElseIsAContradiction() {
        EvidencePosition evidence = evidence(1, filing, NOON.plusSeconds(11));
        TopicCut cut = new TopicCut(REGISTRY, NOON.plusSeconds(20), List.of(evidence));
        take(cut, 0, snapshot);
        take(cut, 1, filing);

        assertThat(cut.contradictions())
                .singleElement()
                .asString()
                .startsWith("cdc.registry offset 1: the table says table registry.filing, key ")
                .contains("committed 2026-03-02T04:00:11Z")
                .endsWith("committed 2026-03-02T04:00:10Z");
        assertThat(cut.missing()).isEmpty();
    }

    @Test
    void aRecordThatIsNotReadIsMissing() {
        EvidencePosition evidence = evidence(1, filing, NOON.plusSeconds(10));
        TopicCut cut = new TopicCut(REGISTRY, NOON.plusSeconds(20), List.of(evidence));
        take(cut, 0, snapshot);
        take(cut, 2, beat);

        assertThat(cut.missing()).isEqualTo(Set.of(evidence));
    }

    /** What the table would say of a record, but for its commit time. */
    private static EvidencePosition evidence(long offset, byte[] value, Instant committedAt) {
        Position read = new EnvelopeDecoder(REGISTRY)
                .decode(REGISTRY.topic(), 0, offset, NOON.toEpochMilli(), null, value)
                .change()
                .position();
        return new EvidencePosition(
                REGISTRY.topic(),
                0,
                offset,
                read.logPosition(),
                read.transaction(),
                read.table(),
                read.keyHash(),
                committedAt);
    }

    private static byte[] heartbeat(String op, String snapshot, Long transaction, long lsn, Instant at) {
        ObjectNode row = JSON.createObjectNode().put("id", 1).put("beat_at", at.toString());
        return envelope(op, snapshot, "heartbeat", transaction, lsn, at, row);
    }

    private static byte[] filing(long transaction, long lsn, Instant at) {
        ObjectNode row = JSON.createObjectNode()
                .put("id", "f1")
                .put("operator_id", "op")
                .put("kind", "INITIAL")
                .put("submitted_on", "2026-03-01")
                .put("authority", "310000")
                .put("covers", "[]");
        for (String empty : List.of("returned_on", "accepted_on", "withdrawn_on", "declared_persons")) {
            row.putNull(empty);
        }
        return envelope("c", "false", "filing", transaction, lsn, at, row);
    }

    private static byte[] envelope(
            String op, String snapshot, String table, Long transaction, long lsn, Instant at, ObjectNode row) {
        ObjectNode json = JSON.createObjectNode();
        json.put("op", op).putNull("before").set("after", row);
        json.putObject("source")
                .put("name", REGISTRY.topic())
                .put("schema", "registry")
                .put("table", table)
                .put("snapshot", snapshot)
                .put("txId", transaction)
                .put("lsn", lsn)
                .put("ts_ms", at.toEpochMilli());
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
