package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Rules storage-reached and storage-approaching (Measures, Art. 15 ¶1). */
final class StorageOpinion {

    private static final String REACHED = "storage-reached";
    private static final String APPROACHING = "storage-approaching";
    private static final String PERSONS = "persons";

    private final String operator;
    private final OracleRegistry registry;

    StorageOpinion(String operator, OracleRegistry registry) {
        this.operator = operator;
        this.registry = registry;
    }

    List<OracleAlert> alerts(List<Cycle> cycles) {
        List<OracleAlert> alerts = new ArrayList<>();
        for (Cycle cycle : cycles) {
            reached(cycle, alerts);
            approaching(cycle, alerts);
        }
        return alerts;
    }

    private void reached(Cycle cycle, List<OracleAlert> alerts) {
        Instant trigger = cycle.earliestTrigger();
        if (trigger == null) {
            return;
        }
        LocalDate day = Values.day(trigger);
        Due due = registry.filingDue(day, operator);
        PersonLine.Count count = cycle.line().get(trigger).count();
        long threshold = cycle.line().get(trigger).threshold();
        boolean low = count.lowWidest() >= threshold;
        String verdict = cycle.latestTrigger() == null ? "SUSPECTED" : "NOTICE";
        alerts.add(OracleAlert.ofOperator(
                REACHED,
                operator,
                cycle.trigger(),
                1,
                verdict,
                registry.severity(REACHED, verdict, operator, day),
                new OracleAlert.Span(trigger, null),
                registry.deadline(day, due),
                new OracleAlert.Measure(
                        BigDecimal.valueOf(low ? count.lowWidest() : count.highWidest()),
                        BigDecimal.valueOf(threshold),
                        PERSONS)));
    }

    private record Stretch(Instant from, Instant to, long peak, long last, int level) {}

    private void approaching(Cycle cycle, List<OracleAlert> alerts) {
        List<Stretch> certain = stretches(cycle, PersonLine.Count::knownLowWidest, PersonLine.Count::lowWidest);
        List<Stretch> possible = stretches(cycle, PersonLine.Count::highWidest, PersonLine.Count::highWidest);
        List<Stretch> all = new ArrayList<>(certain);
        for (Stretch stretch : possible) {
            if (certain.stream().noneMatch(other -> overlap(stretch, other))) {
                all.add(stretch);
            }
        }
        all.sort((a, b) -> a.from().compareTo(b.from()));
        for (int i = 0; i < all.size(); i++) {
            alerts.add(approaching(cycle, i + 1, all.get(i), certain.contains(all.get(i))));
        }
    }

    private static boolean overlap(Stretch a, Stretch b) {
        return (b.to() == null || a.from().isBefore(b.to()))
                && (a.to() == null || b.from().isBefore(a.to()));
    }

    /**
     * From the lowest level to below the hysteresis, until the threshold is reached for the first time. A level needs persons
     * who are known to be stored; that they are fewer must have been told, silence does not say so.
     */
    private List<Stretch> stretches(
            Cycle cycle, ToLongFunction<PersonLine.Count> knownNumber, ToLongFunction<PersonLine.Count> number) {
        List<Stretch> stretches = new ArrayList<>();
        Instant from = null;
        long peak = 0;
        long last = 0;
        int highest = 0;
        for (Map.Entry<Instant, Cycle.Stock> entry : cycle.line().entrySet()) {
            long now = number.applyAsLong(entry.getValue().count());
            long threshold = entry.getValue().threshold();
            LocalDate day = Values.day(entry.getKey());
            BigDecimal floor = percent("level-2", day).subtract(percent("hysteresis", day));
            boolean reached = now >= threshold;
            int level = level(knownNumber.applyAsLong(entry.getValue().count()), threshold, day);
            if (from != null && (reached || !atLeast(now, floor, threshold))) {
                stretches.add(new Stretch(from, entry.getKey(), peak, last, highest));
                from = null;
            }
            if (reached) {
                return stretches;
            }
            if (from == null && level > 0) {
                from = entry.getKey();
                peak = 0;
                highest = 0;
            }
            peak = Math.max(peak, now);
            highest = Math.max(highest, level);
            last = now;
        }
        if (from != null) {
            stretches.add(new Stretch(from, cycle.to(), peak, last, highest));
        }
        return stretches;
    }

    private BigDecimal percent(String name, LocalDate day) {
        return registry.number(APPROACHING + '.' + name, operator, day);
    }

    private int level(long persons, long threshold, LocalDate day) {
        int reached = 0;
        for (int level = 2; level <= 4; level++) {
            reached = atLeast(persons, percent("level-" + level, day), threshold) ? level : reached;
        }
        return reached;
    }

    private static boolean atLeast(long persons, BigDecimal percent, long threshold) {
        return BigDecimal.valueOf(persons)
                        .multiply(BigDecimal.valueOf(100))
                        .compareTo(percent.multiply(BigDecimal.valueOf(threshold)))
                >= 0;
    }

    private OracleAlert approaching(Cycle cycle, int episode, Stretch stretch, boolean certain) {
        LocalDate day = Values.day(stretch.from());
        int severity = certain ? stretch.level() : registry.severity(APPROACHING, "SUSPECTED", operator, day);
        boolean open = stretch.to() == null;
        return OracleAlert.ofOperator(
                APPROACHING,
                operator,
                cycle.trigger(),
                episode,
                certain ? "WARNING" : "SUSPECTED",
                severity,
                new OracleAlert.Span(stretch.from(), stretch.to()),
                OracleAlert.Deadline.NONE,
                new OracleAlert.Measure(
                        BigDecimal.valueOf(open ? stretch.last() : stretch.peak()),
                        BigDecimal.valueOf(cycle.line().get(stretch.from()).threshold()),
                        PERSONS));
    }
}
