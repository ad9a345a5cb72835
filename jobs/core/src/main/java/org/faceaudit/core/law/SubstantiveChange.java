package org.faceaudit.core.law;

import java.util.Objects;

/**
 * A substantive change of filed information (Art. 15 ¶3).
 *
 * @param field what changed
 * @param changedOn the legal day of the change
 * @param note free remark, {@code null} for none
 */
public record SubstantiveChange(String id, String operatorId, String field, LegalDay changedOn, String note) {

    public SubstantiveChange {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(operatorId, "operatorId");
        Objects.requireNonNull(changedOn, "changedOn");
    }
}
