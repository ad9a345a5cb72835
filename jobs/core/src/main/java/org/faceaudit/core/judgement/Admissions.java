package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.faceaudit.core.event.PersonToken;

/**
 * Who was let in next, told from the newest to the oldest. Whoever is not known to be another person may be the one asked
 * for: nobody known, or known by a token that does not compare.
 */
final class Admissions {

    private final Map<PersonToken, Instant> nextOfPerson = new HashMap<>();
    private final Map<String, Instant> nextOfGroup = new HashMap<>();
    private Instant nextOfNobodyKnown = Instant.MAX;

    /** Somebody was let in, at no later instant than all who were told before. */
    void take(PersonToken person, Instant at) {
        if (person == null) {
            nextOfNobodyKnown = at;
        } else {
            nextOfPerson.put(person, at);
            nextOfGroup.put(person.group(), at);
        }
    }

    /**
     * When somebody was let in next who may be the person.
     *
     * @param person {@code null} for somebody who is not known
     * @return {@link Instant#MAX} for never
     */
    Instant next(PersonToken person) {
        Instant next = nextOfNobodyKnown;
        String own = person == null ? null : person.group();
        for (Map.Entry<String, Instant> group : nextOfGroup.entrySet()) {
            if (!group.getKey().equals(own) && group.getValue().isBefore(next)) {
                next = group.getValue();
            }
        }
        Instant same = person == null ? Instant.MAX : nextOfPerson.getOrDefault(person, Instant.MAX);
        return same.isBefore(next) ? same : next;
    }
}
