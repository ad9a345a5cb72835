package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
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
                .computeIfAbsent(at, instant -> new HashSet<>())
                .add(key);
    }

    /** The sources that have keys to look at. */
    Set<String> sources() {
        return Set.copyOf(bySource.keySet());
    }

    /** Takes out every key of a source that is due. */
    Set<String> due(String source, Instant knownThrough) {
        NavigableMap<Instant, Set<String>> passed =
                bySource.getOrDefault(source, new TreeMap<>()).headMap(knownThrough, true);
        Set<String> keys = new HashSet<>();
        passed.values().forEach(keys::addAll);
        passed.clear();
        return keys;
    }
}
