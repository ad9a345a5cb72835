package org.faceaudit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.faceaudit.cli.capture.Finding;
import org.faceaudit.cli.capture.SourcePreflight;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.judgement.RuleStanding;
import org.faceaudit.intake.judgeability.Judgeability;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Examines a source before it is captured, or while it is: everything at once, and what to do about it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Asks the source that an operator's file describes whether it can be captured as the file says: its log, rights,"
                    + " tables, columns and their types, what the log would not tell, its clock. One line each: OK,"
                    + " WARNING (capture works, and somebody should know) or PROBLEM, with what to do about it. Then rule by"
                    + " rule whether what is mapped lets it be judged, or why it stays UNKNOWN.",
            "It connects with the password in the environment variable that the file names, reads the catalogue and no"
                    + " row, and changes nothing. ./faceaudit up asks the same of every new source before it starts."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:no problem",
            "1:at least one problem",
            "2:the file is wrong, the source cannot be reached or does not answer, or the command was used wrongly"
        })
public final class DoctorCommand implements Callable<Integer> {

    private final UnaryOperator<String> environment;
    private final Clock clock;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The operator's file.")
    private Path file;

    public DoctorCommand() {
        this(System::getenv, Clock.systemUTC());
    }

    /** With whoever knows the environment's variables and what time it is. */
    DoctorCommand(UnaryOperator<String> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        OperatorFile operator;
        try {
            operator = OperatorFiles.read(file);
        } catch (OperatorFileException e) {
            return unable(e.getMessage());
        }
        String password = environment.apply(operator.source().passwordVariable());
        if (password == null) {
            return unable(file + ": the environment variable "
                    + operator.source().passwordVariable() + " is not set; export the password of "
                    + operator.source().user() + " in it.");
        }
        List<Finding> findings;
        try {
            findings = SourcePreflight.examine(operator.source(), operator.mapping(), password, clock);
        } catch (SQLException e) {
            return unable(file + ": " + SourcePreflight.unreachable(operator.source(), e));
        }
        out.println(operator.mapping().topic() + ": " + operator.source().url() + " as "
                + operator.source().user());
        findings.forEach(out::println);
        long problems = count(findings, Finding.Level.PROBLEM);
        long warnings = count(findings, Finding.Level.WARNING);
        out.println();
        Judgeability.of(operator.mapping(), EnumSet.allOf(Family.class)).forEach(rule -> out.println(standing(rule)));
        out.println();
        out.println(number(problems, "problem") + ", " + number(warnings, "warning") + ".");
        out.flush();
        return problems == 0 ? 0 : 1;
    }

    private int unable(String message) {
        spec.commandLine().getErr().println(message);
        return 2;
    }

    private static String standing(RuleStanding rule) {
        String state = !rule.judgeable() ? "UNKNOWN" : rule.reason() == null ? "provable" : "in part";
        return String.format("%-8s %s%s", state, rule.ruleId(), rule.reason() == null ? "" : ": " + rule.reason());
    }

    private static long count(List<Finding> findings, Finding.Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static String number(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
