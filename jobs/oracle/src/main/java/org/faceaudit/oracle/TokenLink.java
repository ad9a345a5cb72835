package org.faceaudit.oracle;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * That a record names one person by two tokens that do not compare, from one instant to another, at the widest.
 *
 * @param lower the one that identifies a person to more systems
 * @param to {@code null} while it does
 */
record TokenLink(Token lower, Token higher, Instant from, Instant to) {

    /** From what identifies a person nearly everywhere to what does so in one product. */
    private static final List<String> KINDS = List.of("id-card", "phone", "member-no", "local-id");

    /** A person's token within its group. */
    record Token(String group, String person) {

        /** Whether it identifies a person to more systems than another does. */
        boolean isLowerThan(Token other) {
            int kind = Integer.compare(rank(), other.rank());
            return kind != 0 ? kind < 0 : group.compareTo(other.group) < 0;
        }

        private int rank() {
            for (int i = 0; i < KINDS.size(); i++) {
                if (group.contains(KINDS.get(i) + ':')) {
                    return i;
                }
            }
            return KINDS.size();
        }
    }

    boolean holds(Instant at) {
        return !from.isAfter(at) && (to == null || to.isAfter(at));
    }

    /**
     * How many fewer persons there are than tokens, at the least. A token that is linked with a lower one and with none higher
     * is of somebody who is counted by the lower one; but distinct tokens of one group are distinct persons: if it is linked
     * with two of one group, or the lower one is, one of the links is wrong and nobody is taken for another.
     */
    static long same(Collection<TokenLink> links, Instant at) {
        Map<Token, Set<Token>> lower = new HashMap<>();
        Map<Token, Set<Token>> higher = new HashMap<>();
        for (TokenLink link : links) {
            if (link.holds(at)) {
                lower.computeIfAbsent(link.higher(), token -> new HashSet<>()).add(link.lower());
                higher.computeIfAbsent(link.lower(), token -> new HashSet<>()).add(link.higher());
            }
        }
        long same = 0;
        for (Map.Entry<Token, Set<Token>> token : lower.entrySet()) {
            if (!higher.containsKey(token.getKey()) && ofDistinctGroups(token.getValue())) {
                same++;
            }
        }
        for (Set<Token> counted : higher.values()) {
            same -= counted.stream()
                    .filter(token -> counted.stream()
                            .anyMatch(other ->
                                    !other.equals(token) && other.group().equals(token.group())))
                    .count();
        }
        return Math.max(0, same);
    }

    private static boolean ofDistinctGroups(Set<Token> tokens) {
        return tokens.stream().map(Token::group).distinct().count() == tokens.size();
    }
}
