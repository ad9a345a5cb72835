package org.faceaudit.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.faceaudit.local.stack.Database;

/** A school's gates in a PostgreSQL that runs anyway: a table that no sample has, and one operator's file. */
record YardGates(Database database) {
    /** Whose address is to be put in. */
    static final String FILE = """
            operator: yard-school
            system: gates
            source:
              kind: postgresql
              url: %s
              user: yard_capture
              password: ${env:YARD_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: public.faceaudit_heartbeat, promise: 10m, every: 1s}
            mapping:
              tables:
                public.校门:
                  key: [名称]
                  facts:
                    - event: access-point
                      in-force: {column: 状态, in: ["启用"]}
                      methods: {column: 方式, delimiter: "、", values: {人脸: FACE, 校园卡: CARD}}
                  left-out: {保安: "not needed"}
            """ + KeylessSources.YARD_TABLE;

    void create() throws SQLException {
        database.execute(
                "CREATE TABLE public.校门 (名称 text PRIMARY KEY, 状态 text NOT NULL, 方式 text NOT NULL, 保安 text)",
                "INSERT INTO public.校门 VALUES ('北门', '启用', '人脸、校园卡', '老王'), ('南门', '启用', '校园卡', NULL),"
                        + " ('旧门', '停用', '人脸', NULL)");
    }

    /** When something was committed: after one reading of the database's clock, and before another. */
    record Interval(Instant from, Instant to) {
        void requireHolds(Instant instant) {
            assertThat(instant).isBetween(from, to);
        }
    }

    Interval setMethods(String gate, String methods) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            Instant from = now(statement);
            statement.execute("UPDATE public.校门 SET 方式 = '" + methods + "' WHERE 名称 = '" + gate + "'");
            return new Interval(from, now(statement));
        }
    }

    private static Instant now(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getTimestamp(1).toInstant();
        }
    }
}
