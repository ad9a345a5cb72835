package org.faceaudit.oracle;

import java.time.Instant;
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
        return new OperatorPersons(sources, line(sources));
    }

    /** All that is stored, or was, as far as told. */
    List<Presence> presences() {
        return presences(sources);
    }

    /** Which tokens are one person's, or were, as far as told. */
    List<TokenLink> links() {
        return links(sources);
    }

    private static List<TokenLink> links(List<SourceFacts> sources) {
        List<TokenLink> links = new ArrayList<>();
        for (SourceFacts source : sources) {
            if (source.book().snapshotComplete()) {
                links.addAll(source.links());
            }
        }
        return links;
    }

    private static PersonLine line(List<SourceFacts> sources) {
        return PersonLine.of(presences(sources), links(sources));
    }

    /** What a snapshot shows was stored, however little is known of what came after. */
    private static List<Presence> presences(List<SourceFacts> sources) {
        List<Presence> presences = new ArrayList<>();
        for (SourceFacts source : sources) {
            if (source.book().snapshotComplete()) {
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
}
