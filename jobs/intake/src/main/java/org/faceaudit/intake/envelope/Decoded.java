package org.faceaudit.intake.envelope;

import java.util.List;
import java.util.Objects;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.intake.rows.RowChange;

/**
 * What became of one record: a change or a reject, exactly one of the two.
 *
 * @param change the change; {@code null} if the record was refused
 * @param reject the refusal; {@code null} if it was not
 * @param lacking the captured columns that the record should hold and does not, sorted; {@code null} for a record that need
 *     not hold all of a row: a delete tells the key alone, and an update of a binary log may leave out what did not change
 */
public record Decoded(RowChange change, Reject reject, List<String> lacking) {

    public Decoded {
        if ((change == null) == (reject == null)) {
            throw new IllegalArgumentException("a record is either a change or a reject");
        }
    }

    static Decoded of(RowChange change) {
        return of(change, null);
    }

    static Decoded of(RowChange change, List<String> lacking) {
        return new Decoded(Objects.requireNonNull(change, "change"), null, lacking);
    }

    static Decoded of(Reject reject) {
        return new Decoded(null, Objects.requireNonNull(reject, "reject"), null);
    }

    public boolean rejected() {
        return reject != null;
    }
}
