package org.faceaudit.core.event;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a row of an operator's own database says of one scene in which it applies face recognition, as it stands now. It joins
 * what the registry has of the operator's uses (Art. 15 ¶4 of the Measures).
 *
 * @param operator the audited company
 * @param system whose database says so
 * @param useKey stable id of the row within the system, {@code schema.table/key}
 * @param mappingVersion hash of the mapping that read it
 * @param present {@code false} once the row is gone, or none of the operator's
 * @param scene what it is used for
 * @param startedOn first legal day of use
 * @param terminatedOn the legal day on which the use ended, also one that is only planned; ABSENT while in use. UNKNOWN neither
 *     ends the use nor says that it goes on
 * @param position the newest change of the row
 */
public record DeclaredUse(
        String operator,
        String system,
        String useKey,
        String mappingVersion,
        boolean present,
        FieldValue scene,
        DayValue startedOn,
        DayValue terminatedOn,
        Position position) {

    /** The table of {@link #asRow}: no table of the registry is called so. */
    public static final String TABLE = "declared_use";

    /** The column that is there when nobody knows whether the use ended. */
    public static final String END_UNKNOWN = "end_unknown";

    public DeclaredUse {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(useKey, "useKey");
        Objects.requireNonNull(scene, "scene");
        Objects.requireNonNull(startedOn, "startedOn");
        Objects.requireNonNull(terminatedOn, "terminatedOn");
        Objects.requireNonNull(position, "position");
    }

    /** The row beside those of the registry, with an id that none of those has. */
    public RegistryChange asRow() {
        Map<String, String> values = new HashMap<>();
        String id = DeclaredId.of(system, useKey);
        values.put("id", id);
        values.put("operator_id", operator);
        if (scene.state() == FieldState.PRESENT) {
            values.put("scene", scene.text());
        }
        DeclaredId.put(values, "started_on", startedOn);
        DeclaredId.put(values, "terminated_on", terminatedOn);
        if (terminatedOn.state() == FieldState.UNKNOWN) {
            values.put(END_UNKNOWN, "true");
        }
        return new RegistryChange(TABLE, operator + '/' + id, present, values, position);
    }
}
