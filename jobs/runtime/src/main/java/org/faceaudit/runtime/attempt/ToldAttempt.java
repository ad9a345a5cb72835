package org.faceaudit.runtime.attempt;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.intake.rows.AttemptTold.Part;
import org.faceaudit.intake.rows.AttemptTold.Told;
import org.faceaudit.runtime.fact.Scopes;

/**
 * What a change says of an attempt, on its way to the bucket that remembers the attempt.
 *
 * @param source {@code operator/system}
 * @param bucket a bucket of the source's attempts
 * @param told see {@link AttemptTold#told()}
 * @param identity see {@link AttemptTold#identity()}
 * @param kept see {@link AttemptTold#kept()}
 * @param unchanged the {@link Part}s that the change does not carry, a bit each
 * @param pointId where it was made; {@code null} if the row does not say
 * @param attempt the rest, a page of one
 */
public record ToldAttempt(
        String source,
        int bucket,
        Told told,
        long identity,
        Boolean kept,
        int unchanged,
        String pointId,
        AttemptPage attempt) {

    /** Enough to spread one source over a few cores, few enough that small sources share what a bucket costs. */
    private static final int BUCKETS = 16;

    private static final Part[] PARTS = Part.values();

    public ToldAttempt {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(told, "told");
        Objects.requireNonNull(attempt, "attempt");
    }

    public static ToldAttempt of(AttemptTold told) {
        Attempt attempt = told.attempt();
        int unchanged = 0;
        for (Part part : told.unchanged()) {
            unchanged |= 1 << part.ordinal();
        }
        return new ToldAttempt(
                Scopes.source(attempt.operator(), attempt.system()),
                Math.floorMod(MemoryPage.spread(attempt.attemptKey()) >>> 16, BUCKETS),
                told.told(),
                told.identity(),
                told.kept(),
                unchanged,
                attempt.pointId(),
                AttemptPage.of(attempt, 0));
    }

    /** The key that brings all changes of one attempt to one place, in order. */
    public String key() {
        return source + '/' + bucket;
    }

    /** The same as intake told it. */
    public AttemptTold unpacked() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (Part part : PARTS) {
            if ((unchanged & 1 << part.ordinal()) != 0) {
                parts.add(part);
            }
        }
        return new AttemptTold(
                told,
                identity,
                kept,
                parts,
                attempt.attempts(source, pointId, null).get(0));
    }
}
