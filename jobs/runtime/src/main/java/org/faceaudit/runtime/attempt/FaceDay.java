package org.faceaudit.runtime.attempt;

/**
 * The attempts by face of one legal day in one bucket.
 *
 * @param first when the first was made, in nanoseconds since the epoch
 * @param hash sum of the hashes of the attempts, wrapping
 */
public record FaceDay(int count, long first, long hash) {

    public static final FaceDay NOTHING = new FaceDay(0, 0, 0);

    public FaceDay with(long at, long attempt) {
        return new FaceDay(count + 1, count == 0 ? at : Math.min(first, at), hash + attempt);
    }

    /** @param newFirst when the first of the others was made, if there are any */
    public FaceDay without(long attempt, long newFirst) {
        return count == 1 ? NOTHING : new FaceDay(count - 1, newFirst, hash - attempt);
    }
}
