package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.SubstantiveChange;
import org.faceaudit.core.law.TechnologyUse;

/** The duties of one operator that follow from what it declares: changes, the end of its use, numbers of persons. */
final class DeclaredDuties {

    private final String operator;
    private final Registry registry;
    private final LegalDay today;
    private final Wake wake;
    private final List<Derivation> derivations = new ArrayList<>();
    private final List<ClockState> clocks = new ArrayList<>();

    /** @param today the legal day up to which the registry is known */
    DeclaredDuties(String operator, Registry registry, LegalDay today, Wake wake) {
        this.operator = operator;
        this.registry = registry;
        this.today = today;
        this.wake = wake;
    }

    List<Derivation> derivations() {
        return derivations;
    }

    List<ClockState> clocks() {
        return clocks;
    }

    /**
     * Judges them all.
     *
     * @param faces attempts by face
     * @param knownThrough how far each system of the operator is known; one that is not has no entry
     * @param allKnown up to where every source of the operator is known, {@code null} while one is not
     * @param ofSources wakes with the knowledge of the sources
     */
    void judge(
            List<StorageCycle> cycles,
            OperatorCounts counts,
            Collection<FaceAttempts> faces,
            Map<String, Instant> knownThrough,
            Instant allKnown,
            Wake ofSources) {
        for (Filing filing : registry.filings(operator)) {
            for (LegalDay day : filing.days()) {
                wake.at(day.start());
                wake.at(day.plusDays(1).start());
            }
        }
        for (TechnologyUse use : registry.technologyUses(operator)) {
            wake.at(use.terminatedOn() == null ? null : use.terminatedOn().start());
        }
        for (SubstantiveChange change : changes()) {
            change(change, cycles);
        }
        Termination termination = Termination.of(operator, registry, today);
        if (termination != null) {
            termination(termination, cycles);
            derivations.add(FacesAfterTermination.derive(
                    operator, termination, counts, faces, registry, today, knownThrough, wake, ofSources));
        }
        derivations.addAll(DeclaredCountMismatch.derive(operator, counts, registry, today, allKnown, wake, ofSources));
    }

    /** By id; a scene whose end is declared as a change besides is one change. */
    private List<SubstantiveChange> changes() {
        Map<String, SubstantiveChange> changes = new LinkedHashMap<>();
        for (SubstantiveChange change : registry.substantiveChanges(operator)) {
            wake.at(change.changedOn().start());
            if (!change.changedOn().isAfter(today)) {
                changes.put(change.id(), change);
            }
        }
        Termination.scenesEnded(operator, registry, today).forEach(scene -> changes.putIfAbsent(scene.id(), scene));
        return List.copyOf(changes.values());
    }

    private void change(SubstantiveChange change, List<StorageCycle> cycles) {
        DeclaredClock clock = ChangeFilingOverdue.clock(operator, change, cycles, registry, today);
        if (clock == null) {
            return;
        }
        Gravity gravity = ChangeFilingOverdue.gravity(operator, change, cycles, registry, today);
        derivations.add(ChangeFilingOverdue.derive(clock, gravity, change, registry));
        clocks.add(clock.state(gravity));
        clock.wake(wake);
    }

    private void termination(Termination termination, List<StorageCycle> cycles) {
        DeclaredClock clock = DeregistrationOverdue.clock(operator, termination, cycles, registry, today);
        if (clock == null) {
            return;
        }
        Gravity gravity = DeregistrationOverdue.gravity(operator, termination, cycles, registry, today);
        derivations.add(DeregistrationOverdue.derive(clock, gravity, registry));
        clocks.add(clock.state(gravity));
        clock.wake(wake);
    }
}
