package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.faceaudit.core.event.Attempt;

/**
 * The attempts at one point that are judged, in the order of time.
 *
 * @param all told at a known instant, none later than what is known of the source
 * @param known how far the source is known
 */
record PointAttempts(List<Attempt> all, Instant known) {

    /** By when they were made, of one instant by their keys; for attempts whose instant is known. */
    static final Comparator<Attempt> IN_TIME =
            Comparator.comparing(PointAttempts::instant).thenComparing(Attempt::attemptKey);

    /** Of attempts in any order; later ones than what is known wake the judgement when they come to pass. */
    static PointAttempts of(Collection<Attempt> attempts, SealedPoint sealed, Instant known, Wake wake) {
        List<Attempt> all = attempts.stream()
                .filter(AttemptJudgements::concernsPoint)
                .filter(attempt -> !instant(attempt).isBefore(sealed.attemptsFrom()))
                .sorted(IN_TIME)
                .toList();
        int end = all.size();
        while (end > 0 && instant(all.get(end - 1)).isAfter(known)) {
            end--;
            wake.at(instant(all.get(end)));
        }
        return new PointAttempts(all.subList(0, end), known);
    }

    /** When an attempt was made whose instant is known. */
    static Instant instant(Attempt attempt) {
        return attempt.at().latest();
    }
}
