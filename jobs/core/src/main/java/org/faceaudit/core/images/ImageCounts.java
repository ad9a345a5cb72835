package org.faceaudit.core.images;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many images of one system count against its operator, through time, by cause, stage and due day: the sum of all
 * {@link ImageDelta}s. Not thread-safe.
 */
public final class ImageCounts {

    private final TreeMap<ImageSlot, ImageDelta> entries = new TreeMap<>();

    /** Adds a delta; what becomes all zero vanishes. */
    public void add(ImageDelta delta) {
        ImageDelta sum = entries.merge(delta.slot(), delta, ImageDelta::plus);
        if (sum.isNothing()) {
            entries.remove(delta.slot());
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
                .forEach(entry -> causes.computeIfAbsent(entry.slot().cause(), cause -> new ArrayList<>())
                        .add(entry));
        return causes;
    }
}
