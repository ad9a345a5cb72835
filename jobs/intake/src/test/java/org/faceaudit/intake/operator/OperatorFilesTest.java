package org.faceaudit.intake.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.faceaudit.intake.operator.WrittenFile.HEAD;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.intake.mapping.DescriptorColumn;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TokenColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorFilesTest {

    @TempDir
    private Path directory;

    private Path write(String text) throws IOException {
        return WrittenFile.in(directory, text);
    }

    private List<String> problems(String text) throws IOException {
        return WrittenFile.problems(directory, text);
    }

    @Test
    void readsASourceAndAProduct() throws Exception {
        OperatorFile file = OperatorFiles.read(write(HEAD + "use: gym\nmapping: {token-key: k7}\n"));

        assertThat(file.operator()).isEqualTo("iron-gym");
        assertThat(file.product()).contains("gym");
        assertThat(file.source())
                .isEqualTo(new SourceAddress(
                        SourceKind.POSTGRESQL,
                        "jdbc:postgresql://127.0.0.1:5432/gym",
                        "faceaudit_capture",
                        "GYM_PASSWORD",
                        ZoneId.of("Asia/Shanghai"),
                        "public.faceaudit_heartbeat",
                        Duration.ofSeconds(10)));
        assertThat(file.mapping().heartbeatPromise())
                .isEqualTo(new HeartbeatPromise(Duration.ofSeconds(90), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, false));
        Mapping mapping = file.mapping();
        assertThat(mapping.topic()).isEqualTo("cdc.iron-gym.gym");
        assertThat(mapping.tokenKey()).contains("k7");
        assertThat(mapping.tables())
                .containsExactly(
                        "public.access_point",
                        "public.member",
                        "public.member_image",
                        "public.membership",
                        "public.passage");
        assertThat(mapping.capturedColumns("public.member")).containsExactly("id", "member_no");
        assertThat(mapping.capturedColumns("public.member_image"))
                .containsExactly("feature", "id", "member_id", "photo", "taken_at", "test_data");
        assertThat(mapping.tokenColumns())
                .containsExactly(new TokenColumn("public.member", "member_no", "member-no", "trim,upper"));
        assertThat(mapping.descriptorColumns())
                .containsExactly(
                        new DescriptorColumn("public.member_image", "feature", "template"),
                        new DescriptorColumn("public.member_image", "photo", "bytes"));
    }

    @Test
    void aPromiseHasItsHoursAndDays() throws Exception {
        String beat = "heartbeat: {table: public.faceaudit_heartbeat";
        String heartbeat = beat + ", promise: 90s}";
        assertThat(HEAD).contains(heartbeat);
        String day =
                HEAD.replace(heartbeat, beat + ", promise: 5m, hours: 07:30-24:00, days: working-days, every: 2s}");
        OperatorFile file = OperatorFiles.read(write(day + "use: gym\n"));
        assertThat(file.source().heartbeatInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(file.mapping().heartbeatPromise())
                .isEqualTo(new HeartbeatPromise(Duration.ofMinutes(5), LocalTime.of(7, 30), LocalTime.MIDNIGHT, true));

        String late = HEAD.replace(heartbeat, beat + ", hours: 18:00-02:30}");
        file = OperatorFiles.read(write(late + "use: gym\n"));
        assertThat(file.mapping().heartbeatPromise())
                .isEqualTo(new HeartbeatPromise(null, LocalTime.of(18, 0), LocalTime.of(2, 30), false));

        String silent = HEAD.replace(heartbeat, "heartbeat: {table: public.faceaudit_heartbeat}");
        file = OperatorFiles.read(write(silent + "use: gym\n"));
        assertThat(file.source().heartbeatInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(file.mapping().heartbeatPromise()).isEqualTo(HeartbeatPromise.UNSPOKEN);

        String never = HEAD.replace(heartbeat, beat + ", hours: 07:00-07:00, days: weekdays, every: 0s}");
        assertThat(problems(never + "use: gym\n"))
                .extracting(problem -> problem.substring(problem.indexOf(' ') + 1))
                .containsExactlyInAnyOrder(
                        "'07:00-07:00' are no hours of a day. Write the first and the last time in Shanghai: 07:00-23:00, or"
                                + " 18:00-02:00 of those who stay open.",
                        "'weekdays' are no days on which heartbeats are promised. Write every-day or working-days.",
                        "'0s' is no span of time. Write a number and s, m or h: 60s.");
    }

    @Test
    void namesEveryProblemWithItsPlaceAndRemedy() throws Exception {
        assertThat(problems("""
                        operator: Iron Gym
                        systm: gym
                        source:
                          kind: mysql
                          url: jdbc:postgresql://h/gym?password=secret
                          user: capture
                          password: secret
                          zone: Asia/Peking
                          heartbeat: {table: heartbeat, promise: soon}
                        mapping:
                          tables:
                            public.face:
                              key: [id]
                              facts:
                                - event: face-records
                                - event: heartbeat
                                - event: face-record
                                  person: {identifies: phon, column: phone, normalize: [trim]}
                                  image: {column: photo, as: jpeg}
                                  stored-at: {column: taken_at}
                              wher: {column: a, equals: b}
                        """))
                .containsExactly(
                        "1:1 'Iron Gym' cannot be an operator id. Use a-z, 0-9 and '-' only, and not 'registry'.",
                        "1:1 'system' is missing in the file. Add 'system:'.",
                        "2:1 'systm' means nothing in the file. Write 'system'.",
                        "4:3 Sources of kind 'mysql' are not supported yet. Write one of postgresql, mariadb.",
                        "5:3 The address carries credentials. Move them to 'user' and 'password'.",
                        "7:3 A password must not stand in the file. Put it into an environment variable and write"
                                + " ${env:NAME}.",
                        "8:3 'Asia/Peking' is no time zone. Write one like Asia/Shanghai.",
                        "9:15 'heartbeat' is no table. Write schema.table.",
                        "9:33 'soon' is no span of time. Write a number and s, m or h: 60s.",
                        "15:11 'face-records' is no kind of event. Write 'face-record'.",
                        "16:11 The heartbeat is no fact of a table. Name its table under 'source', 'heartbeat'.",
                        "18:20 'phon' identifies nobody. Write 'phone'.",
                        "18:53 'normalize' means nothing in 'person'. Write 'normalise'.",
                        "19:34 'jpeg' is no form of an image. Write one of bytes, base64, path, url, template.",
                        "20:22 'type' is missing in 'stored-at'. Add 'type:'.",
                        "21:7 'wher' means nothing in table public.face. Write 'where'.");
    }

    @Test
    void refusesWhatCannotWorkTogether() throws Exception {
        assertThat(problems(HEAD + """
                        mapping:
                          tables:
                            public.face:
                              key: [id]
                              tokens: {owner: credential}
                              left-out: {photo: big}
                              where: {column: phone, equals: "1"}
                              facts:
                                - event: face-record
                                  person: {identifies: phone, column: phone, via: [owner -> public.owner.id]}
                                  image: {column: photo, as: bytes}
                                - event: face-record
                                  image: {column: phone, as: bytes}
                        """))
                .containsExactly(
                        "12:5 Column public.face.photo is left out and read. Remove it from 'left-out', or read another"
                                + " column.",
                        "16:14 The filter of public.face compares public.face.phone, which arrives neither as text nor"
                                + " as a token. Filter by another column.",
                        "21:11 A row of public.face can be one face-record only. Remove one of the two.");
    }

    @Test
    void anAttemptIsReadInOurWords() throws Exception {
        assertThat(problems(HEAD + """
                        mapping:
                          tables:
                            public.passage:
                              key: [id]
                              facts:
                                - event: attempt
                                  access-point: {colum: gate}
                                  at: {column: day, type: date}
                                  method: {column: how, constant: FACE}
                                  outcome: {column: result, values: {ok: PASSED, no: REFUSED}}
                            public.other:
                              key: [id]
                              facts:
                                - event: attempt
                                  method: {constant: FAC}
                                  outcome: {values: {ok: PASSED}}
                                  result: {column: ok}
                        """))
                .containsExactly(
                        "16:25 'column' is missing in 'access-point'. Add 'column:'.",
                        "16:26 'colum' means nothing in 'access-point'. Write 'column'.",
                        "17:11 A day does not say when an attempt was made. Name a column with the time of day, or leave"
                                + " 'at' out: then the commit counts.",
                        "18:11 'method' needs exactly one of 'constant' and 'column'. Write {constant: …} or {column:"
                                + " …}.",
                        "19:20 'REFUSED' is no outcome. Write one of PASSED, FAILED, DECLINED.",
                        "24:19 'FAC' is no method. Write 'FACE'.",
                        "25:11 'outcome' needs exactly one of 'constant' and 'column'. Write {constant: …} or {column:"
                                + " …}.",
                        "26:11 'result' means nothing in a fact of public.other. Write one of event, access-point, person, at,"
                                + " method, outcome.");
    }

    @Test
    void readsAConsentAndRefusesWhatNoConsentSays() throws Exception {
        Mapping mapping = OperatorFiles.read(write(HEAD + """
                        mapping:
                          tables:
                            public.consent:
                              key: [id]
                              facts:
                                - event: consent
                                  person: {identifies: member-no, column: no, via: [member_id -> public.member.id]}
                                  separate: {constant: true}
                                  legal-basis: {column: basis}
                                  birth: {column: birth_on, via: [member_id -> public.member.id]}
                        """)).mapping();

        assertThat(mapping.capturedColumns("public.consent")).containsExactly("basis", "id", "member_id");
        assertThat(mapping.capturedColumns("public.member")).containsExactly("birth_on", "id", "no");
        assertThat(problems(HEAD + """
                        mapping:
                          tables:
                            public.consent:
                              key: [id]
                              facts:
                                - event: consent
                                  separate: {constant: perhaps}
                                  scope: {column: purpose, values: {entry: FACES}}
                                  legal-basis: {constant: CONSENT, column: basis}
                                  withdrawn: {in: ["3"]}
                                  guardian: {column: guardian, is: parent}
                                  givn-at: {column: at, type: timestamptz}
                        """))
                .containsExactly(
                        "15:11 'person' is missing in a fact of public.consent. Add 'person:'.",
                        "16:22 A constant is true or false, and nothing else. Write {constant: true}.",
                        "17:18 'FACES' is no scope. Write 'FACE'.",
                        "18:11 'legal-basis' needs exactly one of 'constant' and 'column'. Write {constant: …} or"
                                + " {column: …}.",
                        "19:11 'withdrawn' needs exactly one of 'constant' and 'column'. Write {constant: …} or"
                                + " {column: …}.",
                        "20:40 'is' means nothing in 'guardian'. Write 'in'.",
                        "21:11 'givn-at' means nothing in a fact of public.consent. Write 'given-at'.");
    }

    @Test
    void aSpaceIsOneOfAFewKinds() throws Exception {
        assertThat(problems(HEAD + """
                        mapping:
                          tables:
                            public.locker:
                              key: [id]
                              facts:
                                - event: access-point
                                  space: {column: room, values: {sauna: BATHS, hall: OTHER}, default: OTHER}
                                  methods: {constant: [FACE]}
                        """))
                .containsExactly(
                        "16:33 'BATHS' is no kind of space. Write 'BATH'.",
                        "16:70 'default' means nothing in 'space'. Write one of via, column, values.");
    }

    private static final String BY_CARD = """
            mapping:
              token-key: k3
              tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: member-no, column: card, normalise: [trim, upper]}
                      image: {present: row}
                  where: {column: card, not: TEST}
            """;

    @Test
    void aConstantThatATokenIsComparedWithIsATokenInThePreparedFile() throws Exception {
        String token = "t1:member-no:k3:trim,upper:0123456789abcdef0123456789abcdef";
        Path file = write(HEAD + BY_CARD.replace("TEST", "[a1, \"t1:member-no:k3:trim,upper:empty\"]"));
        Mapping written = OperatorFiles.read(file).mapping();
        assertThat(written.unresolvedFilters()).containsExactly("the filter of public.face on public.face.card");

        String text = OperatorFiles.prepared(file, (column, keyId, literal) -> {
            assertThat(column).isEqualTo(new TokenColumn("public.face", "card", "member-no", "trim,upper"));
            assertThat(keyId + ' ' + literal).isEqualTo("k3 a1");
            return token;
        });
        Mapping prepared = OperatorFiles.read(write(text)).mapping();

        assertThat(text).doesNotContain("a1,").doesNotContain("\"a1\"");
        assertThat(prepared.unresolvedFilters()).isEmpty();
        assertThat(prepared.table("public.face").orElseThrow().where())
                .singleElement()
                .satisfies(condition ->
                        assertThat(condition.values()).containsExactly(token, "t1:member-no:k3:trim,upper:empty"));
        assertThat(prepared.version()).as("of what judges").isNotEqualTo(written.version());
        assertThat(OperatorFiles.prepared(directory.resolve("gym.yaml"), (column, keyId, literal) -> {
                    throw new AssertionError("nothing is left to resolve");
                }))
                .isEqualTo(text);
    }

    @Test
    void aPreparedFileSaysTheSameAsTheOneItWasMadeOf() throws Exception {
        for (String rows : List.of("use: gym\nmapping: {token-key: k7}\n", "use: compreface\n")) {
            Path file = write(HEAD + rows);
            OperatorFile written = OperatorFiles.read(file);
            OperatorFile prepared = OperatorFiles.read(write(OperatorFiles.prepared(
                    file, (column, keyId, literal) -> "t1:credential:k1:none:" + "0".repeat(32))));

            assertThat(prepared.source()).isEqualTo(written.source());
            assertThat(prepared.product()).isEmpty();
            assertThat(prepared.mapping().tokenKey())
                    .isEqualTo(written.mapping().tokenKey());
            assertThat(prepared.mapping().tokenColumns())
                    .isEqualTo(written.mapping().tokenColumns());
            if (rows.contains("gym")) {
                assertThat(prepared.mapping().version())
                        .isEqualTo(written.mapping().version());
                assertThat(prepared.mapping().tablesByName())
                        .isEqualTo(written.mapping().tablesByName());
            }
        }
    }

    @Test
    void aConstantThatNoTokenCanBeMadeOfIsAProblemAtItsPlace() throws Exception {
        Path file = write(HEAD + BY_CARD.replace("TEST", "\"--\""));
        OperatorFileException wrong = catchThrowableOfType(
                OperatorFileException.class,
                () -> OperatorFiles.prepared(file, (column, keyId, literal) -> {
                    throw new IllegalArgumentException("Nothing is left of this.");
                }));

        assertThat(wrong.problems())
                .containsExactly(new Problem(
                        file.toString(),
                        19,
                        34,
                        "Nothing is left of this.",
                        "Compare with something that the column can hold."));
        assertThat(problems(HEAD + BY_CARD.replace("TEST", "\"t1:phone:k3:trim,upper:" + "0".repeat(32) + "\"")))
                .containsExactly("19:34 This is no token of public.face.card: those begin with"
                        + " t1:member-no:k3:trim,upper:. Write the value itself as the source holds it; it becomes a"
                        + " token before anything reads it.");
    }

    @Test
    void tellsWhereYamlEnds() throws Exception {
        assertThat(problems("operator: [a\nsystem: b\n"))
                .singleElement()
                .asString()
                .startsWith("2:7 This is not YAML:");
        assertThat(problems("operator: a\noperator: b\n"))
                .contains("2:1 'operator' stands twice in the file. Keep one of the two.");
        assertThat(problems("")).containsExactly("1:1 The file is empty. Describe one system in it.");
        assertThat(problems("- a\n"))
                .containsExactly(
                        "1:1 the file must be a section of keys and values. Write its keys below it, indented.");
    }

    @Test
    void saysWhichProductIsNotThere() throws Exception {
        assertThat(problems(HEAD + "use: comprefaces\n"))
                .containsExactly("10:1 No product is called 'comprefaces'. Use one of schemas/products, or describe the"
                        + " tables under 'mapping:'.");
        assertThat(problems(HEAD + "use: gym\nmapping: {tables: {a.b: {key: [id]}}}\n"))
                .containsExactly("10:1 Both 'use' and tables stand here. Keep one of the two.");
        assertThat(problems(HEAD))
                .containsExactly("1:1 Nothing says what the rows mean. Name a product with 'use:', or describe tables"
                        + " under 'mapping:', 'tables:'.");
    }

    @Test
    void aProductBesideTheFileIsReadToo() throws Exception {
        Files.writeString(
                directory.resolve("own.yaml"),
                "product: own\nmapping: {tables: {a.b: {key: [id], facts: [{event: face-record, image: {present: row}}]}}}\n");

        assertThat(OperatorFiles.read(write(HEAD + "use: ./own.yaml\n"))
                        .mapping()
                        .tables())
                .containsExactly("a.b");
    }

    @Test
    void aProductLeavesTheNameOfTheDatabaseOpen() throws Exception {
        Files.writeString(directory.resolve("own.yaml"), """
                product: own
                mapping:
                  tables:
                    ${database}.人脸:
                      key: [id]
                      facts:
                        - event: face-record
                          person: {identifies: phone, column: 手机, via: ["member_id -> ${database}.会员.id"]}
                          image: {present: rows}
                """);
        Path file = write(HEAD + "use: ./own.yaml\n");
        assertThat(catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file))
                        .problems())
                .as("what is wrong is told by its line")
                .extracting(Problem::line)
                .containsExactly(9);

        Files.writeString(
                directory.resolve("own.yaml"),
                Files.readString(directory.resolve("own.yaml")).replace("present: rows", "present: row"));
        Mapping mapping = OperatorFiles.read(file).mapping();
        assertThat(mapping.tables()).containsExactly("gym.人脸", "gym.会员");

        Path prepared = Files.writeString(
                directory.resolve("prepared.yaml"), OperatorFiles.prepared(file, (column, key, text) -> text));
        assertThat(OperatorFiles.read(prepared).mapping().tablesByName())
                .as("the job reads the name")
                .isEqualTo(mapping.tablesByName());
    }

    @Test
    void theVersionIsOfTheMappingAndNotOfItsLayout() throws Exception {
        String block = """
                mapping:
                  tables:
                    a.b:
                      key: [id]
                      facts:
                        - event: face-record
                          image: {present: row}
                """;
        String flow =
                "mapping: {tables: {a.b: {facts: [{image: {present: \"row\"}, event: face-record}], key: [id]}}}\n";
        String version = OperatorFiles.read(write(HEAD + block)).mapping().version();

        assertThat(version).matches("[0-9a-f]{16}");
        assertThat(OperatorFiles.read(write(HEAD + flow)).mapping().version()).isEqualTo(version);
        assertThat(OperatorFiles.read(write(HEAD + flow.replace("image", "template")))
                        .mapping()
                        .version())
                .isNotEqualTo(version);
    }

    @Test
    void aDirectoryIsReadAsAWhole() throws Exception {
        write(HEAD + "use: gym\n");
        Files.writeString(directory.resolve("again.yaml"), HEAD + "use: gym\n");
        Files.writeString(directory.resolve("empty.yml"), "");
        Files.writeString(directory.resolve("notes.txt"), "not read");

        OperatorFileException wrong =
                catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.readDirectory(directory));

        assertThat(wrong.problems().stream().map(Problem::sentence))
                .containsExactly(
                        "The file is empty.",
                        "Operator iron-gym, system gym is described in " + directory.resolve("again.yaml")
                                + " already.");

        OperatorDirectory each = OperatorFiles.readEach(directory);
        assertThat(each.problems()).isEqualTo(wrong.problems());
        assertThat(each.files())
                .as("of two that describe the same, the first")
                .extracting(OperatorFile::file)
                .containsExactly(directory.resolve("again.yaml").toString());
    }

    @Test
    void aMappingTravelsToOtherProcesses() throws Exception {
        Mapping mapping = OperatorFiles.read(write(HEAD + "use: compreface\n")).mapping();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(mapping);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Mapping arrived = (Mapping) in.readObject();
            assertThat(arrived.tablesByName()).isEqualTo(mapping.tablesByName());
            assertThat(arrived.version()).isEqualTo(mapping.version());
        }
    }

    @Test
    void badBytesAreAProblemAndNoException() throws Exception {
        Path file =
                Files.write(directory.resolve("bad.yaml"), "operator: \u00e4".getBytes(StandardCharsets.ISO_8859_1));

        OperatorFileException wrong = catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file));

        assertThat(wrong.problems()).extracting(Problem::sentence).containsExactly("The file is not UTF-8.");
    }
}
