package org.faceaudit.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A second set of the audit's tables and views beside the live ones, for a replay: made by the same migrations, with the
 * same columns, comments and put functions, under other names. The views stand in the schema of the given name; tables and
 * functions in {@link #tables()}; operators, rules, parameters and calendar, copied from the registry, in a third.
 *
 * <p>Today is the replay's day there, and a holiday notice published later is not active. Nobody may read the views before
 * {@link #open}, so that a replay that was given up is not mistaken for one without alerts, and nobody may acknowledge its
 * alerts.
 *
 * @param name of the schema of the views, {@code [a-z][a-z0-9_]*}, at most 48 characters
 */
public record ReplaySchema(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    /** A schema of the audit where SQL names it; topics such as {@code audit.alerts.v1} occur in comments only. */
    private static final Pattern LIVE = Pattern.compile(
            "(?<![\\w.])(audit_api|audit|registry)(?=\\.[a-z_%])|(?<=\\bSCHEMA )((?:IF NOT EXISTS )?)(audit_api|audit|registry)\\b");

    private static final String READERS = "analyst, auditor, registrar";

    public ReplaySchema {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(name + " is no name of a replay's schema");
        }
    }

    /** The schema of the tables and of the functions that fill them. */
    public String tables() {
        return name + "_audit";
    }

    private String registry() {
        return name + "_registry";
    }

    /**
     * Makes the schemas anew, in one transaction; what was there before is gone.
     *
     * @param url of the audit database
     * @param user a superuser
     * @param password its password; {@code null} for none
     * @param day the legal day that is today in the views
     * @param lawSet id of the set of law whose rows take the place of the registry's; {@code null} for the law in force
     * @throws SQLException when the database refuses
     * @throws IOException when a script or a file of the set cannot be read
     */
    public void create(String url, String user, String password, LocalDate day, String lawSet)
            throws SQLException, IOException {
        Objects.requireNonNull(day, "day");
        DataSource database = AuditDatabase.at(url, user, password);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            drop(statement);
            for (String script : AuditDatabase.scripts(database)) {
                String renamed = renamed(script);
                // A script that names none of the schemas is about the server, whose roles are there.
                if (!renamed.equals(script)) {
                    statement.execute(renamed);
                }
            }
            statement.execute("CREATE OR REPLACE VIEW " + tables() + ".today AS SELECT DATE '" + day + "' AS day");
            copyRegistry(statement, day);
            if (lawSet != null) {
                overlay(connection, statement, lawSet);
            }
            close(statement);
            connection.commit();
        }
    }

    private String renamed(String script) {
        Matcher live = LIVE.matcher(script);
        return live.replaceAll(
                found -> found.group(1) != null ? schema(found.group(1)) : found.group(2) + schema(found.group(3)));
    }

    private String schema(String live) {
        return switch (live) {
            case "audit_api" -> name;
            case "audit" -> tables();
            default -> registry();
        };
    }

    /** What views read of the registry. Its rows satisfied its checks when they were entered. */
    private void copyRegistry(Statement statement, LocalDate day) throws SQLException {
        statement.execute("SET LOCAL session_replication_role = replica");
        for (String table :
                new String[] {"operator", "rule", "article", "parameter", "calendar_notice", "calendar_day"}) {
            statement.execute("DELETE FROM " + registry() + "." + table);
            statement.execute("INSERT INTO " + registry() + "." + table + " SELECT * FROM registry." + table);
        }
        statement.execute("INSERT INTO " + registry() + ".reconciliation SELECT * FROM registry.reconciliation"
                + " WHERE (checked_at AT TIME ZONE 'Asia/Shanghai')::date <= DATE '" + day + "'");
        statement.execute(
                "UPDATE " + registry() + ".calendar_notice SET active = false WHERE published_on > DATE '" + day + "'");
    }

    private void overlay(Connection connection, Statement statement, String lawSet) throws SQLException, IOException {
        String directory = "sets/" + lawSet + "/";
        statement.execute("CREATE TEMPORARY TABLE set_parameter (name text, scope text, value text, unit text,"
                + " valid_from date, source text, status text) ON COMMIT DROP");
        LawSeed.copy(connection, directory + "parameter.csv", "set_parameter");
        statement.execute("DELETE FROM " + registry() + ".parameter WHERE name IN (SELECT name FROM set_parameter)");
        statement.execute("INSERT INTO " + registry() + ".parameter (name, scope, value, unit, valid_from, source)"
                + " SELECT name, scope, value, unit, valid_from, source || ' [' || status || ']' FROM set_parameter"
                + " WHERE value IS NOT NULL");
        for (String table : new String[] {"rule", "article"}) {
            statement.execute("CREATE TEMPORARY TABLE set_" + table + " (LIKE registry." + table
                    + " INCLUDING DEFAULTS) ON COMMIT DROP");
            LawSeed.copy(connection, directory + table + ".csv", "set_" + table);
        }
        statement.execute("DELETE FROM " + registry() + ".rule");
        statement.execute("INSERT INTO " + registry() + ".rule SELECT * FROM set_rule");
        statement.execute("INSERT INTO " + registry() + ".article SELECT * FROM set_article ON CONFLICT DO NOTHING");
    }

    private void close(Statement statement) throws SQLException {
        for (String schema : new String[] {name, tables(), registry()}) {
            statement.execute("REVOKE ALL ON SCHEMA " + schema + " FROM " + READERS + ", faceaudit_capture");
            statement.execute("COMMENT ON SCHEMA " + schema + " IS 'A replay that has not come to its end / 尚未完成的回放'");
        }
        statement.execute("REVOKE ALL ON ALL TABLES IN SCHEMA " + registry() + " FROM registrar, faceaudit_capture");
        statement.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA " + name + " FROM auditor");
    }

    /** Lets analysts, auditors and the registrar read the views, which now hold all that they will hold. */
    public void open(Connection superuser, String comment) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute("COMMENT ON SCHEMA " + name + " IS '" + comment.replace("'", "''") + "'");
            statement.execute("GRANT USAGE ON SCHEMA " + name + " TO " + READERS);
        }
    }

    /** Takes everything away. */
    public void drop(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            drop(statement);
        }
    }

    private void drop(Statement statement) throws SQLException {
        for (String schema : new String[] {name, tables(), registry()}) {
            statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        }
    }
}
