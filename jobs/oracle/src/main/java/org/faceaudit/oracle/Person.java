package org.faceaudit.oracle;

/**
 * Who is on a record.
 *
 * @param group those among whom he is told from others by {@code person}; empty if nothing names him
 * @param person the digest of his token, or the record's own name
 */
record Person(String group, String person) {

    /** A token is {@code t1:<identifies>:<key id>:<normalisation>:<digest>}. */
    static Person of(String token) {
        int digest = token.lastIndexOf(':');
        return new Person(token.substring(0, digest), token.substring(digest + 1));
    }

    /**
     * Whom a branch and the number of a card there name together: not one of them alone, and not tokens of two keys. The two
     * digests, one after the other, stand for the person; {@code null} if they name nobody.
     */
    static Person of(String branch, String number) {
        if (branch == null || number == null) {
            return null;
        }
        Person one = of(branch);
        Person other = of(number);
        int normalisation = one.group().lastIndexOf(':') + 1;
        return one.group().equals(other.group())
                ? new Person(one.group().substring(0, normalisation) + "2*none", one.person() + other.person())
                : null;
    }
}
