package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/**
 * That one image is to be deleted by a day, for one cause, during a time; half-open, {@code to} is {@code null} while it
 * lasts.
 *
 * @param stage how grave it is to keep it; {@code null} while the day is only to come
 * @param exempt whether a registered exception covers it during that time
 * @param exception id of the exception, or of the statement that makes a breach a suspicion; {@code null} for none
 * @param due last day
 * @param rests the changes without which it would not be so
 */
record ImageClaim(
        Cause cause,
        Stage stage,
        boolean exempt,
        String exception,
        LocalDate due,
        Instant from,
        Instant to,
        Set<OraclePosition> rests) {

    /** Why an image is to be deleted; of causes with one last day the first counts. */
    enum Cause {
        PERIOD_ENDED("period-ended"),
        PURPOSE_ENDED("purpose-ended"),
        CONSENT_WITHDRAWN("consent-withdrawn"),
        KEPT_AFTER_VERIFICATION("kept-after-verification"),
        AFTER_TERMINATION("after-termination");

        private final String id;

        Cause(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }

    /** How grave it is, the gravest last. */
    enum Stage {
        SUSPECTED,
        WARNING,
        VIOLATION
    }

    ImageClaim(Cause cause, Stage stage, LocalDate due, Instant from, Instant to, Set<OraclePosition> rests) {
        this(cause, stage, false, null, due, from, to, rests);
    }

    boolean covers(Instant at) {
        return !from.isAfter(at) && (to == null || to.isAfter(at));
    }

    /** Whether the image counts, and nothing exempts it. */
    boolean accuses() {
        return stage != null && !exempt;
    }

    /** Whether the cause has come about for certain, or surely will. */
    boolean certain() {
        return stage != Stage.SUSPECTED;
    }

    boolean counts(Stage wanted, boolean wantedExempt) {
        return stage == wanted && exempt == wantedExempt;
    }

    /** The part of it that lies within a time; {@code null} if there is none. */
    ImageClaim within(Instant begin, Instant end) {
        Instant later = Values.later(from, begin);
        Instant sooner = end == null ? to : to == null ? end : Values.earlier(to, end);
        return sooner != null && !sooner.isAfter(later)
                ? null
                : new ImageClaim(cause, stage, exempt, exception, due, later, sooner, rests);
    }

    /** The same for another time. */
    ImageClaim during(Instant begin, Instant end) {
        return new ImageClaim(cause, stage, exempt, exception, due, begin, end, rests);
    }

    ImageClaim dueOn(LocalDate day) {
        return new ImageClaim(cause, stage, exempt, exception, day, from, to, rests);
    }

    /** The same, covered by an exception. */
    ImageClaim covered(String by) {
        return new ImageClaim(cause, stage, true, by, due, from, to, rests);
    }

    ImageClaim suspected(String by) {
        return new ImageClaim(cause, Stage.SUSPECTED, exempt, by, due, from, to, rests);
    }

    /** The same, resting on more. */
    ImageClaim resting(Set<OraclePosition> more) {
        Set<OraclePosition> all = new HashSet<>(rests);
        all.addAll(more);
        return new ImageClaim(cause, stage, exempt, exception, due, from, to, all);
    }
}
