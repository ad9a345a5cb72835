package org.faceaudit.core.judgement;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.SubstantiveChange;
import org.faceaudit.core.law.TechnologyUse;

/**
 * An operator has ended every use of face recognition that the registry has of it, or that its own database declares (Art. 15
 * ¶4): an act that is declared; that nothing happens any more is none. While nobody can read whether one of them ended, nothing
 * has ended, and no scene's end is the change that it would be if that one went on.
 *
 * @param id of the use that ended last
 * @param day the legal day on which it ended
 * @param stated the change that says so
 */
record Termination(String id, LegalDay day, Position stated) {

    /** What a change is called that consists in the end of one scene. */
    private static final String SCENE = "scene";

    private static final Comparator<TechnologyUse> LAST =
            Comparator.comparing(TechnologyUse::terminatedOn).thenComparing(TechnologyUse::id);

    /** {@code null} while some use goes on, or when none is known. */
    static Termination of(String operator, Registry registry, LegalDay today) {
        List<TechnologyUse> uses = registry.technologyUses(operator);
        if (uses.isEmpty() || !uses.stream().allMatch(use -> use.endedBy(today))) {
            return null;
        }
        TechnologyUse last = uses.stream().max(LAST).orElseThrow();
        return new Termination(last.id(), last.terminatedOn(), last.position());
    }

    /** The same on whatever day, also one that lies ahead. */
    static Termination declared(String operator, Registry registry) {
        return registry.technologyUses(operator).stream()
                .map(TechnologyUse::terminatedOn)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(last -> of(operator, registry, last))
                .orElse(null);
    }

    /** The ends of single scenes while others went on: each is a change (Art. 15 ¶3). */
    static List<SubstantiveChange> scenesEnded(String operator, Registry registry, LegalDay today) {
        List<TechnologyUse> uses = registry.technologyUses(operator);
        return uses.stream()
                .filter(use -> use.endedBy(today))
                .filter(use -> uses.stream().anyMatch(other -> other.goesOnAfter(use.terminatedOn())))
                .map(use -> new SubstantiveChange(
                        use.id(), operator, SCENE, use.terminatedOn(), use.scene(), use.position()))
                .toList();
    }
}
