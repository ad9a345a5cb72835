package org.faceaudit.local.reconcile;

import org.faceaudit.cli.reconcile.Counts;

/**
 * What was found.
 *
 * @param topic of the source
 * @param logPosition the position of the source's log that both sides were counted at
 * @param source what the source holds
 * @param here what its topic says that it holds
 */
record Comparison(String topic, String logPosition, Counts source, Counts here) {

    /** Whether both have the same numbers of rows and of persons, as {@code reconciliation_v1} keeps them. */
    boolean same() {
        return source.rows() == here.rows() && source.persons() == here.persons();
    }
}
