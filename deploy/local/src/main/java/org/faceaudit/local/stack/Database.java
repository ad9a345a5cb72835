package org.faceaudit.local.stack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * One PostgreSQL database of the stack.
 *
 * @param name how people call it: {@code audit}, or the name of a sample source
 * @param port on 127.0.0.1
 * @param database its name inside the server
 * @param secrets holds the superuser's password
 */
public record Database(String name, int port, String database, Secrets secrets) {
    /** The role that owns everything in a server of this stack. */
    public static final String SUPERUSER = "postgres";

    /** The role with which the job writes to the audit database. */
    public static final String JOB_ROLE = "faceaudit_job";

    /** The role with which a database of this stack is captured. */
    public static final String CAPTURE_ROLE = "faceaudit_capture";

    /** For programs that take an address. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A connection of the role {@code postgres}. */
    public Connection superuser() throws SQLException {
        return connect(SUPERUSER);
    }

    /** A connection of a role; in this stack every role but {@code postgres} has its name as its password. */
    public Connection connect(String role) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", passwordOf(role));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "faceaudit");
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    /** The password of a role in this stack. */
    public String passwordOf(String role) {
        return role.equals(SUPERUSER) ? secrets.superuserPassword() : role;
    }

    /** A file that holds the password of a role, for programs that take a file. */
    public Path passwordFile(String role) {
        return secrets.passwordFile(role, passwordOf(role));
    }

    /** Runs statements as {@code postgres}, each in its own transaction. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
