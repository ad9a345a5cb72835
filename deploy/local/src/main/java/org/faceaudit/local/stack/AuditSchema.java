package org.faceaudit.local.stack;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.faceaudit.local.process.StackException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the audit database to the version of this build. */
final class AuditSchema {
    /** Migrations name these roles; that they may log in, with their name as password, is of this stack only. */
    private static final List<String> ROLES = List.of("analyst", "auditor", "registrar", "pipeline", "capture");

    private AuditSchema() {}

    /**
     * Creates the database, runs the migrations and lets the roles log in; as often as one likes.
     *
     * @return what was done, for people
     */
    static String migrate(Database audit) {
        try {
            createIfMissing(audit);
            MigrateResult result = Flyway.configure()
                    .dataSource(audit.jdbcUrl(), Database.SUPERUSER, audit.passwordOf(Database.SUPERUSER))
                    .locations("classpath:faceaudit/sql/migrations")
                    .placeholderReplacement(false)
                    .load()
                    .migrate();
            allowLogins(audit);
            String version =
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
            return result.migrationsExecuted + " migrations run, schema version " + version;
        } catch (FlywayException | SQLException e) {
            throw new StackException("The audit database cannot be migrated: " + e.getMessage(), e);
        }
    }

    /** Creates the database of a sample source, or the audit database, unless it exists. */
    static void createIfMissing(Database database) throws SQLException {
        Database maintenance = new Database(database.name(), database.port(), "postgres", database.secrets());
        try (Connection connection = maintenance.superuser()) {
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database.database())) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE \"" + database.database() + "\"");
                }
            }
        }
    }

    private static void allowLogins(Database audit) throws SQLException {
        try (Connection connection = audit.superuser();
                Statement statement = connection.createStatement()) {
            for (String role : ROLES) {
                if (exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                    statement.execute("ALTER ROLE \"" + role + "\" LOGIN PASSWORD '" + audit.passwordOf(role) + "'");
                }
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
