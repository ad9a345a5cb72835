package org.faceaudit.core.judgement;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.forecast.Distributions;
import org.faceaudit.core.judgement.PointDay.MethodDay;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * Which attempts of a point have to be read, so that it is judged as if all were ({@link AttemptJudgements#judgePoint}). A gate
 * has a thousand attempts a day, and as a rule they decide nothing: few say no and go away, and the card reader works. From
 * the sums of its legal days follows whether there can be enough of one kind within a period.
 *
 * <p>Errs on one side: numbers as they stand on any day, the shortest window, the most tries and the fewest passes that a
 * part of a day can hold.
 */
public final class PointSurvey {

    /** What has to be read. */
    public enum Need {
        /** Nothing follows from any attempt but what is sealed already. */
        NOTHING,
        /** Refusals, failures, and who was let in soon after: {@link #ofRefusals}. */
        REFUSALS,
        EVERYTHING
    }

    /** What the comparison of two rounded fractions may be wrong by. */
    private static final double ROUNDING = 1e-9;

    private final LegalDay inForce;
    private final long shortestWindow;
    private final long longestWindow;
    private final int enoughUnserved;
    private final int longestPeriod;
    private final int enoughTries;
    private final int shortestTries;
    private final int longestTries;
    private final double floor;
    private final double quantile;

    /** A survey for the points of one operator, by the numbers of all days. */
    public PointSurvey(String operator, Registry registry) {
        this.inForce = registry.inForce();
        String refusals = RefusalWithoutAlternative.RULE_ID;
        String fallbacks = UnusableFallback.RULE_ID;
        Function<String, NavigableSet<BigDecimal>> values = name -> {
            NavigableSet<BigDecimal> all = new TreeSet<>();
            for (LegalDay day : registry.daysOfChange(name, operator)) {
                all.add(registry.decimal(name, operator, day));
            }
            if (all.isEmpty()) {
                throw new IllegalStateException("the registry has no parameter " + name);
            }
            return all;
        };
        NavigableSet<BigDecimal> windows = values.apply(refusals + ".window");
        this.shortestWindow = Duration.ofSeconds(windows.first().longValue()).toNanos();
        this.longestWindow = Duration.ofSeconds(windows.last().longValue()).toNanos();
        this.enoughUnserved = Math.max(1, values.apply(refusals + ".n").first().intValue());
        this.longestPeriod = values.apply(refusals + ".period").last().intValue();
        NavigableSet<BigDecimal> tries = values.apply(fallbacks + ".period");
        this.shortestTries = tries.first().intValue();
        this.longestTries = tries.last().intValue();
        this.enoughTries = Math.max(1, values.apply(fallbacks + ".n").first().intValue());
        this.floor =
                UnusableFallback.fraction(values.apply(fallbacks + ".floor").last());
        this.quantile = Distributions.normalQuantile(UnusableFallback.fraction(
                values.apply(fallbacks + ".confidence").first()));
    }

    /** Sums are right only for the window with which they were made: the shortest, in nanoseconds. */
    public long shortestWindow() {
        return shortestWindow;
    }

    /** Adds up the attempts of one legal day. */
    public PointDay sum(LegalDay day, DayOfAttempts attempts) {
        if (day.isBefore(inForce)) {
            return new PointDay(day, 0, List.of(), List.of());
        }
        int refused = 0;
        List<Long> failed = new ArrayList<>();
        Map<String, int[]> tries = new TreeMap<>();
        for (int i = 0; i < attempts.size(); i++) {
            AttemptOutcome outcome = attempts.outcome(i);
            String method = attempts.method(i);
            if (method != null && (outcome == AttemptOutcome.PASSED || outcome == AttemptOutcome.FAILED)) {
                tries.computeIfAbsent(method, name -> new int[2])[outcome == AttemptOutcome.PASSED ? 0 : 1]++;
            }
            if (mayCount(attempts, i) && !isServed(attempts, i)) {
                if (outcome == AttemptOutcome.DECLINED) {
                    refused++;
                } else {
                    failed.add(attempts.person(i));
                }
            }
        }
        List<MethodDay> methods = new ArrayList<>(tries.size());
        tries.forEach((method, counts) -> methods.add(new MethodDay(method, counts[0], counts[1])));
        return new PointDay(day, refused, failed, methods);
    }

    private static boolean mayCount(DayOfAttempts attempts, int number) {
        AttemptOutcome outcome = attempts.outcome(number);
        boolean ground = outcome == AttemptOutcome.DECLINED
                || (outcome == AttemptOutcome.FAILED && attempts.person(number) != 0);
        return ground && VerificationMethod.mayBeFace(attempts.method(number));
    }

    private static boolean mayHavePassed(DayOfAttempts attempts, int number) {
        AttemptOutcome outcome = attempts.outcome(number);
        return outcome == null || outcome == AttemptOutcome.PASSED;
    }

    private boolean isServed(DayOfAttempts attempts, int number) {
        boolean otherwise = attempts.outcome(number) == AttemptOutcome.DECLINED;
        long person = attempts.person(number);
        long at = attempts.at(number);
        for (int i = firstOfInstant(attempts, number);
                i < attempts.size() && attempts.at(i) - at < shortestWindow;
                i++) {
            long other = attempts.person(i);
            if (mayHavePassed(attempts, i)
                    && (person == 0 || other == 0 || other == person)
                    && !(otherwise && VerificationMethod.FACE.equals(attempts.method(i)))) {
                return true;
            }
        }
        return false;
    }

    private static int firstOfInstant(DayOfAttempts attempts, int number) {
        int first = number;
        while (first > 0 && attempts.at(first - 1) == attempts.at(number)) {
            first--;
        }
        return first;
    }

    /**
     * Which attempts of a day the judgement of refusals reads: those that may count, and who may have been let in soon after.
     *
     * @param before the day before, {@code null} if nothing was attempted on it
     */
    public BitSet ofRefusals(DayOfAttempts day, DayOfAttempts before) {
        BitSet read = new BitSet(day.size());
        for (int i = 0; before != null && i < before.size(); i++) {
            if (mayCount(before, i)) {
                readPasses(day, 0, before.at(i), read);
            }
        }
        for (int i = 0; i < day.size(); i++) {
            if (mayCount(day, i)) {
                read.set(i);
                readPasses(day, firstOfInstant(day, i), day.at(i), read);
            }
        }
        return read;
    }

    private void readPasses(DayOfAttempts day, int from, long since, BitSet read) {
        for (int i = from; i < day.size() && day.at(i) - since < longestWindow; i++) {
            if (mayHavePassed(day, i)) {
                read.set(i);
            }
        }
    }

    /**
     * What has to be read.
     *
     * @param point the point through time, {@code null} if no configuration ever told of it
     * @param sealed what is concluded already
     * @param days the sums of all legal days on which something was attempted, from {@code sealed.attemptsFrom()} on at
     *     least, in order
     * @param known how far the system's source is known
     */
    public Need need(AccessPoint point, SealedPoint sealed, List<PointDay> days, Instant known) {
        boolean running = sealed.fallbacks().stream().anyMatch(stretch -> stretch.to() == null);
        if (running || fallbacksMayFail(point, sealed, days)) {
            return Need.EVERYTHING;
        }
        boolean pending = sealed.refusals().stream()
                .anyMatch(stretch -> stretch.to().plusNanos(longestWindow).isAfter(known));
        if (!pending && !enoughMayBeUnserved(sealed, days)) {
            return Need.NOTHING;
        }
        return longestWindow > Duration.ofDays(1).toNanos() ? Need.EVERYTHING : Need.REFUSALS;
    }

    private boolean enoughMayBeUnserved(SealedPoint sealed, List<PointDay> days) {
        LegalDay open = LegalDay.of(sealed.through());
        int oldest = 0;
        for (int i = 0; i < days.size(); i++) {
            PointDay newest = days.get(i);
            while (days.get(oldest).day().isBefore(newest.day().plusDays(-longestPeriod))) {
                oldest++;
            }
            if (newest.day().isBefore(open)
                    || (newest.refused() == 0 && newest.failed().isEmpty())) {
                continue;
            }
            if (enoughOf(days.subList(oldest, i + 1))) {
                return true;
            }
        }
        return false;
    }

    private boolean enoughOf(List<PointDay> days) {
        if (days.stream().mapToInt(PointDay::refused).sum() >= enoughUnserved) {
            return true;
        }
        if (days.stream().mapToInt(day -> day.failed().size()).sum() < enoughUnserved) {
            return false;
        }
        Map<Long, Integer> ofPerson = new HashMap<>();
        for (PointDay day : days) {
            for (Long person : day.failed()) {
                if (ofPerson.merge(person, 1, Integer::sum) >= enoughUnserved) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the figures of some instant may say that a method hardly ever works: also of one at which tries cease to count. */
    private boolean fallbacksMayFail(AccessPoint point, SealedPoint sealed, List<PointDay> days) {
        Set<String> methods = new TreeSet<>();
        days.forEach(day -> day.methods().forEach(each -> methods.add(each.method())));
        if (!methods.remove(VerificationMethod.FACE) || methods.isEmpty()) {
            return false;
        }
        int first = days.get(0).day().epochDay();
        int last = days.get(days.size() - 1).day().epochDay();
        int open = Math.max(first, LegalDay.of(sealed.through()).epochDay());
        boolean[] doubtful = doubtful(point, days, first, last);
        Tries face = new Tries(VerificationMethod.FACE, days, first, last, doubtful);
        for (String method : methods) {
            Tries tries = new Tries(method, days, first, last, doubtful);
            for (int day = open; day <= last + longestTries; day++) {
                if (tries.most(day) >= enoughTries
                        && face.most(day) >= enoughTries
                        && tries.leastBound(day) < floor * face.mostRate(day) + ROUNDING) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Days on which the point may have been out of service, so that tries may not count. */
    private static boolean[] doubtful(AccessPoint point, List<PointDay> days, int first, int last) {
        boolean[] doubtful = new boolean[last - first + 1];
        List<AccessPointVersion> versions = point == null ? List.of() : point.versions();
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i).inForce()) {
                continue;
            }
            Instant from = versions.get(i).from().earliest();
            Instant to = i + 1 < versions.size() ? versions.get(i + 1).from().latest() : Instant.MAX;
            for (PointDay day : days) {
                boolean over = day.day().start().isAfter(to);
                boolean notYet = !day.day().plusDays(1).start().isAfter(from);
                doubtful[day.day().epochDay() - first] |= !over && !notYet;
            }
        }
        return doubtful;
    }

    /** Tries of one method, added up day by day. */
    private final class Tries {
        private final int first;
        private final int[] passed;
        private final int[] failed;
        private final int[] surelyPassed;
        private final int[] surelyFailed;

        Tries(String method, List<PointDay> days, int first, int last, boolean[] doubtful) {
            int size = last - first + 2;
            this.first = first;
            this.passed = new int[size];
            this.failed = new int[size];
            this.surelyPassed = new int[size];
            this.surelyFailed = new int[size];
            for (PointDay day : days) {
                MethodDay tries = day.of(method);
                int at = day.day().epochDay() - first + 1;
                passed[at] = tries.passed();
                failed[at] = tries.failed();
                surelyPassed[at] = doubtful[at - 1] ? 0 : tries.passed();
                surelyFailed[at] = doubtful[at - 1] ? 0 : tries.failed();
            }
            for (int[] sums : List.of(passed, failed, surelyPassed, surelyFailed)) {
                for (int i = 1; i < size; i++) {
                    sums[i] += sums[i - 1];
                }
            }
        }

        /** The sum from one day to another, both included. */
        private int sum(int[] sums, int from, int to) {
            int high = Math.min(to - first + 1, sums.length - 1);
            int low = Math.max(0, Math.min(from - first, high));
            return high < 0 ? 0 : sums[high] - sums[low];
        }

        /** The most that may count at an instant of a day: of the day itself, and of the one that is just a period back. */
        private int most(int[] sums, int day) {
            return sum(sums, day - longestTries, day);
        }

        /** What surely counts at every instant of a day. */
        private int least(int[] sums, int day) {
            return sum(sums, day - shortestTries + 1, day - 1);
        }

        int most(int day) {
            return most(passed, day) + most(failed, day);
        }

        /** The least that the upper bound of the rate of success can be where there are enough tries. */
        double leastBound(int day) {
            int failures = most(failed, day);
            int passes = Math.max(least(surelyPassed, day), enoughTries - failures);
            int count = passes + failures;
            return count == 0 ? 0 : UnusableFallback.upperBound(passes, count, quantile);
        }

        /** The most that the rate of success can be. */
        double mostRate(int day) {
            int passes = most(passed, day);
            int count = passes + least(surelyFailed, day);
            return count == 0 ? 0 : (double) passes / count;
        }
    }
}
