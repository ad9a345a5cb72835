package org.faceaudit.core.judgement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.law.LegalDay;

/** The rules on attempts read as plainly as they are worded, instant by instant, without regard to what it costs. */
final class PlainReading {

    private static final double Z_95 = 1.6448536269514722;

    /** What convergence asks of an episode, as far as attempts decide it. */
    record Found(
            Verdict verdict,
            Status status,
            LegalDay occurredOn,
            Instant openedAt,
            Instant resolvedAt,
            String measured) {}

    /** One time in which a fallback hardly ever worked. */
    record Useless(String method, Instant from, Instant to, double bound) {}

    private PlainReading() {}

    static List<Found> found(List<Episode> episodes) {
        return episodes.stream()
                .map(one -> new Found(
                        one.verdict(),
                        one.status(),
                        one.occurredOn(),
                        one.openedAt(),
                        one.resolvedAt(),
                        one.measured().toPlainString()))
                .toList();
    }

    private static int number(AttemptScene scene, String name) {
        return scene.law.registry().integer(name, AttemptScene.OPERATOR, LegalDay.of(2026, 7, 1));
    }

    private static Instant instant(Attempt attempt) {
        return attempt.at().latest();
    }

    private static List<Attempt> attempts(AttemptScene scene, Instant known) {
        return scene.attempts.build().stream()
                .filter(attempt -> !instant(attempt).isAfter(known))
                .toList();
    }

    private static AccessPointVersion version(AttemptScene scene, Instant at) {
        AccessPointVersion newest = null;
        if (scene.point != null) {
            for (AccessPointVersion version : scene.built().versions()) {
                newest = version.from().latest().isAfter(at) ? newest : version;
            }
        }
        return newest;
    }

    private static boolean inService(AttemptScene scene, Instant at) {
        AccessPointVersion version = version(scene, at);
        return version == null || version.inForce();
    }

    private static boolean mayBe(PersonToken one, PersonToken other) {
        return one == null || other == null || !one.group().equals(other.group()) || one.equals(other);
    }

    private static boolean unserved(AttemptScene scene, Attempt attempt, List<Attempt> all, Duration window) {
        boolean declined = attempt.outcome() == AttemptOutcome.DECLINED;
        boolean failed = attempt.outcome() == AttemptOutcome.FAILED && attempt.person() != null;
        if (!(declined || failed)
                || !(attempt.method() == null || attempt.method().equals("FACE"))
                || !inService(scene, instant(attempt))) {
            return false;
        }
        Instant from = instant(attempt);
        return all.stream()
                .filter(other ->
                        !instant(other).isBefore(from) && instant(other).isBefore(from.plus(window)))
                .filter(other -> other.outcome() == null || other.outcome() == AttemptOutcome.PASSED)
                .filter(other -> failed || !"FACE".equals(other.method()))
                .noneMatch(other -> mayBe(attempt.person(), other.person()));
    }

