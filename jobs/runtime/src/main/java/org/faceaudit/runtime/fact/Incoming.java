package org.faceaudit.runtime.fact;

import java.util.List;
import java.util.Objects;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.intake.rows.RowChange;

/**
 * One record of a known source after decoding: a change or a reject, the other is {@code null}.
 *
 * @param source {@code operator/system}
 * @param lacking the captured columns that the change's row should hold and does not; {@code null} if it need not hold all
 */
public record Incoming(String source, RowChange change, Reject reject, List<String> lacking) {

    public Incoming {
        Objects.requireNonNull(source, "source");
        if ((change == null) == (reject == null)) {
            throw new IllegalArgumentException("a record is either read or rejected");
        }
    }

    /** A record of which nothing is known of what its row should hold. */
    public Incoming(String source, RowChange change, Reject reject) {
        this(source, change, reject, null);
    }
}
