package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rule unusable-fallback (Measures, Art. 10: reasonable and convenient): does another way in hardly ever work? */
final class FallbackOpinion {

    private static final String RULE = "unusable-fallback";

    private final SourceFacts facts;
    private final OracleRegistry registry;
    private final Doors doors;
    private final Map<String, List<Useless>> found = new HashMap<>();

    FallbackOpinion(SourceFacts facts, OracleRegistry registry, Doors doors) {
        this.facts = facts;
        this.registry = registry;
        this.doors = doors;
    }

    /**
     * A time during which a method hardly ever worked.
     *
     * @param to {@code null} while it lasts
     * @param bound the most by which it may have worked, as a fraction
     * @param limit the least by which it should have
     */
    record Useless(Instant from, Instant to, double bound, double limit) {

        boolean covers(Instant at) {
            return !from.isAfter(at) && (to == null || to.isAfter(at));
        }
    }

    /** How often a method was tried within the period, and how often it worked. */
    private record Figures(long tries, long passed) {

        double rate() {
            return (double) passed / tries;
        }
    }

    /** A pass or a failure, and the instant from which it counts no more. */
    private record Try(Verification made, Instant over) {

        boolean counts(Instant at) {
            return !made.latest().isAfter(at) && over.isAfter(at);
        }
    }

    List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        for (String point : doors.points()) {
            Set<String> methods = new TreeSet<>();
            tries(point).forEach(one -> methods.add(one.made().method()));
            methods.remove(Verification.FACE);
            for (String method : methods) {
                int episode = 1;
                for (Useless useless : useless(point, method)) {
                    alerts.add(alert(point, method, episode++, useless));
                }
            }
        }
        return alerts;
    }

    /** What passed or failed there by a method that is known, while the point was not surely out of service. */
    private List<Try> tries(String point) {
        return doors.judged(point).stream()
                .filter(one -> one.method() != null)
                .filter(one -> one.was(Verification.PASSED) || one.was(Verification.FAILED))
                .filter(one -> !doors.surelyOutOfService(point, one.latest()))
                .map(one -> new Try(one, one.latest().plus(period(one.latest()))))
                .toList();
    }

    private Duration period(Instant at) {
        return Duration.ofDays(number("period", Values.day(at)).longValueExact());
    }

    private BigDecimal number(String name, LocalDate day) {
        return registry.number(RULE + '.' + name, facts.operator(), day);
    }

    /** When a method of a point hardly ever worked. */
    List<Useless> useless(String point, String method) {
        return found.computeIfAbsent(method + ' ' + point, asked -> find(point, method));
    }

    private List<Useless> find(String point, String method) {
        List<Try> tries = tries(point);
        TreeSet<Instant> instants = new TreeSet<>();
        tries.forEach(one -> instants.addAll(List.of(one.made().latest(), one.over())));
        doors.offers(point).forEach(offer -> instants.addAll(offer.from()));
        List<Useless> stretches = new ArrayList<>();
        Useless open = null;
        for (Instant at : instants) {
            if (at.isBefore(registry.inForce()) || at.isAfter(facts.knownThrough())) {
                continue;
            }
            Offer offer = doors.surely(point, at);
            boolean offered = offer == null || offer.isDisputed() || (offer.inService() && offer.has(method));
            LocalDate day = Values.day(at);
            Figures own = figures(tries, method, at);
            Figures face = figures(tries, Verification.FACE, at);
            long enough = number("n", day).longValueExact();
            boolean told = own.tries() >= enough && face.tries() >= enough;
            double limit = told ? number("floor", day).doubleValue() / 100 * face.rate() : 0;
            boolean useless = told && provesLess(own, limit, day);
            if (open == null && offered && useless) {
                open = new Useless(at, null, bound(own, day), limit);
            } else if (open != null && (!offered || (told && !useless))) {
                stretches.add(new Useless(open.from(), at, open.bound(), open.limit()));
                open = null;
            }
        }
        if (open != null) {
            stretches.add(open);
        }
        return stretches;
    }

    private static Figures figures(List<Try> tries, String method, Instant at) {
        List<Try> within = tries.stream()
                .filter(one -> method.equals(one.made().method()) && one.counts(at))
                .toList();
        return new Figures(
                within.size(),
                within.stream()
                        .filter(one -> one.made().was(Verification.PASSED))
                        .count());
    }

    /**
     * Whether so few successes are hardly believable of a method that works as often as the limit: Wilson's test, of which
     * Wilson's bound is where it just fails.
     */
    private boolean provesLess(Figures own, double limit, LocalDate day) {
        double confidence = number("confidence", day).doubleValue() / 100;
        return own.rate() < limit && share(deviations(own, limit)) > confidence;
    }

    /** By how many standard deviations the rate lies below a limit. */
    private static double deviations(Figures own, double limit) {
        return (limit - own.rate()) * Math.sqrt(own.tries() / (limit * (1 - limit)));
    }

    /** The bound: between the rate, which a method surely may have, and always, by halving. */
    private double bound(Figures own, LocalDate day) {
        double may = own.rate();
        double mayNot = 1;
        for (int i = 0; i < 100; i++) {
            double middle = (may + mayNot) / 2;
            if (provesLess(own, middle, day)) {
                mayNot = middle;
            } else {
                may = middle;
            }
        }
        return may;
    }

    /** The share of a normal distribution that lies below so many standard deviations, at least 0, above its mean. */
    static double share(double deviations) {
        if (deviations > 8) {
            return 1;
        }
        double term = deviations;
        double sum = deviations;
        for (int odd = 3; term > sum * 1e-17; odd += 2) {
            term *= deviations * deviations / odd;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-deviations * deviations / 2) / Math.sqrt(2 * Math.PI);
    }

    private static BigDecimal percent(double fraction) {
        return new BigDecimal(BigDecimal.valueOf(fraction * 100)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString());
    }

    private OracleAlert alert(String point, String method, int episode, Useless useless) {
        Instant judgedAt =
                useless.to() == null ? facts.knownThrough() : useless.to().minusNanos(1);
        return OracleAlert.ofSystem(
                RULE,
                facts,
                List.of("access-point", facts.subject(point) + '/' + method),
                episode,
                "SUSPECTED",
                number("severity", Values.day(useless.from())).intValueExact(),
                useless.from(),
                new OracleAlert.Span(useless.from(), useless.to()),
                new OracleAlert.Measure(percent(useless.bound()), percent(useless.limit()), "percent"),
                Exemption.of(registry, RULE, facts, facts.subject(point) + '/' + method, Values.day(judgedAt)));
    }
}
