package org.faceaudit.core.judgement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.judgement.CitedException.Reach;
import org.faceaudit.core.judgement.RefusalStretch.Limb;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * Who says no to a face gets no other way in (Art. 10 and 12 of the Measures, PIPL 16). At one access point, parameters
 * <i>n</i>, <i>period</i> (days) and <i>window</i> (seconds):
 *
 * <ul>
 *   <li><b>Refused.</b> At least <i>n</i> refusals ({@code DECLINED}, unless of a method known to be another than the face)
 *       within one half-open period [t, t + period), each followed in [refusal, refusal + window) by no pass of another
 *       method at the point: SUSPECTED. Where at least <i>n</i> of one period had no choice, VIOLATION: surely no other
 *       method was enabled then, or each that was hardly ever works ({@link UnusableFallback}, §8 (a)).
 *   <li><b>Not recognised.</b> At least <i>n</i> failures of one known person ({@code FAILED}, unless of a method known to
 *       be another) within one period, each followed in the window by no pass at the point, of whatever method: SUSPECTED
 *       (Art. 5 ¶3: the blind, the burnt, the old). A failure is never a refusal.
 * </ul>
 *
 * <p>An attempt counts once its window is over and known to be (invariant 6). In the window, a pass of anybody who is not
 * known to be another person speaks for the operator: of the same token, without one, or with one that does not compare; and
 * so does an attempt that cannot be read well enough to say that it was none. Nothing is claimed that is not known.
 *
 * <p>Not counted are attempts of before the Measures, those whose instant is not known (they fall into no window), and
 * those at a time at which the point was surely out of service or not there. Before the point's first configuration, and where
 * that cannot be read, the methods are unknown: SUSPECTED at most. The same holds for a point that only a log knows, and the
 * explanation says that its configuration is missing.
 *
 * <p>The numbers are those of the legal day: <i>period</i> and <i>window</i> of the day of each attempt, <i>n</i> of the day of the
 * one that makes them enough.
 *
 * <p>An episode lasts from the attempt that makes them enough until no period holds enough of them. It opens when that is
 * known, the window of the last being over; of a VIOLATION, day, opening, figures and evidence are those of the refusals without
 * a choice. It occurred on the day of the attempt that made them enough; measured are the most that fell into one period.
 * It ends when the first of the newest <i>n</i> is a period old; while the window of a later one made by that end is
 * still running, it is open. Whether the point is still there does not matter: what happened, happened.
 *
 * <p>A registered exception from this rule makes it EXEMPT; one that has expired, or that merely states that no method is
 * equivalent, leaves it SUSPECTED at most: a refuser is owed another reasonable way all the same.
 *
 * <p>Known gaps: refusals that nobody logs; who passes at another point counts as not served at this one; where passes of
 * other methods carry no person, any of them within the window speaks for every refuser.
 */
final class RefusalWithoutAlternative {

    static final String RULE_ID = "refusal-without-alternative";

    private static final Comparator<RefusalStretch> IN_TIME = Comparator.comparing(RefusalStretch::from)
            .thenComparing(RefusalStretch::openedAt)
            .thenComparing(RefusalStretch::limb)
            .thenComparing(RefusalStretch::evidence, Positions.LISTS);

    /**
     * One attempt after which nobody was let in, as far as that is known.
     *
     * @param settledAt the end of its window
     * @param choice whether another method that works was enabled, or may have been; not asked of a failure
     */
    private record Unserved(Attempt attempt, Instant at, Instant settledAt, boolean choice) {}

    private final String operator;
    private final String system;
    private final Registry registry;
    private final Instant known;
    private final Wake wake;
    private final DatedParameter enough;
    private final DatedParameter period;
    private final DatedParameter window;

