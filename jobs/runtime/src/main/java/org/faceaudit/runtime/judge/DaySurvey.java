package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.Set;
import java.util.function.BiConsumer;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.judgement.CriticalDays;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;

/** Finds out from the sums of one operator's legal days which of them have to be looked at closely. Not thread-safe. */
public final class DaySurvey implements PageKeeper {

    private final String operator;
    private final Knowledge knowledge = new Knowledge();
    private final OperatorCounts counts;

    public DaySurvey(String operator) {
        this.operator = operator;
        this.counts = new OperatorCounts(operator);
    }

    /**
     * Takes in a day's sum or the progress of a source.
     *
     * @return whether other days may have to be looked at
     */
    public boolean take(Fact fact) {
        if (fact.progress() == null) {
            counts.addToDay(fact.dayCount());
            return true;
        }
        Instant before = knowledge.knownThrough(fact.progress().system());
        knowledge.take(fact.progress());
        Instant after = fact.progress().knownThrough();
        if (before == null || after == null) {
            return before != after;
        }
        // Where within a day a source stands makes no difference to the bounds of the day.
        return !LegalDay.of(before).equals(LegalDay.of(after));
    }

    @Override
    public boolean keeps(Fact fact) {
        return fact.dayCount() != null;
    }

    @Override
    public void changedPages(BiConsumer<String, byte[]> memory) {
        counts.changedPages(memory);
    }

    @Override
    public void setPage(String name, byte[] page) {
        counts.setPage(name, page);
    }

    /** The days to look at closely. */
    public Set<LegalDay> critical(Registry registry) {
        return CriticalDays.of(operator, counts, registry, knowledge.knownThrough());
    }
}
