package org.faceaudit.local.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.faceaudit.cli.capture.CaptureReferences;
import org.faceaudit.cli.capture.CaptureSql;
import org.faceaudit.cli.capture.ConnectorConfig;
import org.faceaudit.cli.capture.KeyedLiterals;
import org.faceaudit.cli.capture.SourcePreflight;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.intake.operator.Problem;
import org.faceaudit.intake.operator.SourceAddress;
import org.faceaudit.intake.operator.SourceKind;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Secrets;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackState;

/** Captures the registry and the sources that operators' files describe. */
public final class Captures {
    /** What a file says that says nothing of its key. */
    private static final String FIRST_KEY = "k1";

    private static final Duration REGISTRY_HEARTBEAT = Duration.ofSeconds(1);
    private static final String KNOWN = "captured";

    private Captures() {}

    /**
     * Reads every file of a directory.
     *
     * @throws StackException with everything that is wrong in any of them
     */
    public static List<OperatorFile> read(Path directory) {
        try {
            return OperatorFiles.readDirectory(directory);
        } catch (OperatorFileException e) {
            throw new StackException(e.getMessage(), e);
        }
    }

    /**
     * Asks every source whether it can be captured, before anything starts. A source that was captured before is only
     * reported: one that is away must not keep the others from being audited. But one that its changed file would have read anew
     * is refused: a snapshot takes the rows of a table that it does not see for gone.
     *
     * @param data directory of the stack
     * @param passwords of the sources
     * @throws StackException with all problems of the sources that are to be read from their beginning
     */
    public static void requireReady(List<OperatorFile> files, Path data, Passwords passwords, Progress progress) {
        List<String> refusals = new ArrayList<>();
        for (OperatorFile file : files) {
            boolean otherKey = new CapturedKey(data, file.mapping())
                    .otherThan(file.mapping(), null)
                    .isPresent();
            List<String> problems = otherKey ? problemsOfReadingAnew(file, passwords) : problems(file, passwords);
            if (Files.exists(known(data, file.mapping())) && !otherKey && !capturesMore(data, file)) {
                problems.forEach(problem -> progress.line(file.mapping().topic(), "warning", problem));
            } else {
                refusals.addAll(problems);
            }
        }
        if (!refusals.isEmpty()) {
            throw new StackException(String.join("\n", refusals));
        }
    }

    /** What stands in the way of capturing what a file describes; empty when nothing does. */
    static List<String> problems(OperatorFile file, Passwords passwords) {
        SourceAddress source = file.source();
        Optional<String> password = passwords.of(source);
        return password.isPresent()
                ? SourcePreflight.problems(file.file(), source, file.mapping(), password.get())
                : List.of(file.file() + ": " + passwords.remedy(source));
    }

    /** The same of a source whose rows were told already: a snapshot takes those of a table that it does not see for gone. */
    static List<String> problemsOfReadingAnew(OperatorFile file, Passwords passwords) {
        List<String> problems = problems(file, passwords);
        return problems.isEmpty()
                ? SourcePreflight.hidden(
                        file.file(),
                        file.source(),
                        file.mapping(),
                        passwords.of(file.source()).orElseThrow())
                : problems;
    }

    private static boolean capturesMore(Path data, OperatorFile file) {
        Map<String, String> settings = ConnectorConfig.of(
                        file.source(), file.mapping(), true, new CaptureReferences("", "", ""))
                .settings();
        return !new CapturedColumns(data, file.mapping())
                .beside(Map.of(), settings)
                .isEmpty();
    }

    /** Captures schema {@code registry} of the audit database into {@code cdc.registry}; as often as one likes. */
    public static void startRegistry(Stack stack) {
        Mapping mapping = Mapping.registry();
        Database audit = stack.audit();
        try (Connection connection = audit.superuser()) {
            if (!SourcePreflight.published(connection, mapping)) {
                audit.execute(CaptureSql.publication(mapping));
            }
            // A stack of an earlier version published fewer tables.
            for (String table : SourcePreflight.unpublished(connection, mapping)) {
                audit.execute(CaptureSql.addition(mapping, table));
            }
        } catch (SQLException e) {
            throw new StackException("The registry cannot be published: " + e.getMessage(), e);
        }
        SourceAddress address = new SourceAddress(
                SourceKind.POSTGRESQL,
                audit.jdbcUrl(),
                Database.CAPTURE_ROLE,
                "FACEAUDIT_CAPTURE_PASSWORD",
                LegalDay.ZONE,
                mapping.heartbeatTable(),
                REGISTRY_HEARTBEAT);
        String password = stack.secrets().forConnect("registry.password", audit.passwordOf(Database.CAPTURE_ROLE));
        // Nothing of the registry is tokenised.
        put(stack, ConnectorConfig.of(address, mapping, true, new CaptureReferences(password, "", stack.bootstrap())));
    }

