package org.faceaudit.core.judgement;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegisteredException;

/**
 * The one registered exception that counts for a point on a day, and how far it carries (Art. 10, last sentence).
 *
 * @param exception approved, of the operator and the rule
 * @param reach what it does for the point
 * @param covers position of the point that an exception out of scope names, {@code null} for any other
 */
record CitedException(RegisteredException exception, Reach reach, Position covers) {

    /** What an exception does for a point; of several exceptions the one that comes first here counts. */
    enum Reach {
        /** Covers the point. */
        VALID,
        /** Covers the point, but is a mere statement that no method is equivalent. */
        STATED,
        /** Covered the point until an earlier day. */
        EXPIRED,
        /** Covers another point of the same place, and this one is face only all the same. */
        OUT_OF_SCOPE
    }

    /** For a rule that does not look at what is beside its subject. */
    static final Function<String, Optional<Position>> NO_OTHER_POINT = named -> Optional.empty();

    private static final Comparator<RegisteredException> LONGEST_FIRST = Comparator.comparing(
                    RegisteredException::validTo, Comparator.nullsFirst(Comparator.<LegalDay>reverseOrder()))
            .thenComparing(RegisteredException::id);

    private static final Comparator<RegisteredException> MOST_SPECIFIC_LONGEST_FIRST =
            Comparator.<RegisteredException>comparingInt(
                            exception -> -exception.subjectId().length())
                    .thenComparing(LONGEST_FIRST);

    CitedException {
        Objects.requireNonNull(exception, "exception");
        Objects.requireNonNull(reach, "reach");
    }

    /**
     * Chooses among an operator's exceptions from one rule.
     *
     * @param subject {@code system/point} that is judged
     * @param samePlace the position of the point that a subject id names, if it is another point of the same place
     * @param wake told of every day on which the choice may change by itself
     */
    static Optional<CitedException> of(
            Collection<RegisteredException> exceptions,
            String subject,
            LegalDay day,
            Function<String, Optional<Position>> samePlace,
            Wake wake) {
        List<RegisteredException> own = exceptions.stream()
                .filter(RegisteredException::approved)
                .filter(exception -> exception.concerns(subject))
                .sorted(MOST_SPECIFIC_LONGEST_FIRST)
                .toList();
        List<RegisteredException> beside = exceptions.stream()
                .filter(RegisteredException::approved)
                .filter(exception -> !exception.concerns(subject) && !exception.statesNoEquivalent())
                .filter(exception -> samePlace.apply(exception.subjectId()).isPresent())
                .sorted(LONGEST_FIRST)
                .toList();
        own.forEach(exception -> wakeAtEnds(exception, wake));
        beside.forEach(exception -> wakeAtEnds(exception, wake));
        return first(own, Reach.VALID, exception -> exception.validOn(day) && !exception.statesNoEquivalent())
                .or(() -> first(own, Reach.STATED, exception -> exception.validOn(day)))
                .or(() -> first(own, Reach.EXPIRED, exception -> exception.expiredOn(day)))
                .or(() -> beside.stream()
                        .filter(exception -> exception.validOn(day))
                        .findFirst()
                        .map(exception -> new CitedException(
                                exception,
                                Reach.OUT_OF_SCOPE,
                                samePlace.apply(exception.subjectId()).orElseThrow())));
    }

    private static Optional<CitedException> first(
            List<RegisteredException> exceptions, Reach reach, Predicate<RegisteredException> counts) {
        return exceptions.stream()
                .filter(counts)
                .findFirst()
                .map(exception -> new CitedException(exception, reach, null));
    }

    private static void wakeAtEnds(RegisteredException exception, Wake wake) {
        wake.at(exception.validFrom() == null ? null : exception.validFrom().start());
        wake.at(
                exception.validTo() == null
                        ? null
                        : exception.validTo().plusDays(1).start());
    }

    String chinese() {
        return switch (reach) {
            case VALID -> ",依登记的例外豁免(" + about() + ")";
            case STATED -> ",登记声明没有其他同等方式(" + about() + "),须人工核实";
            case EXPIRED -> ",所登记的例外已过期(" + about() + ")";
            case OUT_OF_SCOPE -> ",所登记的例外(" + about() + ")针对验证点" + exception.subjectId() + ",不涵盖本验证点";
        };
    }

    String english() {
        return switch (reach) {
            case VALID -> "; a registered exception covers it (" + about() + ")";
            case STATED ->
                "; it is stated that no other method is equivalent (" + about() + "), to be checked by a person";
            case EXPIRED -> "; the registered exception has expired (" + about() + ")";
            case OUT_OF_SCOPE ->
                "; the registered exception (" + about() + ") is for " + exception.subjectId()
                        + " and does not cover this point";
        };
    }

    private String about() {
        return exception.id() + (exception.validTo() == null ? "" : ", " + exception.validTo());
    }
}
