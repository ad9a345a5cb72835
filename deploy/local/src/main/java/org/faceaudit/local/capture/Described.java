package org.faceaudit.local.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.operator.OperatorFile;

/**
 * A source as one file describes it.
 *
 * @param file the file as it was read
 * @param copy what the job reads instead of it
 */
public record Described(OperatorFile file, String copy) {

    String topic() {
        return file.mapping().topic();
    }

    /** Whether capture needs nothing of the source that it did not need before: then there is nothing to ask it. */
    boolean capturesLike(Described before) {
        return file.source().equals(before.file.source())
                && file.mapping().heartbeatTable().equals(before.file.mapping().heartbeatTable())
                && captured().equals(before.captured());
    }

    /** Whether its tokens are made with another key than before, so that it is read anew. */
    boolean hasOtherKeyThan(Described before) {
        return !file.mapping().tokenKey().equals(before.file.mapping().tokenKey());
    }

    private Map<String, Object> captured() {
        Map<String, Object> captured = new TreeMap<>();
        for (MappedTable table : file.mapping().tablesByName().values()) {
            captured.put(table.name(), List.of(table.key(), table.columns()));
        }
        return captured;
    }

    /**
     * What is otherwise than before.
     *
     * @param added sources that no file described
     * @param changed sources that their file describes otherwise
     * @param removed topics of sources that no file describes any more
     */
    record Difference(List<Described> added, List<Described> changed, List<String> removed) {

        static Difference between(Map<String, Described> before, Map<String, Described> after) {
            List<Described> added = new ArrayList<>();
            List<Described> changed = new ArrayList<>();
            after.forEach((topic, now) -> {
                Described earlier = before.get(topic);
                if (earlier == null) {
                    added.add(now);
                } else if (!earlier.copy().equals(now.copy())) {
                    changed.add(now);
                }
            });
            List<String> removed = new ArrayList<>(before.keySet());
            removed.removeAll(after.keySet());
            return new Difference(List.copyOf(added), List.copyOf(changed), List.copyOf(removed));
        }

        boolean isNothing() {
            return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
        }
    }
}
