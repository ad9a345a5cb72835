package org.faceaudit.core.judgement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.forecast.Distributions;
import org.faceaudit.core.judgement.CitedException.Reach;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The other way in hardly ever works (Art. 10 of the Measures: reasonable and convenient): SUSPECTED. At one access point, a
 * method other than the face that is configured has been tried at least <i>n</i> times within the last <i>period</i> (days),
 * the face too, and the upper bound of the method's success, one-sided by Wilson at <i>confidence</i> (percent), is below
 * <i>floor</i> (percent) of the face's rate of success there in the same period.
 *
 * <p>A try is an attempt that {@code PASSED} or {@code FAILED} by a method that is known. Saying no is no try. Not counted
 * are tries of before the Measures, those whose instant is not known, and those at a time at which the point was surely out of
 * service or not there. The period is half-open: a try counts from its instant until the period is over, and not then.
 *
 * <p>The figures are taken at every instant at which they change, by a try or by one that is a period old. A state begins
 * when they first say so; day, measure, evidence and explanation are those of that instant and stay. It ends when figures of a
 * full period, <i>n</i> tries of either, no longer say so, or when the method is surely not enabled any more, the point's going
 * out of service included. Too few tries give no verdict, and end nothing. Enabling the method again wins no clean slate: the
 * tries of the period count as before.
 *
 * <p>Where the configuration cannot be read, and at a point that only a log knows, the tries show that the method is offered;
 * the explanation says that its configuration is missing. Which of several methods is easier is not asked: each stands alone.
 * Another biometric is a method like any other.
 *
 * <p>A registered exception from this rule makes it EXEMPT.
 *
 * <p>Known gaps: waiting time, staffed hours, extra fees and extra documents are not in the data; a fallback that nobody tries
 * is not judged.
 */
final class UnusableFallback {

    static final String RULE_ID = "unusable-fallback";

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final String operator;
    private final String system;
    private final Registry registry;
    private final Instant known;
    private final Wake wake;
    private final DatedParameter enough;
    private final DatedParameter period;
    private final DatedParameter floor;
    private final DatedParameter confidence;

    /** The quantile asked for last, and of what. */
    private BigDecimal quantileOf;

    private double quantile;

    /**
     * A pass or failure, and the instant from which it counts no more.
     *
     * @param at when it was made
     */
    private record Try(Attempt attempt, Instant at, Instant end) {

        boolean passed() {
            return attempt.outcome() == AttemptOutcome.PASSED;
        }
    }

    /** The tries of one method that count, as time goes on. */
    private static final class Tries {
        private final List<Try> all = new ArrayList<>();
        private int oldest;
        private int count;
        private int passed;
        private long hash;

        private void begin(Try one) {
            all.add(one);
            count(one, 1);
        }

        private void end(Try one) {
            count(one, -1);
            while (oldest < all.size() && !all.get(oldest).end().isAfter(one.end())) {
                oldest++;
            }
        }

        private void count(Try one, int sign) {
            count += sign;
            passed += one.passed() ? sign : 0;
            hash += sign * AttemptEvidence.hash(one.attempt().position());
        }

        private List<Try> counting(Instant at) {
            return all.subList(oldest, all.size()).stream()
                    .filter(one -> one.end().isAfter(at))
                    .toList();
        }
    }

