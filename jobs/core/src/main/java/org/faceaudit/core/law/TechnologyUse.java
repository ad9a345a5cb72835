package org.faceaudit.core.law;

import java.util.Objects;

/**
 * One scene in which an operator applies face recognition.
 *
 * @param scene what it is used for
 * @param startedOn first legal day of use, {@code null} if unknown
 * @param terminatedOn last legal day of use, {@code null} while in use
 */
public record TechnologyUse(String id, String operatorId, String scene, LegalDay startedOn, LegalDay terminatedOn) {

    public TechnologyUse {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(operatorId, "operatorId");
    }
}
