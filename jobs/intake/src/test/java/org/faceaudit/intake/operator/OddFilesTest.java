package org.faceaudit.intake.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.faceaudit.intake.operator.WrittenFile.HEAD;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.faceaudit.intake.mapping.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as editors, habits and accidents make them. */
class OddFilesTest {

    private static final String TABLES = HEAD + """
            mapping:
              tables:
                public.人员:
                  key: [编号]
                  facts:
                    - event: face-record
                      person: {identifies: id-card, column: 身份证号, normalise: idcard}
                      image: {column: "照片", as: bytes}
                  where:
                    - {column: 国家, equals: no}
                    - {column: 区号, in: [010, 0x1F, 1_000, on, 2026-01-01, 1.10]}
                    - {column: 删除时间, equals: ""}
            """;

    @TempDir
    private Path directory;

    private OperatorFile read(String text) throws IOException, OperatorFileException {
        return OperatorFiles.read(WrittenFile.in(directory, text));
    }

    private List<String> problems(String text) throws IOException {
        return WrittenFile.problems(directory, text);
    }

    private List<Problem> problemsOf(Path file) {
        return catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file))
                .problems();
    }

    @Test
    void valuesAreWhatStandsThereAndNothingThatYamlMakesOfThem() throws Exception {
        OperatorFile file = read(TABLES);

        assertThat(file.mapping().table("public.人员").orElseThrow().where())
                .extracting(Condition::values)
                .containsExactly(
                        List.of("no"), List.of("010", "0x1F", "1_000", "on", "2026-01-01", "1.10"), List.of(""));
        assertThat(file.mapping().capturedColumns("public.人员")).containsExactly("删除时间", "区号", "国家", "照片", "编号", "身份证号");
    }

    @Test
    void lineEndsAndTheMarkOfTheEncodingChangeNothing() throws Exception {
        String version = read(TABLES).mapping().version();

        assertThat(read(TABLES.replace("\n", "\r\n")).mapping().version()).isEqualTo(version);
        assertThat(read("\uFEFF" + TABLES).mapping().version()).isEqualTo(version);
        assertThat(read("---\n" + TABLES + "...\n").mapping().version()).isEqualTo(version);
    }

    @Test
    void whatIsNoPlainYamlIsSaidWhereItStands() throws Exception {
        assertThat(problems(TABLES.replace("    public.人员:", "\tpublic.人员:")))
                .singleElement()
                .asString()
                .startsWith("12:1 This is not YAML: found character '\\t(TAB)' that cannot start any token.");
        assertThat(problems(TABLES.replace("      key: [编号]\n", "      key: [编号]\n      key: [id]\n")))
                .contains("14:7 'key' stands twice in table public.人员. Keep one of the two.");
        assertThat(problems(TABLES.replace("key: [编号]", "key: &k [编号]").replace("equals: no", "in: *k")))
                .singleElement()
                .asString()
                .contains("This is not YAML: ")
                .contains("alias");
        assertThat(problems(TABLES.replace("key: [编号]", "key: &k [编号, *k]")))
                .singleElement()
                .asString()
                .contains("This is not YAML: ");
        assertThat(problems(TABLES.replace("equals: no", "<<: {equals: no}")))
                .contains("19:24 '<<' means nothing in 'where'. Write 'in'.");
        assertThat(problems(TABLES + "---\n" + TABLES))
                .singleElement()
                .asString()
                .contains("found another document");
    }

    @Test
    void otherEncodingsAndEndlessFilesAreProblemsOfTheFile() throws Exception {
        Path gbk = Files.write(directory.resolve("gbk.yaml"), TABLES.getBytes(Charset.forName("GBK")));
        assertThat(problemsOf(gbk))
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence()).isEqualTo("The file is not UTF-8."));

        Path utf16 = Files.write(directory.resolve("utf16.yaml"), TABLES.getBytes(StandardCharsets.UTF_16));
        assertThat(problemsOf(utf16)).hasSize(1);

        Path large = Files.writeString(
                directory.resolve("large.yaml"), TABLES + "      left-out: {a: \"" + "x".repeat(4_000_000) + "\"}\n");
        assertThat(problemsOf(large))
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence()).contains("exceeds the limit"));
    }

    @Test
    void aConstantThatStandsInTwoPlacesIsATokenOnlyWhereATokenIsCompared() throws Exception {
        String text = HEAD + """
                mapping:
                  tables:
                    public.face:
                      key: [id]
                      facts:
                        - event: face-record
                          person: {identifies: member-no, column: card}
                          image: {present: row}
                      where:
                        - {column: card, not: &test "0000"}
                        - {column: kind, not: *test}
                """;
        Path file = WrittenFile.in(directory, text);
        String token = "t1:member-no:k1:none:" + "a".repeat(32);

        String prepared = OperatorFiles.prepared(file, (column, keyId, literal) -> token);

        assertThat(OperatorFiles.read(WrittenFile.in(directory, prepared))
                        .mapping()
                        .table("public.face")
                        .orElseThrow()
                        .where())
                .extracting(Condition::values)
                .containsExactly(List.of(token), List.of("0000"));
    }

    @Test
    void everyWordThatNobodyKnowsIsToldAtOnce() throws Exception {
        assertThat(problems(HEAD + """
                mapping:
                  tables:
                    passage:
                      key: [id]
                      facts:
                        - event: attempt
                          method: {column: how, values: {a: FACES, b: CARDS, c: QR}}
                    public.gate log:
                      key: [id]
                      fact: []
                """))
                .extracting(problem -> problem.substring(problem.indexOf(' ') + 1))
                .containsExactlyInAnyOrder(
                        "'passage' is no table. Write schema.table, for example public.passage.",
                        "'FACES' is no method. Write 'FACE'.",
                        "'CARDS' is no method. Write 'CARD'.",
                        "'public.gate log' is no table. Write schema.table, neither with a blank or another dot in it: a"
                                + " table called otherwise cannot be captured.",
                        "'fact' means nothing in table public.gate log. Write 'facts'.");
    }

    @Test
    void aColumnIsNotUnderstoodWhereItLeavesAsATokenADescriptorOrADay() throws Exception {
        assertThat(problems(HEAD + """
                mapping:
                  tables:
                    public.face:
                      key: [id]
                      facts:
                        - event: face-record
                          person: {identifies: phone, column: phone}
                          image: {column: photo, as: bytes}
                          stored-at: {column: photo, type: timestamptz}
                        - event: attempt
                          method: {column: phone}
                          at: {column: day, type: timestamp}
                        - event: purpose-end
                          person: {identifies: phone, column: phone}
                          ends-on: {column: day}
                """))
                .extracting(problem -> problem.replaceAll("^\\d+:\\d+ | Name another.*", ""))
                .containsExactlyInAnyOrder(
                        "Column public.face.photo is read as a time (timestamptz), but it leaves the source as the"
                                + " descriptor of an image or template.",
                        "Column public.face.phone is read as a word, but it leaves the source as a token.",
                        "Column public.face.day is read as a time (timestamp), but it leaves the source as a day.");
    }

    @Test
    void anAddressIsOfOneHostAtAPortThatCanBe() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:5432/gym";
        for (String wrong : List.of(
                "jdbc:postgresql://h:99999/gym",
                "jdbc:postgresql://h:0/gym",
                "jdbc:postgresql://h:port/gym",
                "jdbc:postgresql://h1:5432,h2:5432/gym",
                "jdbc:postgresql:///gym",
                "jdbc:postgresql://h/",
                "jdbc:postgresql://h/a/b",
                "jdbc:mariadb://h/gym")) {
            assertThat(problems(TABLES.replace(url, "\"" + wrong + '"')))
                    .as(wrong)
                    .containsExactly("5:3 This is no address of a PostgreSQL database. Write"
                            + " jdbc:postgresql://host:port/database.");
        }
        for (String secret :
                List.of("jdbc:postgresql://h/gym?sslmode=require&sslpassword=x", "jdbc:postgresql://me:x@h:5432/gym")) {
            assertThat(problems(TABLES.replace(url, "\"" + secret + '"')))
                    .as(secret)
                    .contains("5:3 The address carries credentials. Move them to 'user' and 'password'.");
        }
    }

    @Test
    void aWrongAddressOfAProductsSourceIsAProblemAndNoException() throws Exception {
        String text = HEAD.replace("jdbc:postgresql://127.0.0.1:5432/gym", "jdbc:mariadb:gym")
                .replace("kind: postgresql", "kind: mariadb");

        assertThat(problems(text + "use: arcsoft\n"))
                .containsExactly(
                        "5:3 This is no address of a MariaDB database. Write" + " jdbc:mariadb://host:port/database.");
    }

    @Test
    void anAddressHasItsParts() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:5432/gym";
        SourceAddress composed = read(TABLES.replace(url, "jdbc:postgresql://face_db/gate%20a+b?sslmode=require"))
                .source();
        assertThat(composed.host()).isEqualTo("face_db");
        assertThat(composed.port()).isEqualTo(5432);
        assertThat(composed.database()).isEqualTo("gate a+b");

        SourceAddress six =
                read(TABLES.replace(url, "\"jdbc:postgresql://[::1]:6543/门禁\"")).source();
        assertThat(six.host()).isEqualTo("::1");
        assertThat(six.port()).isEqualTo(6543);
        assertThat(six.database()).isEqualTo("门禁");
    }

    @Test
    void aNameThatAConnectorsSettingsCannotHoldIsAProblem() throws Exception {
        assertThat(problems(TABLES.replace("column: 国家", "column: \"a,b\"").replace("column: 区号", "column: \"c;d\"")))
                .extracting(problem -> problem.replaceFirst(": a connector.*", ""))
                .containsExactly("12:5 'a,b' cannot be captured", "12:5 'c;d' cannot be captured");
    }

    @Test
    void nothingIsWrittenInQuotesAndNowhereElse() throws Exception {
        assertThat(problems(TABLES.replace("equals: \"\"", "equals: null"))).hasSize(1);
        assertThat(problems(TABLES.replace("equals: \"\"", "equals:"))).hasSize(1);
        assertThat(problems(TABLES.replace("equals: \"\"", "equals: \"  \""))).hasSize(1);
        assertThat(problems(TABLES.replace("column: 国家", "column: \"\""))).isNotEmpty();
    }
}
