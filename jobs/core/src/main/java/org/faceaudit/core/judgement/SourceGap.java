package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Resnapshot;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Reconciliation;
import org.faceaudit.core.law.Registry;

/**
 * The record of a source has a gap (Art. 9 ¶1 of the Measures): UNKNOWN, for whatever is judged of that source rests on an
 * incomplete record. Either its tables were read anew although its log had been followed before, for the log was lost or the
 * source is another incarnation: the gap runs from where the source was known to the instant whose state the new snapshot
 * shows, and is open until that has been read to its end. Or a reconciliation found other numbers in the source than in what
 * was captured of it: the gap runs to the next reconciliation that agrees, and tells the newest difference. Each is an
 * episode of its own, in the order in which they began.
 *
 * <p>Known gaps: a log that is lost and not replaced by a snapshot is a silent source ({@link SourceSilent}), not a gap.
 * Equal counts may hide a row lost beside one too many. What happened inside a gap stays unknown.
 */
final class SourceGap {

    static final String RULE_ID = "source-gap";

    private final String operator;
    private final String system;
    private final Registry registry;

    private SourceGap(String operator, String system, Registry registry) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
    }

    /**
     * Derives the alert of one source.
     *
     * @param resnapshots the snapshots that replaced its log
     */
    static Derivation derive(String operator, String system, Collection<Resnapshot> resnapshots, Registry registry) {
        SourceGap rule = new SourceGap(operator, system, registry);
        List<Gap> gaps = new ArrayList<>();
        resnapshots.forEach(resnapshot -> rule.take(resnapshot, gaps));
        rule.takeReconciliations(gaps);
        gaps.sort(Comparator.comparing(Gap::from).thenComparing(Gap::reconciled));
        List<Episode> episodes = new ArrayList<>();
        for (Gap gap : gaps) {
            episodes.add(gap.draft().ordinal(episodes.size() + 1).build());
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "source", system, ""), episodes);
    }

    /** A gap on its way to an episode. */
    private record Gap(Instant from, boolean reconciled, EpisodeDraft draft) {}

    private void take(Resnapshot resnapshot, List<Gap> gaps) {
        Instant inForce = registry.inForce().start();
        Instant from = resnapshot.knownBefore().isBefore(inForce) ? inForce : resnapshot.knownBefore();
        if (!from.isBefore(resnapshot.takenAt())) {
            return;
        }
        String between = resnapshot.knownBefore() + "–" + resnapshot.takenAt();
        gaps.add(new Gap(
                from,
                false,
                draft(from)
                        .resolvedAt(resnapshot.done() ? resnapshot.takenAt() : null)
                        .explained(
                                Wording.name(operator, registry) + "的系统" + system + "的来源变更日志中断,已重新全量读取:" + between
                                        + "之间来了又去的数据无从得知,仍在者的时间只知其界"
                                        + (resnapshot.done() ? "" : ";全量读取尚未完成") + "。",
                                "The log of the source of system " + system + " of " + Wording.name(operator, registry)
                                        + " broke off and its tables were read anew: what came and went within "
                                        + between
                                        + " is unknown, and of what is still there the time is known by its bounds only"
                                        + (resnapshot.done() ? "" : "; the reading has not ended yet") + ".")
                        .evidence(new Evidence(List.of(resnapshot.place()), from, resnapshot.takenAt(), 0, null))));
    }

    private EpisodeDraft draft(Instant from) {
        LegalDay day = LegalDay.of(from);
        return EpisodeDraft.in(registry)
                .system(system)
                .verdict(Verdict.UNKNOWN)
                .occurredOn(day)
                .openedAt(from)
                .severity(registry.integer(RULE_ID + ".severity", operator, day));
    }

    private void takeReconciliations(List<Gap> gaps) {
        Reconciliation first = null;
        Reconciliation newest = null;
        for (Reconciliation reconciliation : registry.reconciliations(operator)) {
            if (!reconciliation.systemId().equals(system)) {
                continue;
            }
            if (!reconciliation.agrees()) {
                first = first == null ? reconciliation : first;
                newest = reconciliation;
            } else if (first != null) {
                gaps.add(reconciled(first, newest, reconciliation));
                first = null;
            }
        }
        if (first != null) {
            gaps.add(reconciled(first, newest, null));
        }
    }

    /**
     * A gap found by reconciliation.
     *
     * @param first the first that differs
     * @param newest the newest that differs
     * @param agreed the next that agrees, {@code null} for none yet
     */
    private Gap reconciled(Reconciliation first, Reconciliation newest, Reconciliation agreed) {
        boolean rows = newest.rowsSource() != newest.rowsHere();
        long source = rows ? newest.rowsSource() : newest.personsSource();
        long here = rows ? newest.rowsHere() : newest.personsHere();
        List<Position> positions = new ArrayList<>(List.of(first.position(), newest.position()));
        if (agreed != null) {
            positions.add(agreed.position());
        }
        return new Gap(
                first.checkedAt(),
                true,
                draft(first.checkedAt())
                        .resolvedAt(agreed == null ? null : agreed.checkedAt())
                        .measured(Math.abs(source - here), null, rows ? "rows" : "persons")
                        .explained(zh(newest, agreed), en(newest, agreed))
                        .evidence(Evidence.of(Positions.sorted(positions))));
    }

    private String zh(Reconciliation newest, Reconciliation agreed) {
        return Wording.name(operator, registry) + "的系统" + system + "于" + day(newest.checkedAt()) + "对账不符:日志位置"
                + newest.logPosition() + "处,来源有" + newest.rowsSource() + "行、" + newest.personsSource() + "人,采集记录为"
                + newest.rowsHere() + "行、" + newest.personsHere() + "人;该来源的判定依据不完整,须人工核实"
                + (agreed == null ? "" : ";" + day(agreed.checkedAt()) + "对账已相符") + "。";
    }

    private String en(Reconciliation newest, Reconciliation agreed) {
        return "The source of system " + system + " of " + Wording.name(operator, registry) + " was reconciled on "
                + day(newest.checkedAt()) + " and differs: at log position " + newest.logPosition() + " it holds "
                + Wording.count(newest.rowsSource(), "row") + " and " + Wording.count(newest.personsSource(), "person")
                + ", what was captured says "
                + Wording.count(newest.rowsHere(), "row") + " and " + Wording.count(newest.personsHere(), "person")
                + "; what is judged of this source rests on an incomplete record, to be checked by a person"
                + (agreed == null ? "" : "; it agreed again on " + day(agreed.checkedAt())) + ".";
    }

    private static LegalDay day(Instant at) {
        return LegalDay.of(at);
    }
}
