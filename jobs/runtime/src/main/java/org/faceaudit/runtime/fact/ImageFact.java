package org.faceaudit.runtime.fact;

import java.util.Objects;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;

/**
 * A record or a purpose of one person in one system; replaces what was told before of the same entry. Both {@code null}:
 * the entry is this person's no longer.
 *
 * @param source {@code operator/system}
 * @param scope the person within the source, or the record while its person is unknown
 * @param entry names the record or purpose within the scope
 */
public record ImageFact(String source, String scope, String entry, FaceRecord record, Purpose purpose) {

    public ImageFact {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(entry, "entry");
    }

    /** The key that brings all facts of one person to one place. */
    public String key() {
        return source + '/' + scope;
    }
}
