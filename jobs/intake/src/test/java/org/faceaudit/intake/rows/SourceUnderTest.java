package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.intake.Envelopes;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.Mapping;

/** The whole way of one source, record by record: decode, progress, rows, facts. */
final class SourceUnderTest {

    static final Instant APPENDED = Instant.parse("2026-11-22T00:00:00Z");

    final NewestFacts facts = new NewestFacts();
    private final FactSink sink;
    final List<String> rejects = new ArrayList<>();
    private final Mapping mapping;
    private final EnvelopeDecoder decoder;
    private final SourceRows rows;
    private final List<RowsInMemory> buckets = new ArrayList<>();
    private SourceProgressState progress;
    private long offset;

    SourceUnderTest(Mapping mapping) {
        this(mapping, null);
    }

    /** Tells another sink instead of {@link #facts}. */
    SourceUnderTest(Mapping mapping, FactSink other) {
        sink = other == null ? facts : other;
        this.mapping = mapping;
        decoder = new EnvelopeDecoder(mapping);
        rows = new SourceRows(mapping);
        for (int bucket = 0; bucket < rows.buckets(); bucket++) {
            buckets.add(new RowsInMemory());
        }
        progress = SourceProgressState.empty(mapping.operator(), mapping.system());
    }

    void read(Envelopes.Record record) {
        read(record.bytes());
    }

    void read(byte[] value) {
        Decoded decoded = decoder.decode(mapping.topic(), 0, offset++, APPENDED.toEpochMilli(), null, value);
        SourceProgressBook book = new SourceProgressBook(progress);
        if (decoded.rejected()) {
            rejects.add(decoded.reject().reason());
            book.rejected();
        } else {
            for (RowChange change : book.accept(decoded.change())) {
                if (rows.speaksForItself(change)) {
                    rows.tell(change, sink);
                    continue;
                }
                int bucket = rows.bucketOf(change);
                assertThat(bucket).isBetween(SourceRows.EVERY_BUCKET, rows.buckets() - 1);
                if (bucket == SourceRows.EVERY_BUCKET) {
                    buckets.forEach(store -> rows.apply(change, store, sink));
                } else {
                    rows.apply(change, buckets.get(bucket), sink);
                }
            }
        }
        progress = book.state();
    }

    /** How many rows all buckets remember. */
    int rowsKept() {
        return buckets.stream().mapToInt(RowsInMemory::size).sum();
    }

    SourceProgress progress() {
        return new SourceProgressBook(progress).progress();
    }
}
