package org.faceaudit.cli.scan;

import java.util.Optional;
import java.util.Set;
import org.faceaudit.cli.source.SourceColumn;

/** Which columns look as if they named a person outright, or held a credential: by the words that scan goes by. */
public final class PersonalColumns {

    private static final Set<String> CONCEPTS = Set.of("id-card", "phone", "name", "credential");

    /** Gates, devices and sites have names too. */
    private static final Set<String> ANYTHING = Set.of("name", "名字");

    private static final Vocabulary VOCABULARY = Vocabulary.shipped();

    private PersonalColumns() {}

    /** What a column probably holds, {@code id-card}, {@code phone}, {@code name} or {@code credential}; empty for none of them. */
    public static Optional<String> held(SourceColumn column) {
        return VOCABULARY
                .of(column, CONCEPTS)
                .filter(match -> !ANYTHING.contains(match.word()))
                .map(Match::concept);
    }
}
