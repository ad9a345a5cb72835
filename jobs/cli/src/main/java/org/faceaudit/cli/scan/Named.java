package org.faceaudit.cli.scan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;

/** The columns of one table by what they probably are; of several that may be the same thing, the likeliest. */
final class Named {

    /** A column and why it is taken for what it is. */
    record Guess(SourceColumn column, Match match) {

        String because() {
            return match.because();
        }
    }

    private final Map<String, Guess> byConcept = new LinkedHashMap<>();

    private Named() {}

    /** @param wanted the concepts that make sense in the part of a mapping in question */
    static Named of(SourceTable table, Vocabulary vocabulary, Set<String> wanted) {
        Named named = new Named();
        for (SourceColumn column : table.columns()) {
            vocabulary
                    .of(column, wanted)
                    .ifPresent(match -> named.byConcept.merge(
                            match.concept(),
                            new Guess(column, match),
                            (one, other) -> other.match().weight() > one.match().weight() ? other : one));
        }
        return named;
    }

    Optional<Guess> get(String concept) {
        return Optional.ofNullable(byConcept.get(concept));
    }

    boolean has(String concept) {
        return byConcept.containsKey(concept);
    }
}
