package org.faceaudit.runtime.judge;

import java.io.Serializable;
import org.faceaudit.runtime.fact.Fact;

/**
 * A family of judgements over the facts of one scope (an operator or a system). The step around it remembers the facts,
 * wakes it and sends what it finds; the family knows what the facts are and whom to ask.
 */
public interface JudgementFamily extends Serializable {

    /** Under which name the fact is remembered within its scope. */
    String entry(Fact fact);

    /**
     * What to remember when a fact comes to an entry.
     *
     * @param before what is remembered, {@code null} for nothing
     * @return {@code null} when nothing remains to be remembered
     */
    Fact merged(Fact before, Fact fact);

    /** An empty file of one scope, to be filled with the remembered facts in any order. */
    CaseFile open(String scope);

    /**
     * By how many cuts the registry's clock lags for this family. Topics are read side by side: whoever says that nothing
     * came of a source waits until all have been read as far as the registry's heartbeats.
     */
    default int cutsBehind() {
        return 0;
    }
}