    /**
     * Captures a source into its topic; as often as one likes. Where the file names another key of tokens than before, or captures
     * more, the source is read anew by a snapshot: what it holds is known by tokens of the new key then, and by no others; and the
     * log tells of a row that is there already only when it changes.
     */
    public static void start(Stack stack, OperatorFile file, Passwords passwords) {
        synchronized (stack.connectors()) {
            startAlone(stack, file, passwords);
        }
    }

    /**
     * Has a source that is captured read anew by a snapshot, just as its connector is configured; nothing of one that is not.
     *
     * @param why what follows "since" in the line that says so
     */
    static void readAnew(Stack stack, String topic, String why) {
        synchronized (stack.connectors()) {
            Map<String, String> configured = stack.connectors().configuration(topic);
            if (configured.isEmpty()) {
                return;
            }
            stack.connectors().putAnew(topic, topic, configured);
        }
        stack.progress()
                .line(
                        topic,
                        "anew",
                        "a snapshot reads the whole source again, since " + why
                                + "; source-gap bounds what changed between the log read so far and the snapshot");
    }

    private static void startAlone(Stack stack, OperatorFile file, Passwords passwords) {
        SourceAddress source = file.source();
        Mapping mapping = file.mapping();
        CaptureReferences references = new CaptureReferences(
                passwords.reference(stack.secrets(), mapping.topic(), source),
                tokenKeyReference(stack.secrets(), mapping),
                stack.bootstrap());
        ConnectorConfig connector =
                ConnectorConfig.of(source, mapping, isPublished(stack, source, mapping, passwords), references);
        CapturedKey key = new CapturedKey(stack.data().root(), mapping);
        CapturedColumns columns = new CapturedColumns(stack.data().root(), mapping);
        Map<String, String> configured = stack.connectors().configuration(connector.name());
        Optional<String> before = key.otherThan(mapping, configured.get(CapturedKey.SETTING));
        List<String> beside = columns.beside(configured, connector.settings());
        if (before.isPresent() || !beside.isEmpty()) {
            stack.connectors().putAnew(connector.name(), connector.name(), connector.settings());
        } else {
            put(stack, connector);
        }
        before.ifPresent(other -> stack.progress()
                .line(
                        connector.name(),
                        "anew",
                        "tokens are made with key " + mapping.tokenKey().orElseThrow() + " instead of "
                                + other + ": a snapshot reads the whole source again; until it has ended,"
                                + " persons are an interval"));
        if (!beside.isEmpty()) {
            stack.progress()
                    .line(
                            connector.name(),
                            "anew",
                            "a snapshot reads the whole source again, since it is captured in addition: "
                                    + String.join(", ", beside)
                                    + "; until it has ended what was there before is not known, and source-gap"
                                    + " bounds what changed between the log read so far and the snapshot");
        }
        key.keep(mapping);
        columns.keep(connector.settings());
        try {
            Path known = known(stack.data().root(), mapping);
            Files.createDirectories(known.getParent());
            Files.writeString(known, file.file() + "\n");
        } catch (IOException e) {
            throw new StackException("The data directory cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Stops capturing sources that no file describes any more, and says what their owners may drop then: until they do, the
     * slot holds the source's log on its disk. What was captured stays, it is evidence.
     *
     * @param files every file there is
     */
    public static void stopOthers(Stack stack, List<OperatorFile> files) {
        Set<String> wanted = new TreeSet<>();
        wanted.add(Mapping.registry().topic());
        files.forEach(file -> wanted.add(file.mapping().topic()));
        stack.connectors().deleteAllBut(wanted).forEach((name, settings) -> {
            stack.progress().line(name, "stopped", farewell(name, settings));
            try {
                Files.deleteIfExists(stack.data().resolve(KNOWN, name));
            } catch (IOException e) {
                throw new StackException("The data directory cannot be written: " + e.getMessage(), e);
            }
        });
    }

    static String farewell(String name, Map<String, String> settings) {
        if (!settings.containsKey("slot.name")) {
            return "no operator's file describes this source any more; topic " + name + " stays.";
        }
        String source = settings.get("database.hostname") + ":" + settings.get("database.port") + "/"
                + settings.get("database.dbname");
        return "no operator's file describes this source any more; topic " + name + " stays, and slot "
                + settings.get("slot.name") + " still holds the log of " + source
                + ": unless the file comes back, run there: SELECT pg_drop_replication_slot('"
                + settings.get("slot.name") + "'); DROP PUBLICATION " + settings.get("publication.name") + ";";
    }

    /** Where Connect finds the key of an operator's tokens. Each has its own: nobody follows a person from one to another. */
    public static String tokenKeyReference(Secrets secrets, Mapping mapping) {
        return secrets.forConnect(tokenKeyName(mapping), tokenKey(secrets, mapping));
    }

    /**
     * The key of an operator's tokens, made up when it is asked for first. Another {@code token-key} in the file is another
     * key: that is how one is changed.
     */
    public static String tokenKey(Secrets secrets, Mapping mapping) {
        return secrets.key(tokenKeyName(mapping));
    }

    private static String tokenKeyName(Mapping mapping) {
        String id = mapping.tokenKey().orElse(FIRST_KEY);
        // The first key was kept under the operator's name alone.
        return "token." + mapping.operator() + (id.equals(FIRST_KEY) ? "" : "." + id);
    }

    /**
     * Writes the files as the job reads them: in their filters tokens stand instead of the constants that the job must not
     * know, and could not compare.
     *
     * @return the directory that holds them and nothing else
     * @throws StackException with everything that is wrong in any of them
     */
    public static Path prepare(Stack stack, List<OperatorFile> files) {
        try {
            return prepare(stack.data().directory("job", "operators"), stack.secrets(), files);
        } catch (IOException e) {
            throw new StackException("The data directory cannot be written: " + e.getMessage(), e);
        }
    }

    static Path prepare(Path directory, Secrets secrets, List<OperatorFile> files) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (OperatorFile file : files) {
            try {
                texts.put(preparedName(file), copy(secrets, file));
            } catch (OperatorFileException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new StackException(new OperatorFileException(problems).getMessage());
        }
        write(directory, texts);
        return directory;
    }

    /**
     * What the job reads instead of a file.
     *
     * @throws OperatorFileException with everything that is wrong in the file
     */
    static String copy(Secrets secrets, OperatorFile file) throws OperatorFileException {
        return "# Made of " + file.file() + "; change that.\n" + prepared(secrets, file);
    }

    /**
     * Files with what the job reads instead of them.
     *
     * @throws StackException with everything that is wrong in one of them
     */
    public static List<Described> described(Secrets secrets, List<OperatorFile> files) {
        List<Described> described = new ArrayList<>();
        try {
            for (OperatorFile file : files) {
                described.add(new Described(file, copy(secrets, file)));
            }
        } catch (OperatorFileException e) {
            throw new StackException(e.getMessage(), e);
        }
        return List.copyOf(described);
    }

    /** Makes these the files that the job reads, and no others; each is there whole or as it was. */
    static void write(Path directory, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path part = Files.writeString(directory.resolve(text.getKey() + ".part"), text.getValue());
            Files.move(
                    part,
                    directory.resolve(text.getKey()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        try (Stream<Path> there = Files.list(directory)) {
            for (Path file : there.toList()) {
                if (!texts.containsKey(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    static String preparedName(OperatorFile file) {
        return file.operator() + "." + file.system() + ".yaml";
    }

    private static String prepared(Secrets secrets, OperatorFile file) throws OperatorFileException {
        return OperatorFiles.prepared(Path.of(file.file()), new KeyedLiterals(tokenKey(secrets, file.mapping())));
    }

    /**
     * The copy of a file that the job of a stack reads; none when the stack does not capture what the file describes, or the
     * file has changed since.
     *
     * @throws OperatorFileException with everything that is wrong in the file
     */
    public static Optional<Path> prepared(StackState stack, OperatorFile file) throws OperatorFileException {
        Path copy = stack.data().resolve("job").resolve("operators").resolve(preparedName(file));
        if (!Files.exists(copy)) {
            return Optional.empty();
        }
        String now = prepared(stack.secrets(), file);
        try {
            String then = Files.readString(copy);
            return then.substring(then.indexOf('\n') + 1).equals(now) ? Optional.of(copy) : Optional.empty();
        } catch (IOException e) {
            throw new StackException(copy + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void put(Stack stack, ConnectorConfig connector) {
        stack.connectors().put(connector.name(), connector.name(), connector.settings());
        stack.progress().line(connector.name(), "captured", "connector and topic " + connector.name());
    }

    private static Path known(Path data, Mapping mapping) {
        return data.resolve(KNOWN).resolve(mapping.topic());
    }

    /** Whether the owner made the publication; a source that is away now was asked when it was captured first. */
    private static boolean isPublished(Stack stack, SourceAddress source, Mapping mapping, Passwords passwords) {
        try {
            return SourcePreflight.published(
                    source, mapping, passwords.of(source).orElse(""));
        } catch (SQLException e) {
            stack.progress()
                    .line(
                            mapping.topic(),
                            "warning",
                            "not asked for its publication, taken as made: " + e.getMessage());
            return true;
        }
    }
}
