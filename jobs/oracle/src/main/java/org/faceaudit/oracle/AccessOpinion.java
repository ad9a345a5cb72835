package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Rule sole-face-method (Measures, Art. 10): is a face the only way through an access point? */
final class AccessOpinion {

    private static final String RULE = "sole-face-method";

    private final SourceFacts facts;
    private final OracleRegistry registry;

    AccessOpinion(SourceFacts facts, OracleRegistry registry) {
        this.facts = facts;
        this.registry = registry;
    }

    /** A time during which nothing but a face opened, the beginning with its bounds. */
    private record Stretch(List<Instant> from, Instant to) {}

    List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        for (String key : facts.book().keys(SourceFacts.ACCESS_POINT)) {
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
        boolean first = true;
        for (RowState state : facts.book().netStates(SourceFacts.ACCESS_POINT, key)) {
            boolean soleFace = soleFace(state.row());
            if (soleFace && from == null) {
                from = first
                        ? facts.start(SourceFacts.ACCESS_POINT, key, state)
                        : List.of(state.earliest(), state.latest());
            } else if (!soleFace && from != null) {
                stretches.add(new Stretch(from, state.earliest()));
                from = null;
            }
            first = false;
        }
        if (from != null) {
            stretches.add(new Stretch(from, null));
        }
        return stretches;
    }

    private static boolean inForce(JsonNode row) {
        return row != null && Values.flag(row, "in_service");
    }

    private static boolean otherMethod(JsonNode row) {
        return Values.flag(row, "by_card") || Values.flag(row, "by_qr");
    }

    private static boolean soleFace(JsonNode row) {
        return inForce(row) && Values.flag(row, "by_face") && !otherMethod(row);
    }

    /** {@code null} if the grace was not passed, as far as is known. */
    private OracleAlert alert(String key, int episode, Stretch stretch) {
        Instant to = stretch.to();
        Instant known = facts.book().knownThrough();
        Instant judgedAt = to == null ? known : to.minusNanos(1);
        String subject = facts.subject(key);
        Exemption cover = cover(key, subject, judgedAt);
        boolean suspected = sidePoint(key, judgedAt, to == null)
                || List.of(Exemption.Kind.STATED, Exemption.Kind.EXPIRED, Exemption.Kind.BESIDE)
                        .contains(cover.kind());
        String verdict = suspected ? "SUSPECTED" : "VIOLATION";
        Instant from = Values.later(stretch.from().get(suspected ? 0 : 1), registry.inForce());
        Instant opened = from.plus(Duration.ofHours(registry.number(RULE + ".grace", facts.operator(), Values.day(from))
                .longValueExact()));
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
    private Exemption cover(String key, String subject, Instant judgedAt) {
        LocalDate day = Values.day(judgedAt);
        Exemption own = Exemption.of(registry, RULE, facts, subject, day);
        if (own.kind() != Exemption.Kind.NONE) {
            return own;
        }
        return registry.exceptions(RULE, facts.operator()).stream()
                .filter(row -> Exemption.isInForce(row, day) && !Exemption.isStatement(row))
                .filter(row -> ofTheSamePlace(key, Exemption.scope(row), judgedAt))
                .min(Exemption.LONGEST)
                .map(row -> new Exemption(Exemption.Kind.BESIDE, row))
                .orElse(own);
    }

    /** Whether a subject is another point of this system, with the site that this one has; none is like no other. */
    private boolean ofTheSamePlace(String key, String named, Instant at) {
        JsonNode own = seenAt(key, at);
        for (String other : facts.book().keys(SourceFacts.ACCESS_POINT)) {
            JsonNode row = seenAt(other, at);
            if (!other.equals(key) && named.equals(facts.subject(other)) && own != null && row != null) {
                String site = Values.text(own, "site");
                return site != null && site.equals(Values.text(row, "site"));
            }
        }
        return false;
    }

    /** Whether another point of the same site offered another method at the time judged, or perhaps did while the state lasts. */
    private boolean sidePoint(String key, Instant lookAt, boolean perhaps) {
        RowBook book = facts.book();
        JsonNode own = perhaps ? perhapsAt(key, lookAt) : seenAt(key, lookAt);
        String site = own == null ? null : Values.text(own, "site");
        if (site == null) {
            return false;
        }
        for (String other : book.keys(SourceFacts.ACCESS_POINT)) {
            JsonNode row = perhaps ? perhapsAt(other, lookAt) : seenAt(other, lookAt);
            if (!other.equals(key)
                    && inForce(row)
                    && otherMethod(row)
                    && Objects.equals(site, Values.text(row, "site"))) {
                return true;
            }
        }
        return false;
    }

    private JsonNode seenAt(String key, Instant at) {
        return facts.book().at(SourceFacts.ACCESS_POINT, key, at);
    }

    /** The newest state that may have begun by then. */
    private JsonNode perhapsAt(String key, Instant at) {
        JsonNode row = null;
        boolean first = true;
        for (RowState state : facts.book().netStates(SourceFacts.ACCESS_POINT, key)) {
            Instant began = first && state.row() != null
                    ? facts.start(SourceFacts.ACCESS_POINT, key, state).get(0)
                    : state.earliest();
            row = began.isAfter(at) ? row : state.row();
            first = false;
        }
        return row;
    }
}
