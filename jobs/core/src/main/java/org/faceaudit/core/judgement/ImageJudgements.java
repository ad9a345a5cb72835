package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * What is judged of stored raw images (Art. 8 ¶2 of the Measures, PIPL 47).
 *
 * <ol>
 *   <li>{@link RawImageRetained}: images are stored past the day they became due, by cause
 *       <ul>
 *         <li>{@link PeriodEnded}: the notified retention period has ended
 *         <li>{@link PurposeEnded}: membership, employment or visit is over
 *       </ul>
 * </ol>
 */
public final class ImageJudgements {

    private record Slot(String operator, String system, String cause, Instant at, Verdict stage, LegalDay dueOn) {}

    private static final Comparator<Slot> ORDER = Comparator.comparing(Slot::operator)
            .thenComparing(Slot::system)
            .thenComparing(Slot::cause)
            .thenComparing(Slot::at)
            .thenComparing(Slot::stage)
            .thenComparing(Slot::dueOn);

    private ImageJudgements() {}

    /**
     * The stretches of time during which images count against their operator, as the facts stand; they may reach into the
     * future. By record, then time; the order of the arguments' elements does not matter.
     *
     * @param recordsOfPerson the records whose newest version names one person in one system, or one record without a
     *     person
     * @param purposesOfPerson that person's purposes in the system
     */
    public static List<ImageFinding> findings(
            Collection<FaceRecord> recordsOfPerson, Collection<Purpose> purposesOfPerson, Registry registry) {
        return RawImageRetained.findings(recordsOfPerson, purposesOfPerson, registry);
    }

    /** What must be added to the counts when {@code after} replaces {@code before}: net, empty when they are equal. */
    public static List<ImageDelta> deltas(List<ImageFinding> before, List<ImageFinding> after, String mappingVersion) {
        Map<Slot, long[]> sums = new TreeMap<>(ORDER);
        before.forEach(finding -> add(sums, finding, -1));
        after.forEach(finding -> add(sums, finding, 1));
        List<ImageDelta> deltas = new ArrayList<>();
        sums.forEach((slot, sum) -> {
            if (sum[0] != 0 || sum[1] != 0) {
                deltas.add(new ImageDelta(
                        slot.operator(),
                        slot.system(),
                        slot.cause(),
                        slot.stage(),
                        slot.dueOn(),
                        slot.at(),
                        Math.toIntExact(sum[0]),
                        sum[1],
                        mappingVersion));
            }
        });
        return deltas;
    }

    private static void add(Map<Slot, long[]> sums, ImageFinding finding, int sign) {
        long[] begins = at(sums, finding, finding.from());
        begins[0] += sign;
        begins[1] += sign * ThingHash.of(finding.system(), finding.recordKey());
        if (finding.to() != null) {
            at(sums, finding, finding.to())[0] -= sign;
        }
    }

    private static long[] at(Map<Slot, long[]> sums, ImageFinding finding, Instant at) {
        Slot slot =
                new Slot(finding.operator(), finding.system(), finding.cause(), at, finding.stage(), finding.dueOn());
        return sums.computeIfAbsent(slot, key -> new long[2]);
    }

    /**
     * Judges the images of one system.
     *
     * @param knownThrough how far the system's source is known; {@code null} gives nothing
     */
    public static Judged judge(
            String operator, String system, ImageCounts counts, Registry registry, Instant knownThrough) {
        if (knownThrough == null) {
            return Judged.NOTHING;
        }
        Wake wake = new Wake(knownThrough);
        Map<String, List<ImageDelta>> byCause = counts.byCause();
        List<Derivation> derivations = new ArrayList<>();
        for (ImageCause cause : ImageCause.values()) {
            derivations.add(RawImageRetained.derive(
                    operator,
                    system,
                    cause.id(),
                    byCause.getOrDefault(cause.id(), List.of()),
                    registry,
                    knownThrough,
                    wake));
        }
        return new Judged(derivations, List.of(), wake.next());
    }
}
