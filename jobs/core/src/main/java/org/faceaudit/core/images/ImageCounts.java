package org.faceaudit.core.images;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.LegalDay;

/**
 * How many images of one system count against its operator, through time, by cause, stage and due day: the sum of all
 * {@link ImageDelta}s. Not thread-safe.
 */
public final class ImageCounts {

    private record Slot(String cause, Instant at, Verdict stage, LegalDay dueOn) {}

    private static final Comparator<Slot> ORDER = Comparator.comparing(Slot::cause)
            .thenComparing(Slot::at)
            .thenComparing(Slot::stage)
            .thenComparing(Slot::dueOn);

    private final TreeMap<Slot, ImageDelta> entries = new TreeMap<>(ORDER);

    /** Adds a delta; what becomes all zero vanishes. */
    public void add(ImageDelta delta) {
        Slot slot = new Slot(delta.cause(), delta.at(), delta.stage(), delta.dueOn());
        ImageDelta sum = entries.merge(slot, delta, ImageCounts::sum);
        if (sum.delta() == 0 && sum.hash() == 0) {
            entries.remove(slot);
        }
    }

    /** What a step keeps to restore the counts: by cause, then instant, stage and due day. */
    public Collection<ImageDelta> entries() {
        return List.copyOf(entries.values());
    }

    /** The causes that have entries, in order, each with its entries by instant. */
    public Map<String, List<ImageDelta>> byCause() {
        Map<String, List<ImageDelta>> causes = new TreeMap<>();
        entries.values()
                .forEach(entry -> causes.computeIfAbsent(entry.cause(), cause -> new ArrayList<>())
                        .add(entry));
        return causes;
    }

    private static ImageDelta sum(ImageDelta one, ImageDelta other) {
        return new ImageDelta(
                other.operator(),
                other.system(),
                other.cause(),
                other.stage(),
                other.dueOn(),
                other.at(),
                one.delta() + other.delta(),
                one.hash() + other.hash(),
                newest(one.mappingVersion(), other.mappingVersion()));
    }

    /** Independent of the order of additions, so that equal facts give equal counts. */
    private static String newest(String one, String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
