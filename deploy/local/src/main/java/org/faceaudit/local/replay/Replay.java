package org.faceaudit.local.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.cli.ShippedLaw;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.local.job.PipelineJob;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.StackState;
import org.faceaudit.sql.ReplaySchema;
import org.flywaydb.core.api.FlywayException;

/**
 * Rebuilds the tables of a running stack as they would have stood, in schemas of their own. Reads the stack's topics, and of
 * its database the registry's names and numbers; the live tables, topics and job stay as they are.
 */
public final class Replay {
    private final StackState stack;
    private final LegalDay day;
    private final Instant asOf;
    private final ShippedLaw law;
    private final ReplaySchema schema;
    private final Progress progress;

    /**
     * @param stack runs
     * @param day the legal day whose end is the as-of instant
     * @param asOf the last instant that may be known
     * @param law {@code null} for the law in force
     */
    public Replay(StackState stack, LegalDay day, Instant asOf, ShippedLaw law, Progress progress) {
        this.stack = stack;
        this.day = day;
        this.asOf = asOf;
        this.law = law;
        this.progress = progress;
        this.schema = new ReplaySchema("replay_" + day.toString().replace("-", "")
                + (law == null ? "" : "_" + law.law().version().replace('-', '_')));
    }

    /** Where the views are. */
    public String schema() {
        return schema.name();
    }

    /**
     * Runs to the end, in place of an earlier replay of the same day and law.
     *
     * @param operators directory of the operators' files; {@code null} for the one that the stack's job was started with
     * @throws StackException when it cannot be done, as a sentence; no schema is left then
     */
    public void run(Path operators) {
        Path files = operators != null ? operators : PipelineJob.operators(stack);
        if (!Files.isDirectory(files)) {
            throw new StackException(files + " is not a directory: name the one with the operators' YAML files by"
                    + " --operators DIR.");
        }
        Database audit = stack.audit();
        try (Connection connection = audit.superuser()) {
            ReplayProcess.requireAlone(connection, schema);
            boolean whole = false;
            try {
                makeSchema(audit);
                judge(files.toAbsolutePath());
                requireJudged(audit);
                schema.open(connection, comment());
                whole = true;
            } finally {
                if (!whole) {
                    schema.drop(connection);
                }
            }
        } catch (SQLException e) {
            throw new StackException("The audit database of the stack refuses the replay: " + e.getMessage(), e);
        }
    }

    private void makeSchema(Database audit) throws SQLException {
        try {
            schema.create(
                    audit.jdbcUrl(),
                    Database.SUPERUSER,
                    audit.passwordOf(Database.SUPERUSER),
                    day.date(),
                    law == null ? null : law.law().version());
        } catch (IOException | FlywayException e) {
            throw new StackException("The tables of the replay cannot be made: " + e.getMessage(), e);
        }
        progress.line("replay", "prepared", "schema " + schema.name() + ", as of " + asOf);
    }

    /** Without the registry nothing is judged, and no alert would look like no breach. */
    private void requireJudged(Database audit) {
        if (!new ReplayView(audit, schema.name()).knowsTheRegistry()) {
            throw new StackException("The registry has not been captured yet, so nothing can be judged: wait until"
                    + " ./faceaudit status knows it.");
        }
    }

    private String comment() {
        return "As of " + day + " (Asia/Shanghai), by " + lawName() + "; made " + Instant.now() + " / 截至" + day + "的回放";
    }

    private String lawName() {
        return law == null ? "the law in force" : law.law().version();
    }

    private void judge(Path operators) {
        ReplayProcess process = new ReplayProcess(stack, schema, operators, progress);
        try {
            Path directory = process.directory();
            List<String> arguments = new ArrayList<>(List.of("--as-of", asOf.toString()));
            if (law != null) {
                Path file = directory.resolve("law.json");
                new ObjectMapper().writeValue(file.toFile(), law.law());
                // Another set of law speaks of the filing duty alone.
                arguments.addAll(List.of("--law-file", file.toString(), "--judge", "persons"));
            }
            process.run(arguments);
        } catch (IOException e) {
            throw new StackException("The files of the replay cannot be written: " + e.getMessage(), e);
        }
    }
}
