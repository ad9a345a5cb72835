package org.faceaudit.core.images;

import java.util.List;
import java.util.Objects;

/**
 * A change of how many images begin and cease to count in one slot. Additive: a correction is the negative of what it
 * corrects.
 *
 * @param begun images that begin to count
 * @param ended images that cease to count
 * @param hash sum of the 64-bit hashes of the images that begin here, wrapping
 * @param mappingVersion hash of the mapping the images were read by
 * @param positions the changes on which the images that begin here rest, in the order of evidence; complete wherever up
 *     to {@value org.faceaudit.core.alert.Evidence#MAX_POSITIONS} images begin in one slot that is not in the future
 */
public record ImageDelta(
        ImageSlot slot, int begun, int ended, long hash, String mappingVersion, List<CountedPosition> positions) {

    public ImageDelta {
        Objects.requireNonNull(slot, "slot");
        positions = List.copyOf(positions);
    }

    /** The sum of two deltas of one slot, whatever their order. */
    public ImageDelta plus(ImageDelta other) {
        return new ImageDelta(
                slot,
                begun + other.begun,
                ended + other.ended,
                hash + other.hash,
                newest(mappingVersion, other.mappingVersion),
                CountedPosition.sum(positions, other.positions));
    }

    /** Whether the delta changes nothing. */
    public boolean isNothing() {
        return begun == 0 && ended == 0 && hash == 0 && positions.isEmpty();
    }

    /** Independent of the order of additions, so that equal facts give equal counts. */
    static String newest(String one, String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
