package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.judgement.DayLine.Day;
import org.faceaudit.core.judgement.DayLine.Span;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.TechnologyUse;

/**
 * Which legal days have to be looked at instant by instant, so that an operator is judged as if all were. From the sums of a
 * day follows between which bounds a count moved in it; only a day whose bounds hold a number that matters can decide
 * something within.
 *
 * <ol>
 *   <li>the first day on which persons changed at all, for evidence begins with it
 *   <li>the first day of every cycle and the last of an ended one
 *   <li>the day on which the Measures came into force, and every day from which other numbers hold: both begin with a stock
 *   <li>a day on which a count may have passed the threshold for the first time in its cycle, before that a warning level
 *       or the hysteresis, and one on which it may have passed nought
 *   <li>near the threshold, a day on which a count may have been higher than at the end of every day around it: the peak
 *   <li>near the threshold, the newest day: the count of now, of which what is dated later than known is no part
 *   <li>every day from the end of all use on: who is still stored then is told to the instant
 * </ol>
 */
public final class CriticalDays {

    private final String operator;
    private final Registry registry;
    private final LegalDay newest;
    private final Set<LegalDay> critical = new TreeSet<>();
    private final StorageThresholds.Line thresholds;
    private final List<LegalDay> ends;
    /** The last day of all use, {@code null} while any goes on. */
    private final LegalDay terminated;

    private final Run low = new Run(Day::low);
    private final Run high = new Run(Day::high);
    private boolean certainlyReached;
    private boolean asToldReached;

    private CriticalDays(String operator, Registry registry, LegalDay newest) {
        this.operator = operator;
        this.registry = registry;
        this.newest = newest;
        this.thresholds = new StorageThresholds.Line(operator, registry);
        // Whether it was valid or not: that a day is looked at in vain does no harm.
        this.ends = registry.filings(operator).stream()
                .filter(filing -> filing.kind() == FilingKind.DEREGISTRATION)
                .map(Filing::submittedOn)
                .toList();
        List<TechnologyUse> uses = registry.technologyUses(operator);
        this.terminated = uses.stream().anyMatch(use -> use.terminatedOn() == null)
                ? null
                : uses.stream()
                        .map(TechnologyUse::terminatedOn)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
    }

    /**
     * The critical days among those for which there are sums.
     *
     * @param knownThrough how far each system of the operator is known; one that is not has no entry
     */
    public static Set<LegalDay> of(
            String operator, OperatorCounts counts, Registry registry, Map<String, Instant> knownThrough) {
        Instant known =
                knownThrough.values().stream().max(Comparator.naturalOrder()).orElse(null);
        if (known == null) {
            return Set.of();
        }
        CriticalDays days = new CriticalDays(operator, registry, LegalDay.of(known));
        days.find(DayLine.of(counts, knownThrough, known));
        return days.critical;
    }

    private void find(List<Day> line) {
        if (!line.isEmpty()) {
            critical.add(line.get(0).day());
        }
        LegalDay inForce = registry.inForce();
        Day before = null;
        List<Day> judged = new ArrayList<>();
        for (Day day : line) {
            if (day.day().isBefore(inForce)) {
                before = day;
            } else if (!day.day().isAfter(newest)) {
                judged.add(day);
            }
        }
        ends.forEach(end -> edges(judged, end));
        if (before != null) {
            // What was stored when the Measures came into force is one state.
            long threshold = thresholds.on(inForce).reached();
            low.reached = before.low().end() >= threshold;
            high.reached = before.high().end() >= threshold;
            asToldReached = before.certain().end() >= threshold;
        }
        boolean ended = false;
        for (Day day : judged) {
            ended |= before != null && isAfterAnEnd(before, day);
            if (ended && day.begins()) {
                // What was left after the end belongs to no cycle; the next one begins with the next person.
                low.begin();
                high.begin();
                certainlyReached = false;
                asToldReached = false;
                ended = false;
            }
            if (before != null && isNewLaw(before, day)) {
                low.close();
                high.close();
            }
            take(day, thresholds.on(day.day()));
            before = day;
        }
        low.close();
        high.close();
    }

    /**
     * The last day of a cycle, and the first of the next. The registry may know of the end before a source is known so far:
     * then the newest day may hold nothing yet that is known, and the one before it is the last.
     */
    private void edges(List<Day> judged, LegalDay end) {
        Day last = null;
        Day lastButOne = null;
        for (Day day : judged) {
            if (!day.day().isAfter(end)) {
                lastButOne = last;
                last = day;
            } else if (day.begins()) {
                critical.add(day.day());
                break;
            }
        }
        if (last != null) {
            critical.add(last.day());
        }
        if (lastButOne != null && last.day().equals(newest)) {
            critical.add(lastButOne.day());
        }
    }

    private boolean isAfterAnEnd(Day before, Day day) {
        return ends.stream()
                .anyMatch(end -> !before.day().isAfter(end) && day.day().isAfter(end));
    }

    private boolean isNewLaw(Day before, Day day) {
        return thresholds.changes().stream()
                .anyMatch(change -> before.day().isBefore(change) && !day.day().isBefore(change));
    }

    private void take(Day day, StorageThresholds law) {
        boolean decides = day.day().equals(registry.inForce())
                || thresholds.changes().contains(day.day())
                || (terminated != null && !day.day().isBefore(terminated))
                || day.low().passes(1)
                || day.high().passes(1)
                || day.certainHigh().passes(1)
                // down and up again: since when the stock is below
                || day.high().passes(law.reached())
                || (!certainlyReached && day.knownCertain().passes(law.reached()))
                || ((!asToldReached || day.day().equals(newest))
                        && day.certain().passes(law.reached()))
                || (!low.reached
                        && (day.knownLow().passes(law.level2())
                                || day.knownLow().passes(law.level3())
                                || day.knownLow().passes(law.level4())))
                || (!high.reached && day.high().passes(law.level2()));
        if (decides) {
            critical.add(day.day());
        }
        low.take(day, law);
        high.take(day, law);
        certainlyReached |= day.knownCertain().end() >= law.reached();
        asToldReached |= day.certain().end() >= law.reached();
    }

    /** Days in a row on which one count stays near the threshold, and their highest end. */
    private final class Run {
        private final Function<Day, Span> count;
        private final List<Day> days = new ArrayList<>();
        private long highest;
        /** The threshold was reached in this cycle: how near it is matters no more. */
        private boolean reached;

        private Run(Function<Day, Span> count) {
            this.count = count;
        }

        private void take(Day day, StorageThresholds law) {
            Span span = count.apply(day);
            if (reached) {
                return;
            }
            boolean near = span.least() >= law.calm() && span.most() < law.reached();
            if (span.passes(law.calm())
                    || span.passes(law.reached())
                    || (near && day.day().equals(newest))) {
                critical.add(day.day());
            }
            if (near && !day.day().equals(newest)) {
                days.add(day);
                highest = Math.max(highest, span.end());
            } else {
                close();
            }
            reached = span.end() >= law.reached();
        }

        private void begin() {
            close();
            reached = false;
        }

        private void close() {
            for (Day day : days) {
                if (count.apply(day).most() > highest) {
                    critical.add(day.day());
                }
            }
            days.clear();
            highest = 0;
        }
    }
}
