package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Rule refusal-without-alternative (Measures, Art. 5 ¶3, 10, 12; PIPL 16): are those who say no to a face, or whom it does
 * not recognise, left without another way in?
 */
final class RefusalOpinion {

    private static final String RULE = "refusal-without-alternative";
    private static final List<String> OTHERS = List.of("CARD", "QR");

    private final SourceFacts facts;
    private final OracleRegistry registry;
    private final Doors doors;
    private final FallbackOpinion fallbacks;

    RefusalOpinion(SourceFacts facts, OracleRegistry registry, Doors doors, FallbackOpinion fallbacks) {
        this.facts = facts;
        this.registry = registry;
        this.doors = doors;
        this.fallbacks = fallbacks;
    }

    /** So many unanswered attempts in one period that they are enough, half-open, from the one that makes them enough. */
    private record Enough(Instant from, Instant to, Instant opened, long most, long threshold) {}

    List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        for (String point : doors.points()) {
            alerts.addAll(alerts(point));
        }
        return alerts;
    }

    private List<OracleAlert> alerts(String point) {
        List<Verification> there = doors.judged(point);
        List<Verification> grounds =
                there.stream().filter(one -> isGround(point, one)).toList();
        List<Verification> unserved = grounds.stream()
                .filter(one -> !settled(one).isAfter(facts.knownThrough()))
                .filter(one -> there.stream().noneMatch(other -> serves(other, one)))
                .toList();
        List<Verification> declined =
                unserved.stream().filter(one -> one.was(Verification.DECLINED)).toList();
        List<Enough> strict = enough(declined.stream()
                .filter(one -> hadNoChoice(point, one.latest()))
                .toList());
        List<Enough> all = new ArrayList<>(enough(declined));
        TreeSet<String> persons = new TreeSet<>();
        unserved.stream().map(Verification::person).filter(Objects::nonNull).forEach(persons::add);
        for (String person : persons) {
            all.addAll(enough(unserved.stream()
                    .filter(one -> one.was(Verification.FAILED) && person.equals(one.person()))
                    .toList()));
        }
        List<OracleAlert> alerts = new ArrayList<>();
        all.sort(Comparator.comparing(Enough::from));
        for (int begin = 0; begin < all.size(); ) {
            Instant to = all.get(begin).to();
            int end = begin + 1;
            while (end < all.size() && !all.get(end).from().isAfter(to)) {
                to = Values.later(to, all.get(end).to());
                end++;
            }
            alerts.add(alert(point, alerts.size() + 1, all.subList(begin, end), strict, to, grounds));
            begin = end;
        }
        return alerts;
    }

    /** A refusal, or a failure of somebody known, not known to be of something else than a face, at a point not out of service. */
    private boolean isGround(String point, Verification one) {
        boolean kind = one.was(Verification.DECLINED) || (one.was(Verification.FAILED) && one.person() != null);
        return kind && !one.byOther() && !doors.surelyOutOfService(point, one.latest());
    }

    private Instant settled(Verification one) {
        return one.latest().plusSeconds(number("window", one.latest()));
    }

    private long number(String name, Instant at) {
        return registry.number(RULE + '.' + name, facts.operator(), Values.day(at))
                .longValueExact();
    }

    /**
     * Whether somebody who may be the same person was let in within the window: who refused by something else than a face, who
     * was not recognised by anything. What cannot be read may have been that.
     */
    private boolean serves(Verification other, Verification one) {
        boolean within =
                !other.latest().isBefore(one.latest()) && other.latest().isBefore(settled(one));
        boolean letIn = other.outcome() == null || other.was(Verification.PASSED);
        return within
                && letIn
                && mayBeOne(one.person(), other.person())
                && !(one.was(Verification.DECLINED) && other.byFace());
    }

    /** Tokens of two groups, of two keys for one, tell nobody apart. */
    private static boolean mayBeOne(String token, String other) {
        return token == null
                || other == null
                || token.equals(other)
                || !Person.of(token).group().equals(Person.of(other).group());
    }

    /** Surely nothing but a face was enabled, or only what hardly ever works. */
    private boolean hadNoChoice(String point, Instant at) {
        Offer offer = doors.surely(point, at);
        return offer != null
                && !offer.isDisputed()
                && OTHERS.stream()
                        .filter(offer::has)
                        .allMatch(method ->
                                fallbacks.useless(point, method).stream().anyMatch(useless -> useless.covers(at)));
    }

    private Instant over(Verification one) {
        return one.latest().plus(Duration.ofDays(number("period", one.latest())));
    }

    private List<Enough> enough(List<Verification> unserved) {
        List<Enough> enough = new ArrayList<>();
        for (int last = 0; last < unserved.size(); last++) {
            Verification newest = unserved.get(last);
            int n = Math.toIntExact(number("n", newest.latest()));
            int first = last - n + 1;
            if (first >= 0 && newest.latest().isBefore(over(unserved.get(first)))) {
                Verification oldest = unserved.stream()
                        .filter(one -> newest.latest().isBefore(over(one)))
                        .findFirst()
                        .orElseThrow();
                long most = last - unserved.indexOf(oldest) + 1L;
                enough.add(new Enough(newest.latest(), over(unserved.get(first)), settled(newest), most, n));
            }
        }
        return enough;
    }

    private OracleAlert alert(
            String point, int episode, List<Enough> all, List<Enough> strict, Instant end, List<Verification> grounds) {
        Instant known = facts.knownThrough();
        boolean pending = grounds.stream()
                .anyMatch(one -> !one.latest().isAfter(end) && settled(one).isAfter(known));
        Instant to = end.isAfter(known) || pending ? null : end;
        LocalDate judgedOn = Values.day(to == null ? known : to.minusNanos(1));
        Exemption covered = Exemption.of(registry, RULE, facts, facts.subject(point), judgedOn);
        List<Enough> certain = strict.stream()
                .filter(one ->
                        !one.from().isBefore(all.get(0).from()) && one.from().isBefore(end))
                .toList();
        boolean doubted = covered.kind() == Exemption.Kind.STATED || covered.kind() == Exemption.Kind.EXPIRED;
        boolean violation = !certain.isEmpty() && !doubted;
        List<Enough> telling = violation ? certain : all;
        Enough first = telling.get(0);
        String verdict = violation ? "VIOLATION" : "SUSPECTED";
        return OracleAlert.ofSystem(
                RULE,
                facts,
                List.of("access-point", facts.subject(point)),
                episode,
                verdict,
                registry.severity(RULE, verdict, facts.operator(), Values.day(first.from())),
                first.from(),
                new OracleAlert.Span(first.opened(), to),
                new OracleAlert.Measure(
                        BigDecimal.valueOf(
                                telling.stream().mapToLong(Enough::most).max().orElseThrow()),
                        BigDecimal.valueOf(first.threshold()),
                        "attempts"),
                covered);
    }
}
