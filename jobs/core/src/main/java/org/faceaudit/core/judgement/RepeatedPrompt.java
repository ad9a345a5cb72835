package org.faceaudit.core.judgement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.judgement.CitedException.Reach;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * Who said no is asked again and again (网络数据安全管理条例 22(五); GB/T 41819-2022 §6, a recommended standard, whose
 * example gives the number and the time): SUSPECTED, one alert per system. A person counts when a refusal was followed by at
 * least <i>n</i> prompts to the same token in the same system within (refusal, refusal + <i>period</i>], in hours.
 *
 * <p>A prompt is a further refusal: being asked and saying no again. Whoever later comes by a face of their own will, and passes
 * or fails, was not asked. Refusals are told at whichever point, by a token that is known and at a known instant; a refusal of a
 * method known to be another than the face is none. Of before the Measures nothing counts, though the regulation is older.
 *
 * <p>A person counts from the prompt that made them too many, and ceases to when there has been no such prompt for the period:
 * half-open, so at its end no more. The system's episode lasts while anybody counts; measured are the persons who counted in it,
 * each once, of tokens of several kinds the most of one kind.
 *
 * <p>A registered exception from this rule makes it EXEMPT.
 *
 * <p>Known gaps: prompts without a known token are not linked, nor are those in two systems; a prompt that is answered by a face
 * is not told from one's own will, and one that nobody answers is not logged.
 */
final class RepeatedPrompt {

    static final String RULE_ID = "repeated-prompt";

    private static final Comparator<Asked> IN_TIME = Comparator.comparing(
                    (Asked asked) -> asked.stretch().from())
            .thenComparing(asked -> asked.stretch().evidence(), Positions.LISTS);

    private final String operator;
    private final String system;
    private final Registry registry;
    private final Instant known;
    private final Wake wake;

    /** One time during which somebody counts in a system, and who. */
    private static final class Times {
        private final List<PromptStretch> stretches = new ArrayList<>();
        private final Map<String, Set<String>> persons = new HashMap<>();
        private Instant to = Instant.MIN;

        private void take(Asked asked) {
            PersonToken person = asked.person().person();
            stretches.add(asked.stretch());
            persons.computeIfAbsent(person.group(), group -> new HashSet<>()).add(person.digest());
            to = asked.stretch().to().isAfter(to) ? asked.stretch().to() : to;
        }

        private int most() {
            return persons.values().stream().mapToInt(Set::size).max().orElseThrow();
        }
    }

    /** Of whom, and when. */
    private record Asked(PromptedPerson person, PromptStretch stretch) {}

