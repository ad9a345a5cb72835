package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is guessed of the sample schemas, and of tables as Chinese products have them. */
class ScanOnPostgresqlTest {

    private static final Path SCHEMAS =
            Path.of("..", "..", "deploy", "local", "src", "main", "resources", "demo", "schema");

    private static EmbeddedPostgres server;

    @TempDir
    private Path directory;

    private final ScanCall scan = new ScanCall();

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.builder().start();
        for (String sample : new String[] {"compreface", "face", "gym"}) {
            run("postgres", "CREATE DATABASE " + sample);
            run(sample, Files.readString(SCHEMAS.resolve(sample + ".sql")));
        }
        run("postgres", "CREATE DATABASE facegate");
        run(
                "facegate",
                "CREATE TABLE tb_face_library (face_library_id int PRIMARY KEY, name text, tel text)",
                "CREATE TABLE tb_face_guest (face_id int PRIMARY KEY, face_library_id int, idcard text, photo_feature text)",
                "CREATE TABLE tb_face_info (face_id int PRIMARY KEY, face_library_id int, idcard text, photo_feature text)",
                "CREATE TABLE tb_face_picture (pic_id int PRIMARY KEY, face_library_id int, face_id int, pic_data bytea)",
                "CREATE TABLE tb_visit_record (rec_id int PRIMARY KEY, face_id int, visit_time timestamp, expire_time timestamp)",
                "CREATE TABLE tb_terminal_info (term_id int PRIMARY KEY, face_library_id int, term_name text)");
        run("postgres", "CREATE DATABASE chinese");
        run(
                "chinese",
                "CREATE TABLE 住户人脸 (编号 bigint PRIMARY KEY, 身份证 text, 姓名 text, 手机 text, 照片 bytea, 照片文本 text,"
                        + " 建档时间 timestamptz NOT NULL)",
                "CREATE TABLE 门禁 (编号 text PRIMARY KEY, 启用 boolean NOT NULL, 刷脸 boolean NOT NULL,"
                        + " 刷卡 boolean NOT NULL, 变更时间 timestamptz)",
                "CREATE TABLE 访客 (编号 bigint PRIMARY KEY, 证件 text, 姓名 text)",
                "CREATE TABLE 访客照片 (编号 bigint PRIMARY KEY, 访客编号 bigint REFERENCES 访客, 照片 bytea, 留存至 date)",
                "CREATE TABLE 校门 (名称 text PRIMARY KEY, 方式 text NOT NULL)",
                "CREATE TABLE zp (a int PRIMARY KEY, b text, c bytea, d text)",
                "COMMENT ON COLUMN zp.b IS '会员的手机号'",
                "COMMENT ON COLUMN zp.c IS '人脸照片'",
                "INSERT INTO zp VALUES (1, '13800138000', '\\x01', '张三')");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static void run(String database, String... statements) throws SQLException {
        try (Connection owner = server.getDatabase("postgres", database).getConnection();
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private int scan(String database) {
        return scan.run("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, "--user", "postgres");
    }

    @Test
    void theFaceTableOfAPropertyOperator() throws Exception {
        assertThat(scan("face")).as("%s", scan).isZero();
        assertThat(scan.table("public.face"))
                .containsExactly(
                        "key: [id]",
                        "facts:",
                        "- event: face-record",
                        "person: {identifies: id-card, column: id_card, normalise: [idcard]}",
                        "image: {column: photo_url, as: url}",
                        "template: {column: feature}",
                        "stored-at: {column: create_time, type: timestamp}",
                        "soft-delete: is_deleted",
                        "left-out:",
                        "name: \"a name\"",
                        "phone: \"not needed: another identifier names the person\"");
        assertThat(scan.reason("image:")).isEqualTo("'photo_url' in its name stands for image; its type is text");
        Mapping mapping = scan.mapping(directory);
        assertThat(mapping.capturedColumns("public.face"))
                .containsExactly("create_time", "feature", "id", "id_card", "photo_url");
    }

    /** As FaceGateServerLite has them, a public product that no shipped mapping covers. */
    @Test
    void whoIsMeantIsFoundByTheNameOfAKeyAndTheTelephoneOfALibraryIsNobodys() throws Exception {
        assertThat(scan("facegate")).as("%s", scan).isEqualTo(1);
        assertThat(scan.table("public.tb_face_picture"))
                .contains("person: {identifies: id-card, column: idcard,"
                        + " via: [\"face_id -> public.tb_face_info.face_id\"], normalise: [idcard]}");
        assertThat(scan.table("public.tb_visit_record"))
                .contains("- event: purpose-end", "ends-on: {column: expire_time, type: timestamp}");
        assertThat(scan.toString())
                .contains("tb_face_info (tb_face_guest has a key of that name too: which is meant, nothing says)")
                .doesNotContain("column: tel")
                .doesNotContain("face_library_id: FACE");
    }

    @Test
    void comprefaceIsFoundWithoutAForeignKey() throws Exception {
        assertThat(scan("compreface")).as("%s", scan).isZero();
        assertThat(scan.table("public.embedding"))
                .containsSubsequence(
                        "- event: face-record",
                        "person: {identifies: local-id, column: subject_id}",
                        "template: {present: row}",
                        "embedding: \"that the row is there says enough\"");
        assertThat(scan.table("public.img"))
                .containsSubsequence(
                        "- event: face-record",
                        "person: {identifies: local-id, column: subject_id, via: [\"id <- public.embedding.img_id\"]}",
                        "image: {present: row}");
        assertThat(scan.toString()).contains("# No table was recognised that says which methods a gate offers.");
        // Neither the photo nor the template would leave the database.
        Mapping mapping = scan.mapping(directory);
        assertThat(mapping.capturedColumns("public.embedding")).containsExactly("id", "img_id", "subject_id");
        assertThat(mapping.capturedColumns("public.img")).containsExactly("id");
    }

    @Test
    void aGymsTablesAreFoundAllOfThem() throws Exception {
        assertThat(scan("gym")).as("%s", scan).isZero();
        assertThat(scan.table("public.access_point"))
                .containsSubsequence(
                        "- event: access-point",
                        "site: {column: site}",
                        "in-force: {column: in_service}",
                        "methods: {flags: {by_face: FACE, by_card: CARD, by_qr: QR}}",
                        "since: {column: changed_at, type: timestamptz}");
        assertThat(scan.table("public.member_image"))
                .containsSubsequence(
                        "- event: face-record",
                        "person: {identifies: id-card, column: id_card, via: [\"member_id -> public.member.id\"],"
                                + " normalise: [idcard]}",
                        "image: {present: row}",
                        "stored-at: {column: taken_at, type: timestamptz}",
                        "retention: {until: keep_until, type: date}");
        assertThat(scan.table("public.membership"))
                .containsSubsequence("- event: purpose-end", "ends-on: {column: ended_on, type: date}");
        assertThat(scan.table("public.consent"))
                .containsSubsequence(
                        "- event: consent",
                        "separate: {column: separate}",
                        "legal-basis: {column: legal_basis}",
                        "given-at: {column: given_at, type: timestamptz}",
                        "withdrawn-at: {column: withdrawn_at, type: timestamptz}",
                        "expires-on: {column: expires_on, type: date}",
                        "guardian: {column: guardian}",
                        "birth: {column: birth_on, via: [\"member_id -> public.member.id\"], type: date}");
        assertThat(scan.table("public.attempt"))
                .containsSubsequence(
                        "- event: attempt",
                        "access-point: {column: point_id}",
                        "at: {column: at, type: timestamptz}",
                        "method: {column: method}",
                        "outcome: {column: outcome}");
        assertThat(scan.mapping(directory).tables())
                .containsExactly(
                        "public.access_point",
                        "public.attempt",
                        "public.consent",
                        "public.member",
                        "public.member_image",
                        "public.membership");
    }

    @Test
    void chineseNamesAndCommentsAreRead() throws Exception {
        assertThat(scan("chinese")).as("%s", scan).isZero();
        assertThat(scan.table("public.住户人脸"))
                .containsSubsequence(
                        "person: {identifies: id-card, column: 身份证, normalise: [idcard]}",
                        "image: {column: 照片, as: bytes}",
                        "stored-at: {column: 建档时间, type: timestamptz}");
        assertThat(scan.toString()).contains("# not read, though it looks like an image or a template too: 照片文本");
        assertThat(scan.table("public.门禁"))
                .containsSubsequence("in-force: {column: 启用}", "methods: {flags: {刷脸: FACE, 刷卡: CARD}}");
        assertThat(scan.table("public.校门")).contains("methods: {column: 方式, delimiter: \",\"}");
        assertThat(scan.table("public.访客照片"))
                .containsSubsequence(
                        "person: {identifies: id-card, column: 证件, via: [\"访客编号 -> public.访客.编号\"], normalise:"
                                + " [idcard]}",
                        "image: {column: 照片, as: bytes}",
                        "retention: {until: 留存至, type: date}");
        assertThat(scan.table("public.zp"))
                .containsSubsequence(
                        "person: {identifies: phone, column: b, normalise: [digits]}", "image: {column: c, as: bytes}");
        assertThat(scan.mapping(directory).tables()).contains("public.住户人脸", "public.zp");
    }

    @Test
    void noRowIsShownAndEveryGuessHasAReason() {
        scan("chinese");
        assertThat(scan.toString())
                .doesNotContain("13800138000")
                .doesNotContain("张三")
                .doesNotContain(ScanCall.PASSWORD);
        assertThat(scan.toString()
                        .lines()
                        .filter(line -> line.matches(" +(- event|person|image|template|methods|site"
                                + "|in-force|since|stored-at|retention|soft-delete): .*")))
                .hasSizeGreaterThan(10)
                .allMatch(line -> line.matches(".*# guess: .{10,}"));
    }

    @Test
    void whereNothingIsFoundItSaysSo() throws Exception {
        run("postgres", "CREATE DATABASE ledger");
        run(
                "ledger",
                "CREATE TABLE invoice (id int PRIMARY KEY, amount numeric)",
                "CREATE TABLE invoice_line (invoice int, amount numeric)");

        assertThat(scan("ledger")).isEqualTo(1);
        assertThat(scan.lacks()).containsExactly("a table that can be mapped.");
    }

    @Test
    void whereNothingTellsRowsApartEqualOnesAreCounted() throws Exception {
        run("postgres", "CREATE DATABASE pictures");
        run(
                "pictures",
                "CREATE TABLE member (id_card varchar(18), member_id bigint)",
                "CREATE TABLE picture (taken_at timestamp, photo bytea, member_id bigint)");

        assertThat(scan("pictures")).as("%s", scan).isZero();
        assertThat(scan.table("public.picture"))
                .containsSubsequence("keyless: true", "- event: face-record", "image: {column: photo, as: bytes}");
        assertThat(scan.mapping(directory).table("public.picture").orElseThrow().isKeyless())
                .isTrue();
    }

    @Test
    void whoCannotAskSaysWhy() {
        assertThat(scan.run("jdbc:oracle:thin:@host")).isEqualTo(2);
        assertThat(scan.err())
                .startsWith("This is no address of a database that can be captured; write jdbc:postgresql:");
        assertThat(scan.run("jdbc:postgresql://127.0.0.1:1/x?user=a&password=hidden"))
                .isEqualTo(2);
        assertThat(scan.err()).startsWith("The address carries credentials").doesNotContain("hidden");
        assertThat(scan.run("jdbc:postgresql://127.0.0.1:1/x")).isEqualTo(2);
        assertThat(scan.err()).contains("cannot be reached as faceaudit_capture");
        assertThat(scan.run("jdbc:postgresql://127.0.0.1:1/x", "--password-env", "NOT_SET"))
                .isEqualTo(2);
        assertThat(scan.err()).contains("The environment variable NOT_SET is not set");
    }

    @Test
    void aDatabaseThatLetsOneInAndTellsNothingIsReached() throws Exception {
        run("postgres", "CREATE DATABASE locked");
        run(
                "locked",
                "CREATE ROLE stranger LOGIN PASSWORD '" + ScanCall.PASSWORD + "'",
                "REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC");

        assertThat(scan.run("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/locked", "--user", "stranger"))
                .isEqualTo(2);
        assertThat(scan.err())
                .contains("lets stranger in, but does not tell its tables: ")
                .contains("permission denied")
                .doesNotContain("cannot be reached");
    }
}
