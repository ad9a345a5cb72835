package org.faceaudit.core.judgement;

import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.Duty;
import org.faceaudit.core.law.Operator;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.StatutoryDeadlines;

/** Names and dates as explanations spell them. */
final class Wording {

    /** Another biometric is no face (Art. 10), and whether it is proportionate no rule here judges. */
    static final String BIOMETRIC_ZH = ",其他方式均为其他生物识别,属于非人脸识别技术方式,是否必要、适度须另行判断";

    /** {@link #BIOMETRIC_ZH} in English. */
    static final String BIOMETRIC_EN =
            "; the other methods are biometric too, which is not the face, but whether they are proportionate is another"
                    + " question";

    private Wording() {}

    /**
     * So many of something in English.
     *
     * @param noun in the singular; its plural ends in s
     */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** So many of them something happened to: {@code 1 was}, {@code 2 were}. */
    static String were(long number) {
        return number + (number == 1 ? " was" : " were");
    }

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

    /** By which law to act on a change or an end, counted from when, and until when. */
    static String toDoZh(Duty duty, Deadline deadline) {
        return "依照《人脸识别技术应用安全管理办法》第十五条" + (duty == Duty.CHANGE ? "第三款" : "第四款") + "自" + deadline.trigger()
                + "起算,最迟应于" + deadline.dueOn() + (deadline.provisional() ? "(暂定,放假安排公布后重新计算)" : "")
                + (duty == Duty.CHANGE ? "办理备案变更手续" : "办理注销备案手续");
    }

    /** {@link #toDoZh} in English. */
    static String toDoEn(Duty duty, Deadline deadline) {
        return (duty == Duty.CHANGE ? "filing the change" : "deregistration") + " is due by " + deadline.dueOn()
                + (deadline.provisional() ? " (provisional until the holiday notice is published)" : "")
                + " under Art. 15 " + (duty == Duty.CHANGE ? "¶3" : "¶4") + " of the Measures, counted from "
                + deadline.trigger();
    }

    /**
     * What came of a duty that became late.
     *
     * @param gap while it was late
     * @param again whether something had been submitted before, and was returned or withdrawn
     */
    static String submittedZh(Submissions.Gap gap, Deadline deadline, boolean again) {
        if (again) {
            return gap.to() == null ? "曾提交,退回或者撤回后未见重新提交" : "曾提交,退回或者撤回后于" + gap.to() + "重新提交";
        }
        return gap.to() == null ? "登记中没有有效的按期提交" : "于" + gap.to() + "提交,逾期" + daysLate(gap, deadline) + "日";
    }

    /** {@link #submittedZh} in English. */
    static String submittedEn(Submissions.Gap gap, Deadline deadline, boolean again) {
        if (again) {
            return "it was submitted before and, returned or withdrawn, "
                    + (gap.to() == null ? "not again" : "again on " + gap.to());
        }
        return gap.to() == null
                ? "the registry holds no valid submission in time"
                : "it was submitted on " + gap.to() + ", " + count(daysLate(gap, deadline), "day") + " late";
    }

    private static int daysLate(Submissions.Gap gap, Deadline deadline) {
        return gap.to().epochDay() - deadline.dueOn().epochDay();
    }

    /** Who has taken over the duty (PIPL 22), empty while nobody has. */
    static String successorZh(String operator, Registry registry) {
        return registry.successors(operator).stream()
                .reduce((nearer, last) -> last)
                .map(last -> ";义务由承继者" + last.name() + "(" + last.id() + ")继续履行(《个人信息保护法》第二十二条)")
                .orElse("");
    }

    /** {@link #successorZh} in English. */
    static String successorEn(String operator, Registry registry) {
        return registry.successors(operator).stream()
                .reduce((nearer, last) -> last)
                .map(last -> "; the duty is now that of its successor " + last.name() + " (" + last.id() + ", PIPL 22)")
                .orElse("");
    }
}
