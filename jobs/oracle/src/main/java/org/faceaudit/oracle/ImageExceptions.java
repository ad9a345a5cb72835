package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is registered of images that have to be kept, or cannot be deleted (Art. 8 ¶2; PIPL 47 ¶2). While a hold or a
 * statutory floor covers an image, keeping it is exempt; a last day that falls into it moves to its end, one that had passed
 * before stays. A floor covers images of its data class alone, for so many days from when they were stored; a statement that
 * a class is anonymised, serves no recognition or is a training copy covers that class too, for its own days. Of frozen storage
 * a breach is suspected only. Of several the one that lasts longest is named.
 */
final class ImageExceptions {

    private static final String FLOOR = "floor";
    /** What begins a citation that is about one data class. */
    private static final List<String> CLASSES = List.of(FLOOR, "anonymised", "no-recognition", "training");

    private static final String FROZEN = "frozen";

    private final String operator;
    private final String system;
    private final OracleRegistry registry;

    ImageExceptions(String operator, String system, OracleRegistry registry) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
    }

    /** The days on which one exception covers one image, both included. */
    private record Cover(String id, LocalDate from, LocalDate to, OraclePosition stated) {

        private static final Comparator<Cover> LONGEST =
                Comparator.comparing(Cover::to).thenComparing(Cover::id, Comparator.reverseOrder());

        boolean on(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    /**
     * What the claims on one image become.
     *
     * @param dataClass what the law calls such images, {@code null} for a face library
     * @param stored the latest instant at which it was stored
     */
    List<ImageClaim> applied(List<ImageClaim> claims, String dataClass, Instant stored) {
        List<ImageClaim> applied = new ArrayList<>();
        for (ImageClaim claim : claims) {
            List<Cover> covers = new ArrayList<>();
            List<Cover> frozen = new ArrayList<>();
            for (JsonNode row : registry.exceptions(ImageOpinion.RULE, operator)) {
                Cover cover = concerns(row, claim.cause()) ? cover(row, dataClass, stored) : null;
                if (cover != null) {
                    boolean states = Citation.of(row).word().equals(FROZEN);
                    (states ? frozen : covers).add(cover);
                }
            }
            apply(claim, covers, frozen, applied);
        }
        return applied;
    }

    private boolean concerns(JsonNode row, ImageClaim.Cause cause) {
        String scope = Values.text(row, "subject_id");
        return scope == null || List.of("", system, system + '/' + cause.id()).contains(scope);
    }

    /** {@code null} for what is about images of another class. */
    private Cover cover(JsonNode row, String dataClass, Instant stored) {
        String id = Values.text(row, "id");
        LocalDate from = Values.date(row, "valid_from");
        LocalDate to = Values.date(row, "valid_to");
        Citation citation = Citation.of(row);
        OraclePosition stated = registry.stated("exception", id);
        if (CLASSES.contains(citation.word()) && !citation.names(dataClass)) {
            return null;
        }
        if (!citation.word().equals(FLOOR)) {
            return new Cover(id, from, to, stated);
        }
        LocalDate day = Values.day(stored);
        LocalDate end = day.plusDays(
                registry.number(ImageOpinion.RULE + ".floor." + dataClass, operator, registry.countedFrom(day))
                        .intValueExact());
        return new Cover(id, from, end.isBefore(to) ? end : to, stated);
    }

    /** Cuts a claim where anything begins or ends to cover it. */
    private static void apply(ImageClaim claim, List<Cover> covers, List<Cover> frozen, List<ImageClaim> applied) {
        ImageClaim moved = moved(claim, covers);
        if (claim.stage() == null) {
            applied.add(moved);
            return;
        }
        TreeSet<Instant> cuts = new TreeSet<>();
        for (List<Cover> some : List.of(covers, frozen)) {
            for (Cover cover : some) {
                cuts.add(Values.start(cover.from()));
                cuts.add(Values.start(cover.to().plusDays(1)));
            }
        }
        cuts.removeIf(cut -> !cut.isAfter(claim.from()) || (claim.to() != null && !cut.isBefore(claim.to())));
        cuts.add(claim.from());
        for (Instant cut : cuts) {
            applied.add(apply(moved.within(cut, cuts.higher(cut)), covers, frozen));
        }
    }

    /** The last day moves as long as anything covers the day after it. */
    private static ImageClaim moved(ImageClaim claim, List<Cover> covers) {
        ImageClaim moved = claim;
        Cover next = longest(covers, claim.due().plusDays(1));
        while (next != null) {
            moved = moved.dueOn(next.to()).resting(Set.of(next.stated()));
            next = longest(covers, next.to().plusDays(1));
        }
        return moved;
    }

    private static ImageClaim apply(ImageClaim part, List<Cover> covers, List<Cover> frozen) {
        LocalDate day = Values.day(part.from());
        Cover cover = longest(covers, day);
        if (cover != null) {
            LocalDate due = cover.to().isAfter(part.due()) ? cover.to() : part.due();
            return part.dueOn(due).covered(cover.id()).resting(Set.of(cover.stated()));
        }
        Cover freezing = part.stage() == ImageClaim.Stage.VIOLATION ? longest(frozen, day) : null;
        return freezing == null ? part : part.suspected(freezing.id()).resting(Set.of(freezing.stated()));
    }

    private static Cover longest(List<Cover> covers, LocalDate day) {
        return covers.stream().filter(cover -> cover.on(day)).max(Cover.LONGEST).orElse(null);
    }
}
