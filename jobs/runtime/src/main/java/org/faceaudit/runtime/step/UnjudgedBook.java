package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.OutputTag;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.fact.UnjudgedCount;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Counts what a step could not judge, by subject and reason, and says it as rows at the cut: unknown is not fine, and a metric
 * is seen by nobody who asks the tables. Kept beside each key of the step, {@code operator/system} or {@code
 * operator/system/part}; the parts of one source stand in rows of their own, which the view adds up.
 */
final class UnjudgedBook {

    /** Rows of {@code unjudged_v1}. */
    static final OutputTag<TableRow> ROWS = new OutputTag<>("unjudged-rows", RecordTypes.of(TableRow.class));

    private static final String STATE = "unjudged";
    private static final char BETWEEN = '\n';

    /** What a step lends for a cut. */
    interface Keys {
        void setCurrent(String key);
    }

    private final MapState<String, UnjudgedCount> counted;
    private final long generation;
    private final Map<String, Map<String, UnjudgedCount>> news = new HashMap<>();
    private final Set<String> again = new HashSet<>();

    /** To be made before the step forgets whoever is derived anew. */
    UnjudgedBook(KeyedStateStore states, long generation) {
        this.counted =
                states.getMapState(new MapStateDescriptor<>(STATE, Types.STRING, RecordTypes.of(UnjudgedCount.class)));
        this.generation = generation;
    }

    /** What the state of a restored step is called. */
    static String state() {
        return STATE;
    }

    /** All that these keys have is said once more at the next cut: a generation says its rows itself. */
    void sayAgain(Set<String> keys) {
        again.addAll(keys);
    }

    /**
     * Notes something of a key.
     *
     * @param subject what it is about: a column by its table, an access point; nothing of its content
     * @param occurrences how many more; less than nothing where some were made good
     * @param at the commit that tells
     */
    void note(String key, String subject, String reason, long occurrences, Instant at) {
        news.computeIfAbsent(key, each -> new TreeMap<>())
                .merge(subject + BETWEEN + reason, new UnjudgedCount(occurrences, at), UnjudgedCount::and);
    }

    void atCut(long position, Keys keys, Consumer<TableRow> rows) throws Exception {
        for (Map.Entry<String, Map<String, UnjudgedCount>> entry : news.entrySet()) {
            keys.setCurrent(entry.getKey());
            for (Map.Entry<String, UnjudgedCount> each : entry.getValue().entrySet()) {
                UnjudgedCount before = counted.get(each.getKey());
                UnjudgedCount now = before == null ? each.getValue() : before.and(each.getValue());
                counted.put(each.getKey(), now);
                if (!again.contains(entry.getKey())) {
                    rows.accept(row(entry.getKey(), each.getKey(), now, position));
                }
            }
        }
        news.clear();
        for (String key : again) {
            keys.setCurrent(key);
            for (Map.Entry<String, UnjudgedCount> each : counted.entries()) {
                rows.accept(row(key, each.getKey(), each.getValue(), position));
            }
        }
        again.clear();
    }

    private TableRow row(String key, String what, UnjudgedCount count, long position) {
        String place = Scopes.system(key);
        int slash = place.indexOf('/');
        int between = what.lastIndexOf(BETWEEN);
        return AuditJson.unjudged(
                        Scopes.operator(key),
                        slash < 0 ? place : place.substring(0, slash),
                        slash < 0 ? "" : place.substring(slash + 1),
                        what.substring(0, between),
                        what.substring(between + 1),
                        count)
                .row(generation, position);
    }
}
