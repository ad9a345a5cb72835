package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.stream.Stream;
import org.faceaudit.intake.envelope.Decoded;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code try} says of a record is what the job does with the same bytes. */
class TriedAsTheJobReadsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T04:00:00Z");
    private static final String ROW = "{\"id\":7,\"site\":\"north\",\"in_service\":true,\"by_face\":true,"
            + "\"by_card\":false,\"by_qr\":null,\"installed_at\":\"2026-01-05T02:00:00Z\"}";
    private static final String CHANGE = envelope("c", "null", ROW);

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file;

    @BeforeEach
    void describeAGym() throws IOException {
        file = Files.writeString(directory.resolve("acme.yaml"), """
                operator: acme
                system: one
                source:
                  kind: postgresql
                  url: jdbc:postgresql://127.0.0.1:5432/one
                  user: capture
                  password: ${env:ONE}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.heartbeat}
                use: gym
                """);
    }

    /** A record as a key, which may be missing, and a value. */
    record Written(String name, String key, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Written> records() {
        String tabbed = CHANGE.replace("north", "nor\tth");
        return Stream.of(
                new Written("good", null, CHANGE),
                new Written("good behind a key", "{\"id\":7}", CHANGE),
                new Written("half a surrogate pair", null, CHANGE.replace("north", "\\ud83d")),
                new Written("U+0000", null, CHANGE.replace("north", "\\u0000")),
                new Written("truncated", null, CHANGE.substring(0, 60)),
                new Written("truncated behind a tab in a text", null, tabbed.substring(0, tabbed.indexOf('\t') + 4)),
                new Written("a name twice", null, CHANGE.replace("\"op\"", "\"op\":\"u\",\"op\"")),
                new Written("garbage behind it", null, CHANGE + "}"),
                new Written("two in one", null, CHANGE + CHANGE),
                new Written("no envelope", null, "[1,2]"),
                new Written("too deep", null, CHANGE.replace("\"north\"", "[".repeat(70) + "]".repeat(70))),
                new Written("another operator", null, CHANGE.replace("cdc.acme.one", "cdc.other.one")),
                new Written("an unknown operation", null, CHANGE.replace("\"op\":\"c\"", "\"op\":\"x\"")),
                new Written("a place that is no number", null, CHANGE.replace("\"lsn\":100", "\"lsn\":\"100\"")),
                new Written("no place", null, CHANGE.replace("\"lsn\":100,", "")),
                new Written("no table", null, CHANGE.replace("\"table\":\"access_point\",", "")),
                new Written("no row", null, CHANGE.replace(ROW, "null")),
                new Written(
                        "a vector",
                        null,
                        CHANGE.replace("\"north\"", Collections.nCopies(40, 1).toString())),
                new Written("bytes", null, CHANGE.replace("north", "\\\\x" + "ab".repeat(200))),
                new Written("tombstone", "{\"id\":7}", "null"),
                new Written(
                        "a deletion with its key",
                        "{\"id\":0}",
                        envelope("d", ROW.replace("\"id\":7", "\"id\":0"), "null")),
                new Written(
                        "a deletion whose key was invented",
                        "{\"serial\":\"x\"}",
                        envelope("d", ROW.replace("\"id\":7", "\"id\":0"), "null")),
                new Written("bytes in a key", "{\"id\":\"\\\\x" + "ab".repeat(200) + "\"}", CHANGE),
                new Written("a heartbeat", null, CHANGE.replace("access_point", "heartbeat")));
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordIsRefusedForTheSameReason(Written record) throws Exception {
        Mapping mapping = OperatorFiles.read(file).mapping();
        Decoded read = new EnvelopeDecoder(mapping)
                .decode(
                        mapping.topic(),
                        0,
                        1,
                        NOW.toEpochMilli(),
                        record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8),
                        record.value().equals("null") ? null : record.value().getBytes(StandardCharsets.UTF_8));
        String line = record.key() == null ? record.value() : record.key() + "\t" + record.value();

        run("changes.jsonl", line + "\r\n", StandardCharsets.UTF_8);

        assertThat(out.toString())
                .as("%s", err)
                .startsWith(
                        read.rejected()
                                ? "1  REJECTED " + read.reject().reason() + System.lineSeparator()
                                : "1  " + read.change().kind() + " ");
    }

    @Test
    void theMarkThatWindowsPutsBeforeATextIsNoPartOfIt() throws IOException {
        assertThat(run("changes.jsonl", "\uFEFF" + CHANGE + "\r\n\r\n", StandardCharsets.UTF_8))
                .as("%s%s", err, out)
                .isZero();
        assertThat(run(
                        "public.membership.csv",
                        "\uFEFFid,member_id,ended_on\r\n1,1,2026-03-01\r\n",
                        StandardCharsets.UTF_8))
                .as("%s%s", err, out)
                .isZero();
        assertThat(out.toString()).contains("1  UPSERT public.membership 1 ");
    }

    @Test
    void textOfAnotherEncodingIsNoSampleWhereverItComesFrom() throws IOException {
        String two = CHANGE + "\n" + CHANGE.replace("north", "北门");
        assertThat(run("changes.jsonl", two, Charset.forName("GBK"))).isEqualTo(2);
        assertThat(err.toString().strip()).endsWith("changes.jsonl is not UTF-8: see line 2.");
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(two.getBytes(Charset.forName("GBK"))));
            assertThat(call("-")).isEqualTo(2);
        } finally {
            System.setIn(before);
        }
        assertThat(err.toString().strip()).endsWith("standard input is not UTF-8: see line 2.");
        assertThat(out.toString()).isEmpty();
    }

    /** Rows of CompreFace wait for a heartbeat; one that would follow a record of somebody else is none of theirs. */
    @Test
    void onlyWhatIsInTheSampleIsCountedAsRejected() throws IOException {
        Files.writeString(file, Files.readString(file).replace("use: gym", "use: compreface"));
        String image = CHANGE.replace("access_point", "img").replace(ROW, "{\"id\":\"i1\"}");

        assertThat(run(
                        "changes.jsonl",
                        image + "\n" + image.replace("cdc.acme.one", "cdc.other.one"),
                        StandardCharsets.UTF_8))
                .isEqualTo(1);
        assertThat(out.toString()).contains("2 changes; events: face-record 1;", "; rejected: foreign-operator 1;");
    }

    @Test
    void aTokenKeyThatCannotBeReadIsNamed() throws IOException {
        Files.writeString(directory.resolve("changes.jsonl"), CHANGE);
        Path nowhere = directory.resolve("nowhere.key");
        assertThat(call(directory.resolve("changes.jsonl").toString(), "--token-key", nowhere.toString()))
                .isEqualTo(2);
        assertThat(err.toString().strip()).endsWith("the token key in " + nowhere + " cannot be read.");
    }

    private int run(String name, String text, Charset encoding) throws IOException {
        return call(
                Files.write(directory.resolve(name), text.getBytes(encoding)).toString());
    }

    private int call(String sample, String... further) {
        String[] arguments = Stream.concat(Stream.of(file.toString(), sample), Stream.of(further))
                .toArray(String[]::new);
        return new CommandLine(new TryCommand(Clock.fixed(NOW, ZoneOffset.UTC)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static String envelope(String op, String before, String after) {
        return "{\"op\":\"" + op + "\",\"before\":" + before + ",\"after\":" + after
                + ",\"source\":{\"name\":\"cdc.acme.one\",\"schema\":\"public\",\"table\":\"access_point\","
                + "\"snapshot\":\"false\",\"txId\":100,\"lsn\":100,\"ts_ms\":1772409600000},\"ts_ms\":1772409600000}";
    }
}
