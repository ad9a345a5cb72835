package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.cli.capture.KeyedLiterals;
import org.faceaudit.intake.mapping.TokenColumn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TryCommandTest {

    private static final String SECRET = "00112233445566778899aabbccddeeff";
    private static final Instant NOW = Instant.parse("2026-03-02T04:00:00Z");

    private static final String GATE = "{\"id\":7,\"site\":\"north\",\"in_service\":true,\"by_face\":true,"
            + "\"by_card\":false,\"by_qr\":null,\"installed_at\":\"2026-01-05T02:00:00Z\"}";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file;

    @BeforeEach
    void describeAGym() throws IOException {
        file = write("acme.yaml", """
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

    @Test
    void whatTheOperatorDeclaresIsToldWithItsDays() throws IOException {
        write("books.yaml", Files.readString(file).replace("use: gym\n", """
                mapping:
                  tables:
                    public.scene:
                      key: [id]
                      facts:
                        - {event: technology-use, scene: {column: name}, terminated-on: {column: ended}}
                    public.filing:
                      key: [id]
                      facts:
                        - event: declared-filing
                          kind: {column: what, values: {first: INITIAL}}
                          submitted-on: {column: sent}
                          declared-persons: {column: persons}
                """));
        Path sample = write(
                "changes.jsonl",
                envelope("c", "scene", 100, "{\"id\":1,\"name\":\"gate\",\"ended\":\"soon\"}")
                        + envelope(
                                "c",
                                "filing",
                                110,
                                "{\"id\":2,\"what\":\"first\",\"sent\":\"2026-02-27\",\"persons\":-1}"));

        assertThat(run(directory.resolve("books.yaml"), sample)).isEqualTo(1);
        assertThat(lines())
                .containsSubsequence(
                        "=> technology-use public.scene/1",
                        "scene PRESENT gate",
                        "terminatedOn UNKNOWN",
                        "=> declared-filing public.filing/2",
                        "kind PRESENT INITIAL",
                        "submittedOn PRESENT 2026-02-27",
                        "declaredPersons UNKNOWN");
    }

    @Test
    void everyColumnIsToldWithItsStateAndEveryEventWithItsFields() throws IOException {
        String later = GATE.replace("\"by_card\":false", "\"by_card\":true")
                .replace("2026-01-05T02:00:00Z", "__debezium_unavailable_value");
        Path sample = write(
                "changes.jsonl", envelope("c", "access_point", 100, GATE) + envelope("u", "access_point", 110, later));

        assertThat(run(file, sample)).as("%s%s", err, out).isZero();
        assertThat(lines())
                .containsSubsequence(
                        "1 UPSERT public.access_point 7 committed 2026-03-02T00:00:00Z",
                        "by_face PRESENT true",
                        "by_qr ABSENT",
                        "installed_at PRESENT 2026-01-05T02:00:00Z",
                        "=> access-point 7",
                        "methods FACE",
                        "2 UPDATE public.access_point 7 committed 2026-03-02T00:00:00Z",
                        "installed_at UNCHANGED",
                        "methods CARD, FACE");
        assertThat(out.toString()).contains("2 changes; events: access-point 2; no event: none; rejected: none");
    }

    @Test
    void equalRowsOfATableWithoutAKeyAreSeveralEvents() throws IOException {
        Path keyless = write("keyless.yaml", Files.readString(file).replace("use: gym\n", """
                mapping:
                  tables:
                    public.passage:
                      keyless: true
                      facts:
                        - event: face-record
                          image: {column: picture, as: path}
                """));
        Path rows = write("public.passage.csv", "picture\na.jpg\na.jpg\n");

        assertThat(run(keyless, rows)).as("%s%s", err, out).isZero();
        assertThat(out.toString())
                .containsPattern("=> face-record public\\.passage/%row:[0-9a-f]{32}/0")
                .containsPattern("=> face-record public\\.passage/%row:[0-9a-f]{32}/1")
                .contains("2 changes; events: face-record 2;");
    }

    @Test
    void aRecordThatIsRejectedIsToldWithItsReason() throws IOException {
        Path sample = write(
                "changes.jsonl",
                "{\"op\":\n" + "[]\n" + envelope("c", "access_point", 100, "{\"site\":\"north\"}")
                        + envelope("c", "access_point", 110, "{\"id\":7}").replace("cdc.acme.one", "cdc.other.one")
                        + "{\"op\":\"c\",\"op\":\"c\"}\n");

        assertThat(run(file, sample)).isEqualTo(1);
        assertThat(lines())
                .contains(
                        "1 REJECTED truncated-json",
                        "2 REJECTED not-an-envelope",
                        "3 REJECTED missing-key",
                        "4 REJECTED foreign-operator",
                        "5 REJECTED duplicate-key");
    }

    @Test
    void aValueThatCannotBeReadIsToldAndCounts() throws IOException {
        Path sample = write(
                "changes.jsonl",
                envelope("c", "membership", 100, "{\"id\":1,\"member_id\":1,\"ended_on\":\"next summer\"}"));

        assertThat(run(file, sample)).isEqualTo(1);
        assertThat(out.toString()).contains("!! ended_on cannot be read: ").contains("unreadable values: 1");
    }

    @Test
    void identifiersAndImagesAreReplacedAsTheConnectorDoesIt() throws IOException {
        Path sample = write(
                "changes.jsonl",
                envelope("c", "member", 100, "{\"id\":1,\"member_no\":\" m-0001 \"}")
                        + envelope(
                                "c",
                                "member_image",
                                110,
                                "{\"id\":1,\"member_id\":1,\"photo\":\"/9j/4AAQSkZJRg==\","
                                        + "\"feature\":\"[0.1,0.2]\",\"taken_at\":\"2026-03-01T08:00:00\",\"test_data\":false}"));

        assertThat(run(file, sample, "--token-key", write("key", SECRET).toString()))
                .as("%s%s", err, out)
                .isZero();
        String token = new KeyedLiterals(SECRET)
                .of(new TokenColumn("public.member", "member_no", "member-no", "trim,upper"), "k1", "M-0001");
        assertThat(lines())
                .contains("member_no PRESENT " + token, "photo PRESENT d1:present:image/jpeg:1k", "image true");
        assertThat(out.toString())
                .contains("=> face-record public.member_image/1")
                .contains("3 identifiers and images stood there as they are")
                .doesNotContain("m-0001")
                .doesNotContain("4AAQ");
    }

    @Test
    void rowsOfATableAreTriedAsIfTheyHadJustBeenInserted() throws IOException {
        String rows = "id,member_id,ended_on\n1,1,2026-02-28\n2,1,\n";
        Path sample = write("public.membership.csv", rows);

        assertThat(run(file, sample)).as("%s%s", err, out).isZero();
        assertThat(lines())
                .contains(
                        "1 UPSERT public.membership 1 committed " + NOW,
                        "ended_on PRESENT 2026-02-28",
                        "endsOn 2026-02-28",
                        "ended_on ABSENT");
        String first = out.toString();

        out.getBuffer().setLength(0);
        assertThat(run(file, write("rows.csv", rows), "--table", "public.membership"))
                .isZero();
        assertThat(out.toString()).isEqualTo(first);
    }

    @Test
    void whatCannotBeTriedIsOneSentence() throws IOException {
        assertThat(run(file, write("rows.csv", "id\n1\n"))).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("maps no table rows")
                .contains("--table");
        err.getBuffer().setLength(0);
        assertThat(run(file, directory.resolve("nowhere.jsonl"))).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("nowhere.jsonl cannot be read");
        err.getBuffer().setLength(0);
        assertThat(run(write("wrong.yaml", "operator: acme\n"), file)).isEqualTo(2);
        assertThat(err.toString()).contains("wrong.yaml");
        err.getBuffer().setLength(0);
        assertThat(run(file, write("public.membership.csv", "id,member_id\n1,1,13800138000\n")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("row 1 cannot be read").doesNotContain("13800138000");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anAttemptIsToldAsItsRowSaysIt() throws IOException {
        String passage = "{\"id\":1,\"point_id\":\"7\",\"method\":\"face\",\"outcome\":\"declined\","
                + "\"passed_at\":\"2026-03-02T00:00:00Z\"}";
        Path sample = write(
                "changes.jsonl",
                envelope("c", "passage", 100, passage)
                        + envelope(
                                "c",
                                "passage",
                                110,
                                passage.replace("face", "gesture").replace(":1,", ":2,")));

        assertThat(run(file, sample)).as("%s%s", err, out).isEqualTo(1);
        assertThat(lines())
                .containsSubsequence(
                        "=> attempt public.passage/1",
                        "pointId 7",
                        "at 2026-03-02T00:00:00Z (declared)",
                        "method FACE",
                        "outcome DECLINED");
        assertThat(out.toString()).contains("public.passage.method unmapped-method \"gesture\" 1");
    }

    @Test
    void recordsAreTakenAsAConsolePrintsThemAndAsConnectWritesThem() throws IOException {
        String row = envelope("c", "access_point", 100, GATE).strip();
        Path sample = write(
                "changes.jsonl",
                "{\"id\":7}\t" + row + "\r\n{\"schema\":{\"type\":\"struct\"},\"payload\":"
                        + row.replace("\"id\":7", "\"id\":8") + "}\n{\"id\":9}\tnull\n");

        assertThat(run(file, sample)).as("%s%s", err, out).isEqualTo(1);
        assertThat(lines())
                .containsSubsequence(
                        "1 UPSERT public.access_point 7 committed 2026-03-02T00:00:00Z",
                        "2 UPSERT public.access_point 8 committed 2026-03-02T00:00:00Z",
                        "3 REJECTED null-value",
                        "3 changes; events: access-point 2; no event: none; rejected: null-value 1; unreadable values: 0.",
                        "Envelopes came with their schema; the connector writes them without.");
    }

    @Test
    void standardInputIsASample() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(
                    envelope("c", "access_point", 100, GATE).getBytes(StandardCharsets.UTF_8)));
            assertThat(run(file, Path.of("-"))).as("%s%s", err, out).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).contains("1 change; events: access-point 1;");
    }

    @Test
    void whatIsMissingUnmappedOrNotCapturedIsCounted() throws IOException {
        Path listed = write("listed.yaml", Files.readString(file).replace("use: gym\n", """
                mapping:
                  tables:
                    public.gate:
                      key: [id]
                      facts:
                        - event: access-point
                          site: {column: site}
                          methods: {column: modes, delimiter: ",", values: {face: FACE, ic: CARD}}
                """));
        String gate = "{\"id\":7,\"modes\":\"face,iris scan\",\"keeper\":\"张三\"}";
        Path sample = write(
                "changes.jsonl",
                envelope("c", "gate", 100, gate)
                        + envelope("c", "gate", 110, gate.replace("7", "8"))
                        + envelope("c", "visitor", 120, "{\"id\":1}"));

        assertThat(run(listed, sample)).isEqualTo(1);
        assertThat(lines())
                .contains(
                        "Unreadable: public.gate.modes unmapped-method \"face,iris scan\" 2, public.gate.site"
                                + " unknown-value 2.",
                        "Unknown, since the sample does not tell: public.gate.site 2.",
                        "Tables that the file does not map: public.visitor 1.",
                        "Columns that are not captured: public.gate.keeper 2.");
        assertThat(out.toString()).doesNotContain("张三");
    }

    @Test
    void whatNobodyRefersToIsSettledByTheHeartbeatThatFollows() throws IOException {
        Path faces = write("faces.yaml", Files.readString(file).replace("use: gym", "use: compreface"));
        Path sample = write("changes.jsonl", envelope("c", "img", 100, "{\"id\":\"i1\"}"));

        assertThat(run(faces, sample)).as("%s%s", err, out).isZero();
        assertThat(lines())
                .containsSubsequence(
                        "1 UPSERT public.img i1 committed 2026-03-02T00:00:00Z",
                        "- what the next heartbeat settles",
                        "=> face-record public.img/i1");
    }

    private int run(Path operator, Path sample, String... further) {
        List<String> arguments = new ArrayList<>(List.of(operator.toString(), sample.toString()));
        arguments.addAll(List.of(further));
        return new CommandLine(new TryCommand(Clock.fixed(NOW, ZoneOffset.UTC)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    /** What was printed, whatever it is indented and spaced by. */
    private List<String> lines() {
        return out.toString()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }

    private static String envelope(String op, String table, long lsn, String row) {
        return "{\"op\":\"" + op + "\",\"before\":null,\"after\":" + row + ",\"source\":{\"name\":\"cdc.acme.one\","
                + "\"schema\":\"public\",\"table\":\"" + table + "\",\"snapshot\":\"false\",\"txId\":" + lsn
                + ",\"lsn\":"
                + lsn + ",\"ts_ms\":1772409600000},\"ts_ms\":1772409600000}\n";
    }
}
