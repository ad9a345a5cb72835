package org.faceaudit.core.judgement;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.Registry;

/**
 * No filing was submitted by the end of the last day (Art. 15 ¶1): VIOLATION from the next legal day when even the
 * latest possible deadline has passed. SUSPECTED when only the earliest has, when a submission in time was returned or went
 * to the wrong authority, when the operator deregistered or its stock fell below the threshold before the last day, when
 * a successor was on file already, or when the operator's own records say that it was submitted in time. A late submission resolves it at the start of its legal day; its return or withdrawal
 * begins the next episode, suspected only: it had been submitted.
 *
 * <p>Known gaps: regional days off (放假办法 Art. 4) are no part of the national calendar.
 */
final class FilingOverdue {

    static final String RULE_ID = "filing-overdue";

    private FilingOverdue() {}

    static AlertKey key(String operator, StorageCycle cycle) {
        return new AlertKey(RULE_ID, operator, "operator", operator, cycle.trigger());
    }

    static Derivation derive(String operator, FilingClock clock, Registry registry) {
        List<Submissions.Gap> gaps = clock.gaps(clock.counted());
        List<Episode> episodes = new ArrayList<>();
        for (Submissions.Gap gap : gaps) {
            episodes.add(episode(episodes.size() + 1, operator, clock, gap, registry));
        }
        return new Derivation(key(operator, clock.cycle()), episodes);
    }

    private static Episode episode(
            int ordinal, String operator, FilingClock clock, Submissions.Gap gap, Registry registry) {
        Deadline deadline = clock.counted();
        Doubt doubt = clock.doubt(deadline, gap);
        boolean again = doubt == Doubt.RETURNED;
        Filing declared = doubt == Doubt.DECLARED ? clock.declared() : null;
        Reason reason = Reason.of(doubt, declared);
        List<Position> positions = new ArrayList<>(clock.positions());
        if (declared != null) {
            positions.add(declared.position());
        }
        String name = Wording.name(operator, registry);
        String zh = name + clock.trigger().reachedZh("法定存储数量", registry) + ","
                + Wording.toFileZh(deadline, registry) + ","
                + Wording.submittedZh(gap, deadline, again)
                + (doubt == null ? "" : ";" + reason.zh() + ",须人工核实")
                + Wording.successorZh(operator, registry) + "。";
        String en = name + " " + clock.trigger().reachedEn("the threshold", registry) + "; "
                + Wording.toFileEn(deadline, registry) + "; "
                + Wording.submittedEn(gap, deadline, again)
                + (doubt == null ? "" : "; to be checked by a person: " + reason.en())
                + Wording.successorEn(operator, registry) + ".";
        return EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .verdict(doubt == null ? Verdict.VIOLATION : Verdict.SUSPECTED)
                .occurredOn(gap.from())
                .openedAt(gap.from().start())
                .resolvedAt(gap.to() == null ? null : gap.to().start())
                .severity(RULE_ID, operator)
                .due(deadline)
                .explained(zh, en)
                .evidence(new Evidence(
                        Positions.sorted(positions),
                        clock.trigger().earliest().at(),
                        gap.from().start(),
                        0,
                        null))
                .build();
    }
}