    static List<Found> refusals(AttemptScene scene, Instant known) {
        Duration period = Duration.ofDays(number(scene, "refusal-without-alternative.period"));
        Duration window = Duration.ofSeconds(number(scene, "refusal-without-alternative.window"));
        int enough = number(scene, "refusal-without-alternative.n");
        List<Attempt> all = attempts(scene, known);
        List<Useless> useless = fallbacks(scene, known);
        List<Attempt> unserved =
                all.stream().filter(one -> unserved(scene, one, all, window)).toList();
        List<Attempt> settled = unserved.stream()
                .filter(one -> !instant(one).plus(window).isAfter(known))
                .toList();
        TreeSet<Instant> turns = new TreeSet<>();
        settled.forEach(one -> turns.add(instant(one)));
        settled.forEach(one -> turns.add(instant(one).plus(period)));
        List<Found> found = new ArrayList<>();
        Instant suspected = null;
        Instant violated = null;
        int most = 0;
        int mostViolated = 0;
        for (Instant turn : turns) {
            List<Attempt> within = settled.stream()
                    .filter(one -> !instant(one).isAfter(turn)
                            && instant(one).plus(period).isAfter(turn))
                    .toList();
            int declined = count(within, AttemptOutcome.DECLINED, null);
            int withoutChoice = (int) within.stream()
                    .filter(one -> one.outcome() == AttemptOutcome.DECLINED)
                    .filter(one -> !choice(scene, instant(one), useless))
                    .count();
            Set<PersonToken> persons = new HashSet<>();
            within.forEach(one -> persons.add(one.person()));
            int failed = persons.stream()
                    .filter(Objects::nonNull)
                    .mapToInt(person -> count(within, AttemptOutcome.FAILED, person))
                    .max()
                    .orElse(0);
            boolean holds = declined >= enough || failed >= enough;
            if (holds) {
                suspected = suspected == null ? turn : suspected;
                most = Math.max(most, Math.max(declined >= enough ? declined : 0, failed >= enough ? failed : 0));
                if (withoutChoice >= enough) {
                    violated = violated == null ? turn : violated;
                    mostViolated = Math.max(mostViolated, withoutChoice);
                }
            } else if (suspected != null) {
                boolean pending = unserved.stream()
                        .anyMatch(one -> instant(one).plus(window).isAfter(known)
                                && instant(one).isBefore(turn));
                boolean over = !turn.isAfter(known) && !pending;
                Instant from = violated == null ? suspected : violated;
                found.add(new Found(
                        violated == null ? Verdict.SUSPECTED : Verdict.VIOLATION,
                        over ? Status.RESOLVED : Status.OPEN,
                        LegalDay.of(from),
                        from.plus(window),
                        over ? turn : null,
                        Integer.toString(violated == null ? most : mostViolated)));
                suspected = null;
                violated = null;
                most = 0;
                mostViolated = 0;
            }
        }
        return found;
    }

    private static int count(List<Attempt> attempts, AttemptOutcome outcome, PersonToken person) {
        return (int) attempts.stream()
                .filter(one -> one.outcome() == outcome)
                .filter(one -> person == null || person.equals(one.person()))
                .count();
    }

    private static boolean choice(AttemptScene scene, Instant at, List<Useless> useless) {
        AccessPointVersion version = version(scene, at);
        return version == null
                || version.methodsState() == FieldState.UNKNOWN
                || version.methods().stream()
                        .filter(method -> !method.equals("FACE"))
                        .anyMatch(method -> useless.stream()
                                .noneMatch(one -> one.method().equals(method)
                                        && !at.isBefore(one.from())
                                        && (one.to() == null || at.isBefore(one.to()))));
    }

    static List<Useless> fallbacks(AttemptScene scene, Instant known) {
        Duration period = Duration.ofDays(number(scene, "unusable-fallback.period"));
        int enough = number(scene, "unusable-fallback.n");
        double floor = number(scene, "unusable-fallback.floor") / 100.0;
        List<Attempt> tries = attempts(scene, known).stream()
                .filter(one -> one.outcome() == AttemptOutcome.PASSED || one.outcome() == AttemptOutcome.FAILED)
                .filter(one -> one.method() != null && inService(scene, instant(one)))
                .toList();
        TreeSet<Instant> turns = new TreeSet<>();
        tries.forEach(one -> turns.add(instant(one)));
        tries.forEach(one -> turns.add(instant(one).plus(period)));
        if (scene.point != null) {
            scene.built().versions().forEach(one -> turns.add(one.from().latest()));
        }
        TreeSet<String> methods = new TreeSet<>();
        tries.forEach(one -> methods.add(one.method()));
        methods.remove("FACE");
        List<Useless> found = new ArrayList<>();
        for (String method : methods) {
            Useless running = null;
            for (Instant turn : turns.headSet(known, true)) {
                int[] own = passedOf(tries, method, turn, period);
                int[] face = passedOf(tries, "FACE", turn, period);
                AccessPointVersion version = version(scene, turn);
                boolean readable = version != null && version.methodsState() != FieldState.UNKNOWN;
                boolean taken =
                        readable && !(version.inForce() && version.methods().contains(method));
                boolean full = own[1] >= enough && face[1] >= enough;
                double bound = bound(own[0], own[1]);
                boolean low = full && bound < floor * face[0] / face[1];
                if (running == null && !taken && low) {
                    running = new Useless(method, turn, null, bound);
                } else if (running != null && (taken || (full && !low))) {
                    found.add(new Useless(method, running.from(), turn, running.bound()));
                    running = null;
                }
            }
            if (running != null) {
                found.add(running);
            }
        }
        return found;
    }

