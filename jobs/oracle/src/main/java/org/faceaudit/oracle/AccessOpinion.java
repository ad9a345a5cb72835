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

    /** A time during which nothing but a face opened. */
    private record Stretch(Instant from, Instant to) {}

    List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        Instant known = facts.book().knownThrough();
        for (String key : facts.book().keys(SourceFacts.ACCESS_POINT)) {
            int episode = 0;
            for (Stretch stretch : stretches(key)) {
                Instant from = Values.later(stretch.from(), registry.inForce());
                Instant opened =
                        from.plus(Duration.ofHours(registry.number(RULE + ".grace", facts.operator(), Values.day(from))
                                .longValueExact()));
                Instant seenTo = stretch.to() == null ? known : stretch.to();
                if (seenTo.isAfter(opened)) {
                    episode++;
                    alerts.add(alert(key, episode, from, opened, stretch.to(), known));
                }
            }
        }
        return alerts;
    }

    private List<Stretch> stretches(String key) {
        List<Stretch> stretches = new ArrayList<>();
        Instant from = null;
        boolean first = true;
        for (RowState state : facts.book().states(SourceFacts.ACCESS_POINT, key)) {
            boolean soleFace = soleFace(state.row());
            if (soleFace && from == null) {
                from = first ? facts.start(SourceFacts.ACCESS_POINT, key, state).get(1) : state.latest();
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

    private OracleAlert alert(String key, int episode, Instant from, Instant opened, Instant to, Instant known) {
        Instant judgedAt = to == null ? known : to;
        LocalDate day = Values.day(judgedAt);
        String subject = facts.system() + '/' + encoded(key);
        JsonNode exception = null;
        boolean valid = false;
        for (JsonNode row : exceptions(subject)) {
            LocalDate validFrom = Values.date(row, "valid_from");
            LocalDate validTo = Values.date(row, "valid_to");
            boolean validNow = !day.isBefore(validFrom) && (validTo == null || !day.isAfter(validTo));
            boolean expired = validTo != null && day.isAfter(validTo);
            if ((validNow && !valid) || (expired && exception == null)) {
                exception = row;
                valid = validNow;
            }
        }
        boolean noEquivalent =
                exception != null && Values.text(exception, "citation").startsWith("no-equivalent:");
        boolean exempt = valid && !noEquivalent;
        boolean suspected = sidePoint(key, judgedAt, to != null) || (exception != null && !exempt);
        String verdict = suspected ? "SUSPECTED" : "VIOLATION";
        String status = to != null ? "RESOLVED" : exempt ? "EXEMPT" : "OPEN";
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
                exception == null ? null : Values.text(exception, "id"));
    }

    /** Approved exceptions for the point, its system or the whole operator. */
    private List<JsonNode> exceptions(String subject) {
        List<JsonNode> exceptions = new ArrayList<>();
        for (JsonNode row : registry.rows("exception")) {
            String scope = Values.text(row, "subject_id");
            if (RULE.equals(Values.text(row, "rule_id"))
                    && facts.operator().equals(Values.text(row, "operator_id"))
                    && Values.text(row, "approved_by") != null
                    && (scope == null || scope.isEmpty() || scope.equals(facts.system()) || scope.equals(subject))) {
                exceptions.add(row);
            }
        }
        return exceptions;
    }

    /** Whether another point of the same site offered another method at the time judged. */
    private boolean sidePoint(String key, Instant at, boolean ended) {
        RowBook book = facts.book();
        Instant lookAt = ended ? at.minusNanos(1) : at;
        JsonNode own = seenAt(key, lookAt);
        String site = own == null ? null : Values.text(own, "site");
        if (site == null) {
            return false;
        }
        for (String other : book.keys(SourceFacts.ACCESS_POINT)) {
            JsonNode row = seenAt(other, lookAt);
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

    static String encoded(String id) {
        return id.replace("%", "%25").replace("/", "%2F");
    }
}
