package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegisteredException;
import org.faceaudit.core.law.Registry;

/**
 * What registered exceptions from the rule do for an image (Art. 8 ¶2 of the Measures: "except as laws and administrative
 * regulations provide"; PIPL 47 ¶2). Their citation says what they are:
 *
 * <ul>
 *   <li>{@code floor:NAME …}: a law or administrative regulation has images of the data class NAME kept for so many days from
 *       storage, parameter {@code raw-image-retained.floor.NAME}. It covers images that the mapping calls of that class, and
 *       no other: faces cut out of a video are not the video. A name without a parameter (a contract, a standard) is none.
 *   <li>{@code anonymised:NAME …}, {@code no-recognition:NAME …}, {@code training:NAME …}: it is stated, and somebody else has
 *       verified, that images of the data class NAME are anonymised irreversibly, serve no recognition (the scan of an identity
 *       card, a staff photo), or are a segregated training copy. It covers images that the mapping calls of that class.
 *   <li>{@code frozen:…}: deletion is technically hard, and nothing but storage and protection goes on: a violation is
 *       suspected only.
 *   <li>{@code hold:…}, or any other: a documented hold (litigation, dispute, re-enrolment) or another provision of a law; covers
 *       every image of its subject. The registry refuses a standard, a contract and a word that is none of these.
 * </ul>
 *
 * <p>An exception covers from its first to its last legal day. What it covers is exempt, and counted. A due day that falls
 * into it moves to its last day; a due day that had passed before it began stays.
 */
final class ImageExceptions {

    /** What a statutory floor is called in the parameters. */
    private static final String FLOORS = RawImageRetained.RULE_ID + ".floor.";

    /**
     * An exception as far as it reaches for one image.
     *
     * @param last last legal day, {@code null} for no end
     */
    private record Cover(RegisteredException exception, LegalDay last) {

        private static final Comparator<Cover> LONGEST = Comparator.comparing(
                        Cover::last, Comparator.nullsLast(Comparator.<LegalDay>naturalOrder()))
                .thenComparing(cover -> cover.exception().id(), Comparator.reverseOrder());

        boolean holds(LegalDay day) {
            return exception.validOn(day) && (last == null || !day.isAfter(last));
        }

        List<Instant> bounds() {
            List<Instant> bounds = new ArrayList<>();
            if (exception.validFrom() != null) {
                bounds.add(exception.validFrom().start());
            }
            if (last != null) {
                bounds.add(last.plusDays(1).start());
            }
            return bounds;
        }
    }

    private final String system;
    private final String operator;
    private final Registry registry;
    private final List<RegisteredException> exceptions;

    ImageExceptions(String operator, String system, Registry registry) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
        this.exceptions = registry.exceptions(RawImageRetained.RULE_ID, operator).stream()
                .filter(RegisteredException::approved)
                .toList();
    }

    /** The claims of one image with what the exceptions leave of them. */
    List<ImageClaim> applied(StoredImage image, List<ImageClaim> claims) {
        if (exceptions.isEmpty()) {
            return claims;
        }
        List<ImageClaim> applied = new ArrayList<>();
        for (ImageClaim claim : claims) {
            List<RegisteredException> own = exceptions.stream()
                    .filter(exception ->
                            exception.concerns(system + '/' + claim.cause().id()))
                    .toList();
            List<Cover> covers = own.stream()
                    .filter(exception -> !exception.statesFrozen())
                    .flatMap(exception -> cover(exception, image).stream())
                    .toList();
            List<Cover> frozen = own.stream()
                    .filter(RegisteredException::statesFrozen)
                    .map(exception -> new Cover(exception, exception.validTo()))
                    .toList();
            apply(claim, covers, frozen, applied);
        }
        return applied;
    }

    private List<Cover> cover(RegisteredException exception, StoredImage image) {
        String named = exception.dataClass().orElse(null);
        if (exception.isOfADataClass() && (named == null || !named.equals(image.dataClass()))) {
            return List.of();
        }
        if (!exception.citesFloor()) {
            return List.of(new Cover(exception, exception.validTo()));
        }
        String parameter = FLOORS + named;
        if (!registry.knows(parameter)) {
            return List.of();
        }
        LegalDay stored = LegalDay.of(image.presence().startLatest());
        LegalDay until = stored.plusDays(registry.integer(parameter, operator, stored));
        boolean endsBefore = exception.validTo() != null && exception.validTo().isBefore(until);
        return List.of(new Cover(exception, endsBefore ? exception.validTo() : until));
    }

    private static void apply(ImageClaim claim, List<Cover> covers, List<Cover> frozen, List<ImageClaim> applied) {
        List<Position> positions = new ArrayList<>(claim.positions());
        LegalDay due = moved(claim.dueOn(), covers, positions);
        if (claim.stage() == null) {
            applied.add(claim.judged(null, due, claim.from(), claim.to(), null, false, positions));
            return;
        }
        TreeSet<Instant> bounds = new TreeSet<>();
        bounds.add(claim.from());
        covers.forEach(cover -> bounds.addAll(cover.bounds()));
        frozen.forEach(cover -> bounds.addAll(cover.bounds()));
        for (Instant from : bounds.tailSet(claim.from(), true)) {
            if (!claim.holds(from)) {
                break;
            }
            Instant to = ImageClaim.earlier(bounds.higher(from), claim.to());
            LegalDay day = LegalDay.of(from);
            Cover cover = holding(covers, day);
            Cover freezing = claim.stage() == Verdict.VIOLATION ? holding(frozen, day) : null;
            if (cover != null) {
                LegalDay until = cover.last() == null || cover.last().isBefore(due) ? due : cover.last();
                applied.add(claim.judged(
                        claim.stage(), until, from, to, cover.exception().id(), true, with(positions, cover)));
            } else if (freezing != null) {
                applied.add(claim.judged(
                        Verdict.SUSPECTED, due, from, to, freezing.exception().id(), false, with(positions, freezing)));
            } else {
                applied.add(claim.judged(claim.stage(), due, from, to, null, false, positions));
            }
        }
    }

    /** The due day, moved to the end of every exception that covers the day after it. */
    private static LegalDay moved(LegalDay dueOn, List<Cover> covers, List<Position> positions) {
        LegalDay due = dueOn;
        Cover next = holding(covers, due.plusDays(1));
        while (next != null && next.last() != null) {
            due = next.last();
            positions.add(next.exception().position());
            next = holding(covers, due.plusDays(1));
        }
        return due;
    }

    /** The exception that covers a day for the longest, {@code null} for none. */
    private static Cover holding(List<Cover> covers, LegalDay day) {
        return covers.stream()
                .filter(cover -> cover.holds(day))
                .max(Cover.LONGEST)
                .orElse(null);
    }

    private static List<Position> with(List<Position> positions, Cover cover) {
        List<Position> all = new ArrayList<>(positions);
        all.add(cover.exception().position());
        return all;
    }
}
