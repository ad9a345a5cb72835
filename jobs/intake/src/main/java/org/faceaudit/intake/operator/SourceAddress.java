package org.faceaudit.intake.operator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The captured database of a system and how to reach it.
 *
 * @param kind what kind of database it is
 * @param url JDBC address without credentials
 * @param user database user
 * @param passwordVariable name of the environment variable that holds the password
 * @param zone zone of columns that carry none
 * @param heartbeatTable {@code schema.table} of the heartbeat row
 * @param heartbeatInterval the connector beats this often
 */
public record SourceAddress(
        SourceKind kind,
        String url,
        String user,
        String passwordVariable,
        ZoneId zone,
        String heartbeatTable,
        Duration heartbeatInterval) {

    public SourceAddress {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(passwordVariable, "passwordVariable");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(heartbeatTable, "heartbeatTable");
        Objects.requireNonNull(heartbeatInterval, "heartbeatInterval");
    }

    /** The name of the database in the address. */
    public String database() {
        String written = SourceKind.parts(url).group("database");
        // A plus is a plus: only a form's text has it for a blank.
        return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The host in the address, an IPv6 one without its brackets. */
    public String host() {
        return SourceKind.parts(url).group("host").replaceAll("[\\[\\]]", "");
    }

    /** The port in the address, or the usual one. */
    public int port() {
        String port = SourceKind.parts(url).group("port");
        return port == null ? kind.usualPort() : Integer.parseInt(port);
    }
}
