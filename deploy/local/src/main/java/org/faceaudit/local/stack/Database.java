package org.faceaudit.local.stack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.faceaudit.intake.operator.SourceKind;

/**
 * One database of the stack.
 *
 * @param kind what kind of database it is
 * @param name how people call it: {@code audit}, or the name of a sample source
 * @param port on 127.0.0.1
 * @param database its name inside the server
 * @param secrets holds the superuser's password
 */
public record Database(SourceKind kind, String name, int port, String database, Secrets secrets) {
    /** The role that owns everything in a PostgreSQL server of this stack. */
    public static final String SUPERUSER = "postgres";

    /** The role with which the job writes to the audit database. */
    public static final String JOB_ROLE = "faceaudit_job";

    /** The role with which a database of this stack is captured. */
    public static final String CAPTURE_ROLE = "faceaudit_capture";

    /** A PostgreSQL database. */
    public Database(String name, int port, String database, Secrets secrets) {
        this(SourceKind.POSTGRESQL, name, port, database, secrets);
    }

    /** Another database of the same server. */
    Database beside(String other) {
        return new Database(kind, name, port, other, secrets);
    }

    /** The name of the role that owns everything in the server. */
    public String superuserName() {
        return kind == SourceKind.POSTGRESQL ? SUPERUSER : "root";
    }

    /** For programs that take an address. */
    public String jdbcUrl() {
        return "jdbc:" + kind.word() + "://127.0.0.1:" + port + "/" + database;
    }

    /** A connection of the role {@link #superuserName}. */
    public Connection superuser() throws SQLException {
        return connect(superuserName());
    }

    /** A connection of a role; in this stack every role but the owner of everything has its name as its password. */
    public Connection connect(String role) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", passwordOf(role));
        switch (kind) {
            case POSTGRESQL -> {
                properties.setProperty("connectTimeout", "5");
                properties.setProperty("ApplicationName", "faceaudit");
            }
            case MARIADB -> {
                properties.setProperty("connectTimeout", "5000");
                // As PostgreSQL does anyway.
                properties.setProperty("allowMultiQueries", "true");
            }
        }
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    /** The password of a role in this stack. */
    public String passwordOf(String role) {
        return role.equals(superuserName()) ? secrets.superuserPassword() : role;
    }

    /** A file that holds the password of a role, for programs that take a file. */
    public Path passwordFile(String role) {
        return secrets.passwordFile(role, passwordOf(role));
    }

    /** Runs statements as {@link #superuserName}, each in its own transaction. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
