package org.faceaudit.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.faceaudit.cli.DeadlineCommand;
import org.faceaudit.cli.DoctorCommand;
import org.faceaudit.cli.OnboardCommand;
import org.faceaudit.cli.ScanCommand;
import org.faceaudit.cli.TryCommand;
import org.faceaudit.local.demo.DemoCommand;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.reconcile.ReconcileCommand;
import org.faceaudit.local.verify.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one command line: every command is a class, listed here. */
@Command(
        name = "faceaudit",
        description = "Continuous, evidenced audit of face recognition operators.",
        mixinStandardHelpOptions = true,
        version = "faceaudit 0.1.0-SNAPSHOT",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            StatusCommand.class,
            SqlCommand.class,
            ReplayCommand.class,
            DeadlineCommand.class,
            OnboardCommand.class,
            DoctorCommand.class,
            ScanCommand.class,
            TryCommand.class,
            ReconcileCommand.class,
            VerifyCommand.class,
            BenchCommand.class
        })
public final class FaceauditMain {
    private FaceauditMain() {}

    /** Runs a command; the exit status is 0 when it did what was asked. */
    public static void main(String[] arguments) {
        // The texts are Chinese too, whatever the locale of the machine.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, with sentences instead of stack traces for what people can help. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new Listening(new FaceauditMain())
                .setOut(new PrintWriter(System.out, true))
                .setErr(new PrintWriter(System.err, true));
        // A statement may begin with a comment, as the ready queries do: "-- …" is no option.
        commandLine.getSubcommands().get("sql").setUnmatchedOptionsArePositionalParams(true);
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof StackException) {
                command.getErr().println(exception.getMessage());
                return 1;
            }
            throw exception;
        });
        return commandLine;
    }

    /** Lets the JVM go after a signal only when also the sentence about what failed has been said. */
    private static final class Listening extends CommandLine {
        Listening(Object command) {
            super(command);
        }

        @Override
        public int execute(String... arguments) {
            try {
                return super.execute(arguments);
            } finally {
                UntilSignal.commandIsOver();
            }
        }
    }
}
