package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Reconciliation;
import org.faceaudit.core.law.Registry;

/**
 * A reconciliation found other numbers in a source than in what was captured of it (Art. 9 ¶1 of the Measures): UNKNOWN, for
 * whatever is judged of that source rests on an incomplete record. An episode runs from the first reconciliation that differs
 * to the next that agrees; it tells the newest difference.
 *
 * <p>Known gaps: somebody has to reconcile; a lost slot, a purged log and a restored source are not noticed by this rule.
 * Equal counts may hide a row lost beside one too many.
 */
final class SourceGap {

    static final String RULE_ID = "source-gap";

    private final String operator;
    private final String system;
    private final Registry registry;
    private final List<Episode> episodes = new ArrayList<>();
    /** The first and the newest reconciliation of the open episode that differ; {@code null} while none is open. */
    private Reconciliation first;

    private Reconciliation newest;

    private SourceGap(String operator, String system, Registry registry) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
    }

    /** Derives one alert per system that was ever reconciled, by system. */
    static List<Derivation> derive(String operator, Registry registry) {
        Map<String, SourceGap> systems = new TreeMap<>();
        for (Reconciliation reconciliation : registry.reconciliations(operator)) {
            systems.computeIfAbsent(reconciliation.systemId(), system -> new SourceGap(operator, system, registry))
                    .take(reconciliation);
        }
        return systems.values().stream().map(SourceGap::derivation).toList();
    }

    private void take(Reconciliation reconciliation) {
        if (!reconciliation.agrees()) {
            first = first == null ? reconciliation : first;
            newest = reconciliation;
        } else if (first != null) {
            close(reconciliation);
        }
    }

    private Derivation derivation() {
        if (first != null) {
            close(null);
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "source", system, ""), episodes);
    }

    private void close(Reconciliation agreed) {
        LegalDay day = LegalDay.of(first.checkedAt());
        boolean rows = newest.rowsSource() != newest.rowsHere();
        long source = rows ? newest.rowsSource() : newest.personsSource();
        long here = rows ? newest.rowsHere() : newest.personsHere();
        episodes.add(EpisodeDraft.in(registry)
                .ordinal(episodes.size() + 1)
                .system(system)
                .verdict(Verdict.UNKNOWN)
                .occurredOn(day)
                .openedAt(first.checkedAt())
                .resolvedAt(agreed == null ? null : agreed.checkedAt())
                .severity(registry.integer(RULE_ID + ".severity", operator, day))
                .measured(Math.abs(source - here), null, rows ? "rows" : "persons")
                .explained(zh(agreed), en(agreed))
                .evidence(Evidence.of(Positions.sorted(positions(agreed))))
                .build());
        first = null;
        newest = null;
    }

    private List<Position> positions(Reconciliation agreed) {
        return agreed == null
                ? List.of(first.position(), newest.position())
                : List.of(first.position(), newest.position(), agreed.position());
    }

    private String zh(Reconciliation agreed) {
        return Wording.name(operator, registry) + "的系统" + system + "于" + day(newest.checkedAt()) + "对账不符:日志位置"
                + newest.logPosition() + "处,来源有" + newest.rowsSource() + "行、" + newest.personsSource() + "人,采集记录为"
                + newest.rowsHere() + "行、" + newest.personsHere() + "人;该来源的判定依据不完整,须人工核实"
                + (agreed == null ? "" : ";" + day(agreed.checkedAt()) + "对账已相符") + "。";
    }

    private String en(Reconciliation agreed) {
        return "The source of system " + system + " of " + Wording.name(operator, registry) + " was reconciled on "
                + day(newest.checkedAt()) + " and differs: at log position " + newest.logPosition() + " it holds "
                + newest.rowsSource() + " rows and " + newest.personsSource() + " persons, what was captured says "
                + newest.rowsHere() + " rows and " + newest.personsHere()
                + " persons; what is judged of this source rests on an incomplete record, to be checked by a person"
                + (agreed == null ? "" : "; it agreed again on " + day(agreed.checkedAt())) + ".";
    }

    private static LegalDay day(Instant at) {
        return LegalDay.of(at);
    }
}
