package org.faceaudit.intake.envelope;

import java.util.Objects;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.intake.rows.RowChange;

/**
 * What became of one record: exactly one of the two.
 *
 * @param change the change; {@code null} if the record was refused
 * @param reject the refusal; {@code null} if it was not
 */
public record Decoded(RowChange change, Reject reject) {

    public Decoded {
        if ((change == null) == (reject == null)) {
            throw new IllegalArgumentException("a record is either a change or a reject");
        }
    }

    static Decoded of(RowChange change) {
        return new Decoded(Objects.requireNonNull(change, "change"), null);
    }

    static Decoded of(Reject reject) {
        return new Decoded(null, Objects.requireNonNull(reject, "reject"));
    }

    public boolean rejected() {
        return reject != null;
    }
}
