package org.faceaudit.pipeline;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.intake.mapping.Mapping;

/**
 * What the wiring of a job depends on.
 *
 * @param mappings one per source, without the registry's
 * @param families which families of judgements run
 * @param generation the generation of this start, from the audit database's sequence
 * @param startedAt when this generation began: an operator known past it has been derived anew
 * @param standpoint as of when and by which law to judge
 * @param anew operators who are derived anew, if the job is restored from a checkpoint of an earlier generation
 */
public record WireSettings(
        List<Mapping> mappings,
        Set<Family> families,
        long generation,
        Instant startedAt,
        Standpoint standpoint,
        Set<String> anew) {

    public WireSettings {
        mappings = List.copyOf(mappings);
        families = Set.copyOf(families);
        anew = Set.copyOf(anew);
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(standpoint, "standpoint");
        if (families.isEmpty()) {
            throw new IllegalArgumentException("a job judges at least one family");
        }
    }

    /** Nobody is derived anew. */
    public WireSettings(
            List<Mapping> mappings, Set<Family> families, long generation, Instant startedAt, Standpoint standpoint) {
        this(mappings, families, generation, startedAt, standpoint, Set.of());
    }

    /** As things stand, by the law in force. */
    public WireSettings(List<Mapping> mappings, Set<Family> families, long generation, Instant startedAt) {
        this(mappings, families, generation, startedAt, Standpoint.NOW);
    }

    /** All families. */
    public static WireSettings all(Collection<Mapping> mappings, long generation, Instant startedAt) {
        return new WireSettings(List.copyOf(mappings), Set.of(Family.values()), generation, startedAt);
    }
}
