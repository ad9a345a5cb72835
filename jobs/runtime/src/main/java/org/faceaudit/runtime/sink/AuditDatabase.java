package org.faceaudit.runtime.sink;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;

/**
 * How the job reaches the audit database. The password stays in its file: it is read where the connection is made and
 * never travels with the job.
 *
 * @param url JDBC URL
 * @param user role that may execute the put functions
 * @param passwordFile file whose first line is the password; {@code null} for none
 */
public record AuditDatabase(String url, String user, String passwordFile) implements Serializable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    public AuditDatabase {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
    }

    /**
     * Prepares, but does not open, a connection.
     *
     * @throws IOException if the password file cannot be read
     */
    JdbcConnectionProvider connections() throws IOException {
        JdbcConnectionOptions.JdbcConnectionOptionsBuilder options =
                new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                        .withUrl(url)
                        .withDriverName("org.postgresql.Driver")
                        .withUsername(user)
                        // A database that vanishes without a word must not hold the task for ever.
                        .withProperty("connectTimeout", Long.toString(CONNECT.toSeconds()))
                        .withProperty("socketTimeout", Long.toString(ANSWER.toSeconds()))
                        .withProperty("tcpKeepAlive", "true")
                        .withProperty("ApplicationName", "faceaudit-job");
        if (passwordFile != null) {
            options.withPassword(password());
        }
        return new SimpleJdbcConnectionProvider(options.build());
    }

    private String password() throws IOException {
        return Files.readString(Path.of(passwordFile)).lines().findFirst().orElse("");
    }
}
