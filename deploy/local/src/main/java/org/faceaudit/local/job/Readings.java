package org.faceaudit.local.job;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a run of the job reads its sources. A checkpoint remembers what was made of records by the mappings of its run, so that
 * whoever is read otherwise now must not go on from it.
 *
 * @param bySource by {@code operator/system}, what stands for everything in an operator's file that decides what a record means;
 *     empty where a source was read before and no file describes it any more: what its topic got since was not read
 */
public record Readings(Map<String, String> bySource) {
    /** A job whose sources are nobody's. */
    public static final Readings NONE = new Readings(Map.of());

    private static final String ASLEEP = "";

    /** Copies the map. */
    public Readings {
        bySource = Map.copyOf(bySource);
    }

    /**
     * The operators who cannot go on from a checkpoint of this run: a mapping has changed, or a source has come back.
     * A source that was not read before is no change. Of a run that did not say how it read, everybody.
     *
     * @param now how their sources are read from now on
     */
    public Set<String> changedOperators(Readings now) {
        Set<String> operators = new TreeSet<>();
        now.bySource().forEach((source, reading) -> {
            if (bySource.isEmpty() || !bySource.getOrDefault(source, reading).equals(reading)) {
                operators.add(source.substring(0, source.indexOf('/')));
            }
        });
        return operators;
    }

    /** The same for a run that goes on from one of these: it knows which sources it does not read any more. */
    public Readings goneOnWith(Readings now) {
        Map<String, String> all = new TreeMap<>();
        bySource.keySet().forEach(source -> all.put(source, ASLEEP));
        all.putAll(now.bySource());
        return new Readings(all);
    }
}
