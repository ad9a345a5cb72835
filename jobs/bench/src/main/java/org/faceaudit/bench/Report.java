package org.faceaudit.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;

/** One JSON line per measure for whoever reads figures, and lines for whoever waits. */
public final class Report {

    /** Whoever else uses more of the machine than this spoils a figure. */
    private static final double MOST_OTHERS = 0.1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream figures;
    private final PrintStream progress;
    private boolean wrong;
    private boolean disturbed;

    /**
     * @param figures takes the JSON lines
     * @param progress takes the other ones
     */
    public Report(PrintStream figures, PrintStream progress) {
        this.figures = figures;
        this.progress = progress;
    }

    /** Says what is going on. */
    public void progress(String format, Object... values) {
        progress.println("bench: " + String.format(Locale.ROOT, format, values));
        progress.flush();
    }

    /** A measure that is about to be taken. */
    public Entry entry(String measure, String of) {
        return new Entry(measure, of);
    }

    /** Whether a count was not what the second count says. */
    public boolean wrong() {
        return wrong;
    }

    /** Whether others used the machine so much that figures of time are no headline. */
    public boolean disturbed() {
        return disturbed;
    }

    /** One line in the making: knows the machine from the moment on at which it was begun. */
    public final class Entry {
        private final ObjectNode json = JSON.createObjectNode();
        private final Machine.Watch watch = Machine.watch();
        private boolean bad;
        private double helpers;

        private Entry(String measure, String of) {
            json.put("measure", measure).put("of", of);
        }

        public Entry with(String name, String value) {
            json.put(name, value);
            return this;
        }

        public Entry with(String name, long value) {
            json.put(name, value);
            return this;
        }

        /** A number, to four digits: no measure here is finer. */
        public Entry with(String name, double value) {
            json.put(name, digits(value));
            return this;
        }

        /** A figure of several rounds. */
        public Entry with(String unit, Spread spread) {
            json.put("unit", unit);
            with("median", spread.median()).with("low", spread.low()).with("high", spread.high());
            json.put("rounds", spread.rounds());
            return this;
        }

        /** A count as the job has it against the second count; a difference keeps every number of the line from being said. */
        public Entry check(String what, Object counted, Object second) {
            if (!counted.equals(second)) {
                bad = true;
                wrong = true;
                progress(
                        "WRONG %s of %s: counted %s, the second count says %s; no number is given",
                        what, json.get("of").asText(), counted, second);
            }
            json.put("checked", what + " " + second);
            return this;
        }

        /** Takes over from a line that this one rests on: its numbers are not said if those are not. */
        public Entry onlyIf(Entry other) {
            bad |= other.bad;
            return this;
        }

        /** Adds processor time of processes that this one had started: it was no one else's. */
        public Entry ofHelper(double cpuSeconds) {
            helpers += cpuSeconds;
            return this;
        }

        /** Prints a figure of time, with who else used the machine. */
        public void time() {
            double others = watch.others(helpers);
            boolean headline = others <= MOST_OTHERS;
            disturbed |= !headline;
            json.put("load", digits(Machine.load()))
                    .put("others", digits(others))
                    .put("cores", Machine.cores())
                    .put("headline", headline);
            print();
        }

        /** Prints a figure that does not depend on who else uses the machine. */
        public void size() {
            json.put("headline", true);
            print();
        }

        private void print() {
            if (bad) {
                return;
            }
            figures.println(json);
            figures.flush();
        }
    }

    private static double digits(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
    }
}
