package org.faceaudit.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rule private-space-device (Measures, Art. 13): does a face open in a guest room, a bath, a changing room or a toilet? */
final class SpaceOpinion {

    private static final String RULE = "private-space-device";
    private static final Set<String> PRIVATE = Set.of("guest-room", "bath", "changing-room", "toilet");
    private static final Set<String> OTHER = Set.of("hall", "counter");

    private final SourceFacts facts;
    private final OracleRegistry registry;
    private final Doors doors;

    SpaceOpinion(SourceFacts facts, OracleRegistry registry, Doors doors) {
        this.facts = facts;
        this.registry = registry;
        this.doors = doors;
    }

    private enum Device {
        THERE,
        /** A face may be there, and in such a place; nobody can read both: nothing begins and nothing ends. */
        UNREAD,
        NOT_THERE
    }

    private static Device device(Offer offer) {
        if (!offer.inService() || !(offer.isDisputed() || offer.has(Verification.FACE))) {
            return Device.NOT_THERE;
        }
        String space = offer.space();
        if (space == null || OTHER.contains(space)) {
            return Device.NOT_THERE;
        }
        return PRIVATE.contains(space) && !offer.isDisputed() ? Device.THERE : Device.UNREAD;
    }

    List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        for (String point : doors.points()) {
            List<OracleAlert> own = new ArrayList<>();
            Instant from = null;
            for (Offer offer : doors.offers(point)) {
                Device device = device(offer);
                if (device == Device.THERE && from == null) {
                    from = offer.from().get(1);
                } else if (device == Device.NOT_THERE && from != null) {
                    add(point, from, offer.from().get(0), own);
                    from = null;
                }
            }
            if (from != null) {
                add(point, from, null, own);
            }
            alerts.addAll(own);
        }
        return alerts;
    }

    /** Unless it was over before the Measures, or is not known yet. */
    private void add(String point, Instant began, Instant to, List<OracleAlert> own) {
        Instant from = Values.later(began, registry.inForce());
        if (from.isAfter(facts.knownThrough()) || (to != null && !to.isAfter(from))) {
            return;
        }
        own.add(OracleAlert.ofSystem(
                RULE,
                facts,
                List.of("access-point", facts.subject(point)),
                own.size() + 1,
                "VIOLATION",
                registry.number(RULE + ".severity", facts.operator(), Values.day(from))
                        .intValueExact(),
                from,
                new OracleAlert.Span(from, to),
                OracleAlert.Measure.NONE,
                Exemption.NONE));
    }
}
