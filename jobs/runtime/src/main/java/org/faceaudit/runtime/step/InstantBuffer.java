package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.fact.InstantPage;

/**
 * Gathers count deltas between two cuts, and hands them over netted: by instant, a page for each operator and stretch of days,
 * and summed up by legal day. Empty at every cut, hence no state.
 */
final class InstantBuffer {

    private static final int CAPACITY = 200_000;

    private static final Comparator<CountDelta> ORDER =
            Comparator.comparing(CountDelta::at).thenComparing(CountDelta::series);

    private final Map<String, Map<Integer, List<CountDelta>>> gathered = new HashMap<>();
    private final Consumer<InstantPage> pages;
    private final Consumer<CountDelta> days;
    private final DayBuffer.DayFinder dayFinder = new DayBuffer.DayFinder();
    private int size;

    /**
     * A buffer without deltas.
     *
     * @param pages takes what changed by instant
     * @param days takes every sum of a legal day that changed
     */
    InstantBuffer(Consumer<InstantPage> pages, Consumer<CountDelta> days) {
        this.pages = pages;
        this.days = days;
    }

    /** Adds a delta; when too many have gathered, hands them over early, which changes no sum. */
    void add(CountDelta delta) {
        gathered.computeIfAbsent(delta.operator(), operator -> new HashMap<>())
                .computeIfAbsent(InstantPage.stretch(dayFinder.of(delta.at())), stretch -> new ArrayList<>())
                .add(delta);
        size++;
        if (size >= CAPACITY) {
            flush();
        }
    }

    /** Hands everything over and starts anew. */
    void flush() {
        for (Map.Entry<String, Map<Integer, List<CountDelta>>> operator : gathered.entrySet()) {
            for (Map.Entry<Integer, List<CountDelta>> stretch :
                    operator.getValue().entrySet()) {
                List<CountDelta> net = netted(stretch.getValue());
                if (!net.isEmpty()) {
                    pages.accept(InstantPage.empty(operator.getKey(), stretch.getKey())
                            .with(net));
                    sumUp(net);
                }
            }
        }
        gathered.clear();
        size = 0;
    }

    /** In order of time, and each instant of a series once. */
    static List<CountDelta> netted(List<CountDelta> deltas) {
        if (deltas.size() > 1) {
            deltas.sort(ORDER);
        }
        List<CountDelta> net = new ArrayList<>(deltas.size());
        CountDelta sum = null;
        for (CountDelta delta : deltas) {
            if (sum != null && sum.at().equals(delta.at()) && sum.series().equals(delta.series())) {
                sum = sum.plus(delta);
                continue;
            }
            add(sum, net);
            sum = delta;
        }
        add(sum, net);
        return net;
    }

    private static void add(CountDelta sum, List<CountDelta> net) {
        if (sum != null && !sum.isNothing()) {
            net.add(sum);
        }
    }

    /** The deltas are in order, so those of a day stand together. */
    private void sumUp(List<CountDelta> net) {
        Map<String, CountDelta> sums = new TreeMap<>();
        LegalDay of = null;
        for (CountDelta delta : net) {
            LegalDay here = dayFinder.of(delta.at());
            if (of != null && !here.equals(of)) {
                tell(sums);
            }
            of = here;
            sums.merge(delta.series(), delta, CountDelta::plus);
        }
        tell(sums);
    }

    private void tell(Map<String, CountDelta> sums) {
        for (CountDelta sum : sums.values()) {
            if (!sum.isNothing()) {
                days.accept(sum.ofDay());
            }
        }
        sums.clear();
    }
}
