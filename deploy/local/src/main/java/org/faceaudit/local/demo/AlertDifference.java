package org.faceaudit.local.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the alerts that are differ from those that must be.
 *
 * @param lines one sentence per episode that is missing, unexpected or different; none when both are the same
 */
record AlertDifference(List<String> lines) {
    AlertDifference {
        lines = List.copyOf(lines);
    }

    /** Compares by alert and episode; WITHDRAWN rows are to be left out by the caller. */
    static AlertDifference between(List<AlertRow> expected, List<AlertRow> actual) {
        Map<String, AlertRow> rest = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (AlertRow row : actual) {
            if (rest.put(row.identity(), row) != null) {
                lines.add("twice       " + row.name() + " (alert " + row.alertId() + ")");
            }
        }
        for (AlertRow must : expected) {
            AlertRow is = rest.remove(must.identity());
            if (is == null) {
                lines.add("missing     " + must.name() + ": expected " + must.outcome());
            } else if (!is.outcome().equals(must.outcome())) {
                lines.add("different   " + must.name() + ": expected " + must.outcome() + ", is " + is.outcome()
                        + " (alert " + is.alertId() + ")");
            } else if (!is.name().equals(must.name())) {
                lines.add("misnamed    " + must.name() + " is called " + is.name() + " (alert " + is.alertId() + ")");
            }
        }
        for (AlertRow row : rest.values()) {
            lines.add("unexpected  " + row.name() + ": " + row.outcome() + " (alert " + row.alertId() + ")");
        }
        return new AlertDifference(lines);
    }

    boolean none() {
        return lines.isEmpty();
    }
}
