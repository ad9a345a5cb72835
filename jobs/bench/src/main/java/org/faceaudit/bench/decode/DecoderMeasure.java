package org.faceaudit.bench.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.faceaudit.bench.Report;
import org.faceaudit.bench.Rounds;
import org.faceaudit.bench.Scale;
import org.faceaudit.bench.Spread;
import org.faceaudit.bench.topic.Population;
import org.faceaudit.bench.topic.Topics;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.runtime.source.RawRecord;

/** The job's decoder beside the yardstick and beside a tree of Jackson's, on the same records, in one thread. */
public final class DecoderMeasure {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private final RawRecord[] records;
    private final EnvelopeDecoder decoder;
    private final ReferenceParser reference = new ReferenceParser();
    private long unwanted;

    private DecoderMeasure(Population population) {
        Topics topics = new Topics(population, false);
        records = new RawRecord[(int) topics.size()];
        for (int number = 0; number < records.length; number++) {
            records[number] = topics.record(number);
        }
        decoder = new EnvelopeDecoder(topics.mappings().get(0));
    }

    /** One way of reading a record; gives the sum of what it found of persons. */
    private interface Reader {
        long read(RawRecord record);
    }

    /** Measures nanoseconds of processor time and bytes allocated per record. */
    public static void take(Scale scale, Report report) throws Exception {
        Population population =
                new Population(1, scale.decoded() / 2, scale.decoded() / 2, 1_000, Population.Dates.INSTANT);
        new DecoderMeasure(population).measure(scale, report);
    }

    private void measure(Scale scale, Report report) throws Exception {
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("reference", this::reference);
        readers.put("jackson-tree", this::tree);
        readers.put("faceaudit", this::own);
        Map<String, Report.Entry> entries = new HashMap<>();
        Rounds rounds = new Rounds(report, scale.rounds());
        readers.forEach((name, reader) -> {
            entries.put(name, report.entry("decode", name));
            rounds.add("decode " + name, () -> nanosEach(reader));
        });
        Map<String, double[]> nanos = rounds.take();
        long second = sum(this::tree);
        readers.forEach((name, reader) -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long found = sum(reader);
            double bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) records.length;
            entries.get(name)
                    .with("ns/event", Spread.of(nanos.get("decode " + name)))
                    .with("allocated_bytes_per_event", bytes)
                    .with("record_bytes", records[0].value().length)
                    .with("events", records.length)
                    .check("sum of tokens", found, second)
                    .time();
        });
        report.progress("decoded, %d", unwanted & 1);
    }

    private double nanosEach(Reader reader) {
        long before = THREADS.getCurrentThreadCpuTime();
        unwanted += sum(reader);
        return (THREADS.getCurrentThreadCpuTime() - before) / (double) records.length;
    }

    private long sum(Reader reader) {
        long sum = 0;
        for (RawRecord record : records) {
            sum += reader.read(record);
        }
        return sum;
    }

    private long reference(RawRecord record) {
        reference.read(record.value());
        unwanted += reference.checksum();
        return reference.op() == 'd' ? 0 : reference.tokenLow();
    }

    private long tree(RawRecord record) {
        try {
            JsonNode row = JACKSON.readTree(record.value()).path("after");
            String token = row.path("id_card").asText();
            return token.isEmpty() ? 0 : low(token);
        } catch (IOException e) {
            throw new UncheckedIOException("the record is JSON", e);
        }
    }

    private long own(RawRecord record) {
        Decoded decoded = decoder.decode(
                record.topic(), 0, record.offset(), record.appendedAtMillis(), record.key(), record.value());
        var token = decoded.change().fields().get("id_card");
        return token == null || token.text() == null ? 0 : low(token.text());
    }

    private static long low(String token) {
        return Long.parseUnsignedLong(token, token.length() - 16, token.length(), 16);
    }
}
