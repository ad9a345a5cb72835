package org.faceaudit.core.judgement;

import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.Duty;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.StatutoryDeadlines;

/**
 * The number of persons whose faces are stored has reached 100,000: NOTICE, and the filing duty begins (Art. 15 ¶1 of
 * the Measures: "达到", so exactly 100,000 counts). SUSPECTED while only the upper bound, or only an uncertain storage
 * time, reaches it. Deletions never resolve it; they are noted.
 *
 * <p>Known gaps: libraries kept for training alone (Art. 2 ¶2) are counted unless the mapping leaves them out.
 */
final class StorageReached {

    static final String RULE_ID = "storage-reached";

    private StorageReached() {}

    static AlertKey key(String operator, StorageCycle cycle) {
        return new AlertKey(RULE_ID, operator, "operator", operator, cycle.trigger());
    }

    /** @param trigger {@code null} when the threshold is not reached */
    static Derivation derive(String operator, StorageCycle cycle, Trigger trigger, Registry registry) {
        AlertKey key = key(operator, cycle);
        if (trigger == null) {
            return new Derivation(key, List.of());
        }
        Stock reached = trigger.earliest();
        Deadline due = StatutoryDeadlines.due(Duty.FILING, trigger.earliestDay(), registry);
        long threshold = reached.thresholds().reached();
        Stock below = belowSince(cycle);
        String name = Wording.name(operator, registry);
        // with bounds the count of the earliest day may not be that of the latest: only the threshold is sure of both
        boolean oneDay = !trigger.certain() || trigger.earliestDay().equals(trigger.latestDay());
        long persons = oneDay ? trigger.measured() : threshold;
        String zh = name + "存储人脸信息的人数"
                + trigger.reachedZh(persons + "人(法定数量" + threshold + "人)", registry) + ","
                + Wording.toFileZh(due, registry)
                + (trigger.leansOnSilence() ? ";其中部分人脸信息的数据源此前已中断,是否仍在存储尚不确定" : "")
                + (below == null ? "" : ";自" + below.day() + "起低于该数量") + "。";
        String en = "The number of persons whose faces " + name + " stores "
                + trigger.reachedEn(Wording.count(persons, "person"), registry) + " (threshold " + threshold + "); "
                + Wording.toFileEn(due, registry)
                + (trigger.leansOnSilence()
                        ? "; part of the faces lie in a source that had fallen silent by then, whether they were still"
                                + " stored is not known"
                        : "")
                + (below == null ? "" : "; the stock has been below the threshold since " + below.day()) + ".";
        return new Derivation(
                key,
                List.of(EpisodeDraft.in(registry)
                        .verdict(trigger.certain() ? Verdict.NOTICE : Verdict.SUSPECTED)
                        .occurredOn(trigger.earliestDay())
                        .openedAt(reached.at())
                        .severity(RULE_ID, operator)
                        .due(due)
                        .measured(trigger.measured(), threshold, "persons")
                        .explained(zh, en)
                        .evidence(reached.evidence())
                        .build()));
    }

    /** The stock since which the count is below the threshold without interruption, {@code null} if it is not. */
    private static Stock belowSince(StorageCycle cycle) {
        Stock since = null;
        for (Stock stock : cycle.stocks()) {
            if (stock.high() >= stock.thresholds().reached()) {
                since = null;
            } else if (since == null) {
                since = stock;
            }
        }
        return since;
    }
}
