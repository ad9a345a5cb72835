package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The access points of one source: what they offered in the course of time, and who tried them. */
final class Doors {

    private static final Map<String, String> METHODS = Map.of("face", Verification.FACE, "card", "CARD", "qr", "QR");
    private static final Map<String, String> OUTCOMES =
            Map.of("passed", Verification.PASSED, "failed", Verification.FAILED, "declined", Verification.DECLINED);

    private final SourceFacts facts;
    private final RowBook book;
    private final OracleRegistry registry;
    private final List<Verification> verifications = new ArrayList<>();
    private final Offers offers;

    Doors(SourceFacts facts, OracleRegistry registry) {
        this.facts = facts;
        this.book = facts.book();
        this.registry = registry;
        this.offers = new Offers(facts);
        for (String key : book.keys(SourceFacts.ATTEMPT)) {
            tell(key);
        }
        verifications.sort(Comparator.comparing(Verification::latest).thenComparing(Verification::key));
    }

    /**
     * Each life of a row is a verification, of which the newest that was told in time counts: what came later than the horizon,
     * or was corrected later, is nothing. What the first snapshot shows was there before anybody looked, and is never late; what a
     * later one shows came with it. That a row goes does not undo what was made, and one that comes with the same key is
     * another, unless it names the same instant.
     */
    private void tell(String key) {
        Verification told = null;
        for (RowState state : book.states(SourceFacts.ATTEMPT, key)) {
            if (!state.present()) {
                add(told);
                told = null;
                continue;
            }
            Verification now = verification(key, state, told);
            boolean late = !book.isOfFirstSnapshot(state)
                    && now.isDated()
                    && now.latest().plus(horizon(now.latest())).isBefore(state.latest());
            told = late ? told : now;
        }
        add(told);
    }

    private void add(Verification told) {
        if (told != null) {
            verifications.removeIf(one -> one.key().equals(told.key())
                    && one.isDated()
                    && one.latest().equals(told.latest()));
            verifications.add(told);
        }
    }

    private Duration horizon(Instant at) {
        LocalDate day = Values.day(Values.later(at, registry.inForce()));
        return Duration.ofDays(
                registry.number("lateness.attempts", facts.operator(), day).longValueExact());
    }

    /**
     * Its own time, if the row says one that is not to come; else when it was told before, else when the row came. Told before
     * without such a time, it was made by then: if a snapshot shows the row again, what had been to come is no truer for being
     * past.
     */
    private static Verification verification(String key, RowState state, Verification before) {
        JsonNode row = state.row();
        Instant own = Values.zoned(row, "at");
        List<Instant> at = List.of(state.earliest(), state.latest());
        boolean tooLate =
                before != null && !before.stated() && state.ofSnapshot() && own != null && own.isAfter(before.latest());
        boolean stated = own != null && !own.isAfter(state.latest()) && !tooLate;
        if (stated) {
            at = List.of(own, own);
        } else if (before != null) {
            at = List.of(before.earliest(), before.latest());
        }
        String method = Values.text(row, "method");
        String outcome = Values.text(row, "outcome");
        return new Verification(
                key,
                Values.text(row, "point_id"),
                Values.text(row, "member_no"),
                at.get(0),
                at.get(1),
                stated || (before != null && before.stated()),
                method == null ? null : METHODS.get(method),
                outcome == null ? null : OUTCOMES.get(outcome));
    }

    /** All that is told at a known instant, since the Measures are in force and as far as the source is known; in that order. */
    List<Verification> judged() {
        return verifications.stream()
                .filter(Verification::isDated)
                .filter(one -> !one.latest().isBefore(registry.inForce())
                        && !one.latest().isAfter(facts.knownThrough()))
                .toList();
    }

    /** Of these those at one point. */
    List<Verification> judged(String point) {
        return judged().stream().filter(one -> point.equals(one.point())).toList();
    }

    /** Every point that was ever configured. */
    Set<String> points() {
        return offers.points();
    }

    /** What a point offered in the course of time; empty for a point that nobody configured. */
    List<Offer> offers(String point) {
        return offers.of(point);
    }

    /** What a point surely offered at an instant, {@code null} before the first is certain and while a change is not dated. */
    Offer surely(String point, Instant at) {
        Offer held = null;
        for (Offer offer : offers(point)) {
            if (!offer.from().get(1).isAfter(at)) {
                held = offer;
            } else if (!offer.from().get(0).isAfter(at)) {
                return null;
            }
        }
        return held;
    }

    boolean surelyOutOfService(String point, Instant at) {
        Offer offer = surely(point, at);
        return offer != null && !offer.inService();
    }
}
