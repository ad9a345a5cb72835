package org.faceaudit.core.images;

import java.util.List;
import java.util.Objects;

/**
 * A change of how many images begin and cease to count in one slot. Additive: a correction is the negative of what it
 * corrects.
 *
 * @param begun images that begin to count
 * @param ended images that cease to count
 * @param added of those that begin, the images that did not count under the cause just before
 * @param cleared of those that cease, the images that were deleted
 * @param persons by how many the number of known persons with an image that counts at this stage changes
 * @param stored by how many the number of images that count at this stage changes, by the day of their storage
 * @param hash sum of the 64-bit hashes of the images that begin here, wrapping
 * @param mappingVersion hash of the mapping the images were read by
 * @param positions the changes on which the images that begin here rest, in the order of evidence; complete wherever up
 *     to {@value org.faceaudit.core.alert.Evidence#MAX_POSITIONS} images begin in one slot that is not in the future
 */
public record ImageDelta(
        ImageSlot slot,
        int begun,
        int ended,
        int added,
        int cleared,
        int persons,
        List<CountedDay> stored,
        long hash,
        String mappingVersion,
        List<CountedPosition> positions) {

    public ImageDelta {
        Objects.requireNonNull(slot, "slot");
        stored = List.copyOf(stored);
        positions = List.copyOf(positions);
    }

    /** The sum of two deltas of one slot, whatever their order. */
    public ImageDelta plus(ImageDelta other) {
        return new ImageDelta(
                slot,
                begun + other.begun,
                ended + other.ended,
                added + other.added,
                cleared + other.cleared,
                persons + other.persons,
                CountedDay.sum(stored, other.stored),
                hash + other.hash,
                newest(mappingVersion, other.mappingVersion),
                CountedPosition.sum(positions, other.positions));
    }

    /** Whether the delta changes nothing. */
    public boolean isNothing() {
        return begun == 0
                && ended == 0
                && added == 0
                && cleared == 0
                && persons == 0
                && stored.isEmpty()
                && hash == 0
                && positions.isEmpty();
    }

    /** Independent of the order of additions, so that equal facts give equal counts. */
    static String newest(String one, String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
