package org.faceaudit.local.stack;

import java.util.List;
import org.faceaudit.intake.operator.SourceKind;
import org.faceaudit.local.process.StackException;

/**
 * A database server of the stack that holds sample sources.
 *
 * @param name {@code [a-z0-9-]+}, no other server's
 * @param kind what kind of database it is
 * @param databases the sample sources in it, each by the name of its database: {@code [a-z0-9-]+}, none twice in a stack
 */
public record SampleServer(String name, SourceKind kind, List<String> databases) {
    /** Refuses names that would not do in a topic. */
    public SampleServer {
        databases = List.copyOf(databases);
        requireName(name);
        databases.forEach(SampleServer::requireName);
    }

    /** A PostgreSQL with one database of the same name. */
    public static SampleServer postgresql(String name) {
        return new SampleServer(name, SourceKind.POSTGRESQL, List.of(name));
    }

    /** A MariaDB with some databases. */
    public static SampleServer mariaDb(String name, String... databases) {
        return new SampleServer(name, SourceKind.MARIADB, List.of(databases));
    }

    private static void requireName(String name) {
        if (!name.matches("[a-z0-9-]+") || name.equals(Stack.AUDIT)) {
            throw new StackException("\"" + name + "\" cannot be the name of a sample source: use a-z, 0-9 and -.");
        }
    }

    /** The name of its process. */
    public String process() {
        return switch (kind) {
            case POSTGRESQL -> Stack.POSTGRES + name;
            case MARIADB -> Stack.MARIADB + name;
        };
    }
}
