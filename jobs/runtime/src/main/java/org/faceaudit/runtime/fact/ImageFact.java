package org.faceaudit.runtime.fact;

import java.util.Objects;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;

/**
 * A record, a purpose or a consent of one person in one system; replaces what was told before of the same entry. All {@code
 * null}: the entry is this person's no longer.
 *
 * @param source {@code operator/system}
 * @param scope the person within the source, or the record while its person is unknown
 * @param entry names the record, purpose or consent within the scope
 */
public record ImageFact(
        String source, String scope, String entry, FaceRecord record, Purpose purpose, Consent consent) {

    /** Enough to spread one source over a cluster, few enough that a thousand images share what a bucket costs. */
    private static final int BUCKETS = 1 << 6;

    public ImageFact {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(entry, "entry");
    }

    static ImageFact of(String source, String scope, String entry, FaceRecord record) {
        return new ImageFact(source, scope, entry, record, null, null);
    }

    static ImageFact of(String source, String scope, String entry, Purpose purpose) {
        return new ImageFact(source, scope, entry, null, purpose, null);
    }

    static ImageFact of(String source, String scope, String entry, Consent consent) {
        return new ImageFact(source, scope, entry, null, null, consent);
    }

    static ImageFact gone(String source, String scope, String entry) {
        return new ImageFact(source, scope, entry, null, null, null);
    }

    /** Whether the entry is this person's no longer. */
    public boolean isGone() {
        return record == null && purpose == null && consent == null;
    }

    /** The key that brings all facts of one person to one place: persons of one source are spread over buckets. */
    public String key() {
        return source + '/' + Math.floorMod(scope.hashCode(), BUCKETS);
    }
}
