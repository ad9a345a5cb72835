package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.faceaudit.core.event.SourceProgress;

/** How far the sources of one scope are known. Not thread-safe. */
final class Knowledge {

    private final Map<String, SourceProgress> sources = new HashMap<>();

    /**
     * Takes in progress of one source.
     *
     * @return whether the source is known now and was not, or the other way round, or began anew
     */
    boolean take(SourceProgress progress) {
        SourceProgress before = sources.put(progress.system(), progress);
        return before == null
                || (before.knownThrough() == null) != (progress.knownThrough() == null)
                || before.snapshotComplete() != progress.snapshotComplete()
                || before.incarnation() != progress.incarnation();
    }

    Map<String, SourceProgress> bySystem() {
        return Map.copyOf(sources);
    }

    /** How far each source is known; one that is not has no entry. */
    Map<String, Instant> knownThrough() {
        Map<String, Instant> known = new TreeMap<>();
        sources.forEach((system, progress) -> {
            if (progress.knownThrough() != null) {
                known.put(system, progress.knownThrough());
            }
        });
        return known;
    }

    /** How far one source is known, {@code null} while it is not. */
    Instant knownThrough(String system) {
        SourceProgress progress = sources.get(system);
        return progress == null ? null : progress.knownThrough();
    }

    /** The newest instant among sources and registry. */
    Instant newest(Instant registryKnownThrough) {
        return sources.values().stream()
                .map(SourceProgress::knownThrough)
                .filter(Objects::nonNull)
                .reduce(registryKnownThrough, Knowledge::later);
    }

    /** The instant up to which the registry and all named systems are known, {@code null} while one is not. */
    Instant all(Collection<String> systems, Instant registryKnownThrough) {
        Instant earliest = registryKnownThrough;
        for (String system : systems) {
            Instant known = knownThrough(system);
            if (known == null || earliest == null) {
                return null;
            }
            earliest = known.isBefore(earliest) ? known : earliest;
        }
        return earliest;
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }
}
