package org.faceaudit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.faceaudit.cli.trial.SampleException;
import org.faceaudit.cli.trial.Trial;
import org.faceaudit.intake.operator.OperatorFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a mapping makes of sample changes, before anything is captured. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = {
            "Reads sample changes by an operator's file as the job would, and prints of each what the log carried, column by"
                    + " column (PRESENT, ABSENT, UNCHANGED, UNKNOWN), the events it becomes, or why it becomes none.",
            "SAMPLE holds Debezium envelopes, one JSON object a line, with or without schema, also behind a key and a tab;"
                    + " '-' reads them from standard input. If its name ends in .csv it holds rows with a header of"
                    + " column names, an empty cell for NULL. Needs no stack and asks no database. Identifiers and images"
                    + " are shown as the tokens and descriptors that would leave the connector."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:everything could be read",
            "1:a record was rejected, or a mapped value could not be read or is not in the sample",
            "2:the file or the sample is wrong, or the command was used wrongly"
        })
public final class TryCommand implements Callable<Integer> {

    private static final int KEY_BYTES = 32;

    private final Clock clock;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The operator's file.")
    private Path file;

    @Parameters(index = "1", paramLabel = "SAMPLE", description = "The sample changes; - for standard input.")
    private Path sample;

    @Option(
            names = "--table",
            paramLabel = "SCHEMA.TABLE",
            description = "Whose rows a CSV holds; the name of the file without .csv by default.")
    private String table;

    @Option(
            names = "--token-key",
            paramLabel = "KEYFILE",
            description = "A file with the operator's token key, for samples that hold tokens; a key made for this call"
                    + " by default.")
    private Path keyFile;

    public TryCommand() {
        this(Clock.systemUTC());
    }

    /** With who says what time it is. */
    TryCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Trial trial = Trial.of(file, secret(), out, clock.instant());
            boolean understood =
                    sample.toString().equals("-") ? trial.run(System.in.readAllBytes()) : trial.run(sample, table);
            return understood ? 0 : 1;
        } catch (OperatorFileException | SampleException | IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
        } catch (IOException e) {
            spec.commandLine().getErr().println("The trial cannot be made: " + e.getMessage());
        } catch (OutOfMemoryError tooMany) {
            // An error that nobody catches would end with the status of a rejected record.
            spec.commandLine().getErr().println("The sample does not fit into memory: try fewer of its lines.");
        }
        return 2;
    }

    private String secret() throws IOException {
        if (keyFile != null) {
            try {
                return Files.readString(keyFile, StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new IOException("the token key in " + keyFile + " cannot be read.", e);
            }
        }
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
