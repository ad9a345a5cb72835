package org.faceaudit.bench.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.bench.Report;
import org.faceaudit.bench.Rounds;
import org.faceaudit.bench.Scale;
import org.faceaudit.bench.Spread;
import org.faceaudit.bench.topic.Population;
import org.faceaudit.bench.topic.Topics;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.runtime.source.RawRecord;

/**
 * The job's decoder beside the yardstick, a tree of Jackson's, Flink's own reader and nothing at all, on the same records, in one
 * thread. Updates are left out: without the row before them Flink's reader fails.
 */
public final class DecoderMeasure {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final String FACE = "public.face";
    private static final int OTHER_TABLES = 1_000;
    /** So long that the gate for raw biometrics looks at every character. */
    private static final String NOTE =
            "The member asked at the counter, on 2026-07-08 at noon, for the card to be sent again;"
                    + " nobody answered, and so the card was made anew.";

    private final List<RawRecord> records = new ArrayList<>();
    private final List<RawRecord> annotated = new ArrayList<>();
    private final EnvelopeDecoder decoder;
    private final EnvelopeDecoder ofManyTables;
    private final EnvelopeDecoder withNote;
    private final ReferenceParser reference = new ReferenceParser();
    private final DebeziumJson debeziumJson = new DebeziumJson();
    private long unwanted;

    private DecoderMeasure(Population population) {
        Topics topics = new Topics(population, false);
        for (int number = 0; number < topics.size(); number++) {
            RawRecord record = topics.record(number);
            String text = new String(record.value(), StandardCharsets.UTF_8);
            if (!text.contains("\"op\":\"u\"")) {
                records.add(record);
                annotated.add(with(record, text.replace(",\"template\":", ",\"note\":\"" + NOTE + "\",\"template\":")));
            }
        }
        Mapping mapping = topics.mappings().get(0);
        decoder = new EnvelopeDecoder(mapping);
        List<MappedTable> many = new ArrayList<>(mapping.tablesByName().values());
        for (int table = 0; table < OTHER_TABLES; table++) {
            many.add(new MappedTable(
                    "public.other_" + table, List.of("id"), List.of(), List.of(), Map.of("id", ColumnForm.PLAIN)));
        }
        ofManyTables = new EnvelopeDecoder(with(mapping, many));
        MappedTable face = mapping.tablesByName().get(FACE);
        Map<String, ColumnForm> columns = new TreeMap<>(face.columns());
        columns.put("note", ColumnForm.PLAIN);
        withNote = new EnvelopeDecoder(
                with(mapping, List.of(new MappedTable(FACE, face.key(), face.facts(), face.where(), columns))));
    }

    private static RawRecord with(RawRecord record, String value) {
        return new RawRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.appendedAtMillis(),
                record.key(),
                value.getBytes(StandardCharsets.UTF_8));
    }

    private static Mapping with(Mapping mapping, List<MappedTable> tables) {
        return new Mapping(
                mapping.operator(),
                mapping.system(),
                mapping.zone(),
                mapping.tokenKey().orElse(null),
                mapping.heartbeatTable(),
                mapping.heartbeatPromise(),
                tables,
                mapping.version());
    }

    /** One way of reading a record; gives what it found of a person. */
    private interface Reader {
        long read(RawRecord record);
    }

    /** A reader and its records. */
    private record Way(Reader reader, List<RawRecord> records) {}

    /** Measures nanoseconds of processor time and bytes allocated per record. */
    public static void take(Scale scale, Report report) throws Exception {
        Population population =
                new Population(1, scale.decoded() / 2, scale.decoded() / 2, 1_000, Population.Dates.INSTANT);
        new DecoderMeasure(population).measure(scale, report);
    }

    private void measure(Scale scale, Report report) throws Exception {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("discard", new Way(record -> record.value().length, records));
        ways.put("reference", new Way(this::reference, records));
        ways.put("jackson-tree", new Way(this::tree, records));
        ways.put("debezium-json", new Way(record -> low(debeziumJson.token(record)), records));
        ways.put("faceaudit", new Way(record -> own(decoder, record), records));
        ways.put("faceaudit, 1000 tables more", new Way(record -> own(ofManyTables, record), records));
        ways.put("faceaudit, a text left out", new Way(record -> own(decoder, record), annotated));
        ways.put("faceaudit, a text captured", new Way(record -> own(withNote, record), annotated));
        Map<String, Report.Entry> entries = new HashMap<>();
        Rounds rounds = new Rounds(report, scale.rounds());
        ways.forEach((name, way) -> {
            entries.put(name, report.entry("decode", name));
            rounds.add("decode " + name, () -> nanosEach(way));
        });
        // Begun before the rounds, as all entries are: they watch who else uses the machine.
        Map<String, Report.Entry> ratios = new LinkedHashMap<>();
        for (String other : List.of("reference", "jackson-tree", "debezium-json")) {
            ratios.put(other, report.entry("ratio", "decoded per processor second: faceaudit / " + other));
        }
        Map<String, double[]> nanos = rounds.take();
        long tokens = sum(new Way(this::tree, records));
        long bytes = records.stream().mapToLong(record -> record.value().length).sum();
        ways.forEach((name, way) -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long found = sum(way);
            double allocated = (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) records.size();
            boolean discarded = name.equals("discard");
            entries.get(name)
                    .with("ns/event", Spread.of(nanos.get("decode " + name)))
                    .with("allocated_bytes_per_event", allocated)
                    .with("record_bytes", way.records().get(0).value().length)
                    .with("events", records.size())
                    .check(discarded ? "sum of bytes" : "sum of tokens", found, discarded ? bytes : tokens)
                    .time();
        });
        ratios.forEach((other, entry) -> entry.with(
                        "ratio", paired(nanos.get("decode " + other), nanos.get("decode faceaudit")))
                .onlyIf(entries.get(other))
                .onlyIf(entries.get("faceaudit"))
                .time());
        report.progress("decoded, %d", unwanted & 1);
    }

    /** Round by round, so that what disturbed a round disturbed both. */
    private static Spread paired(double[] other, double... own) {
        double[] ratios = new double[own.length];
        for (int round = 0; round < own.length; round++) {
            ratios[round] = other[round] / own[round];
        }
        return Spread.of(ratios);
    }

    private double nanosEach(Way way) {
        long before = THREADS.getCurrentThreadCpuTime();
        unwanted += sum(way);
        return (THREADS.getCurrentThreadCpuTime() - before)
                / (double) way.records().size();
    }

    private static long sum(Way way) {
        long sum = 0;
        for (RawRecord record : way.records()) {
            sum += way.reader().read(record);
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
            return low(row.path("id_card").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("the record is JSON", e);
        }
    }

    private static long own(EnvelopeDecoder decoder, RawRecord record) {
        Decoded decoded = decoder.decode(
                record.topic(), 0, record.offset(), record.appendedAtMillis(), record.key(), record.value());
        var token = decoded.change().fields().get("id_card");
        return token == null ? 0 : low(token.text());
    }

    private static long low(String token) {
        return token == null || token.isEmpty()
                ? 0
                : Long.parseUnsignedLong(token, token.length() - 16, token.length(), 16);
    }
}