    UnusableFallback(String operator, String system, Registry registry, Instant known, Wake wake) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
        this.known = known;
        this.wake = wake;
        this.enough = new DatedParameter(registry, RULE_ID + ".n", operator);
        this.period = new DatedParameter(registry, RULE_ID + ".period", operator);
        this.floor = new DatedParameter(registry, RULE_ID + ".floor", operator);
        this.confidence = new DatedParameter(registry, RULE_ID + ".confidence", operator);
    }

    /** How long a try may count. */
    static Duration longestPeriod(Registry registry, String operator) {
        return Duration.ofDays(new DatedParameter(registry, RULE_ID + ".period", operator).largest());
    }

    /**
     * When fallbacks of a point hardly ever worked.
     *
     * @param sealed what is concluded already
     * @param until nothing is concluded of this instant and later ones; {@link Instant#MAX} for all that is known
     * @return by method, then in the order of time; the last of a method may be running
     */
    List<FallbackStretch> stretches(
            Configuration configuration, SealedPoint sealed, PointAttempts attempts, Instant until) {
        Map<String, Tries> tries = new HashMap<>();
        Map<String, FallbackStretch> running = new TreeMap<>();
        List<FallbackStretch> ended = new ArrayList<>();
        for (FallbackStretch stretch : sealed.fallbacks()) {
            if (stretch.to() == null) {
                running.put(stretch.method(), stretch);
            } else {
                ended.add(stretch);
            }
        }
        List<Try> begins = tries(configuration, attempts.all());
        List<Try> ends = begins.stream().sorted(Comparator.comparing(Try::end)).toList();
        List<Instant> changes = configuration.changes();
        Set<String> methods = new TreeSet<>(running.keySet());
        begins.forEach(one -> methods.add(one.attempt().method()));
        methods.remove(VerificationMethod.FACE);
        methods.forEach(method -> tries.put(method, new Tries()));
        Tries ofFace = new Tries();
        tries.put(VerificationMethod.FACE, ofFace);
        int begun = 0;
        int over = 0;
        int changed = 0;
        while (true) {
            Instant at = begun < begins.size() ? begins.get(begun).at() : null;
            at = earlier(at, over < ends.size() ? ends.get(over).end() : null);
            at = earlier(at, changed < changes.size() ? changes.get(changed) : null);
            if (at == null || !at.isBefore(until)) {
                break;
            }
            for (; begun < begins.size() && begins.get(begun).at().equals(at); begun++) {
                tries.get(begins.get(begun).attempt().method()).begin(begins.get(begun));
            }
            for (; over < ends.size() && ends.get(over).end().equals(at); over++) {
                tries.get(ends.get(over).attempt().method()).end(ends.get(over));
            }
            while (changed < changes.size() && changes.get(changed).equals(at)) {
                changed++;
            }
            if (at.isBefore(sealed.through())) {
                continue;
            }
            AccessPointVersion version = configuration.at(at);
            boolean turns = false;
            for (String method : methods) {
                FallbackStretch stretch = running.get(method);
                boolean useless =
                        useless(method, version, tries.get(method), ofFace, at).orElse(stretch != null);
                if (useless == (stretch != null)) {
                    continue;
                }
                turns = true;
                if (at.isAfter(known)) {
                    break;
                }
                if (useless) {
                    running.put(method, began(method, version, tries.get(method), ofFace, at));
                } else {
                    ended.add(running.remove(method).until(at));
                }
            }
            if (turns && at.isAfter(known)) {
                wake.at(at);
                break;
            }
        }
        ended.addAll(running.values());
        ended.sort(Comparator.comparing(FallbackStretch::method).thenComparing(FallbackStretch::from));
        return ended;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private List<Try> tries(Configuration configuration, List<Attempt> attempts) {
        Instant inForce = registry.inForce().start();
        List<Try> tries = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Instant at = PointAttempts.instant(attempt);
            boolean tried = attempt.outcome() == AttemptOutcome.PASSED || attempt.outcome() == AttemptOutcome.FAILED;
            if (tried && attempt.method() != null && !at.isBefore(inForce) && !configuration.outOfService(at)) {
                tries.add(new Try(attempt, at, at.plus(Duration.ofDays(period.integerAt(at)))));
            }
        }
        return tries;
    }

    /** Whether a method hardly ever works from an instant on; empty if that is as it was before. */
    private Optional<Boolean> useless(
            String method, AccessPointVersion version, Tries tries, Tries ofFace, Instant at) {
        boolean readable = version != null && version.methodsState() != FieldState.UNKNOWN;
        if (readable && !(version.inForce() && version.methods().contains(method))) {
            return Optional.of(false);
        }
        int least = enough.countAt(at);
        if (tries.count < least || ofFace.count < least) {
            return Optional.empty();
        }
        return Optional.of(upperBound(tries.passed, tries.count, at) < limit(ofFace.passed, ofFace.count, at));
    }

    private double upperBound(int passed, int count, Instant at) {
        BigDecimal percent = confidence.at(at);
        if (!percent.equals(quantileOf)) {
            quantileOf = percent;
            quantile = Distributions.normalQuantile(fraction(percent));
        }
        return upperBound(passed, count, quantile);
    }

    static double fraction(BigDecimal percent) {
        return percent.divide(WHOLE).doubleValue();
    }

    /** The one-sided upper bound of Wilson for a rate of success, as a fraction. */
    static double upperBound(int passed, int count, double quantile) {
        double rate = (double) passed / count;
        double square = quantile * quantile;
        double spread = quantile * Math.sqrt(rate * (1 - rate) / count + square / (4.0 * count * count));
        return (rate + square / (2.0 * count) + spread) / (1 + square / count);
    }

    /** The share of the face's rate of success that another method must reach, as a fraction. */
    private double limit(int passed, int count, Instant at) {
        return fraction(floor.at(at)) * passed / count;
    }

    private static FallbackStretch began(
            String method, AccessPointVersion version, Tries tries, Tries ofFace, Instant at) {
        return new FallbackStretch(
                method,
                at,
                null,
                tries.count,
                tries.passed,
                ofFace.count,
                ofFace.passed,
                tries.all.get(tries.all.size() - 1).attempt().mappingVersion(),
                evidence(version, tries, ofFace, at));
    }

    private static Evidence evidence(AccessPointVersion version, Tries tries, Tries ofFace, Instant at) {
        List<Position> positions = new ArrayList<>();
        if (version != null) {
            positions.add(version.position());
        }
        int count = tries.count + ofFace.count;
        if (count <= AttemptEvidence.MOST_LISTED) {
            for (Tries each : List.of(tries, ofFace)) {
                each.counting(at).forEach(one -> positions.add(one.attempt().position()));
            }
            return Evidence.of(Positions.sorted(positions));
        }
        Instant first = earlier(
                tries.all.get(tries.oldest).at(), ofFace.all.get(ofFace.oldest).at());
        return new Evidence(positions, first, at, count, ThingHash.text(tries.hash + ofFace.hash));
    }

    /**
     * Derives the alerts of one point: one per method that ever hardly worked.
     *
     * @param pointId as the subject names it
     * @param stretches by method, then in the order of time
     */
    List<Derivation> derive(String pointId, Configuration configuration, List<FallbackStretch> stretches) {
        Map<String, List<Episode>> episodes = new TreeMap<>();
        for (FallbackStretch stretch : stretches) {
            String subject = system + '/' + pointId + '/' + stretch.method();
            List<Episode> ofMethod = episodes.computeIfAbsent(subject, one -> new ArrayList<>());
            ofMethod.add(episode(ofMethod.size() + 1, subject, pointId, configuration, stretch));
        }
        return episodes.entrySet().stream()
                .map(entry -> new Derivation(
                        new AlertKey(RULE_ID, operator, "access-point", entry.getKey(), ""), entry.getValue()))
                .toList();
    }

    private Episode episode(
            int ordinal, String subject, String pointId, Configuration configuration, FallbackStretch stretch) {
        Instant from = stretch.from();
        Instant to = stretch.to();
        CitedException cited = CitedException.of(
                        registry.exceptions(RULE_ID, operator),
                        subject,
                        LegalDay.of(to == null ? known : to.minusNanos(1)),
                        CitedException.NO_OTHER_POINT,
                        wake)
                .orElse(null);
        BigDecimal bound = percent(upperBound(stretch.passed(), stretch.tries(), from));
        BigDecimal limit = percent(limit(stretch.facePassed(), stretch.faceTries(), from));
        EpisodeDraft draft = EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .system(system)
                .verdict(Verdict.SUSPECTED)
                .occurredOn(LegalDay.of(from))
                .openedAt(from)
                .severity(registry.integer(RULE_ID + ".severity", operator, LegalDay.of(from)))
                .measured(bound, limit, "percent")
                .mapping(stretch.mappingVersion())
                .evidence(
                        cited == null
                                ? stretch.evidence()
                                : AttemptEvidence.and(
                                        stretch.evidence(), cited.exception().position()));
        if (cited != null) {
            draft.exception(cited.exception().id());
        }
        if (cited != null && cited.reach() == Reach.VALID && to == null) {
            draft.exempt();
        }
        return explained(draft.resolvedAt(to), pointId, configuration, stretch, bound, cited)
                .build();
    }

    private static BigDecimal percent(double fraction) {
        return BigDecimal.valueOf(fraction).multiply(WHOLE).setScale(2, RoundingMode.HALF_UP);
    }

    private EpisodeDraft explained(
            EpisodeDraft draft,
            String pointId,
            Configuration configuration,
            FallbackStretch stretch,
            BigDecimal bound,
            CitedException cited) {
        Instant from = stretch.from();
        String method = stretch.method();
        List<String> methods = configuration.methods(from);
        String rate =
                percent((double) stretch.facePassed() / stretch.faceTries()).toPlainString();
        String share = floor.at(from).toPlainString();
        String sure = confidence.at(from).toPlainString();
        int days = period.integerAt(from);
        String name = Wording.name(operator, registry);
        StringBuilder zh = new StringBuilder(name + "的验证点" + system + '/' + pointId + "提供的"
                + VerificationMethod.chinese(method) + "(" + method + ")方式自" + LegalDay.of(from) + "起几乎无法使用:此前"
                + days + "日内尝试" + stretch.tries() + "次、通过" + stretch.passed() + "次,通过率的单侧" + sure + "%置信上限为" + bound
                + "%,低于同期人脸识别通过率" + rate + "%(尝试" + stretch.faceTries() + "次、通过" + stretch.facePassed() + "次)的"
                + share + "%,是否合理、便捷须人工核实(《人脸识别技术应用安全管理办法》第十条)");
        StringBuilder en = new StringBuilder("Method " + method + " of access point " + system + '/' + pointId + " of "
                + name + " has hardly ever worked since " + LegalDay.of(from) + ": within the "
                + Wording.count(days, "day") + " before, " + stretch.passed() + " of " + stretch.tries()
                + " tries passed, an upper bound of success of " + bound + "% (one-sided, " + sure + "%), below "
                + share
                + "% of the face's rate of " + rate + "% (" + stretch.facePassed() + " of " + stretch.faceTries()
                + "); whether it is reasonable and convenient is for a person to see (Art. 10 of the Measures)");
        if (methods == null) {
            zh.append(configuration.told() ? ",当时启用的验证方式不可知" : ",数据中没有该验证点的配置,该方式仅见于验证记录");
            en.append(
                    configuration.told()
                            ? "; which methods were enabled then is not known"
                            : "; the data do not tell what the point is configured to offer, the log alone shows the"
                                    + " method");
        }
        if (cited != null) {
            zh.append(cited.chinese());
            en.append(cited.english());
        }
        if (stretch.to() != null) {
            LegalDay ended = LegalDay.of(stretch.to());
            zh.append(",该情形于").append(ended).append("结束");
            en.append("; this ended on ").append(ended);
        }
        return draft.explained(zh.append("。").toString(), en.append(".").toString());
    }
}
