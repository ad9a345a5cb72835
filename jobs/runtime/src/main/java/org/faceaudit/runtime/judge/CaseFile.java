package org.faceaudit.runtime.judge;

import java.time.Instant;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;

/** The facts of one scope in memory, ready to be judged. Not thread-safe. */
public interface CaseFile extends PageKeeper {

    /**
     * Takes in one fact.
     *
     * @return whether the judgement may change by it; mere progress of a source changes it only when time does
     */
    boolean take(Fact fact);

    /**
     * Judges the facts as they stand.
     *
     * @param registryKnownThrough how far the registry is known, never {@code null}
     */
    Findings judge(Registry registry, Instant registryKnownThrough);

    /** The newest instant up to which anything that this scope rests on is known; {@code null} for none. */
    Instant newestKnown(Instant registryKnownThrough);

    /** The instant up to which everything that this scope rests on is known; {@code null} while something is not. */
    Instant allKnown(Instant registryKnownThrough);
}
