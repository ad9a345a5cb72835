package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.judgement.ConsentHistory.Ending;

/**
 * The period that the person consented to has ended, and nothing else covers the face: an image may be kept under a separate
 * consent until that period is over (Art. 8 ¶2 of the Measures). VIOLATION from the legal day after its last, under the
 * cause {@code period-ended}. A consent that was withdrawn before is {@link ConsentWithdrawn}.
 */
final class ConsentExpired {

    private final ConsentHistory consents;

    ConsentExpired(ConsentHistory consents) {
        this.consents = consents;
    }

    List<ImageClaim> claims(StoredImage image) {
        List<ImageClaim> claims = new ArrayList<>();
        for (int i = 0; i < image.versions().size(); i++) {
            PersonToken person = image.versions().get(i).person();
            if (person == null) {
                continue;
            }
            Instant from = ImageClaim.later(image.from(i), image.presence().startLatest());
            for (ConsentHistory.Stretch stretch : consents.of(person)) {
                if (stretch.end() != null
                        && stretch.end().sure()
                        && stretch.end().ending() == Ending.EXPIRED) {
                    ImageClaim.add(
                            claims,
                            ImageCause.PERIOD_ENDED,
                            Verdict.VIOLATION,
                            stretch.end().day(),
                            ImageClaim.later(from, stretch.from()),
                            ImageClaim.earlier(image.to(i), stretch.to()),
                            stretch.end().positions());
                }
            }
        }
        return claims;
    }
}
