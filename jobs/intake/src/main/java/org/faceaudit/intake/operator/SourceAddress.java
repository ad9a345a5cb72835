package org.faceaudit.intake.operator;

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
        String path = url.split("\\?", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
