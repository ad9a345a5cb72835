package org.faceaudit.core.event;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a row of an operator's own database says that the operator filed, as it stands now. It is the operator's word and not the
 * authority's: the registry decides (Art. 15 of the Measures).
 *
 * @param operator the audited company
 * @param system whose database says so
 * @param filingKey stable id of the row within the system, {@code schema.table/key}
 * @param mappingVersion hash of the mapping that read it
 * @param present {@code false} once the row is gone, or none of the operator's
 * @param kind {@code INITIAL}, {@code CHANGE} or {@code DEREGISTRATION}
 * @param submittedOn legal day of submission; never later than the change that tells it
 * @param returnedOn legal day of the return for correction
 * @param acceptedOn legal day of the acceptance
 * @param withdrawnOn legal day of the withdrawal
 * @param authority GB/T 2260 code of the authority
 * @param declaredPersons persons declared as stored, a whole number not below zero
 * @param position the newest change of the row
 */
public record DeclaredFiling(
        String operator,
        String system,
        String filingKey,
        String mappingVersion,
        boolean present,
        FieldValue kind,
        DayValue submittedOn,
        DayValue returnedOn,
        DayValue acceptedOn,
        DayValue withdrawnOn,
        FieldValue authority,
        FieldValue declaredPersons,
        Position position) {

    /** The table of {@link #asRow}: no table of the registry is called so. */
    public static final String TABLE = "declared_filing";

    public DeclaredFiling {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(filingKey, "filingKey");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(submittedOn, "submittedOn");
        Objects.requireNonNull(returnedOn, "returnedOn");
        Objects.requireNonNull(acceptedOn, "acceptedOn");
        Objects.requireNonNull(withdrawnOn, "withdrawnOn");
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(declaredPersons, "declaredPersons");
        Objects.requireNonNull(position, "position");
    }

    /**
     * Whether it says that something was submitted. A row of which that cannot be read, or whether it came back, says nothing:
     * it is no word in the operator's favour, and none against it.
     */
    public boolean saysSubmitted() {
        return present
                && kind.state() == FieldState.PRESENT
                && submittedOn.state() == FieldState.PRESENT
                && returnedOn.state() != FieldState.UNKNOWN
                && withdrawnOn.state() != FieldState.UNKNOWN;
    }

    /** The row beside those of the registry, with an id that none of those has; gone unless it {@link #saysSubmitted}. */
    public RegistryChange asRow() {
        Map<String, String> values = new HashMap<>();
        String id = DeclaredId.of(system, filingKey);
        values.put("id", id);
        values.put("operator_id", operator);
        put(values, "kind", kind);
        DeclaredId.put(values, "submitted_on", submittedOn);
        DeclaredId.put(values, "returned_on", returnedOn);
        DeclaredId.put(values, "accepted_on", acceptedOn);
        DeclaredId.put(values, "withdrawn_on", withdrawnOn);
        put(values, "authority", authority);
        put(values, "declared_persons", declaredPersons);
        return new RegistryChange(TABLE, operator + '/' + id, saysSubmitted(), values, position);
    }

    private static void put(Map<String, String> values, String column, FieldValue value) {
        if (value.state() == FieldState.PRESENT) {
            values.put(column, value.text());
        }
    }
}
