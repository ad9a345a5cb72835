package org.faceaudit.cli.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.faceaudit.cli.capture.KeyedLiterals;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.RowStore;
import org.faceaudit.intake.rows.RowsInMemory;
import org.faceaudit.intake.rows.SourceProgressBook;
import org.faceaudit.intake.rows.SourceProgressState;
import org.faceaudit.intake.rows.SourceRows;

/** A mapping tried on sample changes: decoded, followed and understood by what the job uses, in memory. */
public final class Trial {

    private static final String STANDARD_INPUT = "standard input";

    private final OperatorFile operator;
    private final Mapping mapping;
    private final boolean comparesTokens;
    private final StandIns standIns;
    private final EnvelopeDecoder decoder;
    private final SourceProgressBook book;
    private final SourceRows rows;
    private final List<RowStore> buckets = new ArrayList<>();
    private final PrintWriter out;
    private final Narrator narrator;
    private final Instant now;
    private final Map<String, Long> rejects = new TreeMap<>();
    /** Mapped columns of which the sample did not tell anything that could be read. */
    private final Map<String, Long> unknown = new TreeMap<>();

    private final Map<String, Long> unmappedTables = new TreeMap<>();
    private long offset;

    private Trial(
            OperatorFile operator,
            Mapping mapping,
            boolean comparesTokens,
            String secret,
            PrintWriter out,
            Instant now) {
        this.operator = operator;
        this.mapping = mapping;
        this.comparesTokens = comparesTokens;
        this.standIns = new StandIns(mapping, secret);
        this.decoder = new EnvelopeDecoder(mapping);
        this.book = new SourceProgressBook(SourceProgressState.empty(mapping.operator(), mapping.system()));
        this.rows = new SourceRows(mapping);
        for (int bucket = 0; bucket < rows.buckets(); bucket++) {
            buckets.add(new RowsInMemory());
        }
        this.out = out;
        this.narrator = new Narrator(out);
        this.now = now;
    }

    /**
     * A trial of the mapping that a file gives.
     *
     * @param secret what tokens are made with, of columns and of the constants that filters compare them with
     * @param out is told everything
     * @param now when rows without a time of their own are taken to be committed, and all of the sample to be appended
     * @throws OperatorFileException with everything that is wrong with the file
     */
    public static Trial of(Path file, String secret, PrintWriter out, Instant now)
            throws OperatorFileException, IOException {
        OperatorFile written = OperatorFiles.read(file);
        String prepared = OperatorFiles.prepared(file, new KeyedLiterals(secret));
        Path copy = Files.createTempFile("faceaudit-try", ".yaml");
        try {
            Files.writeString(copy, prepared, StandardCharsets.UTF_8);
            return new Trial(
                    written,
                    OperatorFiles.read(copy).mapping(),
                    !written.mapping().unresolvedFilters().isEmpty(),
                    secret,
                    out,
                    now);
        } finally {
            Files.delete(copy);
        }
    }

    /**
     * Tries a sample.
     *
     * @param sample envelopes as JSON lines; rows if its name ends in {@code .csv}
     * @param table of the rows; {@code null} for the file's name without {@code .csv}
     * @return whether every record and every mapped value could be read
     * @throws SampleException if the sample is none
     */
    public boolean run(Path sample, String table) throws SampleException {
        String name = sample.getFileName().toString();
        String text = Sample.text(sample);
        if (!name.endsWith(".csv")) {
            return run(Sample.envelopes(sample.toString(), text));
        }
        String named = table == null ? name.substring(0, name.length() - ".csv".length()) : table;
        if (mapping.tableHolding(named).isEmpty()) {
            throw new SampleException("The file maps no table " + named + "; it maps "
                    + String.join(", ", mapping.tables()) + ": name one with --table.");
        }
        return run(Sample.rows(sample.toString(), text, named, operator, now));
    }

    /**
     * Tries envelopes as JSON lines.
     *
     * @return whether every record and every mapped value could be read
     * @throws SampleException if there is none, or it is no text in UTF-8
     */
    public boolean run(byte[] envelopes) throws SampleException {
        return run(Sample.envelopes(STANDARD_INPUT, Sample.text(STANDARD_INPUT, envelopes)));
    }

