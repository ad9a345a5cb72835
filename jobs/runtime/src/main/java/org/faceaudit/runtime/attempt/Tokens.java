package org.faceaudit.runtime.attempt;

import org.faceaudit.core.event.PersonToken;

/** Spells what tokens of one group have in common as one word. */
final class Tokens {

    private static final int PARTS = 4;

    private Tokens() {}

    static String group(PersonToken person) {
        return person == null
                ? null
                : String.join("\n", person.identifies(), person.keyId(), person.normalisation(), person.scope());
    }

    /** {@code null} where there is no group. */
    static PersonToken person(String group, String digest) {
        if (group == null) {
            return null;
        }
        String[] parts = group.split("\n", PARTS);
        return new PersonToken(parts[0], parts[1], parts[2], parts[3], digest);
    }
}
