package org.faceaudit.runtime.fact;

import java.io.Serializable;
import java.util.Set;

/**
 * Operators who are derived anew from the first records of their topics while all others go on from a checkpoint: their
 * mappings have changed, and what a checkpoint remembers of them was read by the earlier ones. A checkpoint knows the
 * generation that it belongs to, so that a restart forgets neither twice nor too little.
 *
 * @param generation the generation of this start of the job
 * @param operators whom a checkpoint of an earlier generation must not remember
 */
public record Anew(long generation, Set<String> operators) implements Serializable {

    /** Nobody is derived anew. */
    public static final Anew NOBODY = new Anew(0, Set.of());

    /** Copies the set. */
    public Anew {
        operators = Set.copyOf(operators);
    }

    /**
     * Whom a checkpoint must not remember.
     *
     * @param savedIn the generation that took it
     */
    public Set<String> forgotten(long savedIn) {
        return savedIn < generation ? operators : Set.of();
    }

    /**
     * Whether a topic that was read so far has to be read from its first record.
     *
     * @param savedIn the generation that read it
     */
    public boolean rereads(String topic, long savedIn) {
        return forgotten(savedIn).stream().anyMatch(operator -> topic.startsWith("cdc." + operator + '.'));
    }
}
