package org.faceaudit.runtime.fact;

import java.util.Objects;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.intake.rows.RowChange;

/**
 * One record of a known source after decoding. Exactly one of the two stands, the other is {@code null}.
 *
 * @param source {@code operator/system}
 */
public record Incoming(String source, RowChange change, Reject reject) {

    public Incoming {
        Objects.requireNonNull(source, "source");
        if ((change == null) == (reject == null)) {
            throw new IllegalArgumentException("a record is either read or rejected");
        }
    }
}
