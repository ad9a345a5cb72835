package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.Map;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.Registry;

/** What is judged of an operator as a whole: how many persons it stores, and its filing. */
public final class OperatorJudgements {

    private OperatorJudgements() {}

    /**
     * Judges one operator.
     *
     * @param sources progress by system, all systems of the operator
     * @param registryKnownThrough how far the registry is known; {@code null} gives nothing
     */
    public static Judged judge(
            String operator,
            OperatorCounts counts,
            Registry registry,
            Map<String, SourceProgress> sources,
            Instant registryKnownThrough) {
        throw new UnsupportedOperationException("storage-reached");
    }
}
