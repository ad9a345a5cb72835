package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the access points of a gym offered in the course of time, by all rows about them: the point's own, and settings that were
 * made for it beside that.
 */
final class Offers {

    private final SourceFacts facts;
    private final RowBook book;
    private final Map<String, List<Offer>> told = new HashMap<>();

    Offers(SourceFacts facts) {
        this.facts = facts;
        this.book = facts.book();
    }

    /** Every point that was ever configured: of another one, though somebody tried it, nobody can say what it is. */
    Set<String> points() {
        Set<String> points = new TreeSet<>(book.keys(SourceFacts.ACCESS_POINT));
        for (String setting : book.keys(SourceFacts.GATE_SETTING)) {
            book.states(SourceFacts.GATE_SETTING, setting).stream()
                    .filter(RowState::present)
                    .forEach(state -> points.add(Values.text(state.row(), "gate_id")));
        }
        return points;
    }

    /** What a point offered, of one instant the last; empty for a point that nobody configured. */
    List<Offer> of(String point) {
        return told.computeIfAbsent(point, this::together);
    }

    private List<Offer> own(String point) {
        List<Offer> offers = new ArrayList<>();
        for (RowState state : book.netStates(SourceFacts.ACCESS_POINT, point)) {
            List<Instant> from = offers.isEmpty() && state.present()
                    ? facts.start(SourceFacts.ACCESS_POINT, point, state)
                    : List.of(state.earliest(), state.latest());
            offers.add(offer(from, state.row(), "in_service"));
        }
        return offers;
    }

    /** A setting as long as it is one of the point's. */
    private List<Offer> setting(String point, String key) {
        List<Offer> offers = new ArrayList<>();
        for (RowState state : book.netStates(SourceFacts.GATE_SETTING, key)) {
            boolean ofPoint = state.present() && point.equals(Values.text(state.row(), "gate_id"));
            if (ofPoint || !offers.isEmpty()) {
                List<Instant> from = List.of(state.earliest(), state.latest());
                offers.add(offer(from, ofPoint ? state.row() : null, "enabled"));
            }
        }
        return offers;
    }

    private static Offer offer(List<Instant> from, JsonNode row, String service) {
        Set<String> methods = new HashSet<>();
        for (String method : List.of(Verification.FACE, "CARD", "QR")) {
            if (row != null && Values.flag(row, "by_" + method.toLowerCase(Locale.ROOT))) {
                methods.add(method);
            }
        }
        return row == null
                ? new Offer(from, false, false, methods, null, null)
                : new Offer(
                        from,
                        true,
                        Values.flag(row, service),
                        methods,
                        Values.text(row, "site"),
                        Values.text(row, "space"));
    }

    /** Everything that is told of a point, as it was whenever some row of it changed. */
    private List<Offer> together(String point) {
        List<Offer> own = own(point);
        List<List<Offer>> settings = book.keys(SourceFacts.GATE_SETTING).stream()
                .map(key -> setting(point, key))
                .filter(offers -> !offers.isEmpty())
                .toList();
        Set<Instant> instants = new TreeSet<>();
        Stream.concat(Stream.of(own), settings.stream())
                .forEach(offers ->
                        offers.forEach(offer -> instants.add(offer.from().get(1))));
        List<Offer> all = new ArrayList<>();
        Offer last = null;
        for (Instant at : instants) {
            List<Offer> set = settings.stream()
                    .map(offers -> at(offers, at))
                    .filter(Objects::nonNull)
                    .toList();
            Offer now = together(at(own, at), set, at);
            if (last == null || !now.since(last.from()).equals(last)) {
                all.add(now);
                last = now;
            }
        }
        return all;
    }

    private static Offer at(List<Offer> offers, Instant at) {
        Offer held = null;
        for (Offer offer : offers) {
            held = offer.from().get(1).isAfter(at) ? held : offer;
        }
        return held;
    }

    /**
     * The point's own row and those settings that are switched on, or all of them if none is, say one thing, or nobody knows what
     * the gate obeys.
     */
    private static Offer together(Offer own, List<Offer> settings, Instant at) {
        Instant earliest = Instant.MIN;
        for (Offer offer : settings) {
            earliest = Values.later(earliest, offer.from().get(0));
        }
        earliest = own == null ? earliest : Values.later(earliest, own.from().get(0));
        List<Instant> from = List.of(earliest, at);
        List<Offer> counting = new ArrayList<>();
        boolean on = settings.stream().anyMatch(Offer::inService);
        settings.stream()
                .filter(offer -> offer.there() && offer.inService() == on)
                .forEach(counting::add);
        String site = own == null ? null : own.site();
        String space = own == null ? null : own.space();
        if (own != null && own.there()) {
            counting.add(own);
        }
        if (counting.isEmpty()) {
            return new Offer(from, false, false, Set.of(), null, null);
        }
        Offer first = counting.get(0);
        boolean agreed = counting.stream()
                .allMatch(offer -> offer.inService() == first.inService()
                        && offer.methods().equals(first.methods()));
        return new Offer(from, true, !agreed || first.inService(), agreed ? first.methods() : null, site, space);
    }
}
