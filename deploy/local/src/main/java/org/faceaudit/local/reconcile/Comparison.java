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

    /** Whether both have the same numbers of persons and of rows, table by table. */
    boolean same() {
        return source.equals(here);
    }

    /** Whether the sums that {@code reconciliation_v1} keeps differ, by which the job judges. */
    boolean raisesAlert() {
        return source.rows() != here.rows() || source.persons() != here.persons();
    }
}
