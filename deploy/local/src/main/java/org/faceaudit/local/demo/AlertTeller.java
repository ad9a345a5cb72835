package org.faceaudit.local.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells alerts as they come, each once per change that a reader would notice. */
final class AlertTeller {
    private static final String RESET = "\u001b[0m";

    private final boolean colour;
    private final Map<String, String> told = new HashMap<>();
    private long newest;

    /** @param colour whether a terminal reads this */
    AlertTeller(boolean colour) {
        this.colour = colour;
    }

    /** Whether standard output is a terminal whose reader wants colour. */
    static boolean terminal() {
        return System.console() != null && System.getenv("NO_COLOR") == null;
    }

    /** After which change to ask for more. */
    long newest() {
        return newest;
    }

    /** The lines that tell what is new in some changed alerts. */
    List<String> tell(List<AuditView.TellableAlert> changed) {
        List<String> lines = new ArrayList<>();
        for (AuditView.TellableAlert alert : changed) {
            newest = Math.max(newest, alert.change());
            AlertRow row = alert.row();
            String before = told.put(row.identity(), row.outcome());
            if (row.outcome().equals(before)) {
                continue;
            }
            lines.add(paint(row) + "  " + row.name() + "  since " + alert.since()
                    + (before == null ? "" : "  (was " + before + ")"));
            lines.add("      " + alert.zh());
            lines.add("      " + alert.en());
            lines.add("      " + alert.article());
        }
        return lines;
    }

    private String paint(AlertRow row) {
        if (!colour) {
            return row.outcome();
        }
        String code = switch (row.status()) {
            case "OPEN" ->
                switch (row.verdict()) {
                    case "VIOLATION" -> "\u001b[1;31m";
                    case "SUSPECTED" -> "\u001b[35m";
                    case "WARNING" -> "\u001b[33m";
                    default -> "\u001b[36m";
                };
            case "EXEMPT" -> "\u001b[34m";
            default -> "\u001b[32m";
        };
        return code + row.outcome() + RESET;
    }
}
