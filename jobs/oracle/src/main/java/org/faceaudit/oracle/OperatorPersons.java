package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Whom one operator stores, in all its sources.
 *
 * @param sources all of the operator's sources, those that nothing may be said of yet too
 * @param line the number of persons in the sources that something may be said of
 */
record OperatorPersons(List<SourceFacts> sources, PersonLine line) {

    static OperatorPersons of(List<SourceFacts> sources) {
        return new OperatorPersons(sources, line(sources, Instant.MIN));
    }

    /** All that is stored, or was, as far as told. */
    List<Presence> presences() {
        return presences(sources, Instant.MIN);
    }

    private static PersonLine line(List<SourceFacts> sources, Instant upTo) {
        return PersonLine.of(presences(sources, upTo));
    }

    /** The presences of those sources that are known up to an instant; what a snapshot shows was stored at any rate. */
    private static List<Presence> presences(List<SourceFacts> sources, Instant upTo) {
        List<Presence> presences = new ArrayList<>();
        for (SourceFacts source : sources) {
            boolean spoken = source.book().snapshotComplete() && upTo.equals(Instant.MIN);
            if (spoken || (known(source) != null && !known(source).isBefore(upTo))) {
                presences.addAll(source.presences());
            }
        }
        return presences;
    }

    private static Instant known(SourceFacts source) {
        return source.book().snapshotComplete() ? source.book().knownThrough() : null;
    }

    /** How far the best known source is known, {@code null} while nothing may be said of any. */
    Instant knownThrough() {
        return sources.stream()
                .map(OperatorPersons::known)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** How many persons are stored for certain at an instant: a source that is silent by then may have deleted its own. */
    long surelyAt(Instant instant) {
        return PersonLine.look(presences(sources, instant), instant).lowNarrowest();
    }

    /** How many persons at least were stored at the end of a legal day. */
    long low(LocalDate day) {
        Instant end = Values.start(day.plusDays(1));
        return PersonLine.look(presences(sources, end), end.minusNanos(1)).lowNarrowest();
    }

    /**
     * How many persons at most were stored at the end of a legal day. {@code null} unless every source had been read by then
     * and is known beyond: who was deleted before the first look was never seen.
     */
    Long high(LocalDate day) {
        Instant end = Values.start(day.plusDays(1));
        for (SourceFacts source : sources) {
            if (known(source) == null
                    || known(source).isBefore(end)
                    || !source.book().firstSnapshotAt().isBefore(end)) {
                return null;
            }
        }
        return line.look(end.minusNanos(1)).highWidest();
    }
}
