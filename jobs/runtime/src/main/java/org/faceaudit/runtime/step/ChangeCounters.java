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
        notApplicable(reason, 1);
    }

    void notApplicable(String reason, int changes) {
        of("not-applicable", reason).inc(changes);
    }

    void unreadable(String reason) {
        of("unreadable", reason).inc();
    }

    /** How many were counted {@code not-applicable} under a reason since this start of the job. */
    long notApplicableSoFar(String reason) {
        return of("not-applicable", reason).getCount();
    }

    /** The same of {@code unreadable}. */
    long unreadableSoFar(String reason) {
        return of("unreadable", reason).getCount();
    }

    private Counter of(String kind, String reason) {
        return counters.computeIfAbsent(
                kind + '.' + reason, name -> metrics.addGroup(kind).counter(reason));
    }
}
