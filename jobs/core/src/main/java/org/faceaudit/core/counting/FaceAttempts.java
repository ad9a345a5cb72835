package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * The attempts by face that one part of a system's log tells of a legal day, in the place of what was told before of the same
 * part and day.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param part a part of the log; the parts of a day add up
 * @param day the legal day
 * @param count how many there were; 0 for none any more
 * @param first when the first of them was made; of no meaning when there are none
 * @param hash sum of the 64-bit hashes of the attempts, wrapping
 */
public record FaceAttempts(
        String operator, String system, int part, LegalDay day, int count, Instant first, long hash) {

    public FaceAttempts {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(day, "day");
        Objects.requireNonNull(first, "first");
    }
}
