package org.faceaudit.runtime.fact;

import java.util.List;
import java.util.Objects;
import org.faceaudit.intake.envelope.ChangeInPlace;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.intake.rows.RowChange;

/**
 * One record of a known source after decoding: a change, a change that still stands in its record, or a reject; the others are
 * {@code null}. One that stands in its record has to be written before the next record is decoded: {@link #kept} is the same
 * for whoever waits.
 *
 * @param source {@code operator/system}
 * @param lacking the captured columns that the change's row should hold and does not; {@code null} if it need not hold all
 * @param inPlace the decoder's own
 * @param reading which record {@code inPlace} was about, 0 without it
 */
public record Incoming(
        String source, RowChange change, Reject reject, List<String> lacking, ChangeInPlace inPlace, long reading) {

    public Incoming {
        Objects.requireNonNull(source, "source");
        int told = (change == null ? 0 : 1) + (inPlace == null ? 0 : 1) + (reject == null ? 0 : 1);
        if (told != 1) {
            throw new IllegalArgumentException("a record is either read or rejected");
        }
    }

    /** A change or a reject, the other {@code null}. */
    public Incoming(String source, RowChange change, Reject reject, List<String> lacking) {
        this(source, change, reject, lacking, null, 0);
    }

    /** A record of which nothing is known of what its row should hold. */
    public Incoming(String source, RowChange change, Reject reject) {
        this(source, change, reject, null);
    }

    /** A change where it stands. */
    public Incoming(String source, ChangeInPlace inPlace) {
        this(source, null, null, inPlace.lacking(), inPlace, inPlace.reading());
    }

    /**
     * The change that still stands in its record.
     *
     * @throws IllegalStateException if the next record has been decoded: what stands there now is another change
     */
    public ChangeInPlace inPlace() {
        if (inPlace != null && inPlace.reading() != reading) {
            throw new IllegalStateException(
                    "the record of " + source + " was not written before the next one was read");
        }
        return inPlace;
    }

    /** The same, whatever is decoded next. */
    public Incoming kept() {
        ChangeInPlace standing = inPlace();
        return standing == null ? this : new Incoming(source, standing.change(), reject, lacking);
    }
}
