package org.faceaudit.core.law;

import java.util.Objects;
import org.faceaudit.core.event.Position;

/**
 * A substantive change of filed information (Art. 15 ¶3).
 *
 * @param field what changed; whether that is substantive, parameters say
 * @param changedOn the legal day of the change
 * @param note free remark, {@code null} for none
 * @param position the change this state of the row rests on
 */
public record SubstantiveChange(
        String id, String operatorId, String field, LegalDay changedOn, String note, Position position) {

    public SubstantiveChange {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(operatorId, "operatorId");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(changedOn, "changedOn");
    }
}
