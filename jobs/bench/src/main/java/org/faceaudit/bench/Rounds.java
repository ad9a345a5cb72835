package org.faceaudit.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes trials in turn, every other round backwards, and forgets the first round: A B, B A, A B. */
public final class Rounds {

    /** Something that costs. */
    public interface Trial {
        /** What it cost this time. */
        double run() throws Exception;
    }

    private final Report report;
    private final int rounds;
    private final Map<String, Trial> trials = new LinkedHashMap<>();

    /** @param rounds how many count; one more is taken */
    public Rounds(Report report, int rounds) {
        this.report = report;
        this.rounds = rounds;
    }

    public Rounds add(String name, Trial trial) {
        trials.put(name, trial);
        return this;
    }

    /** Takes all rounds; the costs of each trial, round by round. */
    public Map<String, double[]> take() throws Exception {
        Map<String, double[]> costs = new LinkedHashMap<>();
        trials.keySet().forEach(name -> costs.put(name, new double[rounds]));
        List<String> order = new ArrayList<>(trials.keySet());
        for (int round = 0; round <= rounds; round++) {
            for (String name : order) {
                double cost = trials.get(name).run();
                if (round > 0) {
                    costs.get(name)[round - 1] = cost;
                }
                report.progress("%s, round %d of %d%s", name, round, rounds, round == 0 ? " (forgotten)" : "");
            }
            Collections.reverse(order);
        }
        return costs;
    }
}
