package org.faceaudit.local.stack;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.faceaudit.local.process.Progress;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one running stack, on free ports and below {@code target}: started for the first test that asks, shared by
 * all test classes of the run, stopped after the last.
 */
public final class StackExtension implements ParameterResolver {
    /** The PostgreSQL source of the shared stack; tests use tables, publications and slots of their own in it. */
    public static final String SOURCE = "gate";

    /** The database of the shared stack's MariaDB, the other source; whose rows are one test class's. */
    public static final String MARIADB_SOURCE = "desk";

    /** Another database of the same MariaDB, of another test class. */
    public static final String SCENES_SOURCE = "scenes";

    /** What the registry holds before anybody captures it, so that its first snapshot tells of it. */
    private static final String[] REGISTERED = {
        "INSERT INTO registry.operator (id, name, sector, region)"
                + " VALUES ('route-court', '路园物业服务有限公司', 'property', '510100')",
        "INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source) VALUES"
                + " ('sole-face-method.grace', 'route-court', '0', 'hours', '2025-06-01', 'test'),"
                + " ('storage-reached.threshold', 'route-court', '7', 'persons', '2025-06-01', 'test')"
    };

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Stack.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(StackExtension.class))
                .computeIfAbsent(Shared.class, key -> new Shared(), Shared.class)
                .stack;
    }

    /** Closed by JUnit after the last test. */
    private static final class Shared implements AutoCloseable {
        private final Stack stack;

        Shared() {
            // A space, since people's paths have some.
            Path data = Home.find().root().resolve(Path.of("deploy", "local", "target", "stack it"));
            StackPlan plan = new StackPlan(
                    data,
                    Ports.free(2),
                    List.of(
                            SampleServer.postgresql(SOURCE),
                            SampleServer.mariaDb("inns", MARIADB_SOURCE, SCENES_SOURCE)),
                    true);
            this.stack = Stack.start(plan, new Progress(System.out));
            try {
                stack.audit().execute(REGISTERED);
            } catch (SQLException e) {
                stack.close();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            stack.close();
        }
    }
}
