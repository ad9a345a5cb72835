package org.faceaudit.oracle;

import java.time.Instant;

/**
 * One verification as its row says; that the row is deleted later does not undo it.
 *
 * @param key the row's key
 * @param point the access point as the source names it; {@code null} if the row does not say
 * @param person token of who tried; {@code null} while unknown
 * @param earliest when it was made, at the earliest
 * @param latest at the latest; the same unless only a snapshot told of it, and no time with it
 * @param stated whether the row itself says when
 * @param method {@code FACE}, {@code CARD} or {@code QR}; {@code null} if the row says nothing readable
 * @param outcome {@code PASSED}, {@code FAILED} or {@code DECLINED}; {@code null} if the row says nothing readable
 */
record Verification(
        String key,
        String point,
        String person,
        Instant earliest,
        Instant latest,
        boolean stated,
        String method,
        String outcome) {

    static final String FACE = "FACE";
    static final String PASSED = "PASSED";
    static final String FAILED = "FAILED";
    static final String DECLINED = "DECLINED";

    /** Whether it is known when it was made. */
    boolean isDated() {
        return earliest.equals(latest);
    }

    boolean byFace() {
        return FACE.equals(method);
    }

    /** By something that is known to be no face. */
    boolean byOther() {
        return method != null && !byFace();
    }

    boolean was(String what) {
        return what.equals(outcome);
    }
}
