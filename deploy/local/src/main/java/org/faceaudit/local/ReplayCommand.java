package org.faceaudit.local;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import org.faceaudit.cli.ShippedLaw;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.replay.Replay;
import org.faceaudit.local.replay.ReplayView;
import org.faceaudit.local.stack.StackState;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Rebuilds the tables as they would have stood on a day, beside the live ones; or by another set of law. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds the tables as they would have stood at the end of a legal day, in a schema of their own beside the"
                    + " live ones, from what the running stack has captured.",
            "What was committed later is left out; the first snapshot of a source says what was there before it. A filing,"
                    + " an exception or a holiday notice of a later day does not count.",
            "With --law it prints what each operator would have owed under another set of law.",
            "Exit status: 0 the schema is there; 1 it could not be made, and none is left; 2 wrong usage."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 60;

    private final Clock clock;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The legal day, YYYY-MM-DD in Shanghai; today, as far as it has come, with --law alone.")
    private String asOf;

    @Option(
            names = "--law",
            paramLabel = "SET",
            description =
                    "A set of law that ships beside the one in force: draft-2023 (comment draft of 2023-08-08, never"
                            + " in force).")
    private String law;

    @Option(
            names = "--operators",
            paramLabel = "DIR",
            description = "The operators' files; those of the running job by default.")
    private Path operators;

    @Option(names = "--data", paramLabel = "DIR", description = "The stack's directory; var/up or var/demo by default.")
    private Path data;

    ReplayCommand() {
        this(Clock.systemUTC());
    }

    /** With who says what day it is. */
    ReplayCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Instant now = clock.instant();
        LegalDay day;
        ShippedLaw set;
        try {
            day = day(LegalDay.of(now));
            set = law == null ? null : set();
        } catch (WrongUsageException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        Instant until = day.equals(LegalDay.of(now)) ? now : day.end();
        StackState stack = RunningStack.find(data);
        if (!stack.isHeld()) {
            throw new StackException("The stack in " + stack.data()
                    + " does not run: start it with ./faceaudit up or ./faceaudit demo; a replay reads its topics.");
        }
        UntilSignal.install();
        PrintWriter out = spec.commandLine().getOut();
        Replay replay = new Replay(stack, day, until, set, new Progress(System.out));
        replay.run(operators);
        ReplayView view = new ReplayView(stack.audit(), replay.schema());
        print(out, day, until, set, view);
        pointTo(out, replay.schema());
        out.flush();
        return 0;
    }

    private LegalDay day(LegalDay today) throws WrongUsageException {
        if (asOf == null) {
            if (law == null) {
                throw new WrongUsageException(
                        "Name a day: ./faceaudit replay --as-of YYYY-MM-DD, or a set of law: --law "
                                + String.join(" or ", ShippedLaw.ids()) + ".");
            }
            return today;
        }
        LegalDay day;
        try {
            if (!asOf.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                throw new DateTimeParseException("not YYYY-MM-DD", asOf, 0);
            }
            day = LegalDay.parse(asOf);
        } catch (DateTimeParseException e) {
            throw new WrongUsageException("--as-of " + asOf + " is no date; write a day that exists as YYYY-MM-DD.");
        }
        if (day.isAfter(today)) {
            throw new WrongUsageException("--as-of " + day + " is after today, which is " + today
                    + " in Shanghai: a replay says what was, not what will be.");
        }
        return day;
    }

    private ShippedLaw set() throws WrongUsageException {
        return ShippedLaw.of(law)
                .orElseThrow(() -> new WrongUsageException(
                        "There is no set of law " + law + "; there is: " + String.join(", ", ShippedLaw.ids()) + "."));
    }

    private static void print(PrintWriter out, LegalDay day, Instant until, ShippedLaw set, ReplayView view) {
        out.println();
        if (set == null) {
            List<List<String>> alerts = view.alerts();
            out.println(alerts.size() + (alerts.size() == 1 ? " alert" : " alerts") + " as of " + day
                    + " (its end, Asia/Shanghai):");
            table(out, List.of("operator", "rule", "subject", "verdict", "status", "since", "due"), alerts);
        } else {
            out.println(set.titleZh() + " / " + set.titleEn() + " (" + set.law().version() + "), as of " + day + ":");
            table(out, List.of("operator", "persons", "reached", "due", "under this law"), view.owed(day.toString()));
            out.println(set.note());
            out.println("Every day above follows from the number of persons; use in public places, of which no captured"
                    + " data tell, may have come earlier.");
        }
        List<List<String>> laggards = view.laggards(until.toString());
        if (!laggards.isEmpty() && day.end().equals(until)) {
            out.println();
            out.println("Not known to the end of that day, so beyond it nothing is said to be absent:");
            table(out, List.of("source", "known through"), laggards);
        }
    }

    private static void table(PrintWriter out, List<String> heading, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        TextTable table = new TextTable();
        table.add(heading);
        rows.stream().limit(MOST_ROWS).forEach(table::add);
        table.lines().forEach(out::println);
        if (rows.size() > MOST_ROWS) {
            out.println("... and " + (rows.size() - MOST_ROWS) + " more");
        }
    }

    private void pointTo(PrintWriter out, String schema) {
        String option = data == null ? "" : " --data '" + data + "'";
        out.println();
        out.println("Ask it like the live views, which are as they were; the same replay again replaces it:");
        for (String sql : List.of(
                "SELECT verdict, status, due_on, explanation_en FROM " + schema + ".alert_v1",
                "SELECT operator_id, state, due_on, working_days_left, days_late FROM " + schema + ".clock_v1",
                "SELECT * FROM " + schema + ".person_count_v1 ORDER BY day DESC LIMIT 20")) {
            out.println("  ./faceaudit sql \"" + sql + "\"" + option);
        }
    }

    /** Asked for something that cannot be, in one sentence. */
    private static final class WrongUsageException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongUsageException(String sentence) {
            super(sentence);
        }
    }
}