    private boolean run(List<Sample.Entry> entries) throws SampleException {
        ObjectNode last = null;
        for (Sample.Entry entry : entries) {
            offset++;
            boolean rewritten = entry.envelope() != null && standIns.replace(entry.envelope());
            Decoded decoded =
                    decoded(entry.keyBytes(), rewritten || entry.value() == null ? rewritten(entry) : entry.bytes());
            if (decoded.rejected()) {
                rejects.merge(decoded.reject().reason(), 1L, Long::sum);
                out.println(offset + "  REJECTED " + decoded.reject().reason());
                book.rejected();
                continue;
            }
            take(decoded.change(), out);
            if (entry.envelope() != null && entry.envelope().path("source").hasNonNull("name")) {
                last = entry.envelope();
            }
        }
        if (rows.heedsHeartbeats() && last != null) {
            settle(last);
        }
        summary(entries);
        out.flush();
        return rejects.isEmpty() && narrator.unreadable().isEmpty() && unknown.isEmpty();
    }

    private static byte[] rewritten(Sample.Entry entry) throws SampleException {
        if (entry.envelope() == null) {
            return null;
        }
        try {
            return entry.rewritten();
        } catch (JsonProcessingException e) {
            throw new SampleException("A record cannot be written without its identifiers.", e);
        }
    }

    private Decoded decoded(byte[] key, byte[] value) {
        return decoder.decode(mapping.topic(), 0, offset, now.toEpochMilli(), key, value);
    }

    private void take(RowChange taken, PrintWriter told) {
        describe(taken, told);
        narrator.about(taken);
        for (RowChange change : book.accept(taken)) {
            if (rows.speaksForItself(change)) {
                rows.tell(change, narrator);
                continue;
            }
            int bucket = rows.bucketOf(change);
            if (bucket != SourceRows.EVERY_BUCKET) {
                rows.apply(change, buckets.get(bucket), narrator);
            } else {
                buckets.forEach(store -> rows.apply(change, store, narrator));
            }
        }
    }

    private void describe(RowChange change, PrintWriter told) {
        String key = change.rowKey() == null
                ? ""
                : change.rowKey().replace(change.position().table() + "/", "") + " ";
        told.println(offset + "  " + change.kind() + " "
                + (change.table() == null ? "" : change.position().table() + " ") + key + "committed "
                + change.position().committedAt());
        if (change.kind() == RowChange.Kind.NOT_APPLICABLE && change.table() != null) {
            unmappedTables.merge(change.table(), 1L, Long::sum);
        }
        TreeMap<String, FieldValue> columns = new TreeMap<>(change.fields());
        columns.remove(RowChange.READING);
        columns.forEach((column, value) -> {
            told.printf("    %-18s %s%n", column, Narrator.words(value));
            if (value.state() == FieldState.UNKNOWN) {
                unknown.merge(change.table() + "." + column, 1L, Long::sum);
            }
        });
    }

    /** Rows that nobody refers to are judged once their transaction is over, which the next heartbeat tells. */
    private void settle(ObjectNode last) {
        offset++;
        ObjectNode beat = Sample.heartbeatAfter(last, mapping.heartbeatTable());
        Decoded decoded = decoded(null, beat.toString().getBytes(StandardCharsets.UTF_8));
        // One that cannot be dated or placed, as after a row of an incremental snapshot, settles nothing.
        if (!decoded.rejected()) {
            out.println("-  what the next heartbeat settles");
            take(decoded.change(), new PrintWriter(new StringWriter()));
        }
    }

    private void summary(List<Sample.Entry> entries) {
        int changes = entries.size();
        long unreadable = narrator.unreadable().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        out.println();
        out.println(changes + (changes == 1 ? " change" : " changes") + "; events: " + counts(narrator.events())
                + "; no event: " + counts(narrator.nothing()) + "; rejected: " + counts(rejects)
                + "; unreadable values: "
                + unreadable + ".");
        line("Unreadable", narrator.unreadable());
        line("Unknown, since the sample does not tell", unknown);
        line("Tables that the file does not map", unmappedTables);
        line("Columns that are not captured", standIns.uncaptured());
        if (rejects.containsKey("foreign-operator")) {
            out.println("A record of another source is rejected: source.name must be " + mapping.topic() + ".");
        }
        if (entries.stream().anyMatch(Sample.Entry::withSchema)) {
            out.println("Envelopes came with their schema; the connector writes them without.");
        }
        if (standIns.plain() > 0) {
            out.println(standIns.plain() + " identifiers and images stood there as they are; they were replaced as the"
                    + " connector does it. In a topic such a record would be rejected.");
        }
        if (comparesTokens && standIns.tokens() > 0) {
            out.println("A filter compares a token with a constant, and the sample holds tokens: unless they were made"
                    + " with the key given here (--token-key), the filter does not know them.");
        }
    }

    private void line(String title, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            out.println(title + ": " + counts(counts) + ".");
        }
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : new TreeMap<>(counts)
                        .entrySet().stream()
                                .map(count -> count.getKey() + " " + count.getValue())
                                .collect(Collectors.joining(", "));
    }
}
