package org.faceaudit.oracle;

import java.time.LocalDate;
import java.util.List;

/** Whether an operator's stock reached the threshold, and so obliged it to file. */
enum Reached {
    CERTAINLY,
    PERHAPS,
    NEVER;

    /** Within the cycle that a legal day belongs to. */
    static Reached within(List<Cycle> cycles, LocalDate day) {
        Reached reached = NEVER;
        for (Cycle cycle : cycles) {
            if (cycle.contains(day) && cycle.latestTrigger() != null) {
                reached = CERTAINLY;
            } else if (cycle.contains(day) && cycle.earliestTrigger() != null) {
                reached = PERHAPS;
            }
        }
        return reached;
    }
}
