package org.faceaudit.core.judgement;

import org.faceaudit.core.law.Filing;

/**
 * A {@link Doubt} in words, with the day and the authority where they are known.
 *
 * @param zh in Chinese
 * @param en in English
 */
record Reason(String zh, String en) {

    /**
     * Why a lateness is suspected only.
     *
     * @param doubt {@code null} for nothing
     * @param declared what the operator's own records say was submitted, for {@link Doubt#DECLARED}; else {@code null}
     */
    static Reason of(Doubt doubt, Filing declared) {
        if (doubt == null) {
            return new Reason("", "");
        }
        if (declared == null) {
            return new Reason(doubt.zh(), doubt.en());
        }
        boolean addressed = declared.authority() != null;
        return new Reason(
                "处理者自身记录称其已于" + declared.submittedOn() + (addressed ? "向" + declared.authority() : "") + "提交,登记中未见该提交",
                "the operator's own records say it filed on " + declared.submittedOn()
                        + (addressed ? " with " + declared.authority() : "")
                        + "; the register knows of no such filing");
    }
}
