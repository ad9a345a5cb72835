package org.faceaudit.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.cli.source.MariaDb;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Rest;

/**
 * Tables without a key in both kinds of database: one of snapshots taken at a school's gates, and the whole campus system as its
 * product makes it. What each holds after every step, by {@code records raw_images persons_low-persons_high}.
 */
record KeylessSources(Database yard, MariaDb campus) {

    /** A table of the PostgreSQL, below {@code tables}. */
    static final String YARD_TABLE = """
                public.抓拍:
                  keyless: true
                  facts:
                    - event: face-record
                      person: {identifies: member-no, column: 学号}
                      image: {column: 照片, as: path}
                      template: {present: never}
                  left-out: {备注: "not needed"}
            """;

    /** The file of the campus system, whose address is to be put in. */
    static final String CAMPUS = """
            operator: campus-university
            system: university
            source:
              kind: mariadb
              url: %s
              user: university_capture
              password: ${env:CAMPUS_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: campus.faceaudit_heartbeat, promise: 10m, every: 5s}
            use: campus
            """;

    private static final String FIRST = "1748000000000000001";
    private static final String SECOND = "1748000000000000002";
    private static final String THIRD = "1748000000000000003";
    private static final String FACE =
            "INSERT INTO campus.face_data (person_id, feature_data, image_path, register_time) VALUES (%s, x'0102',"
                    + " '/faces/1.jpg', '2026-03-01 08:00:00')";

    void create() throws SQLException, IOException {
        yard.execute(
                "CREATE TABLE public.抓拍 (学号 text, 照片 text, 备注 text)",
                "INSERT INTO public.抓拍 VALUES ('S1', 'a.jpg', 'x'), ('S1', 'a.jpg', 'y'), ('S2', 'b.jpg', 'z')");
        List<String> statements = new ArrayList<>(List.of("CREATE DATABASE campus", "USE campus"));
        for (String script : List.of("/demo/schema/campus.sql", "/campus.sql")) {
            String sql =
                    new String(KeylessSources.class.getResourceAsStream(script).readAllBytes(), StandardCharsets.UTF_8);
            statements.addAll(List.of(sql.replaceAll("--.*\n", "\n").split(";\\s*")));
        }
        campus.execute(statements.toArray(String[]::new));
    }

    static final String YARD_AT_FIRST = "3 3 2-2";
    /** The stranger on the third passage's picture may be anybody. */
    static final String CAMPUS_AT_FIRST = "6 5 2-3";

    static final String YARD_CHANGED = "2 2 1-1";
    static final String CAMPUS_CHANGED = "4 4 1-1";

    /** Of two equal rows one is deleted; two others become equal; and somebody is refused three times by a gate. */
    void change() throws SQLException {
        yard.execute(
                "DELETE FROM public.抓拍 WHERE ctid = (SELECT min(ctid) FROM public.抓拍 WHERE 学号 = 'S1')",
                "UPDATE public.抓拍 SET 学号 = 'S1' WHERE 学号 = 'S2'");
        campus.execute(
                "DELETE FROM campus.face_data WHERE person_id = " + FIRST + " LIMIT 1",
                "UPDATE campus.face_data SET person_id = " + FIRST + ", image_path = '/faces/9.jpg' WHERE person_id = "
                        + SECOND,
                "UPDATE campus.access_log SET capture_image = NULL WHERE person_id IS NULL");
        for (int minute = 60; minute > 57; minute--) {
            campus.execute(
                    "INSERT INTO campus.access_log (person_id, access_time, access_type, result, device_id) VALUES ("
                            + SECOND + ", DATE_ADD(UTC_TIMESTAMP(), INTERVAL " + (8 * 60 - minute)
                            + " MINUTE), 1, 0, 'gate-2')");
        }
    }

    /** Only the log says by which methods a gate lets people in: no more than a suspicion. */
    static final String REFUSED = "refusal-without-alternative university/gate-2 1 SUSPECTED OPEN";
    /** A snapshot in place of the log bounds what was missed. */
    static final String YARD_GAP = "source-gap gates 1 UNKNOWN RESOLVED";

    static final String CAMPUS_GAP = "source-gap university 1 UNKNOWN RESOLVED";

    static final String YARD_GROWN = "5 5 2-2";
    static final String CAMPUS_GROWN = "7 7 2-2";

    /** Equal rows of one statement, and an update of what is not captured. */
    void grow() throws SQLException {
        yard.execute(
                // Written together, they share a position of the log.
                "COPY public.抓拍 FROM PROGRAM $$printf 'S3\\tc.jpg\\tx\\nS3\\tc.jpg\\tx\\n'$$",
                "INSERT INTO public.抓拍 VALUES ('S1', 'a.jpg', 'x')",
                "UPDATE public.抓拍 SET 备注 = 'seen'");
        campus.execute(
                FACE.formatted(FIRST) + ", (" + FIRST + ", x'0102', '/faces/1.jpg', '2026-03-01 08:00:00')",
                FACE.formatted(THIRD),
                "UPDATE campus.face_data SET quality_score = 0.5");
    }

    static final String YARD_EMPTIED = "2 2 2-2";
    static final String CAMPUS_EMPTIED = "5 5 2-2";

    /** One table is emptied as a whole. */
    void empty() throws SQLException {
        yard.execute("TRUNCATE public.抓拍", "INSERT INTO public.抓拍 VALUES ('S1', 'a.jpg', ''), ('S2', 'a.jpg', '')");
        campus.execute("TRUNCATE TABLE campus.access_log");
    }

    static final String YARD_READ_ANEW = "3 3 2-2";
    static final String CAMPUS_READ_ANEW = "6 6 3-3";

    /** Changes that the log does not tell any more: a snapshot must find them. */
    void readAnew(Rest connect) throws Exception {
        List<String> connectors = List.of("cdc.yard-school.gates", "cdc.campus-university.university");
        for (String connector : connectors) {
            grant(connect.put("/connectors/" + connector + "/stop", JsonNodeFactory.instance.objectNode()));
        }
        yard.execute(
                "DELETE FROM public.抓拍 WHERE 学号 = 'S1'",
                "INSERT INTO public.抓拍 VALUES ('S2', 'a.jpg', ''), ('S4', 'a.jpg', '')");
        campus.execute(
                "DELETE FROM campus.face_data WHERE person_id = " + FIRST + " LIMIT 1",
                FACE.formatted(SECOND),
                FACE.formatted(SECOND));
        for (String connector : connectors) {
            // Refused until the last task has gone.
            await("the connector's position is forgotten")
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> grant(connect.delete("/connectors/" + connector + "/offsets")));
            grant(connect.put("/connectors/" + connector + "/resume", JsonNodeFactory.instance.objectNode()));
        }
    }

    private static void grant(Rest.Answer answer) {
        assertThat(answer.ok()).as(answer.problem()).isTrue();
    }
}
