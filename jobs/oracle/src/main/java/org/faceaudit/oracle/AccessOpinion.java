package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
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
        String subject = facts.system() + '/' + encoded(key);
        Cover cover = cover(key, subject, judgedAt);
        boolean suspected = sidePoint(key, judgedAt, to == null)
                || List.of(Cover.Kind.STATED, Cover.Kind.EXPIRED, Cover.Kind.BESIDE)
                        .contains(cover.kind());
        String verdict = suspected ? "SUSPECTED" : "VIOLATION";
        Instant from = Values.later(stretch.from().get(suspected ? 0 : 1), registry.inForce());
        Instant opened = from.plus(Duration.ofHours(registry.number(RULE + ".grace", facts.operator(), Values.day(from))
                .longValueExact()));
        if (to == null ? opened.isAfter(known) : !opened.isBefore(to)) {
            return null;
        }
        String status = to != null ? "RESOLVED" : cover.kind() == Cover.Kind.VALID ? "EXEMPT" : "OPEN";
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
                cover.exception() == null ? null : Values.text(cover.exception(), "id"));
    }

    /** What the registered exceptions say of a point on a day. */
    private record Cover(Kind kind, JsonNode exception) {

        enum Kind {
            VALID,
            STATED,
            EXPIRED,
            BESIDE,
            NONE
        }
    }

    /**
     * A valid exception before a mere statement, that before an expired one, of several the most specific, longest; before one
     * that is valid beside the point only, of several the longest.
     */
    private Cover cover(String key, String subject, Instant judgedAt) {
        LocalDate day = Values.day(judgedAt);
        Comparator<JsonNode> longest = Comparator.comparing(AccessOpinion::validTo, Comparator.reverseOrder())
                .thenComparing(row -> Values.text(row, "id"));
        List<JsonNode> exceptions = exceptions(subject);
        exceptions.sort(
                Comparator.comparing((JsonNode row) -> -scope(row).length()).thenComparing(longest));
        Cover cover = new Cover(Cover.Kind.NONE, null);
        for (JsonNode row : exceptions) {
            Cover.Kind kind = Cover.Kind.NONE;
            if (day.isAfter(validTo(row))) {
                kind = Cover.Kind.EXPIRED;
            } else if (begun(row, day)) {
                kind = stated(row) ? Cover.Kind.STATED : Cover.Kind.VALID;
            }
            if (kind.compareTo(cover.kind()) < 0) {
                cover = new Cover(kind, row);
            }
        }
        if (cover.kind() != Cover.Kind.NONE) {
            return cover;
        }
        return registry.exceptions(RULE, facts.operator()).stream()
                .filter(row -> begun(row, day) && !day.isAfter(validTo(row)) && !stated(row))
                .filter(row -> ofTheSamePlace(key, scope(row), judgedAt))
                .min(longest)
                .map(row -> new Cover(Cover.Kind.BESIDE, row))
                .orElse(cover);
    }

    private static boolean begun(JsonNode row, LocalDate day) {
        LocalDate from = Values.date(row, "valid_from");
        return from == null || !day.isBefore(from);
    }

    private static boolean stated(JsonNode row) {
        return Values.text(row, "citation").startsWith("no-equivalent:");
    }

    /** Whether a subject is another point of this system, with the site that this one has; none is like no other. */
    private boolean ofTheSamePlace(String key, String named, Instant at) {
        JsonNode own = seenAt(key, at);
        for (String other : facts.book().keys(SourceFacts.ACCESS_POINT)) {
            JsonNode row = seenAt(other, at);
            if (!other.equals(key)
                    && named.equals(facts.system() + '/' + encoded(other))
                    && own != null
                    && row != null) {
                String site = Values.text(own, "site");
                return site != null && site.equals(Values.text(row, "site"));
            }
        }
        return false;
    }

    private static LocalDate validTo(JsonNode row) {
        LocalDate to = Values.date(row, "valid_to");
        return to == null ? LocalDate.MAX : to;
    }

    private static String scope(JsonNode row) {
        String scope = Values.text(row, "subject_id");
        return scope == null ? "" : scope;
    }

    /** Approved exceptions for the point, its system or the whole operator. */
    private List<JsonNode> exceptions(String subject) {
        List<JsonNode> exceptions = new ArrayList<>(registry.exceptions(RULE, facts.operator()));
        exceptions.removeIf(row -> !List.of("", facts.system(), subject).contains(scope(row)));
        return exceptions;
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

    static String encoded(String id) {
        return id.replace("%", "%25").replace("/", "%2F");
    }
}
