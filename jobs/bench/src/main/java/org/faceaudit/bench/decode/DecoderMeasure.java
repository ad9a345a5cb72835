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
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.bench.Report;
import org.faceaudit.bench.Rounds;
import org.faceaudit.bench.Scale;
import org.faceaudit.bench.Spread;
import org.faceaudit.bench.topic.Population;
import org.faceaudit.bench.topic.Topics;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.intake.envelope.ChangeInPlace;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.runtime.fact.ChangeTypes;
import org.faceaudit.runtime.fact.Incoming;
import org.faceaudit.runtime.source.RawRecord;

/**
 * The job's decoder beside the yardstick, a tree of Jackson's, Flink's own reader and nothing at all, on the same records, in one
 * thread. Updates are left out: without the row before them Flink's reader fails.
 */
public final class DecoderMeasure {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final String FACE = "public.face";
    private static final String TOKEN = "id_card";
    private static final String SOURCE = "operator/system";
    private static final String PARSED = "faceaudit, mapped fields parsed";
    private static final String TRAVELLING = "faceaudit, change ready to travel";
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
    private final TypeSerializer<Incoming> packing = ChangeTypes.INCOMING.createSerializer(new SerializerConfigImpl());
    private final DataOutputSerializer target = new DataOutputSerializer(512);
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

    /** How many times as many records one way reads as another in the same time. */
    private record Ratio(String own, String other, Report.Entry entry) {}

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
        ways.put(PARSED, new Way(record -> parsed(decoder, record), records));
        ways.put("faceaudit, change made and packed", new Way(record -> packed(decoder, record), records));
        ways.put(TRAVELLING, new Way(record -> travelling(decoder, record), records));
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
        List<Ratio> ratios = new ArrayList<>();
        for (String own : List.of("faceaudit", PARSED, TRAVELLING)) {
            for (String other : List.of("reference", "jackson-tree", "debezium-json")) {
                String name = "decoded per processor second: " + own + " / " + other;
                ratios.add(new Ratio(own, other, report.entry("ratio", name)));
            }
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
        for (Ratio ratio : ratios) {
            ratio.entry()
                    .with("ratio", paired(nanos.get("decode " + ratio.other()), nanos.get("decode " + ratio.own())))
                    .onlyIf(entries.get(ratio.other()))
                    .onlyIf(entries.get(ratio.own()))
                    .time();
        }
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
            return low(row.path(TOKEN).asText());
        } catch (IOException e) {
            throw new UncheckedIOException("the record is JSON", e);
        }
    }

    private static long own(EnvelopeDecoder decoder, RawRecord record) {
        Decoded decoded = decoder.decode(
                record.topic(), 0, record.offset(), record.appendedAtMillis(), record.key(), record.value());
        var token = decoded.change().fields().get(TOKEN);
        return token == null ? 0 : low(token.text());
    }

    /** Located and checked, every mapped field of them; nothing is made of it. */
    private static long parsed(EnvelopeDecoder decoder, RawRecord record) {
        ChangeInPlace change = inPlace(decoder, record);
        return change == null ? own(decoder, record) : low(change);
    }

    /** The bytes that leave the job's step, by way of an object for each part of the change. */
    private long packed(EnvelopeDecoder decoder, RawRecord record) {
        Decoded decoded = decoder.decode(
                record.topic(), 0, record.offset(), record.appendedAtMillis(), record.key(), record.value());
        pack(new Incoming(SOURCE, decoded.change(), decoded.reject(), decoded.lacking()));
        var token = decoded.change().fields().get(TOKEN);
        return token == null ? 0 : low(token.text());
    }

    /** The bytes that leave the job's step, as it makes them. */
    private long travelling(EnvelopeDecoder decoder, RawRecord record) {
        ChangeInPlace change = inPlace(decoder, record);
        if (change == null) {
            return packed(decoder, record);
        }
        pack(new Incoming(SOURCE, change));
        return low(change);
    }

    private static ChangeInPlace inPlace(EnvelopeDecoder decoder, RawRecord record) {
        return decoder.inPlace(
                record.topic(), 0, record.offset(), record.appendedAtMillis(), record.key(), record.value());
    }

    private void pack(Incoming incoming) {
        try {
            target.clear();
            packing.serialize(incoming, target);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
    }

    private static long low(ChangeInPlace change) {
        for (int column : change.columns()) {
            if (change.name(column).equals(TOKEN) && change.state(column) == FieldState.PRESENT) {
                long low = 0;
                for (int i = change.to(column) - Long.BYTES * 2; i < change.to(column); i++) {
                    low = low << 4 | Character.digit(change.record()[i], 16);
                }
                return low;
            }
        }
        return 0;
    }

    private static long low(String token) {
        return token == null || token.isEmpty()
                ? 0
                : Long.parseUnsignedLong(token, token.length() - 16, token.length(), 16);
    }
}
