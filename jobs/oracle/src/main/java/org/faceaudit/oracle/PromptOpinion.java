package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rule repeated-prompt (网络数据安全管理条例 22(五)): is somebody who said no asked again and again? */
final class PromptOpinion {

    private static final String RULE = "repeated-prompt";

    private final SourceFacts facts;
    private final OracleRegistry registry;
    private final Doors doors;

    PromptOpinion(SourceFacts facts, OracleRegistry registry, Doors doors) {
        this.facts = facts;
        this.registry = registry;
        this.doors = doors;
    }

    /** A person counts as asked again and again, half-open. */
    private record Asked(String person, Instant from, Instant to) {

        boolean covers(Instant at) {
            return !from.isAfter(at) && to.isAfter(at);
        }
    }

    List<OracleAlert> alerts() {
        List<Asked> all = new ArrayList<>();
        refusals().forEach((person, instants) -> {
            for (Instant prompt : instants) {
                if (tooMany(prompt, instants)) {
                    all.add(new Asked(person, prompt, prompt.plus(period(prompt))));
                }
            }
        });
        TreeSet<Instant> instants = new TreeSet<>();
        all.forEach(one -> instants.addAll(List.of(one.from(), one.to())));
        List<OracleAlert> alerts = new ArrayList<>();
        Instant opened = null;
        Map<String, Set<String>> persons = new TreeMap<>();
        for (Instant at : instants) {
            List<Asked> now = all.stream().filter(one -> one.covers(at)).toList();
            if (!now.isEmpty()) {
                opened = opened == null ? at : opened;
                now.forEach(
                        one -> persons.computeIfAbsent(Person.of(one.person()).group(), group -> new HashSet<>())
                                .add(one.person()));
            } else if (opened != null) {
                alerts.add(alert(alerts.size() + 1, opened, at, fewest(persons)));
                opened = null;
                persons.clear();
            }
        }
        return alerts;
    }

    /** Tokens of several groups may be the same persons under other names: there are at least as many as in the largest. */
    private static int fewest(Map<String, Set<String>> byGroup) {
        return byGroup.values().stream().mapToInt(Set::size).max().orElseThrow();
    }

    /** When each person known by a token said no to a face, as far as is known and since the Measures are in force. */
    private Map<String, List<Instant>> refusals() {
        Map<String, List<Instant>> refusals = new TreeMap<>();
        for (Verification one : doors.judged()) {
            if (one.was(Verification.DECLINED) && !one.byOther() && one.person() != null) {
                refusals.computeIfAbsent(one.person(), person -> new ArrayList<>())
                        .add(one.latest());
            }
        }
        return refusals;
    }

    private Duration period(Instant at) {
        return Duration.ofHours(registry.number(RULE + ".period", facts.operator(), Values.day(at))
                .longValueExact());
    }

    /** Whether the prompt, with those before it, was one too many after some refusal. */
    private boolean tooMany(Instant prompt, List<Instant> instants) {
        long most = registry.number(RULE + ".n", facts.operator(), Values.day(prompt))
                .longValueExact();
        for (Instant refusal : instants) {
            if (refusal.isBefore(prompt) && !prompt.isAfter(refusal.plus(period(refusal)))) {
                long prompts = instants.stream()
                        .filter(at -> at.isAfter(refusal) && !at.isAfter(prompt))
                        .count();
                if (prompts >= most) {
                    return true;
                }
            }
        }
        return false;
    }

    private OracleAlert alert(int episode, Instant opened, Instant end, int persons) {
        Instant known = facts.knownThrough();
        Instant to = end.isAfter(known) ? null : end;
        Instant judgedAt = to == null ? known : to.minusNanos(1);
        return OracleAlert.ofSystem(
                RULE,
                facts,
                List.of("system", facts.system()),
                episode,
                "SUSPECTED",
                registry.number(RULE + ".severity", facts.operator(), Values.day(opened))
                        .intValueExact(),
                opened,
                new OracleAlert.Span(opened, to),
                new OracleAlert.Measure(BigDecimal.valueOf(persons), null, "persons"),
                Exemption.of(registry, RULE, facts, facts.system(), Values.day(judgedAt)));
    }
}
