package org.faceaudit.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Rule sole-face-method (Measures, Art. 10): is a face the only way through an access point? */
final class AccessOpinion {

    private static final String RULE = "sole-face-method";

    private final SourceFacts facts;
    private final OracleRegistry registry;
    private final Doors doors;

    AccessOpinion(SourceFacts facts, OracleRegistry registry, Doors doors) {
        this.facts = facts;
        this.registry = registry;
        this.doors = doors;
    }

    /** A time during which nothing but a face opened, as far as anybody knows: the beginning with its bounds, the last place. */
    private record Stretch(List<Instant> from, Instant to, String site) {}

    List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        for (String key : doors.points()) {
            int episode = 1;
            for (Stretch stretch : stretches(key)) {
                OracleAlert alert = alert(key, episode, stretch);
                if (alert != null) {
                    alerts.add(alert);
                    episode++;
                }
            }
        }
        return alerts;
    }

    private List<Stretch> stretches(String key) {
        List<Stretch> stretches = new ArrayList<>();
        List<Instant> from = null;
        String site = null;
        for (Offer offer : doors.offers(key)) {
            if (offer.isSoleFace()) {
                from = from == null ? offer.from() : from;
                site = offer.site();
            } else if (from != null && !goesOn(from.get(1), offer)) {
                stretches.add(new Stretch(from, offer.from().get(0), site));
                from = null;
            }
        }
        if (from != null) {
            stretches.add(new Stretch(from, null, site));
        }
        return stretches;
    }

    /** Rows that begin to disagree end nothing that had surely lasted longer than the grace. */
    private boolean goesOn(Instant began, Offer offer) {
        return offer.isDisputed() && opened(began).isBefore(offer.from().get(0));
    }

    private Instant opened(Instant began) {
        Instant from = Values.later(began, registry.inForce());
        return from.plus(Duration.ofHours(registry.number(RULE + ".grace", facts.operator(), Values.day(from))
                .longValueExact()));
    }

    /** {@code null} if the grace was not passed, as far as is known. */
    private OracleAlert alert(String key, int episode, Stretch stretch) {
        Instant to = stretch.to();
        Instant known = facts.book().knownThrough();
        Instant judgedAt = to == null ? known : to.minusNanos(1);
        String subject = facts.subject(key);
        Exemption cover = cover(key, subject, stretch.site(), judgedAt);
        boolean suspected = sidePoint(key, stretch.site(), judgedAt, to == null)
                || List.of(Exemption.Kind.STATED, Exemption.Kind.EXPIRED, Exemption.Kind.BESIDE)
                        .contains(cover.kind());
        String verdict = suspected ? "SUSPECTED" : "VIOLATION";
        Instant from = Values.later(stretch.from().get(suspected ? 0 : 1), registry.inForce());
        Instant opened = opened(from);
        if (to == null ? opened.isAfter(known) : !opened.isBefore(to)) {
            return null;
        }
        String status = to != null ? "RESOLVED" : cover.isValid() ? "EXEMPT" : "OPEN";
        return new OracleAlert(
                AlertId.of(RULE, facts.operator(), "access-point", subject, ""),
                RULE,
                facts.operator(),
                facts.system(),
                "access-point",
                subject,
                "",
                episode,
                verdict,
                status,
                registry.severity(RULE, verdict, facts.operator(), Values.day(from)),
                Values.day(from),
                opened,
                to,
                null,
                null,
                null,
                null,
                false,
                null,
                cover.id());
    }

    /** What covers the point; if nothing does, what is valid beside it. */
    private Exemption cover(String key, String subject, String site, Instant judgedAt) {
        LocalDate day = Values.day(judgedAt);
        Exemption own = Exemption.of(registry, RULE, facts, subject, day);
        if (own.kind() != Exemption.Kind.NONE) {
            return own;
        }
        return registry.exceptions(RULE, facts.operator()).stream()
                .filter(row -> Exemption.isInForce(row, day) && !Exemption.isStatement(row))
                .filter(row -> ofTheSamePlace(key, Exemption.scope(row), site, judgedAt))
                .min(Exemption.LONGEST)
                .map(row -> new Exemption(Exemption.Kind.BESIDE, row))
                .orElse(own);
    }

    /** Whether a subject is another point of this system, at the site that this one has; none is like no other. */
    private boolean ofTheSamePlace(String key, String named, String site, Instant at) {
        for (String other : doors.points()) {
            if (!other.equals(key) && named.equals(facts.subject(other))) {
                Offer offer = newest(other, 1, at);
                return site != null && offer != null && site.equals(offer.site());
            }
        }
        return false;
    }

    /** Whether another point of the same site offered another method at the time judged, or perhaps did while the state lasts. */
    private boolean sidePoint(String key, String site, Instant lookAt, boolean perhaps) {
        for (String other : doors.points()) {
            Offer offer = newest(other, perhaps ? 0 : 1, lookAt);
            if (site != null
                    && !other.equals(key)
                    && offer != null
                    && offer.inService()
                    && offer.hasOther()
                    && site.equals(offer.site())) {
                return true;
            }
        }
        return false;
    }

    /** The newest offer that may have begun by an instant, or surely has: {@code bound} 0 or 1. */
    private Offer newest(String point, int bound, Instant at) {
        Offer newest = null;
        for (Offer offer : doors.offers(point)) {
            newest = offer.from().get(bound).isAfter(at) ? newest : offer;
        }
        return newest;
    }
}
