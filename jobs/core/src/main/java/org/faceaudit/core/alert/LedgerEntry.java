package org.faceaudit.core.alert;

import java.util.List;

/**
 * What the ledger remembers of one alert.
 *
 * @param generation the generation its newest revision belongs to
 * @param revision how many revisions the alert has had, over all its episodes; 0 before the first
 * @param episodes in ascending order; those that turned out not to be stay, with status {@link Status#WITHDRAWN}
 */
public record LedgerEntry(long generation, long revision, List<Episode> episodes) {

    public LedgerEntry {
        episodes = List.copyOf(episodes);
    }
}
