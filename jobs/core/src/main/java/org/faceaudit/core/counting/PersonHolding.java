package org.faceaudit.core.counting;

import java.util.List;
import java.util.Objects;

/**
 * What one record contributes to one person: last writer wins per (person, holder), so that repeating it changes nothing.
 *
 * @param operator the audited company
 * @param group tokens of one group compare; {@link #TOKENLESS} for records that know no person
 * @param person digest of the person's token, or the holder itself in the tokenless group
 * @param holder the record, as {@code system/recordKey}
 * @param presences when the record is stored for this person; empty retracts the holding
 * @param links by which other tokens the record names the same person
 */
public record PersonHolding(
        String operator, String group, String person, String holder, List<Presence> presences, List<PersonLink> links) {

    /** Group of records without a person: they count toward the upper bound only. */
    public static final String TOKENLESS = "";

    public PersonHolding {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(holder, "holder");
        presences = List.copyOf(presences);
        links = List.copyOf(links);
    }

    /** A holding of a record that names its person by one token. */
    public PersonHolding(String operator, String group, String person, String holder, List<Presence> presences) {
        this(operator, group, person, holder, presences, List.of());
    }

    /** The system of the record that holds the person. */
    public String system() {
        return holder.substring(0, holder.indexOf('/'));
    }
}
