package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;

/**
 * The notified retention period has ended (Art. 5 (2), Art. 8 ¶2 of the Measures): the last day is the one the operator
 * states, else so many calendar days after the day of storage. The period that the person consented to is another, see
 * {@link ConsentExpired}. VIOLATION from the next legal day; SUSPECTED while only
 * the earliest possible last day has passed.
 */
final class PeriodEnded {

    private PeriodEnded() {}

    static List<ImageClaim> claims(StoredImage image) {
        List<ImageClaim> claims = new ArrayList<>();
        for (int i = 0; i < image.versions().size(); i++) {
            FaceRecordVersion version = image.versions().get(i);
            LegalDay low = version.retainUntil();
            LegalDay high = version.retainUntil();
            if (low == null && version.retentionDays() != null) {
                low = LegalDay.of(image.presence().startEarliest()).plusDays(version.retentionDays());
                high = LegalDay.of(image.presence().startLatest()).plusDays(version.retentionDays());
            }
            if (low == null) {
                continue;
            }
            Instant surely = ImageClaim.later(image.from(i), image.presence().startLatest());
            Instant begins = low.equals(high) ? surely : image.from(i);
            Instant ends = image.to(i);
            Instant perhaps = ImageClaim.later(low.plusDays(1).start(), begins);
            Instant certain = ImageClaim.later(high.plusDays(1).start(), surely);
            ImageCause cause = ImageCause.PERIOD_ENDED;
            List<Position> stated = List.of(image.periodStatedBy(i));
            ImageClaim.add(claims, cause, null, low, begins, ImageClaim.earlier(perhaps, ends), stated);
            ImageClaim.add(claims, cause, Verdict.SUSPECTED, low, perhaps, ImageClaim.earlier(certain, ends), stated);
            ImageClaim.add(claims, cause, Verdict.VIOLATION, high, certain, ends, stated);
        }
        return claims;
    }
}
