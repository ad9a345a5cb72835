package org.faceaudit.local.route;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.local.stack.Database;

/**
 * A gym in a database of the shared stack's MariaDB, whose past is told while it is captured: a binary log dates each change by
 * the session's clock, and the session's clock can be set. So a history of months is a log like any other, to the second, and
 * nobody waits for it.
 */
record ScenesSource(Database database) {
    static final String OPERATOR = "scene-gym";
    static final String TOPIC = "cdc.scene-gym.gym";

    private static final String USER = "scenes_capture";
    private static final DateTimeFormatter SHANGHAI = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm[:ss]");

    String operatorFile() {
        return """
                operator: scene-gym
                system: gym
                source:
                  kind: mariadb
                  url: %1$s
                  user: %2$s
                  password: ${env:%3$s}
                  zone: Asia/Shanghai
                  heartbeat: {table: %4$s.faceaudit_heartbeat, promise: 10m, every: 1s}
                mapping:
                  tables:
                    %4$s.gate:
                      key: [id]
                      facts:
                        - event: access-point
                          site: {column: site}
                          methods: {column: methods, delimiter: ",", values: {face: FACE, card: CARD, qr: QR}}
                    %4$s.passage:
                      key: [id]
                      facts:
                        - event: attempt
                          person: {identifies: member-no, column: member_no, normalise: [trim]}
                          access-point: {column: gate}
                          at: {column: passed_at, type: timestamp}
                          method: {column: method, values: {face: FACE, card: CARD, qr: QR}}
                          outcome: {column: outcome, values: {passed: PASSED, failed: FAILED, declined: DECLINED}}
                    %4$s.image:
                      key: [id]
                      facts:
                        - event: face-record
                          person: {identifies: member-no, column: member_no, normalise: [trim]}
                          image: {present: row}
                          template: {present: never}
                          stored-at: {column: taken_at, type: timestamp}
                          retention: {until: keep_until, type: date}
                    %4$s.membership:
                      key: [id]
                      facts:
                        - event: purpose-end
                          person: {identifies: member-no, column: member_no, normalise: [trim]}
                          ends-on: {column: ended_on, type: date}
                    %4$s.consent:
                      key: [id]
                      facts:
                        - event: consent
                          person: {identifies: member-no, column: member_no, normalise: [trim]}
                          separate: {constant: true}
                          legal-basis: {constant: CONSENT}
                          given-at: {column: given_at, type: timestamp}
                          withdrawn-at: {column: withdrawn_at, type: timestamp}
                """.formatted(database.jdbcUrl(), USER, RouteSource.PASSWORD_VARIABLE, database.database());
    }

    /** Creates the tables, empty. */
    void create() throws SQLException {
        database.execute(
                "CREATE TABLE gate (id varchar(20) PRIMARY KEY, site varchar(20), methods varchar(40))",
                "CREATE TABLE passage (id int AUTO_INCREMENT PRIMARY KEY, gate varchar(20), member_no varchar(20),"
                        + " passed_at datetime, method varchar(10), outcome varchar(10))",
                "CREATE TABLE image (id int PRIMARY KEY, member_no varchar(20), taken_at datetime, keep_until date)",
                "CREATE TABLE membership (id int PRIMARY KEY, member_no varchar(20), ended_on date)",
                "CREATE TABLE consent (id int PRIMARY KEY, member_no varchar(20), given_at datetime,"
                        + " withdrawn_at datetime)");
    }

    void letCapture(Mapping mapping) throws SQLException {
        DeskSource.letCapture(database, USER, mapping);
    }

    /** A session of the past; days and times by Shanghai's clock. */
    Past past() throws SQLException {
        return new Past(database.superuser());
    }

    /** Tells the gym's history, change by change. */
    record Past(Connection connection) implements AutoCloseable {

        /** Does something as if it were done then. */
        void at(String when, String... changes) throws SQLException {
            Instant instant =
                    LocalDateTime.parse(when, SHANGHAI).atZone(LegalDay.ZONE).toInstant();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET timestamp = " + instant.getEpochSecond());
                for (String change : changes) {
                    statement.execute(change);
                }
            }
        }

        /** A gate is there. */
        void gate(String when, String gate, String site, String methods) throws SQLException {
            at(when, "INSERT INTO gate VALUES ('" + gate + "', '" + site + "', '" + methods + "')");
        }

        /** A gate offers something else from then on. */
        void offers(String when, String gate, String methods) throws SQLException {
            at(when, "UPDATE gate SET methods = '" + methods + "' WHERE id = '" + gate + "'");
        }

        /**
         * Somebody of no known number tried to pass; the log is told of it now. How late it may be told is asked of what was told
         * already: a session's clock does not help.
         */
        void tried(LocalDateTime when, String gate, String method, String outcome) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET timestamp = DEFAULT");
                statement.execute("INSERT INTO passage (gate, passed_at, method, outcome) VALUES ('" + gate + "', '"
                        + when + "', '" + method + "', '" + outcome + "')");
            }
        }

        /** A member joins, consents to the face and is photographed. */
        void joins(String when, int member, String keepUntil) throws SQLException {
            at(
                    when,
                    "INSERT INTO membership VALUES (" + member + ", 'M" + member + "', NULL)",
                    "INSERT INTO consent VALUES (" + member + ", 'M" + member + "', now(), NULL)");
            photographed(when, member, keepUntil);
        }

        void photographed(String when, int member, String keepUntil) throws SQLException {
            at(
                    when,
                    "INSERT INTO image VALUES (" + member + ", 'M" + member + "', now(), "
                            + (keepUntil == null ? "NULL" : "'" + keepUntil + "'") + ")");
        }

        void deletesImage(String when, int member) throws SQLException {
            at(when, "DELETE FROM image WHERE id = " + member);
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
