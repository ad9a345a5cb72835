package org.faceaudit.core.images;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;

/** Adds up by how much findings change the counts, net, before anybody is told. Not thread-safe. */
public final class ImageTally {

    private static final class Sum {
        private int begun;
        private int ended;
        private int added;
        private int cleared;
        private int persons;
        private final Map<LegalDay, Integer> stored = new TreeMap<>();
        private long hash;
        private String mappingVersion;
        private final Map<Position, Integer> positions = new TreeMap<>(Position.EVIDENCE_ORDER);

        private ImageDelta delta(ImageSlot slot) {
            return new ImageDelta(
                    slot,
                    begun,
                    ended,
                    added,
                    cleared,
                    persons,
                    CountedDay.list(stored),
                    hash,
                    mappingVersion,
                    CountedPosition.list(positions));
        }
    }

    /** Where an image ceases to count at one stage of a cause and may begin at the next. */
    private record Turn(String recordKey, String cause, Instant at) {}

    /** What is told of persons together. */
    private record Share(String person, String cause, Verdict stage, boolean exempt) {}

    private final Map<ImageSlot, Sum> sums = new TreeMap<>();

    /**
     * The findings count from now on; the changes that they rest on are told apart.
     *
     * @param findings all of each person whom they name
     */
    public void add(Collection<ImageFinding> findings, String mappingVersion) {
        count(findings, 1, mappingVersion);
    }

    /** The findings, which were added together, count no longer. */
    public void remove(Collection<ImageFinding> findings, String mappingVersion) {
        count(findings, -1, mappingVersion);
    }

    private void count(Collection<ImageFinding> findings, int sign, String mappingVersion) {
        Set<Turn> turns = new HashSet<>();
        for (ImageFinding finding : findings) {
            if (finding.to() != null && !finding.cleared()) {
                turns.add(new Turn(finding.recordKey(), finding.cause(), finding.to()));
            }
        }
        Map<Share, List<ImageFinding>> shares = new HashMap<>();
        for (ImageFinding finding : findings) {
            boolean goesOn = turns.contains(new Turn(finding.recordKey(), finding.cause(), finding.from()));
            count(finding, goesOn, sign, mappingVersion);
            if (finding.personToken() != null) {
                shares.computeIfAbsent(
                                new Share(finding.personToken(), finding.cause(), finding.stage(), finding.exempt()),
                                share -> new ArrayList<>())
                        .add(finding);
            }
        }
        shares.values().forEach(share -> countPerson(share, sign));
    }

    private void count(ImageFinding finding, boolean goesOn, int sign, String mappingVersion) {
        LegalDay storedOn = finding.storedOnHigh();
        Sum begins = sum(ImageSlot.of(finding));
        begins.begun += sign;
        begins.added += goesOn ? 0 : sign;
        begins.hash += sign * ThingHash.of(finding.system(), finding.recordKey());
        begins.mappingVersion = ImageDelta.newest(begins.mappingVersion, mappingVersion);
        if (storedOn != null) {
            begins.stored.merge(storedOn, sign, Integer::sum);
        }
        if (finding.to() != null) {
            Sum ends = sum(ImageSlot.of(finding, finding.to()));
            ends.ended += sign;
            ends.cleared += finding.cleared() ? sign : 0;
            ends.mappingVersion = ImageDelta.newest(ends.mappingVersion, mappingVersion);
            if (storedOn != null) {
                ends.stored.merge(storedOn, -sign, Integer::sum);
            }
        }
    }

    /** A person counts from the first to the last of findings without a gap between them. */
    private void countPerson(List<ImageFinding> findings, int sign) {
        List<ImageFinding> inOrder = findings.stream()
                .sorted(Comparator.comparing(ImageFinding::from).thenComparing(finding -> ImageSlot.of(finding)))
                .toList();
        ImageFinding last = null;
        for (ImageFinding finding : inOrder) {
            boolean goesOn =
                    last != null && (last.to() == null || !finding.from().isAfter(last.to()));
            if (!goesOn) {
                countPersonEnd(last, sign);
                sum(ImageSlot.of(finding)).persons += sign;
                last = finding;
            } else if (last.to() != null && endsLater(finding, last)) {
                last = finding;
            }
        }
        countPersonEnd(last, sign);
    }

    private static boolean endsLater(ImageFinding finding, ImageFinding last) {
        return finding.to() == null
                || finding.to().isAfter(last.to())
                || (finding.to().equals(last.to())
                        && ImageSlot.of(finding, finding.to()).compareTo(ImageSlot.of(last, last.to())) < 0);
    }

    private void countPersonEnd(ImageFinding last, int sign) {
        if (last != null && last.to() != null) {
            sum(ImageSlot.of(last, last.to())).persons -= sign;
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
            ImageDelta delta = sum.delta(slot);
            if (!delta.isNothing()) {
                deltas.add(delta);
            }
        });
        sums.clear();
        return deltas;
    }
}
