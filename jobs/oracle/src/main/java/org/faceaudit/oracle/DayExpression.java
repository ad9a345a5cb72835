package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A day, absolute or relative to a legal day D, as samples and expectations write it.
 *
 * <pre>
 * expression = day { shift } [ " " HH:MM ]
 * day        = "day" | YYYY-MM-DD | ( "due" | "strict" ) "(" kind "," expression ")"
 * kind       = "filing" | "change" | "deregistration"
 * shift      = ( "+" | "-" ) number ( "d" | "wd" )        calendar days or working days
 * </pre>
 *
 * <p>{@code due} is the legal date of the 30 working days that begin with the trigger, {@code strict} the cautious one.
 */
public final class DayExpression {

    private static final int STATUTORY_DAYS = 30;
    private static final LocalDate IN_FORCE = LocalDate.of(2025, 6, 1);
    private static final LocalDate LEGACY_DUE = LocalDate.of(2025, 7, 14);

    private static final Pattern TIMED = Pattern.compile("(.*\\S)\\s+(\\d{2}:\\d{2})");
    private static final Pattern SHIFTED = Pattern.compile("(.*\\S)\\s*([+-])\\s*(\\d{1,5})(d|wd)");
    private static final Pattern DUTY =
            Pattern.compile("(due|strict)\\s*\\(\\s*(filing|change|deregistration)\\s*,(.*)\\)");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final String text;
    private final String dayText;
    private final LocalTime time;

    private DayExpression(String text, String dayText, LocalTime time) {
        this.text = text;
        this.dayText = dayText;
        this.time = time;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static DayExpression parse(String text) {
        Matcher timed = TIMED.matcher(text.strip());
        DayExpression expression = timed.matches()
                ? new DayExpression(text, timed.group(1), LocalTime.parse(timed.group(2)))
                : new DayExpression(text, text.strip(), null);
        expression.check(expression.dayText);
        return expression;
    }

    /** The day meant. */
    public LocalDate on(LocalDate day, OracleCalendar calendar) {
        return evaluate(dayText, day, calendar);
    }

    /** The instant meant, by the clock in Shanghai; 00:00 if the expression states no time. */
    public Instant at(LocalDate day, OracleCalendar calendar) {
        return on(day, calendar)
                .atTime(time == null ? LocalTime.MIDNIGHT : time)
                .toInstant(Values.SHANGHAI);
    }

    private void check(String part) {
        Matcher shifted = SHIFTED.matcher(part);
        Matcher duty = DUTY.matcher(part);
        if (shifted.matches()) {
            check(shifted.group(1));
        } else if (duty.matches()) {
            check(duty.group(3).strip());
        } else if (DATE.matcher(part).matches()) {
            checkExists(part);
        } else if (!part.equals("day")) {
            throw new IllegalArgumentException("\"" + text + "\" is no day: \"" + part + "\" is neither \"day\" nor a"
                    + " date nor due(…) nor strict(…)");
        }
    }

    private void checkExists(String date) {
        try {
            LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + text + "\" names the day " + date + ", which does not exist", e);
        }
    }

    private static LocalDate evaluate(String part, LocalDate day, OracleCalendar calendar) {
        Matcher shifted = SHIFTED.matcher(part);
        if (shifted.matches()) {
            LocalDate base = evaluate(shifted.group(1), day, calendar);
            int count = Integer.parseInt(shifted.group(2) + shifted.group(3));
            return shifted.group(4).equals("d") ? base.plusDays(count) : calendar.plusWorkingDays(base, count);
        }
        Matcher duty = DUTY.matcher(part);
        if (duty.matches()) {
            LocalDate trigger = evaluate(duty.group(3).strip(), day, calendar);
            Due due = duty.group(2).equals("filing") && !trigger.isAfter(IN_FORCE)
                    ? new Due(LEGACY_DUE, LEGACY_DUE)
                    : Due.after(trigger, STATUTORY_DAYS, calendar);
            return duty.group(1).equals("due") ? due.on() : due.strict();
        }
        return part.equals("day") ? day : LocalDate.parse(part);
    }

    @Override
    public String toString() {
        return text;
    }
}
