package org.faceaudit.core.judgement;

import java.util.Objects;
import org.faceaudit.core.alert.Verdict;

/**
 * How grave it is to miss a duty, and why no graver.
 *
 * @param owed whether the duty itself is certain
 * @param zh the reason in Chinese, empty for a violation
 * @param en the same in English
 */
record Gravity(Verdict verdict, boolean owed, String zh, String en) {

    static final Gravity VIOLATION = new Gravity(Verdict.VIOLATION, true, "", "");

    Gravity {
        Objects.requireNonNull(verdict, "verdict");
    }

    /** Suspected, since the duty is not certain. */
    static Gravity suspected(String zh, String en) {
        return new Gravity(Verdict.SUSPECTED, false, zh, en);
    }

    /** Suspected, though the duty is certain. */
    static Gravity suspected(Reason reason) {
        return new Gravity(
                Verdict.SUSPECTED, true, reason.zh() + ",须人工核实", "to be checked by a person: " + reason.en());
    }

    /** A warning: whether the law asks for it at all is arguable. */
    static Gravity warning(String zh, String en) {
        return new Gravity(Verdict.WARNING, false, zh, en);
    }
}
