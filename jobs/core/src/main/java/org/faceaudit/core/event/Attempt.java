package org.faceaudit.core.event;

import java.util.Objects;

/**
 * One verification at an access point, as its row says now. That the row is deleted later does not undo it; a corrected row
 * replaces what was told before of the same {@code attemptKey}.
 *
 * @param operator the audited company
 * @param system the recognition product instance
 * @param attemptKey stable id of the attempt within the system (table and encoded key); tells nothing of a person
 * @param pointId the access point's id as {@link AccessPoint#pointId} spells it; {@code null} if the row does not say
 * @param person who tried; {@code null} while unknown
 * @param at when it was made: the operator's own time if mapped and readable, else the commit
 * @param method the method tried, in the vocabulary of {@link AccessPointVersion#methods}; {@code null} if unreadable or not
 *     mapped
 * @param outcome {@code null} if unreadable or not mapped: then nothing follows from the attempt but that it was made
 * @param mappingVersion hash of the mapping that read it
 * @param position the change it rests on
 */
public record Attempt(
        String operator,
        String system,
        String attemptKey,
        String pointId,
        PersonToken person,
        TimeBounds at,
        String method,
        AttemptOutcome outcome,
        String mappingVersion,
        Position position) {

    public Attempt {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(attemptKey, "attemptKey");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(position, "position");
    }
}
