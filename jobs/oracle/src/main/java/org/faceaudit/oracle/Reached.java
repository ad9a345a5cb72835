package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Whether an operator's stock had reached the threshold, and so obliged it to file; who files before is a volunteer. */
enum Reached {
    CERTAINLY,
    PERHAPS,
    NOT_YET;

    /** By the end of a legal day, within the cycle that the day belongs to. */
    static Reached by(LocalDate day, List<Cycle> cycles) {
        Reached reached = NOT_YET;
        for (Cycle cycle : cycles) {
            if (cycle.contains(day) && happened(cycle.latestTrigger(), day)) {
                reached = CERTAINLY;
            } else if (cycle.contains(day) && happened(cycle.earliestTrigger(), day)) {
                reached = PERHAPS;
            }
        }
        return reached;
    }

    private static boolean happened(Instant trigger, LocalDate day) {
        return trigger != null && !Values.day(trigger).isAfter(day);
    }
}
