package org.faceaudit.local.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Home;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackState;

/** How the audit's own job is submitted: the one place that knows its arguments. */
public final class PipelineJob {
    private static final String NAME = "pipeline";
    private static final Path OPERATORS = Path.of("job", "operators.path");
    private static final long CHECKPOINT_INTERVAL_MILLIS = 1000;

    private PipelineJob() {}

    /**
     * The audit's job on a stack.
     *
     * @param operators directory of the operators' files as {@link org.faceaudit.local.capture.Captures#prepare} wrote them
     */
    public static JobSpec on(Stack stack, Path operators) {
        Database audit = stack.audit();
        Path password = audit.passwordFile(Database.JOB_ROLE);
        remember(stack, operators);
        return new JobSpec(
                NAME,
                Home.find().pipelineJar(),
                run -> {
                    List<String> arguments = new ArrayList<>(List.of(
                            "--bootstrap",
                            stack.bootstrap(),
                            "--jdbc-url",
                            audit.jdbcUrl(),
                            "--jdbc-user",
                            Database.JOB_ROLE,
                            "--jdbc-password-file",
                            password.toString(),
                            "--operators",
                            operators.toAbsolutePath().toString(),
                            "--generation",
                            Long.toString(run.generation()),
                            "--started-at",
                            run.generationBegan().toString(),
                            "--checkpoint-interval-ms",
                            Long.toString(CHECKPOINT_INTERVAL_MILLIS)));
                    if (!run.anew().isEmpty()) {
                        arguments.addAll(List.of("--anew", String.join(",", run.anew())));
                    }
                    return arguments;
                },
                () -> nextGeneration(audit),
                () -> readings(operators));
    }

    /** Everything in the files that decides what is made of a record, or of the want of one. */
    private static Readings readings(Path operators) {
        try {
            return new Readings(OperatorFiles.readDirectory(operators).stream()
                    .map(OperatorFile::mapping)
                    .collect(Collectors.toMap(
                            mapping -> mapping.operator() + '/' + mapping.system(),
                            mapping -> String.join(
                                    " ",
                                    mapping.version(),
                                    mapping.heartbeatTable(),
                                    mapping.heartbeatPromise().toString()))));
        } catch (OperatorFileException e) {
            throw new StackException(e.getMessage(), e);
        }
    }

    /** Where the operators' files of a stack's job are, for whoever must read its topics as it does. */
    public static Path operators(StackState stack) {
        try {
            return Path.of(Files.readString(stack.data().resolve(OPERATORS)).strip());
        } catch (IOException e) {
            throw new StackException(
                    "No job was started on the stack in " + stack.data()
                            + ": start it with ./faceaudit up --operators DIR.",
                    e);
        }
    }

    private static void remember(Stack stack, Path operators) {
        try {
            Files.writeString(stack.data().resolve("job", "operators.path"), operators.toAbsolutePath() + "\n");
        } catch (IOException e) {
            throw new StackException("The data directory cannot be written: " + e.getMessage(), e);
        }
    }

    private static long nextGeneration(Database audit) {
        try (Connection connection = audit.superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT nextval('audit.generation')")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new StackException(
                    "The next generation cannot be taken from the audit database: " + e.getMessage(), e);
        }
    }
}