    /** Passed and tried. */
    private static int[] passedOf(List<Attempt> tries, String method, Instant at, Duration period) {
        int[] counts = new int[2];
        for (Attempt one : tries) {
            if (one.method().equals(method)
                    && !instant(one).isAfter(at)
                    && instant(one).plus(period).isAfter(at)) {
                counts[0] += one.outcome() == AttemptOutcome.PASSED ? 1 : 0;
                counts[1]++;
            }
        }
        return counts;
    }

    /** The larger root of (p - rate)² = z² p (1 - p) / n. */
    private static double bound(int passed, int tried) {
        double rate = tried == 0 ? 0 : (double) passed / tried;
        double square = Z_95 * Z_95;
        return (2 * passed + square + Z_95 * Math.sqrt(square + 4 * passed * (1 - rate))) / (2 * (tried + square));
    }

    /** Episodes of repeated prompts: from when to when, and how many persons of one kind of token. */
    static List<Found> prompts(AttemptScene scene, Instant known) {
        Duration period = Duration.ofHours(number(scene, "repeated-prompt.period"));
        int enough = number(scene, "repeated-prompt.n");
        List<Attempt> refusals = attempts(scene, known).stream()
                .filter(one -> one.outcome() == AttemptOutcome.DECLINED && one.person() != null)
                .filter(one -> one.method() == null || one.method().equals("FACE"))
                .toList();
        List<Attempt> tooMany = refusals.stream()
                .filter(prompt -> refusals.stream()
                        .filter(refusal -> refusal.person().equals(prompt.person())
                                && instant(refusal).isBefore(instant(prompt))
                                && !instant(refusal).plus(period).isBefore(instant(prompt)))
                        .anyMatch(refusal -> refusals.stream()
                                        .filter(one -> one.person().equals(prompt.person()))
                                        .filter(one -> instant(one).isAfter(instant(refusal))
                                                && !instant(one).isAfter(instant(prompt)))
                                        .count()
                                >= enough))
                .toList();
        TreeSet<Instant> turns = new TreeSet<>();
        tooMany.forEach(one -> turns.add(instant(one)));
        tooMany.forEach(one -> turns.add(instant(one).plus(period)));
        List<Found> found = new ArrayList<>();
        Instant from = null;
        Set<PersonToken> persons = new HashSet<>();
        for (Instant turn : turns) {
            List<Attempt> within = tooMany.stream()
                    .filter(one -> !instant(one).isAfter(turn)
                            && instant(one).plus(period).isAfter(turn))
                    .toList();
            if (!within.isEmpty()) {
                from = from == null ? turn : from;
                within.forEach(one -> persons.add(one.person()));
            } else if (from != null) {
                long most = Math.max(
                        persons.stream()
                                .filter(one -> one.identifies().equals("phone"))
                                .count(),
                        persons.stream()
                                .filter(one -> one.identifies().equals("member-no"))
                                .count());
                boolean over = !turn.isAfter(known);
                found.add(new Found(
                        Verdict.SUSPECTED,
                        over ? Status.RESOLVED : Status.OPEN,
                        LegalDay.of(from),
                        from,
                        over ? turn : null,
                        Long.toString(most)));
                from = null;
                persons.clear();
            }
        }
        return found;
    }
}
