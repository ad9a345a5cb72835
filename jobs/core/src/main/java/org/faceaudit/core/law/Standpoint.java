package org.faceaudit.core.law;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.RegistryChange;

/**
 * From where the registry is read: by which law, and up to which instant.
 *
 * <p>Rows that were read later, from a snapshot, are taken back to that instant by the days that they carry themselves: what
 * was submitted, begun or declared on a later legal day is not there yet, what was returned, accepted, withdrawn or ended
 * later is not so yet, and a notice published later is not active. A row without days of its own is taken as it stands.
 * Parameters keep all their rows, since each says itself from when it holds.
 *
 * @param asOf {@code null} for the registry as it stands
 */
public record Standpoint(Instant asOf, LawSet law) implements Serializable {

    /** The registry as it stands, by the law in force. */
    public static final Standpoint NOW = new Standpoint(null, LawSet.MEASURES);

    /** On a later day than this column says the row was there. */
    private static final Map<String, String> BEGINS = Map.of(
            "filing",
            "submitted_on",
            "substantive_change",
            "changed_on",
            DeclaredFiling.TABLE,
            "submitted_on",
            "technology_use",
            "started_on",
            DeclaredUse.TABLE,
            "started_on",
            "exception",
            "valid_from");

    /** What starts a duty whose number of days the law must know; under one that does not, no such duty can be told. */
    private static final Map<String, Duty> STARTS = Map.of(
            "substantive_change",
            Duty.CHANGE,
            "technology_use",
            Duty.DEREGISTRATION,
            DeclaredUse.TABLE,
            Duty.DEREGISTRATION);

    /** What is entered into a row when it comes to pass. */
    private static final Map<String, Set<String>> COMES_LATER = Map.of(
            "filing",
            Set.of("returned_on", "accepted_on", "withdrawn_on"),
            DeclaredFiling.TABLE,
            Set.of("returned_on", "accepted_on", "withdrawn_on"),
            "technology_use",
            Set.of("terminated_on"),
            DeclaredUse.TABLE,
            Set.of("terminated_on"));

    public Standpoint {
        Objects.requireNonNull(law, "law");
    }

    /** The legal day of the instant, {@code null} for the registry as it stands. */
    public LegalDay day() {
        return asOf == null ? null : LegalDay.of(asOf);
    }

    /** Whether an instant lies past what may be known from here. */
    public boolean isBeyond(Instant instant) {
        return asOf != null && instant.isAfter(asOf);
    }

    /** The row as it stood, {@code null} if it was not there, or starts a duty that the law does not measure. */
    RegistryChange seen(RegistryChange row) {
        Duty started = STARTS.get(row.table());
        if (started != null && law.lacks(started.daysParameter())) {
            return null;
        }
        LegalDay day = day();
        if (day == null) {
            return row;
        }
        if (isAfter(row, BEGINS.get(row.table()), day) || isObservedAfter(row, day)) {
            return null;
        }
        if (row.table().equals("calendar_notice") && isAfter(row, "published_on", day)) {
            Map<String, String> values = new TreeMap<>(row.values());
            values.put("active", "false");
            return with(row, values);
        }
        Map<String, String> values = null;
        for (String column : COMES_LATER.getOrDefault(row.table(), Set.of())) {
            if (isAfter(row, column, day)) {
                values = values == null ? new TreeMap<>(row.values()) : values;
                values.remove(column);
            }
        }
        return values == null ? row : with(row, values);
    }

    private static boolean isAfter(RegistryChange row, String column, LegalDay day) {
        String value = column == null ? null : row.values().get(column);
        return value != null && LegalDay.parse(value).isAfter(day);
    }

    /** What was seen at an instant was not there to be seen before it. */
    private static boolean isObservedAfter(RegistryChange row, LegalDay day) {
        Instant observed = switch (row.table()) {
            case "reconciliation" -> new RegistryRow(row).reconciliation().checkedAt();
            case "schema_look" -> new RegistryRow(row).schemaLook().lookedAt();
            default -> null;
        };
        return observed != null && LegalDay.of(observed).isAfter(day);
    }

    private static RegistryChange with(RegistryChange row, Map<String, String> values) {
        return new RegistryChange(row.table(), row.key(), row.present(), values, row.position());
    }
}