    RepeatedPrompt(String operator, String system, Registry registry, Instant known, Wake wake) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
        this.known = known;
        this.wake = wake;
    }

    /** How long a refusal may count for a later prompt. */
    static Duration longestPeriod(Registry registry, String operator) {
        return Duration.ofHours(new DatedParameter(registry, RULE_ID + ".period", operator).largest());
    }

    /**
     * When one person was asked again and again in one system.
     *
     * @param sealed what is concluded already
     * @param attempts of the person, in any order
     * @param until prompts of this instant and later ones are left out; {@link Instant#MAX} for none
     * @return in the order of time, none touching another
     */
    static List<PromptStretch> stretches(
            String operator, SealedPerson sealed, Collection<Attempt> attempts, Registry registry, Instant until) {
        DatedParameter enough = new DatedParameter(registry, RULE_ID + ".n", operator);
        DatedParameter period = new DatedParameter(registry, RULE_ID + ".period", operator);
        Instant from = later(registry.inForce().start(), sealed.attemptsFrom());
        List<Attempt> refusals = attempts.stream()
                .filter(AttemptJudgements::concernsPerson)
                .filter(attempt -> !PointAttempts.instant(attempt).isBefore(from))
                .filter(attempt -> PointAttempts.instant(attempt).isBefore(until))
                .sorted(PointAttempts.IN_TIME)
                .toList();
        List<PromptStretch> stretches = new ArrayList<>();
        int oldest = 0;
        int prompt = 0;
        for (int i = 0; i < refusals.size(); i++) {
            Instant at = PointAttempts.instant(refusals.get(i));
            while (over(refusals.get(oldest), period).isBefore(at)) {
                oldest++;
            }
            Instant refused = PointAttempts.instant(refusals.get(oldest));
            prompt = Math.max(prompt, oldest);
            while (prompt < i && !PointAttempts.instant(refusals.get(prompt)).isAfter(refused)) {
                prompt++;
            }
            int threshold = enough.countAt(at);
            if (!at.isAfter(refused) || i - prompt + 1 < threshold || at.isBefore(sealed.through())) {
                continue;
            }
            Instant to = over(refusals.get(i), period);
            PromptStretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            if (last != null && !at.isAfter(last.to())) {
                stretches.set(stretches.size() - 1, last.until(to));
                continue;
            }
            List<Position> evidence = new ArrayList<>();
            evidence.add(refusals.get(oldest).position());
            refusals.subList(i - threshold + 1, i + 1).forEach(one -> evidence.add(one.position()));
            stretches.add(new PromptStretch(at, to, refusals.get(i).mappingVersion(), Positions.sorted(evidence)));
        }
        return joined(sealed.stretches(), stretches);
    }

    private static Instant over(Attempt refusal, DatedParameter period) {
        Instant at = PointAttempts.instant(refusal);
        return at.plus(Duration.ofHours(period.integerAt(at)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static List<PromptStretch> joined(List<PromptStretch> before, List<PromptStretch> after) {
        List<PromptStretch> joined = new ArrayList<>();
        Stream.concat(before.stream(), after.stream())
                .sorted(Comparator.comparing(PromptStretch::from))
                .forEach(next -> {
                    PromptStretch last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
                    if (last != null && !next.from().isAfter(last.to())) {
                        joined.set(joined.size() - 1, last.until(next.to()));
                    } else {
                        joined.add(next);
                    }
                });
        return joined;
    }

    /** Derives the alert of the system by its persons, in any order. */
    Derivation derive(Collection<PromptedPerson> persons) {
        List<Asked> asked = new ArrayList<>();
        for (PromptedPerson person : persons) {
            for (PromptStretch stretch : person.stretches()) {
                if (stretch.from().isAfter(known)) {
                    wake.at(stretch.from());
                } else {
                    asked.add(new Asked(person, stretch));
                }
            }
        }
        asked.sort(IN_TIME);
        List<Episode> episodes = new ArrayList<>();
        Times times = new Times();
        for (Asked next : asked) {
            if (!times.stretches.isEmpty() && next.stretch().from().isAfter(times.to)) {
                episodes.add(episode(episodes.size() + 1, times));
                times = new Times();
            }
            times.take(next);
        }
        if (!times.stretches.isEmpty()) {
            episodes.add(episode(episodes.size() + 1, times));
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "system", system, ""), episodes);
    }

    private Episode episode(int ordinal, Times times) {
        wake.at(times.to);
        PromptStretch first = times.stretches.get(0);
        Instant end = times.to.isAfter(known) ? null : times.to;
        LegalDay opened = LegalDay.of(first.from());
        CitedException cited = CitedException.of(
                        registry.exceptions(RULE_ID, operator),
                        system,
                        LegalDay.of(end == null ? known : end.minusNanos(1)),
                        CitedException.NO_OTHER_POINT,
                        wake)
                .orElse(null);
        int prompts = new DatedParameter(registry, RULE_ID + ".n", operator).countAt(first.from());
        int hours = new DatedParameter(registry, RULE_ID + ".period", operator).integerAt(first.from());
        int persons = times.most();
        String name = Wording.name(operator, registry);
        StringBuilder zh = new StringBuilder(name + "的系统" + system + "自" + opened + "起,对拒绝人脸识别的" + persons + "人,在其拒绝后"
                + hours + "小时内又征求同意不少于" + prompts
                + "次(《网络数据安全管理条例》第二十二条第(五)项;次数和时间依推荐性国家标准GB/T 41819-2022第6章的示例,须人工核实)");
        StringBuilder en = new StringBuilder("System " + system + " of " + name + " has asked "
                + Wording.count(persons, "person") + " who said no to face recognition again, at least "
                + Wording.count(prompts, "time") + " within " + Wording.count(hours, "hour") + " of the refusal, since "
                + opened
                + " (Regulation on Network Data Security Management, Art. 22(5); number and time follow an example of GB/T"
                + " 41819-2022 §6, a recommended standard, and are to be checked by a person)");
        EpisodeDraft draft = EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .system(system)
                .verdict(Verdict.SUSPECTED)
                .occurredOn(opened)
                .openedAt(first.from())
                .severity(registry.integer(RULE_ID + ".severity", operator, opened))
                .measured(persons, null, "persons")
                .mapping(first.mappingVersion());
        List<Position> positions = new ArrayList<>();
        times.stretches.forEach(stretch -> positions.addAll(stretch.evidence()));
        if (cited != null) {
            positions.add(cited.exception().position());
            draft.exception(cited.exception().id());
            zh.append(cited.chinese());
            en.append(cited.english());
        }
        if (cited != null && cited.reach() == Reach.VALID && end == null) {
            draft.exempt();
        }
        if (end != null) {
            zh.append(",该情形于").append(LegalDay.of(end)).append("结束");
            en.append("; this ended on ").append(LegalDay.of(end));
        }
        Instant newest = times.stretches.get(times.stretches.size() - 1).from();
        return draft.resolvedAt(end)
                .evidence(AttemptEvidence.of(positions, first.from(), newest))
                .explained(zh.append("。").toString(), en.append(".").toString())
                .build();
    }
}
