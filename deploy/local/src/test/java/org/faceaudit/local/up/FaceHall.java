package org.faceaudit.local.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.cli.capture.CaptureSql;
import org.faceaudit.cli.capture.ConnectorConfig;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;

/**
 * A hall with a gate, members with images, a log of its turnstile and snapshots of visitors without a key, in either kind of
 * database: {@code <hall>-house/<hall>}, tables in {@code schema}, and what the two kinds spell otherwise.
 */
record FaceHall(String hall, String schema, String kind, String url, Statements database, Path file) {
    /** Rows that carry a person's token. */
    static final int ROWS_OF_PERSONS = 11;

    /** How often face was declined at the gate; two are equal rows. */
    static final int REFUSALS = 4;

    /** What runs statements, each by itself. */
    interface Statements {
        void execute(String... statements) throws SQLException;
    }

    private static final String FILE = """
            operator: %1$s-house
            system: %1$s
            source:
              kind: %2$s
              url: %3$s
              user: capture_%1$s
              password: ${env:YARD_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: %4$s.faceaudit_heartbeat, promise: 10m, every: 1s}
            mapping:
              token-key: k1
              tables:
                %4$s.gate:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {flags: {face: FACE, card: CARD}}
                %4$s.member:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: phone, column: phone}
                      image: {present: row}
                      template: {present: never}
                      stored-at: {column: taken_at, type: timestamp}
                      retention: {until: keep_until, type: date}
                %4$s.visitor:
                  keyless: true
                  facts:
                    - event: face-record
                      person: {identifies: phone, column: phone}
                      image: {present: row}
                      template: {present: never}
                      stored-at: {column: taken_at, type: timestamp}
                      retention: {until: keep_until, type: date}
                %4$s.turnstile:
                  keyless: true
                  facts:
                    - event: attempt
                      person: {identifies: phone, column: phone}
                      access-point: {column: gate}
                      at: {column: at, type: timestamp}
                      method: {constant: FACE}
                      outcome: {column: outcome, values: {no: DECLINED, yes: PASSED}}
            """;

    void create() throws SQLException, IOException {
        String time = isPostgresql() ? "timestamp(0)" : "datetime";
        database.execute(
                "CREATE TABLE " + schema + ".gate (id int PRIMARY KEY, face boolean NOT NULL, card boolean NOT NULL)",
                "INSERT INTO " + schema + ".gate VALUES (1, true, true)",
                "CREATE TABLE " + schema + ".member (id int PRIMARY KEY, phone varchar(20), taken_at " + time
                        + ", keep_until date)",
                "INSERT INTO " + schema + ".member VALUES"
                        + " (1, '13800000001', '2026-03-01 08:00:00', '2026-04-01'),"
                        + " (2, '13800000001', '2026-03-02 08:00:00', NULL),"
                        + " (3, '13800000002', '2026-03-03 08:00:00', NULL),"
                        + " (4, '13800000003', '2026-03-04 08:00:00', NULL)",
                "CREATE TABLE " + schema + ".visitor (phone varchar(20), taken_at " + time + ", keep_until date)",
                "INSERT INTO " + schema + ".visitor VALUES"
                        + " ('13800000002', '2026-03-05 08:00:00', '2026-04-01'),"
                        + " ('13800000002', '2026-03-05 08:00:00', '2026-04-01'),"
                        + " ('13800000004', '2026-03-06 08:00:00', '2026-04-01')",
                "CREATE TABLE " + schema + ".turnstile (phone varchar(20), gate int, at " + time
                        + ", outcome varchar(5))",
                declined("13800000001", 90),
                declined("13800000001", 90),
                declined("13800000002", 80),
                declined("13800000003", 70));
        Files.writeString(file, FILE.formatted(hall, kind, url, schema));
    }

    private boolean isPostgresql() {
        return kind.equals("postgresql");
    }

    /** Somebody said no to face at the gate. */
    String declined(String phone, int minutesAgo) {
        String shanghai = isPostgresql()
                ? "now() AT TIME ZONE 'Asia/Shanghai' - interval '" + minutesAgo + " minutes'"
                : "DATE_ADD(UTC_TIMESTAMP(), INTERVAL " + (8 * 60 - minutesAgo) + " MINUTE)";
        return "INSERT INTO " + schema + ".turnstile VALUES ('" + phone + "', 1, " + shanghai + ", 'no')";
    }

    /** Puts another text in the place of one of the operator's file. */
    void edit(String text, String other) throws IOException {
        Files.writeString(file, Files.readString(file).replace(text, other));
    }

    /** The gate's column {@code card}, as files and looks name it. */
    String column() {
        return schema + ".gate.card";
    }

    void dropColumn() throws SQLException {
        database.execute("ALTER TABLE " + schema + ".gate DROP COLUMN card" + (isPostgresql() ? " CASCADE" : ""));
    }

    /** As its owner makes it: in a PostgreSQL with what the capture needs, in one transaction. */
    void restoreColumn() throws Exception {
        String add = "ALTER TABLE " + schema + ".gate ADD COLUMN card boolean NOT NULL DEFAULT true";
        database.execute(isPostgresql() ? add + "; " + String.join("; ", onboarding()) : add);
    }

    /**
     * Gives the column another type; in a PostgreSQL the table leaves the publication, which names the column, meanwhile.
     *
     * @param using what the column holds then, in a PostgreSQL
     */
    void retypeColumn(String type, String using) throws Exception {
        if (isPostgresql()) {
            database.execute("ALTER PUBLICATION "
                    + ConnectorConfig.slotName(mapping().topic()) + " DROP TABLE " + schema
                    + ".gate; ALTER TABLE " + schema + ".gate ALTER COLUMN card DROP DEFAULT, ALTER COLUMN card TYPE "
                    + type + " USING " + using + "; " + String.join("; ", onboarding()));
        } else {
            database.execute("ALTER TABLE " + schema + ".gate MODIFY COLUMN card " + type + " NOT NULL");
        }
    }

    private List<String> onboarding() throws Exception {
        List<String> statements = new ArrayList<>(CaptureSql.grants(mapping(), "capture_" + hall));
        statements.add(CaptureSql.addition(mapping(), schema + ".gate"));
        return statements;
    }

    private Mapping mapping() throws IOException, OperatorFileException {
        return OperatorFiles.read(file).mapping();
    }
}
