package org.faceaudit.cli.source;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.faceaudit.intake.operator.SourceKind;

/** Connects to a source in order to ask it something, and does not wait for long. */
public final class SourceConnection {

    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    private static final int ANSWER_TIMEOUT_SECONDS = 30;

    private SourceConnection() {}

    /**
     * A connection, which the caller closes.
     *
     * @param url JDBC address without credentials
     * @throws SQLException if the source cannot be reached, or lets nobody in with these credentials
     */
    public static Connection open(SourceKind kind, String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        switch (kind) {
            case POSTGRESQL -> {
                properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
                properties.setProperty("socketTimeout", Integer.toString(ANSWER_TIMEOUT_SECONDS));
                properties.setProperty("ApplicationName", "faceaudit-preflight");
            }
            case MARIADB -> {
                // This driver counts milliseconds.
                properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS * 1_000));
                properties.setProperty("socketTimeout", Integer.toString(ANSWER_TIMEOUT_SECONDS * 1_000));
            }
        }
        return DriverManager.getConnection(url, properties);
    }

    /** What went wrong, in one line without a full stop. */
    public static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse("no reason given")
                .replaceFirst("[.\\s]+$", "");
    }
}
