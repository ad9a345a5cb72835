package org.faceaudit.runtime.attempt;

import java.util.Objects;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.judgement.PromptedPerson;
import org.faceaudit.core.judgement.SealedPerson;

/**
 * What is known of a person who refused beside the refusals that may still count.
 *
 * @param sealed what is concluded of earlier refusals
 * @param told what was told last
 */
public record PersonFile(PersonToken person, SealedPerson sealed, PromptedPerson told) {

    public PersonFile {
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(sealed, "sealed");
        Objects.requireNonNull(told, "told");
    }
}
