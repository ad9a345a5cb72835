package org.faceaudit.local.stack;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.faceaudit.intake.operator.SourceKind;
import org.faceaudit.local.process.StackException;
import org.faceaudit.sql.AuditDatabase;
import org.flywaydb.core.api.FlywayException;

/** Brings the audit database to the version of this build, and lets people in. */
final class AuditSchema {
    /** The migrations make these roles; that their name is their password is of this stack only. */
    private static final List<String> ROLES =
            List.of("analyst", "auditor", "registrar", Database.JOB_ROLE, Database.CAPTURE_ROLE);

    private AuditSchema() {}

    /**
     * Creates the database, runs the migrations and lets the roles log in; as often as one likes.
     *
     * @return what was done, for people
     */
    static String migrate(Database audit) {
        try {
            createIfMissing(audit);
            AuditDatabase.migrate(audit.jdbcUrl(), Database.SUPERUSER, audit.passwordOf(Database.SUPERUSER));
            try (Connection connection = audit.superuser();
                    Statement statement = connection.createStatement()) {
                for (String role : ROLES) {
                    statement.execute("ALTER ROLE " + role + " LOGIN PASSWORD '" + audit.passwordOf(role) + "'");
                }
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM information_schema.views WHERE table_schema = 'audit_api'")) {
                    row.next();
                    return row.getLong(1) + " views in audit_api";
                }
            }
        } catch (FlywayException | SQLException | IOException e) {
            throw new StackException("The audit database cannot be migrated: " + e.getMessage(), e);
        }
    }

    /** Creates the database of a sample source, or the audit database, unless it exists. */
    static void createIfMissing(Database database) throws SQLException {
        if (database.kind() == SourceKind.MARIADB) {
            database.beside("mysql").execute("CREATE DATABASE IF NOT EXISTS `" + database.database() + "`");
            return;
        }
        try (Connection connection = database.beside("postgres").superuser()) {
            if (!exists(connection, database.database())) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE \"" + database.database() + "\"");
                }
            }
        }
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
