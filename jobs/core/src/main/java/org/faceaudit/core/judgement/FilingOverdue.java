package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * No filing was submitted by the end of the last day (Art. 15 ¶1): VIOLATION from the next legal day when even the
 * latest possible deadline has passed. SUSPECTED when only the earliest has, when a submission in time was returned or went
 * to the wrong authority, when the operator deregistered or its stock fell below the threshold before the last day. A late
 * submission resolves it at the start of its legal day.
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
        AlertKey key = key(operator, clock.cycle());
        Deadline deadline = clock.counted();
        if (!clock.late(deadline)) {
            return new Derivation(key, List.of());
        }
        boolean violation = clock.violation();
        LegalDay lateFrom = clock.lateFrom(deadline);
        Filing submission = clock.submission();
        Instant resolvedAt =
                submission == null ? null : submission.submittedOn().start();
        String name = Wording.name(operator, registry);
        String zh = name + clock.trigger().reachedZh("法定存储数量", registry) + ","
                + Wording.toFileZh(deadline, registry) + ","
                + submittedZh(clock, submission, deadline)
                + (violation ? "" : ";" + clock.doubt().zh() + ",须人工核实") + "。";
        String en = name + " " + clock.trigger().reachedEn("the threshold", registry) + "; "
                + Wording.toFileEn(deadline, registry) + "; "
                + submittedEn(clock, submission, deadline)
                + (violation
                        ? ""
                        : "; to be checked by a person: " + clock.doubt().en()) + ".";
        return new Derivation(
                key,
                List.of(EpisodeDraft.in(registry)
                        .verdict(violation ? Verdict.VIOLATION : Verdict.SUSPECTED)
                        .occurredOn(lateFrom)
                        .openedAt(lateFrom.start())
                        .resolvedAt(resolvedAt)
                        .severity(RULE_ID, operator)
                        .due(deadline)
                        .explained(zh, en)
                        .evidence(new Evidence(
                                Positions.sorted(clock.submissions()),
                                clock.trigger().earliest().at(),
                                lateFrom.start(),
                                0,
                                null))
                        .build()));
    }

    /** Who filed in time and was sent back is not said to have filed so many days late. */
    private static String submittedZh(FilingClock clock, Filing submission, Deadline deadline) {
        if (submission == null) {
            return "登记中没有有效的按期提交";
        }
        if (clock.doubt() == FilingClock.Doubt.RETURNED) {
            return "曾按期提交,退回后于" + submission.submittedOn() + "重新提交";
        }
        return "于" + submission.submittedOn() + "提交,逾期" + daysLate(submission, deadline) + "日";
    }

    private static String submittedEn(FilingClock clock, Filing submission, Deadline deadline) {
        if (submission == null) {
            return "the registry holds no valid submission in time";
        }
        if (clock.doubt() == FilingClock.Doubt.RETURNED) {
            return "it was submitted in time and, once returned, again on " + submission.submittedOn();
        }
        return "it was submitted on " + submission.submittedOn() + ", " + daysLate(submission, deadline) + " days late";
    }

    private static int daysLate(Filing submission, Deadline deadline) {
        return submission.submittedOn().epochDay() - deadline.dueOn().epochDay();
    }
}
