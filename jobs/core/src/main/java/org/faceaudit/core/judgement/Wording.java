package org.faceaudit.core.judgement;

import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.Operator;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.StatutoryDeadlines;

/** Names and dates as explanations spell them. */
final class Wording {

    private Wording() {}

    /** The operator's registered name, or its id while the registry does not know it. */
    static String name(String operator, Registry registry) {
        return registry.operator(operator).map(Operator::name).orElse(operator);
    }

    /**
     * By which law to file, counted from when, and until when: the last day itself is in time. The date that the
     * announcement fixes for older stocks is counted from no day; one past the last notice is said to be provisional.
     */
    static String toFileZh(Deadline deadline, Registry registry) {
        return "依照" + registry.law().filingZh()
                + (StatutoryDeadlines.legacyFiling(deadline.trigger(), registry)
                        ? "和《关于开展人脸识别技术应用备案工作的公告》第二条第(二)项"
                        : "自" + deadline.trigger() + "起算")
                + ",最迟应于" + deadline.dueOn() + (deadline.provisional() ? "(暂定,放假安排公布后重新计算)" : "")
                + "履行备案手续";
    }

    /** {@link #toFileZh} in English. */
    static String toFileEn(Deadline deadline, Registry registry) {
        return "filing is due by " + deadline.dueOn()
                + (deadline.provisional() ? " (provisional until the holiday notice is published)" : "")
                + " under " + registry.law().filingEn()
                + (StatutoryDeadlines.legacyFiling(deadline.trigger(), registry)
                        ? " and no. 2 (2) of the announcement on filing"
                        : ", counted from " + deadline.trigger());
    }
}
