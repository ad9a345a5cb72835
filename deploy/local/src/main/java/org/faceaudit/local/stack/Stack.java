package org.faceaudit.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.faceaudit.local.process.Component;
import org.faceaudit.local.process.Orphans;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.process.SupervisedProcess;

/**
 * The embedded stack: PostgreSQL and MariaDB servers, Kafka, Kafka Connect and Flink as supervised child processes on 127.0.0.1. All
 * state lies in the data directory and survives the death of any part, the launcher included.
 */
public final class Stack implements AutoCloseable {
    /** How the audit database is called beside the sample sources. */
    public static final String AUDIT = "audit";

    /** The name of the audit database inside its server. */
    public static final String AUDIT_DATABASE = "faceaudit";

    /** How the processes of PostgreSQL servers are called, before the server's own name. */
    static final String POSTGRES = "postgres-";

    /** The same of MariaDB servers. */
    static final String MARIADB = "mariadb-";

    /** First who reads, last who stores. */
    private static final List<String> STOP_ORDER = List.of("flink-", "connect", "kafka", MARIADB, POSTGRES);

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final StackPlan plan;
    private final DataDirectory data;
    private final Secrets secrets;
    private final Progress progress;
    private final Map<String, SupervisedProcess> processes = new LinkedHashMap<>();
    private final Topics topics;
    private final Connectors connectors;
    private final StackState state;
    private final ConnectorSupervisor connectorSupervisor;
    private boolean closed;

    private Stack(StackPlan plan, DataDirectory data, Progress progress) {
        this.plan = plan;
        this.data = data;
        this.secrets = new Secrets(data.directory("secrets"));
        this.progress = progress;
        this.topics = new Topics("127.0.0.1:" + plan.ports().kafka());
        this.connectors = new Connectors(plan.ports().connect(), topics::createEvidence);
        this.connectorSupervisor = new ConnectorSupervisor(plan.ports().connect(), progress);
        this.state = new StackState(data.root(), plan.ports(), plan.servers());
    }

    /**
     * Starts everything and returns when every part has shown that it serves. What an earlier launcher left running in the
     * same directory is stopped first, and its data are continued unless the plan says fresh.
     *
     * @throws StackException when it cannot start, as one sentence; nothing runs then
     */
    public static Stack start(StackPlan plan, Progress progress) {
        long began = System.nanoTime();
        Home home = Home.find();
        DataDirectory data = DataDirectory.open(plan.data());
        Stack stack = null;
        try {
            Orphans.stop(data.directory("run"), GRACE, progress, STOP_ORDER);
            plan.ports().requireFree(names(plan.servers()));
            if (plan.fresh()) {
                data.erase();
            }
            stack = new Stack(plan, data, progress);
            stack.assemble(home);
            stack.startAll();
            stack.connectorSupervisor.start();
            progress.text(String.format(
                    Locale.ROOT,
                    "%d processes ready in %.1f s, resident memory %d MiB",
                    stack.processes.size(),
                    (System.nanoTime() - began) / 1e9,
                    stack.residentBytes() >> 20));
            return stack;
        } catch (RuntimeException | IOException | InterruptedException e) {
            abandon(stack, data);
            if (e instanceof StackException sentence) {
                throw sentence;
            }
            throw new StackException(
                    e instanceof InterruptedException
                            ? "The start was given up, and everything is stopped again."
                            : "The stack cannot start: " + e,
                    e);
        }
    }

