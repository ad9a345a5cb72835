package org.faceaudit.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.Duty;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.StatutoryDeadlines;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code faceaudit deadline}: when a duty of Art. 15 of the Measures falls due, from the seeded calendar alone. One CSV
 * line per date without a header: {@code trigger,due_on,due_on_strict,provisional,calendar_version}. Exit 0 when every
 * date was read, 1 when one was not: the others are printed all the same.
 */
@Command(
        name = "deadline",
        mixinStandardHelpOptions = true,
        description = {
            "Prints when a duty of Art. 15 falls due by the seeded law and calendar, one CSV line per trigger day:",
            "trigger,due_on,due_on_strict,provisional,calendar_version"
        })
public final class DeadlineCommand implements Callable<Integer> {

    private static final Pattern ISO_DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final String STANDARD_INPUT = "-";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream input;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "filing",
            converter = DutyName.class,
            description = "filing (default), change or deregistration")
    private Duty duty;

    @Parameters(
            paramLabel = "DATE",
            arity = "1..*",
            description = "trigger days, YYYY-MM-DD in Shanghai; - reads one per line from standard input")
    private List<String> dates;

    /** Reads {@code -} from the process's standard input. */
    public DeadlineCommand() {
        this(System.in);
    }

    DeadlineCommand(InputStream input) {
        this.input = input;
    }

    @Override
    public Integer call() throws IOException {
        Registry registry = SeedLaw.registry();
        int bad = 0;
        for (int i = 0; i < dates.size(); i++) {
            String date = dates.get(i);
            if (!date.equals(STANDARD_INPUT)) {
                bad += print(date, "argument " + (i + 1), registry);
                continue;
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                // Some programs put a mark before a text.
                String text = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
                if (!text.isBlank()) {
                    bad += print(text, "line " + number, registry);
                }
            }
        }
        out().flush();
        return bad == 0 ? 0 : 1;
    }

    /** 1 for a bad date, else 0. */
    private int print(String text, String where, Registry registry) {
        String date = text.strip();
        LegalDay trigger;
        try {
            if (!ISO_DAY.matcher(date).matches()) {
                throw new DateTimeParseException("not YYYY-MM-DD", date, 0);
            }
            trigger = LegalDay.parse(date);
        } catch (DateTimeParseException e) {
            return refuse(where, date, "is no date; write a day that exists as YYYY-MM-DD.");
        }
        Deadline due = StatutoryDeadlines.due(duty, trigger, registry);
        if (!ISO_DAY.matcher(due.dueOn().toString()).matches()) {
            return refuse(where, date, "falls due on a day that YYYY-MM-DD cannot write; write an earlier one.");
        }
        out().println(due.trigger() + "," + due.dueOn() + "," + due.dueOnStrict() + "," + due.provisional() + ","
                + due.calendarVersion());
        return 0;
    }

    private int refuse(String where, String date, String why) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(where + ": \"" + date + "\" " + why);
        err.flush();
        return 1;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Duties by their names on the command line. */
    static final class DutyName implements ITypeConverter<Duty> {
        @Override
        public Duty convert(String name) {
            for (Duty duty : Duty.values()) {
                if (duty.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return duty;
                }
            }
            throw new TypeConversionException("\"" + name + "\" is none of filing, change, deregistration");
        }
    }
}
