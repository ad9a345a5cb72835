package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Derivation;

/**
 * All that follows from the facts of one scope now. Complete for its scope: an alert or a clock of an earlier result that
 * is missing here, or that has no episodes, turned out not to be.
 *
 * @param derivations every alert of the scope, with all its episodes
 * @param clocks every statutory deadline of the scope
 * @param wakeAt the earliest later instant of knowledge at which the result changes without any new fact; {@code null} for
 *     none
 */
public record Judged(List<Derivation> derivations, List<ClockState> clocks, Instant wakeAt) {

    /** Nothing is known yet. */
    public static final Judged NOTHING = new Judged(List.of(), List.of(), null);

    public Judged {
        derivations = List.copyOf(derivations);
        clocks = List.copyOf(clocks);
    }
}