    private static void abandon(Stack stack, DataDirectory data) {
        if (stack != null) {
            stack.close();
            return;
        }
        try {
            data.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assemble(Home home) throws IOException, InterruptedException {
        Path log4j = data.resolve("conf", "log4j2.xml");
        try (InputStream resource = Stack.class.getResourceAsStream("log4j2.xml")) {
            Files.copy(resource, log4j, StandardCopyOption.REPLACE_EXISTING);
        }
        PostgresBinaries binaries =
                new PostgresBinaries(data.directory("software").resolve("postgresql"));
        Unprivileged unprivileged = Unprivileged.detect();
        add(new PostgresServer(POSTGRES + AUDIT, audit(), data.directory("postgres", AUDIT), binaries, unprivileged));
        MariaDbBinaries mariaDb = new MariaDbBinaries(data.directory("software").resolve("mariadb"));
        for (SampleServer server : plan.servers()) {
            Database database = source(server.databases().get(0));
            add(
                    switch (server.kind()) {
                        case POSTGRESQL ->
                            new PostgresServer(
                                    server.process(),
                                    database,
                                    data.directory("postgres", server.name()),
                                    binaries,
                                    unprivileged);
                        case MARIADB ->
                            new MariaDbServer(
                                    server.process(),
                                    database.beside("mysql"),
                                    data.directory("mariadb", server.name()),
                                    mariaDb);
                    });
        }
        add(new KafkaBroker(plan.ports(), data, home, log4j));
        add(new ConnectWorker(plan.ports(), data, secrets, home, log4j));
        add(new FlinkJobManager(plan.ports(), data, home, log4j));
        add(new FlinkTaskManager(plan.ports(), data, home, log4j));
    }

    private void add(Component component) {
        processes.put(
                component.name(),
                new SupervisedProcess(component, data.directory("run"), data.directory("logs"), progress));
    }

    private void startAll() throws IOException, InterruptedException {
        state.write();
        Map<String, List<String>> databases =
                plan.servers().stream().collect(Collectors.toMap(SampleServer::process, SampleServer::databases));
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (SupervisedProcess process : processes.values()) {
            CompletableFuture<Void> ready = process.start();
            String name = process.component().name();
            if (name.equals(POSTGRES + AUDIT)) {
                ready = ready.thenRunAsync(() -> progress.line(name, "migrated", AuditSchema.migrate(audit())));
            } else if (databases.containsKey(name)) {
                ready = ready.thenRunAsync(() -> databases.get(name).forEach(database -> create(source(database))));
            } else if (name.equals("kafka")) {
                ready = ready.thenRunAsync(this::createTopics);
            }
            parts.add(ready);
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new));
        // The first failure is enough to give up.
        parts.forEach(part -> part.whenComplete((nothing, failure) -> {
            if (failure != null) {
                all.completeExceptionally(failure);
            }
        }));
        try {
            // Not join: a Ctrl-C during the start ends it.
            all.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : e.getCause();
            throw cause instanceof StackException sentence
                    ? sentence
                    : new StackException("The stack cannot start: " + cause, cause);
        }
    }

    private static void create(Database database) {
        try {
            AuditSchema.createIfMissing(database);
        } catch (SQLException e) {
            throw new StackException("The database " + database.name() + " cannot be created: " + e.getMessage(), e);
        }
    }

    private void createTopics() {
        topics.createEvidence(Topics.REGISTRY);
        topics.createOutput(Topics.ALERTS);
        topics.createOutput(Topics.REJECTS);
    }

    /** The audit database. */
    public Database audit() {
        return state.audit();
    }

    /** A sample source; its database has the source's name. */
    public Database source(String name) {
        return state.database(name);
    }

    /** The names of the sample sources. */
    public List<String> sources() {
        return state.sources();
    }

    private static List<String> names(List<SampleServer> servers) {
        return servers.stream().map(SampleServer::name).toList();
    }

    /** Where the parts listen. */
    public Ports ports() {
        return plan.ports();
    }

    /** Host and port of the Kafka broker. */
    public String bootstrap() {
        return "127.0.0.1:" + plan.ports().kafka();
    }

    /** The topics. */
    public Topics topics() {
        return topics;
    }

    /** The connectors. */
    public Connectors connectors() {
        return connectors;
    }

    /** Passwords and keys. */
    public Secrets secrets() {
        return secrets;
    }

    /** The directory of all files of this stack. */
    public DataDirectory data() {
        return data;
    }

    /** What other commands know of it too. */
    public StackState state() {
        return state;
    }

    /** Where Flink's checkpoints lie. */
    public Path checkpoints() {
        return FlinkSettings.checkpoints(data);
    }

    /** Where lines for people go. */
    public Progress progress() {
        return progress;
    }

    /**
     * One process of the stack: {@code postgres-audit}, {@link SampleServer#process}, {@code kafka}, {@code connect},
     * {@code flink-jobmanager}, {@code flink-taskmanager}.
     */
    public SupervisedProcess process(String name) {
        SupervisedProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("no process " + name + ", there are " + processes.keySet());
        }
        return process;
    }

    /** All processes, in the order of their start. */
    public List<SupervisedProcess> processes() {
        return List.copyOf(processes.values());
    }

    /** Resident memory of the launcher and all processes of the stack. */
    public long residentBytes() {
        // The launcher's descendants are the processes themselves, so it is counted without them.
        return ResidentMemory.alone(ProcessHandle.current())
                + processes.values().stream()
                        .flatMap(process -> process.process().stream())
                        .mapToLong(ResidentMemory::bytes)
                        .sum();
    }

    /** Stops everything in good order: first who reads, last who stores. Data stay. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        connectorSupervisor.close();
        STOP_ORDER.forEach(this::stopAll);
        try {
            data.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stopAll(String prefix) {
        CompletableFuture<?>[] stops = processes.values().stream()
                .filter(process -> process.component().name().startsWith(prefix))
                .map(process -> CompletableFuture.runAsync(
                        () -> process.stop(GRACE),
                        task -> new Thread(task, "stop-" + process.component().name()).start()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(stops).join();
    }
}
