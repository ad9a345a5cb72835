package org.faceaudit.local.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
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
    private static final Duration REGISTRY_HEARTBEAT = Duration.ofSeconds(1);
    private static final String KNOWN = "captured";
    private static final int VERSION_BYTES = 8;

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
     * reported: one that is away must not keep the others from being audited.
     *
     * @param data directory of the stack
     * @throws StackException with all problems of the new sources
     */
    public static void requireReady(List<OperatorFile> files, Path data, Progress progress) {
        List<String> refusals = new ArrayList<>();
        for (OperatorFile file : files) {
            List<String> problems = problems(file);
            if (Files.exists(known(data, file.mapping()))) {
                problems.forEach(problem -> progress.line(file.mapping().topic(), "warning", problem));
            } else {
                refusals.addAll(problems);
            }
        }
        if (!refusals.isEmpty()) {
            throw new StackException(String.join("\n", refusals));
        }
    }

    private static List<String> problems(OperatorFile file) {
        SourceAddress source = file.source();
        Optional<String> password = password(source);
        return password.isPresent()
                ? SourcePreflight.problems(file.file(), source, file.mapping(), password.get())
                : List.of(file.file() + ": the environment variable " + source.passwordVariable()
                        + " is not set; export the password of " + source.user() + " in it.");
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
     * Captures a source into its topic; as often as one likes. The worker reads the password from its environment, so that
     * it is never written to disk.
     */
    public static void start(Stack stack, OperatorFile file) {
        SourceAddress source = file.source();
        Mapping mapping = file.mapping();
        CaptureReferences references = new CaptureReferences(
                "${env:" + source.passwordVariable() + "}",
                tokenKeyReference(stack.secrets(), file.operator()),
                stack.bootstrap());
        put(stack, ConnectorConfig.of(source, mapping, isPublished(stack, source, mapping), references));
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
    public static String tokenKeyReference(Secrets secrets, String operator) {
        return secrets.forConnect(tokenKeyName(operator), tokenKey(secrets, operator));
    }

    /** The key of an operator's tokens, made up when it is asked for first. */
    public static String tokenKey(Secrets secrets, String operator) {
        return secrets.key(tokenKeyName(operator));
    }

    private static String tokenKeyName(String operator) {
        return "token." + operator;
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
                texts.put(
                        preparedName(file),
                        "# Made of " + file.file() + " at every start; change that.\n" + prepared(secrets, file));
            } catch (OperatorFileException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new StackException(new OperatorFileException(problems).getMessage());
        }
        try (Stream<Path> earlier = Files.list(directory)) {
            for (Path file : earlier.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.writeString(directory.resolve(text.getKey()), text.getValue());
        }
        return directory;
    }

    /**
     * First 16 hexadecimal digits of SHA-256 over a file as it is written now, with tokens where it has constants of its
     * operator's: any edit is another version, a comment that says that somebody looked at it among them.
     *
     * @throws StackException with everything that is wrong in the file
     */
    static String version(Secrets secrets, OperatorFile file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(prepared(secrets, file).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, VERSION_BYTES);
        } catch (OperatorFileException e) {
            throw new StackException(e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform provides SHA-256", e);
        }
    }

    private static String preparedName(OperatorFile file) {
        return file.operator() + "." + file.system() + ".yaml";
    }

    private static String prepared(Secrets secrets, OperatorFile file) throws OperatorFileException {
        return OperatorFiles.prepared(Path.of(file.file()), new KeyedLiterals(tokenKey(secrets, file.operator())));
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

    private static Optional<String> password(SourceAddress source) {
        return Optional.ofNullable(System.getenv(source.passwordVariable()));
    }

    /** The password of a source's user: exported, or known, as of a sample source; nobody exports one for a demo. */
    public static Optional<String> password(StackState stack, SourceAddress source) {
        return password(source)
                .or(() -> stack.sources().stream()
                        .map(stack::database)
                        .filter(database -> database.jdbcUrl().equals(source.url()))
                        .map(database -> database.passwordOf(source.user()))
                        .findFirst());
    }

    /** Whether the owner made the publication; a source that is away now was asked when it was captured first. */
    private static boolean isPublished(Stack stack, SourceAddress source, Mapping mapping) {
        try {
            return SourcePreflight.published(source, mapping, password(source).orElse(""));
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
