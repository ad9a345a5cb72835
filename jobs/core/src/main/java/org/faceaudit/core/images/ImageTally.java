package org.faceaudit.core.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.event.Position;

/** Adds up by how much findings change the counts, net, before anybody is told. Not thread-safe. */
public final class ImageTally {

    private static final class Sum {
        private int begun;
        private int ended;
        private long hash;
        private String mappingVersion;
        private final Map<Position, Integer> positions = new TreeMap<>(Position.EVIDENCE_ORDER);
    }

    private final Map<ImageSlot, Sum> sums = new TreeMap<>();

    /** The finding counts from now on; its changes are told apart. */
    public void add(ImageFinding finding, String mappingVersion) {
        count(finding, 1, mappingVersion);
    }

    /** The finding counts no longer. */
    public void remove(ImageFinding finding, String mappingVersion) {
        count(finding, -1, mappingVersion);
    }

    private void count(ImageFinding finding, int sign, String mappingVersion) {
        Sum begins = sum(ImageSlot.of(finding));
        begins.begun += sign;
        begins.hash += sign * ThingHash.of(finding.system(), finding.recordKey());
        begins.mappingVersion = ImageDelta.newest(begins.mappingVersion, mappingVersion);
        if (finding.to() != null) {
            Sum ends = sum(ImageSlot.of(finding, finding.to()));
            ends.ended += sign;
            ends.mappingVersion = ImageDelta.newest(ends.mappingVersion, mappingVersion);
        }
    }

    /** The changes that the finding rests on belong to its slot from now on. */
    public void tell(ImageFinding finding) {
        rest(finding, 1);
    }

    /** The changes that the finding rested on are taken back. */
    public void forget(ImageFinding finding) {
        rest(finding, -1);
    }

    private void rest(ImageFinding finding, int sign) {
        Sum begins = sum(ImageSlot.of(finding));
        finding.positions().forEach(position -> begins.positions.merge(position, sign, Integer::sum));
    }

    private Sum sum(ImageSlot slot) {
        return sums.computeIfAbsent(slot, key -> new Sum());
    }

    /** Every sum that changes something, by slot; empties the tally. */
    public List<ImageDelta> take() {
        List<ImageDelta> deltas = new ArrayList<>();
        sums.forEach((slot, sum) -> {
            ImageDelta delta = new ImageDelta(
                    slot, sum.begun, sum.ended, sum.hash, sum.mappingVersion, CountedPosition.list(sum.positions));
            if (!delta.isNothing()) {
                deltas.add(delta);
            }
        });
        sums.clear();
        return deltas;
    }
}
