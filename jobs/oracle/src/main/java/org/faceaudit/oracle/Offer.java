package org.faceaudit.oracle;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An access point as it is from an instant on.
 *
 * @param from the earliest and the latest instant from which on
 * @param there whether any row tells of it
 * @param inService whether it is used; taken for so while its rows disagree
 * @param methods what it offers; {@code null} while its rows disagree
 * @param site where it belongs, {@code null} if none is told
 * @param space in what kind of room it stands, {@code null} if none is told
 */
record Offer(List<Instant> from, boolean there, boolean inService, Set<String> methods, String site, String space) {

    boolean has(String method) {
        return methods != null && methods.contains(method);
    }

    boolean isDisputed() {
        return methods == null;
    }

    boolean hasOther() {
        return has("CARD") || has("QR");
    }

    boolean isSoleFace() {
        return inService && has(Verification.FACE) && !hasOther();
    }

    Offer since(List<Instant> instants) {
        return new Offer(instants, there, inService, methods, site, space);
    }
}
