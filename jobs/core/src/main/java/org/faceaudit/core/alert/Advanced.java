package org.faceaudit.core.alert;

import java.util.List;
import java.util.Objects;

/**
 * What became of an alert by one derivation.
 *
 * @param entry what to remember
 * @param revisions what to emit, in the order of their revision; empty when nothing changed
 */
public record Advanced(LedgerEntry entry, List<AlertRevision> revisions) {

    public Advanced {
        Objects.requireNonNull(entry, "entry");
        revisions = List.copyOf(revisions);
    }
}
