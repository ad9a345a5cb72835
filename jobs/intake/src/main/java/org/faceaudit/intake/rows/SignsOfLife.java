package org.faceaudit.intake.rows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.SourceSilence;

/**
 * Listens to one source in the order of its topic: when it gave a sign of life, and where it gave none for long. Every change
 * is a sign, a heartbeat, a row of a snapshot and a change of a table that nobody maps alike. A change that is read again
 * gives no new sign.
 */
public final class SignsOfLife {

    private final String operator;
    private final String system;
    private final Duration shortest;
    private final Instant asOf;
    private final List<SourceSilence> over = new ArrayList<>();
    private Instant at;
    private Position position;

    /**
     * Listens on.
     *
     * @param last what {@link #newest} said when it was left; {@code null} for a new source
     * @param shortest spans no longer than this are not noted
     * @param asOf what was committed later is not heard; {@code null} for everything
     */
    public SignsOfLife(String operator, String system, SourceSilence last, Duration shortest, Instant asOf) {
        this.operator = Objects.requireNonNull(operator, "operator");
        this.system = Objects.requireNonNull(system, "system");
        this.shortest = Objects.requireNonNull(shortest, "shortest");
        this.asOf = asOf;
        if (last != null) {
            at = last.from();
            position = last.last();
        }
    }

    /** Hears the next change of the topic. */
    public void accept(RowChange change) {
        Instant committed = change.position().committedAt();
        Instant appended = Instant.ofEpochMilli(change.appendedAtMillis());
        Instant sign = committed.isAfter(appended) ? appended : committed;
        if ((asOf != null && sign.isAfter(asOf)) || (at != null && !sign.isAfter(at))) {
            return;
        }
        if (at != null && Duration.between(at, sign).compareTo(shortest) > 0) {
            over.add(new SourceSilence(operator, system, at, position, sign, change.position(), true));
        }
        at = sign;
        position = change.position();
    }

    /** The spans that ended since this was asked last, in the order of time. */
    public List<SourceSilence> over() {
        List<SourceSilence> told = List.copyOf(over);
        over.clear();
        return told;
    }

    /**
     * The span since the last sign; {@code null} before the first.
     *
     * @param settled whether the topic has been read to its end
     */
    public SourceSilence newest(boolean settled) {
        return at == null ? null : new SourceSilence(operator, system, at, position, null, null, settled);
    }
}
