package org.faceaudit.runtime.fact;

import java.util.Objects;
import org.faceaudit.intake.rows.RowChange;

/**
 * A change on its way to the bucket that remembers its row.
 *
 * @param source {@code operator/system}
 * @param bucket a bucket of the source's rows
 */
public record RoutedChange(String source, int bucket, RowChange change) {

    public RoutedChange {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(change, "change");
    }

    /** The key that brings all changes of one bucket to one place, in order. */
    public String key() {
        return source + '/' + bucket;
    }
}
