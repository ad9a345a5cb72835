package org.faceaudit.runtime.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.faceaudit.intake.envelope.ChangeInPlace;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.runtime.fact.Incoming;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.KeyedJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.types.RecordTypes;

/** Reads raw records by the mapping of their topic. What cannot be read is rejected with position and hash. */
public final class DecodeFunction extends ProcessFunction<RawRecord, Incoming> {

    private static final long serialVersionUID = 1L;

    /** Rejects as rows. */
    public static final OutputTag<TableRow> ROWS = new OutputTag<>("reject-rows", RecordTypes.of(TableRow.class));

    /** Rejects as messages. */
    public static final OutputTag<KeyedJson> MESSAGES =
            new OutputTag<>("reject-messages", RecordTypes.of(KeyedJson.class));

    private final Mappings mappings;
    private final Instant asOf;

    private transient Map<String, Optional<Reader>> readers;
    private transient MessageDigest sha256;

    public DecodeFunction(Mappings mappings) {
        this(mappings, null);
    }

    /** The same, without the rejects of what was appended after an instant; {@code null} for all rejects. */
    public DecodeFunction(Mappings mappings, Instant asOf) {
        this.asOf = asOf;
        this.mappings = Objects.requireNonNull(mappings, "mappings");
    }

    private record Reader(String source, EnvelopeDecoder decoder) {}

    @Override
    public void open(OpenContext context) {
        readers = new HashMap<>();
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform provides SHA-256", e);
        }
    }

    @Override
    public void processElement(RawRecord raw, Context context, Collector<Incoming> out) {
        Optional<Reader> reader = readers.computeIfAbsent(raw.topic(), this::reader);
        boolean later = asOf != null && raw.appendedAtMillis() > asOf.toEpochMilli();
        if (reader.isEmpty()) {
            if (!later) {
                reject(unknownSource(raw), context);
            }
            return;
        }
        String source = reader.get().source();
        EnvelopeDecoder decoder = reader.get().decoder();
        ChangeInPlace familiar = decoder.inPlace(
                raw.topic(), raw.partition(), raw.offset(), raw.appendedAtMillis(), raw.key(), raw.value());
        if (familiar != null) {
            out.collect(new Incoming(source, familiar));
            return;
        }
        Decoded decoded = decoder.byName(
                raw.topic(), raw.partition(), raw.offset(), raw.appendedAtMillis(), raw.key(), raw.value());
        if (decoded.reject() != null) {
            if (later) {
                return;
            }
            reject(decoded.reject(), context);
        }
        out.collect(new Incoming(source, decoded.change(), decoded.reject(), decoded.lacking()));
    }

    private Optional<Reader> reader(String topic) {
        return mappings.ofTopic(topic).map(DecodeFunction::reader);
    }

    private static Reader reader(Mapping mapping) {
        return new Reader(Mappings.source(mapping), new EnvelopeDecoder(mapping));
    }

    private Reject unknownSource(RawRecord raw) {
        byte[] content = raw.value() != null
                ? raw.value()
                : Objects.requireNonNullElseGet(raw.key(), () -> "".getBytes(StandardCharsets.UTF_8));
        return new Reject(
                raw.topic(),
                raw.partition(),
                raw.offset(),
                "unknown-source",
                HexFormat.of().formatHex(sha256.digest(content)),
                raw.appendedAtMillis());
    }

    private static void reject(Reject reject, Context context) {
        ObjectNode json = AuditJson.reject(reject);
        String text = AuditJson.text(json);
        context.output(ROWS, new TableRow(AuditTable.REJECT, text));
        context.output(MESSAGES, new KeyedJson(reject.topic(), text));
    }
}
