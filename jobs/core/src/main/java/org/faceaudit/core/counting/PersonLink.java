package org.faceaudit.core.counting;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * That a record names one person by two tokens which do not compare: its token of the lowest {@link #GROUPS group} is linked
 * with each of its others. Told to both, since each is remembered apart.
 *
 * @param group token group of the other token
 * @param person the other token's digest
 * @param presence when the record says so
 */
public record PersonLink(String group, String person, Presence presence) {

    private static final List<String> KINDS = List.of("id-card", "phone", "member-no", "local-id");

    /**
     * Orders token groups: what identifies a person to more systems comes first, so that the ids of several systems meet at
     * the token that they share.
     */
    public static final Comparator<String> GROUPS =
            Comparator.comparingInt(PersonLink::rank).thenComparing(Comparator.naturalOrder());

    public PersonLink {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(presence, "presence");
    }

    private static int rank(String group) {
        int end = group.indexOf('|');
        int rank = KINDS.indexOf(end < 0 ? group : group.substring(0, end));
        return rank < 0 ? KINDS.size() : rank;
    }
}
