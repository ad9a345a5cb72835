package org.faceaudit.runtime.step;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what no judgement uses, and what could not be read, each by its reason. */
final class ChangeCounters {

    private final MetricGroup metrics;
    private final Map<String, Counter> counters = new HashMap<>();

    ChangeCounters(MetricGroup metrics) {
        this.metrics = metrics;
    }

    void notApplicable(String reason) {
        count("not-applicable", reason);
    }

    void unreadable(String reason) {
        count("unreadable", reason);
    }

    private void count(String kind, String reason) {
        counters.computeIfAbsent(
                        kind + '.' + reason,
                        name -> metrics.addGroup(kind).counter(reason))
                .inc();
    }
}
