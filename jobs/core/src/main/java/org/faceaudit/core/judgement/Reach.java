package org.faceaudit.core.judgement;

import java.util.List;
import org.faceaudit.core.law.LegalDay;

/** Whether an operator had reached the threshold of Art. 15 ¶1 by a legal day, in the cycle of that day. */
enum Reach {
    NOT,
    POSSIBLY,
    CERTAINLY;

    static Reach by(LegalDay day, List<StorageCycle> cycles) {
        StorageCycle cycle = StorageCycle.on(day, cycles);
        Trigger trigger = cycle == null ? null : Trigger.of(cycle);
        if (trigger == null || trigger.earliestDay().isAfter(day)) {
            return NOT;
        }
        return trigger.certain() && !trigger.latestDay().isAfter(day) ? CERTAINLY : POSSIBLY;
    }
}
