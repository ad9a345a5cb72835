package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which keys of a source must be looked at again once the source is known up to an instant. Due days fall together, so
 * there are few instants. Not kept in state: whoever restores looks at every key.
 */
final class DueDays {

    private final Map<String, TreeMap<Instant, Set<String>>> bySource = new HashMap<>();

    void wake(String source, String key, Instant at) {
        bySource.computeIfAbsent(source, name -> new TreeMap<>())
                .computeIfAbsent(at, instant -> new LinkedHashSet<>())
                .add(key);
    }

    /** The sources that have keys to look at. */
    Set<String> sources() {
        return Set.copyOf(bySource.keySet());
    }

    /** Takes out all keys of a source that are due. */
    Set<String> due(String source, Instant knownThrough) {
        return due(source, knownThrough, Integer.MAX_VALUE);
    }

    /**
     * Takes out keys of a source that are due, the earliest first and in the order in which they were put, and no more than so
     * many if there are more. What was written together is read together.
     */
    Set<String> due(String source, Instant knownThrough, int most) {
        TreeMap<Instant, Set<String>> instants = bySource.getOrDefault(source, new TreeMap<>());
        Set<String> keys = new LinkedHashSet<>();
        while (keys.size() < most && !instants.isEmpty() && !instants.firstKey().isAfter(knownThrough)) {
            Iterator<String> passed = instants.firstEntry().getValue().iterator();
            while (keys.size() < most && passed.hasNext()) {
                keys.add(passed.next());
                passed.remove();
            }
            if (!passed.hasNext()) {
                instants.pollFirstEntry();
            }
        }
        return keys;
    }
}
