package org.faceaudit.runtime.attempt;

/**
 * The attempts by face of one legal day in one bucket.
 *
 * @param first when the first was made, in nanoseconds since the epoch
 * @param settled when the first of those was made that nothing can correct any more although they are of the day; {@link
 *     #NEVER} if there is none
 * @param hash sum of the hashes of the attempts, wrapping
 */
public record FaceDay(int count, long first, long settled, long hash) {

    public static final long NEVER = Long.MAX_VALUE;

    public static final FaceDay NOTHING = new FaceDay(0, 0, NEVER, 0);

    public FaceDay with(long at, long attempt) {
        return new FaceDay(count + 1, count == 0 ? at : Math.min(first, at), settled, hash + attempt);
    }

    /** @param newFirst when the first of the others was made that can be corrected, {@link #NEVER} if there is none */
    public FaceDay without(long attempt, long newFirst) {
        return count == 1 ? NOTHING : new FaceDay(count - 1, Math.min(newFirst, settled), settled, hash - attempt);
    }

    /** The same, of which an attempt is known by nothing else from now on. */
    public FaceDay settling(long at) {
        return new FaceDay(count, first, Math.min(settled, at), hash);
    }
}