    RefusalWithoutAlternative(String operator, String system, Registry registry, Instant known, Wake wake) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
        this.known = known;
        this.wake = wake;
        this.enough = new DatedParameter(registry, RULE_ID + ".n", operator);
        this.period = new DatedParameter(registry, RULE_ID + ".period", operator);
        this.window = new DatedParameter(registry, RULE_ID + ".window", operator);
    }

    /** How long after an attempt it is settled whether it counts, at the most. */
    static Duration longestWindow(Registry registry, String operator) {
        return Duration.ofSeconds(new DatedParameter(registry, RULE_ID + ".window", operator).largest());
    }

    /** How long an attempt may count for another one that is later. */
    static Duration longestPeriod(Registry registry, String operator) {
        return Duration.ofDays(new DatedParameter(registry, RULE_ID + ".period", operator).largest());
    }

    /**
     * What is told of a point's attempts.
     *
     * @param stretches of the attempts that are settled, in the order of time; of one limb none touches another
     * @param pending when the attempts were made whose windows are not known to be over
     */
    record Told(List<RefusalStretch> stretches, List<Instant> pending) {}

    /**
     * The stretches of a point that began or went on before an instant.
     *
     * @param sealed what is concluded already
     * @param fallbacks when a fallback of the point hardly ever worked
     * @param until attempts from this instant on make no stretch and are not awaited; {@link Instant#MAX} for all
     */
    Told told(
            Configuration configuration,
            SealedPoint sealed,
            PointAttempts attempts,
            Collection<FallbackStretch> fallbacks,
            Instant until) {
        Map<String, NavigableMap<Instant, FallbackStretch>> useless = new HashMap<>();
        fallbacks.forEach(one ->
                useless.computeIfAbsent(one.method(), method -> new TreeMap<>()).put(one.from(), one));
        List<Unserved> refused = new ArrayList<>();
        Map<PersonToken, List<Unserved>> failed = new LinkedHashMap<>();
        List<Instant> pending = new ArrayList<>();
        for (Unserved one : unserved(configuration, attempts.all(), useless)) {
            if (!one.at().isBefore(until)) {
                break;
            }
            if (one.settledAt().isAfter(known)) {
                pending.add(one.at());
                wake.at(one.settledAt());
            } else if (one.attempt().outcome() == AttemptOutcome.DECLINED) {
                refused.add(one);
            } else {
                failed.computeIfAbsent(one.attempt().person(), person -> new ArrayList<>())
                        .add(one);
            }
        }
        List<RefusalStretch> stretches = new ArrayList<>(sealed.refusals());
        stretches.addAll(stretches(Limb.DECLINED, refused, sealed.through(), configuration));
        stretches.addAll(stretches(
                Limb.DECLINED_WITHOUT_CHOICE,
                refused.stream().filter(one -> !one.choice()).toList(),
                sealed.through(),
                configuration));
        failed.values()
                .forEach(ofOne -> stretches.addAll(stretches(Limb.FAILED, ofOne, sealed.through(), configuration)));
        return new Told(
                Stream.of(Limb.values())
                        .flatMap(limb -> joined(stretches.stream().filter(one -> one.limb() == limb)).stream())
                        .sorted(IN_TIME)
                        .toList(),
                pending);
    }

    /** The refusals and failures after which nobody who may be the same person was let in, in the order of time. */
    private List<Unserved> unserved(
            Configuration configuration,
            List<Attempt> attempts,
            Map<String, NavigableMap<Instant, FallbackStretch>> useless) {
        Instant inForce = registry.inForce().start();
        Admissions otherwise = new Admissions();
        Admissions anyhow = new Admissions();
        List<Unserved> newestFirst = new ArrayList<>();
        for (int last = attempts.size() - 1; last >= 0; ) {
            Instant at = PointAttempts.instant(attempts.get(last));
            if (at.isBefore(inForce)) {
                break;
            }
            int first = last;
            while (first > 0 && PointAttempts.instant(attempts.get(first - 1)).equals(at)) {
                first--;
            }
            List<Attempt> instant = attempts.subList(first, last + 1);
            instant.stream().filter(RefusalWithoutAlternative::mayHavePassed).forEach(attempt -> {
                anyhow.take(attempt.person(), at);
                if (!VerificationMethod.FACE.equals(attempt.method())) {
                    otherwise.take(attempt.person(), at);
                }
            });
            Instant settledAt = at.plusSeconds(window.integerAt(at));
            for (int i = instant.size() - 1; i >= 0; i--) {
                Attempt attempt = instant.get(i);
                Admissions admissions = admissions(attempt, otherwise, anyhow);
                if (admissions != null
                        && !admissions.next(attempt.person()).isBefore(settledAt)
                        && !configuration.outOfService(at)) {
                    boolean choice = attempt.outcome() == AttemptOutcome.FAILED || choice(configuration, at, useless);
                    newestFirst.add(new Unserved(attempt, at, settledAt, choice));
                }
            }
            last = first - 1;
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private static boolean mayHavePassed(Attempt attempt) {
        return attempt.outcome() == null || attempt.outcome() == AttemptOutcome.PASSED;
    }

    /** Who would have served the one who made the attempt; {@code null} for an attempt that is no ground of this rule. */
    private static Admissions admissions(Attempt attempt, Admissions otherwise, Admissions anyhow) {
        if (!VerificationMethod.mayBeFace(attempt.method())) {
            return null;
        }
        if (attempt.outcome() == AttemptOutcome.DECLINED) {
            return otherwise;
        }
        return attempt.outcome() == AttemptOutcome.FAILED && attempt.person() != null ? anyhow : null;
    }

    /** Whether another method that works was enabled, or may have been. */
    private static boolean choice(
            Configuration configuration, Instant at, Map<String, NavigableMap<Instant, FallbackStretch>> useless) {
        List<String> methods = configuration.methods(at);
        return methods == null
                || methods.stream()
                        .filter(method -> !method.equals(VerificationMethod.FACE))
                        .anyMatch(method -> !isUseless(useless.get(method), at));
    }

    private static boolean isUseless(NavigableMap<Instant, FallbackStretch> stretches, Instant at) {
        Map.Entry<Instant, FallbackStretch> last = stretches == null ? null : stretches.floorEntry(at);
        return last != null
                && (last.getValue().to() == null || at.isBefore(last.getValue().to()));
    }

    /** When so many of these fall into one period that they are enough; only of those that are not sealed. */
    private List<RefusalStretch> stretches(
            Limb limb, List<Unserved> unserved, Instant sealedThrough, Configuration configuration) {
        List<RefusalStretch> stretches = new ArrayList<>();
        int oldest = 0;
        for (int i = 0; i < unserved.size(); i++) {
            Instant at = unserved.get(i).at();
            while (oldest <= i && !over(unserved.get(oldest)).isAfter(at)) {
                oldest++;
            }
            int within = i - oldest + 1;
            int threshold = enough.countAt(at);
            if (within < threshold || at.isBefore(sealedThrough)) {
                continue;
            }
            List<Unserved> newest = unserved.subList(i - threshold + 1, i + 1);
            // Of days with periods of their own, the newest may be over before the oldest is.
            Instant to = later(over(newest.get(0)), over(unserved.get(oldest)));
            RefusalStretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            if (last != null && !at.isAfter(last.to())) {
                stretches.set(stretches.size() - 1, last.until(to, within));
                continue;
            }
            stretches.add(new RefusalStretch(
                    limb,
                    at,
                    newest.stream()
                            .map(Unserved::settledAt)
                            .max(Comparator.naturalOrder())
                            .orElseThrow(),
                    to,
                    within,
                    threshold,
                    unserved.get(i).attempt().mappingVersion(),
                    evidence(newest, configuration)));
        }
        return stretches;
    }

    /** When a period that began with the attempt is over. */
    private Instant over(Unserved one) {
        return one.at().plus(Duration.ofDays(period.integerAt(one.at())));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The attempts and what the point was configured to offer when they were made. */
    private static List<Position> evidence(List<Unserved> enough, Configuration configuration) {
        return Positions.sorted(enough.stream()
                .flatMap(one -> {
                    AccessPointVersion version = configuration.at(one.at());
                    return Stream.of(one.attempt().position(), version == null ? null : version.position());
                })
                .toList());
    }

    /** The stretches with those that touch made one: the earliest of them tells how it began. */
    private static List<RefusalStretch> joined(Stream<RefusalStretch> stretches) {
        List<RefusalStretch> joined = new ArrayList<>();
        stretches.sorted(IN_TIME).forEach(next -> {
            RefusalStretch last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && !next.from().isAfter(last.to())) {
                joined.set(joined.size() - 1, last.until(next.to(), next.attempts()));
            } else {
                joined.add(next);
            }
        });
        return joined;
    }

    /**
     * Derives the alert of one point.
     *
     * @param pointId as the subject names it
     */
    Derivation derive(String pointId, Configuration configuration, Told told) {
        String subject = system + '/' + pointId;
        List<Episode> episodes = new ArrayList<>();
        List<RefusalStretch> parts = new ArrayList<>();
        Instant end = Instant.MIN;
        for (RefusalStretch part : told.stretches()) {
            if (!parts.isEmpty() && part.from().isAfter(end)) {
                episodes.add(episode(episodes.size() + 1, subject, configuration, parts, end, told.pending()));
                parts.clear();
                end = Instant.MIN;
            }
            parts.add(part);
            end = part.to().isAfter(end) ? part.to() : end;
        }
        if (!parts.isEmpty()) {
            episodes.add(episode(episodes.size() + 1, subject, configuration, parts, end, told.pending()));
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "access-point", subject, ""), episodes);
    }

    private Episode episode(
            int ordinal,
            String subject,
            Configuration configuration,
            List<RefusalStretch> parts,
            Instant end,
            List<Instant> pending) {
        wake.at(end);
        boolean ended = !end.isAfter(known) && pending.stream().noneMatch(at -> !at.isAfter(end));
        CitedException cited = CitedException.of(
                        registry.exceptions(RULE_ID, operator),
                        subject,
                        LegalDay.of(ended ? end.minusNanos(1) : known),
                        CitedException.NO_OTHER_POINT,
                        wake)
                .orElse(null);
        boolean exempt = cited != null && cited.reach() == Reach.VALID;
        boolean certain = cited == null || exempt;
        List<RefusalStretch> withoutChoice = parts.stream()
                .filter(part -> part.limb() == Limb.DECLINED_WITHOUT_CHOICE)
                .toList();
        boolean violation = certain && !withoutChoice.isEmpty();
        List<RefusalStretch> counted = violation ? withoutChoice : parts;
        RefusalStretch began = counted.get(0);
        int most = counted.stream().mapToInt(RefusalStretch::attempts).max().orElseThrow();
        EpisodeDraft draft = EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .system(system)
                .verdict(violation ? Verdict.VIOLATION : Verdict.SUSPECTED)
                .occurredOn(LegalDay.of(began.from()))
                .openedAt(began.openedAt())
                .severity(RULE_ID, operator)
                .measured(most, (long) began.threshold(), "attempts")
                .mapping(began.mappingVersion())
                .evidence(evidence(began, cited));
        if (cited != null) {
            draft.exception(cited.exception().id());
        }
        if (exempt && !ended) {
            draft.exempt();
        }
        return explained(
                        draft.resolvedAt(ended ? end : null),
                        subject,
                        configuration.methods(began.from()),
                        configuration.told(),
                        counted,
                        ended ? end : null,
                        cited)
                .build();
    }

    private static Evidence evidence(RefusalStretch began, CitedException cited) {
        List<Position> positions = new ArrayList<>(began.evidence());
        positions.add(cited == null ? null : cited.exception().position());
        return AttemptEvidence.of(positions, began.from(), began.openedAt());
    }

    /**
     * Says it in words.
     *
     * @param methods what was enabled when it began, {@code null} if not known
     * @param told whether anything was ever told of what the point offers
     * @param counted the stretches that count, the first of which tells how it began
     */
    private EpisodeDraft explained(
            EpisodeDraft draft,
            String subject,
            List<String> methods,
            boolean told,
            List<RefusalStretch> counted,
            Instant end,
            CitedException cited) {
        RefusalStretch began = counted.get(0);
        boolean violation = began.limb() == Limb.DECLINED_WITHOUT_CHOICE;
        boolean refused = counted.stream().anyMatch(part -> part.limb() != Limb.FAILED);
        boolean failed = counted.stream().anyMatch(part -> part.limb() == Limb.FAILED);
        int most = counted.stream().mapToInt(RefusalStretch::attempts).max().orElseThrow();
        LegalDay since = LegalDay.of(began.from());
        int seconds = window.integerAt(began.from());
        int days = period.integerAt(began.from());
        String name = Wording.name(operator, registry);
        StringBuilder zh = new StringBuilder(name + "的验证点" + subject + "自" + since + "起");
        StringBuilder en = new StringBuilder("At access point " + subject + " of " + name + " since " + since);
        if (refused) {
            zh.append(",有人拒绝人脸识别后").append(seconds).append("秒内未见以其他方式通过");
            en.append(", persons who said no to face recognition were not seen to pass by another method within ")
                    .append(seconds)
                    .append(" s");
        }
        if (failed) {
            zh.append(",同一人人脸识别失败后").append(seconds).append("秒内未见通过");
            en.append(refused ? ", and" : ",")
                    .append(" one person whom the machine did not recognise was not seen to pass within ")
                    .append(seconds)
                    .append(" s");
        }
        zh.append(",").append(days).append("日内最多").append(most).append("次");
        en.append(", up to ")
                .append(Wording.count(most, "time"))
                .append(" within ")
                .append(Wording.count(days, "day"));
        if (violation) {
            boolean useless = methods != null && VerificationMethod.anyOther(methods);
            zh.append(useless ? ",当时启用的其他方式几乎无法使用" : ",当时没有启用其他方式");
            en.append(
                    useless
                            ? "; the other methods enabled then hardly ever worked"
                            : "; no other method was enabled then");
        } else if (methods == null) {
            zh.append(told ? ",当时启用的验证方式不可知" : ",数据中没有该验证点的配置,当时是否启用其他方式不能核实");
            en.append(
                    told
                            ? "; which methods were enabled then is not known"
                            : "; the data do not tell what the point is configured to offer, so whether another method was"
                                    + " enabled cannot be checked");
        } else if (VerificationMethod.othersAreBiometric(methods)) {
            zh.append(Wording.BIOMETRIC_ZH);
            en.append(Wording.BIOMETRIC_EN);
        }
        zh.append("(《人脸识别技术应用安全管理办法》")
                .append(failed ? "第五条第三款、" : "")
                .append("第十条")
                .append(refused ? "、第十二条,《个人信息保护法》第十六条)" : ")");
        en.append(" (")
                .append(failed ? "Art. 5 ¶3 and 10" : "Art. 10")
                .append(
                        refused
                                ? failed ? ", 12 of the Measures; PIPL 16)" : " and 12 of the Measures; PIPL 16)"
                                : " of the Measures)");
        if (cited != null) {
            zh.append(cited.chinese());
            en.append(cited.english());
        }
        if (end != null) {
            zh.append(",该情形于").append(LegalDay.of(end)).append("结束");
            en.append("; this ended on ").append(LegalDay.of(end));
        }
        return draft.explained(zh.append("。").toString(), en.append(".").toString());
    }
}
