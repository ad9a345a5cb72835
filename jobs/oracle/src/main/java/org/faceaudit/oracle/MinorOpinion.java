package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rule minor-without-guardian-consent (Measures, Art. 7 ¶1; PIPL 31): whose face is stored on the strength of a consent that
 * a child gave and no guardian? A person comes of the age on that birthday; of 29 February on the 28th in other years.
 */
final class MinorOpinion {

    private static final String RULE = "minor-without-guardian-consent";

    private final SourceFacts facts;
    private final OracleRegistry registry;
    private final ConsentFacts consents;

    MinorOpinion(SourceFacts facts, OracleRegistry registry) {
        this.facts = facts;
        this.registry = registry;
        this.consents = new ConsentFacts(facts);
    }

    List<OracleAlert> alerts() {
        if (!consents.told()) {
            return List.of();
        }
        Map<String, List<Presence>> stored = new TreeMap<>();
        for (Presence presence : facts.presences()) {
            if (!presence.group().isEmpty()) {
                stored.computeIfAbsent(presence.group() + ':' + presence.person(), person -> new ArrayList<>())
                        .add(presence);
            }
        }
        TreeMap<Instant, Integer> steps = new TreeMap<>();
        stored.forEach((person, presences) -> count(person, presences, steps));
        return episodes(steps);
    }

    /** Adds one from each instant on at which a person counts, and takes it away where that ends. */
    private void count(String person, List<Presence> presences, TreeMap<Instant, Integer> steps) {
        Instant known = facts.book().knownThrough();
        TreeSet<Instant> instants = new TreeSet<>(consents.instants(person));
        instants.addAll(consents.birthdays(person, age()));
        for (Presence presence : presences) {
            instants.add(presence.startLatest());
            if (presence.endEarliest() != null) {
                instants.add(presence.endEarliest());
            }
        }
        instants.add(registry.inForce());
        boolean counted = false;
        for (Instant at : instants.tailSet(registry.inForce())) {
            if (at.isAfter(known)) {
                break;
            }
            boolean now = presences.stream().anyMatch(presence -> presence.onNarrowest(at))
                    && consents.childAlone(person, at, age());
            if (now != counted) {
                steps.merge(at, now ? 1 : -1, Integer::sum);
                counted = now;
            }
        }
    }

    private int age() {
        return registry.number(RULE + ".age", facts.operator(), Values.day(registry.inForce()))
                .intValueExact();
    }

    private List<OracleAlert> episodes(TreeMap<Instant, Integer> steps) {
        List<OracleAlert> alerts = new ArrayList<>();
        Instant opened = null;
        int most = 0;
        int now = 0;
        for (Map.Entry<Instant, Integer> step : steps.entrySet()) {
            now += step.getValue();
            opened = opened == null && now > 0 ? step.getKey() : opened;
            most = Math.max(most, now);
            if (opened != null && now == 0) {
                alerts.add(alert(alerts.size() + 1, opened, step.getKey(), most));
                opened = null;
                most = 0;
            }
        }
        if (opened != null) {
            alerts.add(alert(alerts.size() + 1, opened, null, now));
        }
        return alerts;
    }

    private OracleAlert alert(int episode, Instant opened, Instant resolved, int persons) {
        String system = facts.system();
        return new OracleAlert(
                AlertId.of(RULE, facts.operator(), "system", system, ""),
                RULE,
                facts.operator(),
                system,
                "system",
                system,
                "",
                episode,
                "VIOLATION",
                resolved == null ? "OPEN" : "RESOLVED",
                registry.number(RULE + ".severity", facts.operator(), Values.day(opened))
                        .intValueExact(),
                Values.day(opened),
                opened,
                resolved,
                null,
                BigDecimal.valueOf(persons),
                null,
                "persons",
                false,
                null,
                null);
    }
}
