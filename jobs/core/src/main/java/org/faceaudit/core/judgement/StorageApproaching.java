package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The number of persons stored comes near the threshold of Art. 15 ¶1: WARNING by policy levels (80, 90, 95 %), without
 * legal meaning of its own. SUSPECTED when only the upper bound comes near. Ends when the count falls by the hysteresis
 * below the first level, when the threshold is reached, or with the cycle. A source that falls silent ends nothing: only
 * data resolves.
 */
final class StorageApproaching {

    static final String RULE_ID = "storage-approaching";

    /** One stretch of closeness; {@code to} is {@code null} while it lasts. */
    private static final class Stretch {
        private final Stock from;
        private Stock newest;
        private Instant to;
        private Stock ended;
        private long peak;
        private int level;

        private Stretch(Stock from) {
            this.from = from;
        }

        private boolean overlaps(Stretch other) {
            return (to == null || other.from.at().isBefore(to))
                    && (other.to == null || from.at().isBefore(other.to));
        }
    }

    private StorageApproaching() {}

    static Derivation derive(String operator, StorageCycle cycle, Registry registry) {
        List<Stretch> near = stretches(cycle, Stock::knownLow, Stock::low);
        List<Stretch> perhaps = stretches(cycle, Stock::high, Stock::high).stream()
                .filter(stretch -> near.stream().noneMatch(stretch::overlaps))
                .toList();
        List<Stretch> all = new ArrayList<>(near);
        all.addAll(perhaps);
        all.sort(Comparator.comparing(stretch -> stretch.from.at()));
        List<Episode> episodes = new ArrayList<>();
        for (Stretch stretch : all) {
            episodes.add(episode(episodes.size() + 1, stretch, near.contains(stretch), operator, registry));
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "operator", operator, cycle.trigger()), episodes);
    }

    /**
     * The stretches by one count.
     *
     * @param known what opens a stretch and makes its level
     * @param told what ends it: the same as last told
     */
    private static List<Stretch> stretches(
            StorageCycle cycle, ToLongFunction<Stock> known, ToLongFunction<Stock> told) {
        List<Stretch> stretches = new ArrayList<>();
        Stretch open = null;
        for (Stock stock : cycle.stocks()) {
            long persons = told.applyAsLong(stock);
            boolean reached = persons >= stock.thresholds().reached();
            if (open != null && (reached || persons < stock.thresholds().calm())) {
                open.to = stock.at();
                open.ended = stock;
                open = null;
            }
            if (reached) {
                return stretches;
            }
            int level = stock.thresholds().level(known.applyAsLong(stock));
            if (open == null && level > 0) {
                open = new Stretch(stock);
                stretches.add(open);
            }
            if (open != null) {
                open.newest = stock;
                open.peak = Math.max(open.peak, persons);
                open.level = Math.max(open.level, level);
            }
        }
        if (open != null) {
            open.to = cycle.end();
            open.ended = cycle.end() == null ? null : cycle.last();
        }
        return stretches;
    }

    private static Episode episode(int ordinal, Stretch stretch, boolean certain, String operator, Registry registry) {
        Stock from = stretch.from;
        long threshold = from.thresholds().reached();
        long opening = certain ? from.knownLow() : from.high();
        long current = certain ? stretch.newest.low() : stretch.newest.high();
        String name = Wording.name(operator, registry);
        String zh =
                name + "存储的人脸信息于" + from.day() + (certain ? "达到" : "可能达到") + opening + "人,接近《人脸识别技术应用安全管理办法》第十五条第一款规定的"
                        + threshold + "人;最高" + stretch.peak + "人"
                        + (stretch.to == null ? "" : ",该状态于" + LegalDay.of(stretch.to) + "结束") + "。";
        String en = "The faces stored by " + name + (certain ? " reached " : " may have reached ")
                + Wording.count(opening, "person") + " on " + from.day() + ", near the " + threshold
                + " of Art. 15 ¶1 of the Measures; at most "
                + stretch.peak
                + (stretch.to == null ? "" : ", until " + LegalDay.of(stretch.to)) + ".";
        Evidence evidence = stretch.ended == null ? from.evidence() : stretch.ended.evidence();
        EpisodeDraft draft = EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .verdict(certain ? Verdict.WARNING : Verdict.SUSPECTED)
                .occurredOn(from.day());
        return (certain ? draft.severity(stretch.level) : draft.severity(RULE_ID, operator))
                .openedAt(from.at())
                .resolvedAt(stretch.to)
                .measured(stretch.to == null ? current : stretch.peak, threshold, "persons")
                .explained(zh, en)
                .evidence(evidence)
                .build();
    }
}
