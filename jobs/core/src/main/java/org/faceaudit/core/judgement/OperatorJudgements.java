package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * What is judged of an operator as a whole, cycle by cycle: how many persons it stores, and whether it filed (Art. 15 of
 * the Measures).
 *
 * <ol>
 *   <li>{@link StorageApproaching}: the number of persons comes near the threshold
 *   <li>{@link StorageReached}: it reaches the threshold; the filing duty begins
 *   <li>{@link FilingDueSoon}: few working days are left to file
 *   <li>{@link FilingOverdue}: the last day has passed without a filing
 * </ol>
 */
public final class OperatorJudgements {

    private OperatorJudgements() {}

    /**
     * Judges one operator. Counts are judged as far as the best known of its sources, and certain of each source's persons
     * only as far as that source; that nobody filed is said only as far as the registry is known.
     *
     * @param sources progress by system, all systems of the operator; while none is known nothing is judged
     * @param registryKnownThrough how far the registry is known; {@code null} gives nothing
     */
    public static Judged judge(
            String operator,
            OperatorCounts counts,
            Registry registry,
            Map<String, SourceProgress> sources,
            Instant registryKnownThrough) {
        Map<String, Instant> knownThrough = new TreeMap<>();
        sources.forEach((system, progress) -> {
            if (progress.knownThrough() != null) {
                knownThrough.put(system, progress.knownThrough());
            }
        });
        Instant known =
                knownThrough.values().stream().max(Comparator.naturalOrder()).orElse(null);
        if (known == null || registryKnownThrough == null) {
            return Judged.NOTHING;
        }
        Wake ofCounts = new Wake(known);
        Wake ofClocks = new Wake(registryKnownThrough);
        List<Derivation> derivations = new ArrayList<>();
        List<ClockState> clocks = new ArrayList<>();
        for (StorageCycle cycle : StorageCycle.of(operator, counts, registry, knownThrough, known, ofCounts)) {
            derivations.add(StorageApproaching.derive(operator, cycle, registry));
            Trigger trigger = Trigger.of(cycle);
            derivations.add(StorageReached.derive(operator, cycle, trigger, registry));
            if (trigger == null) {
                derivations.add(new Derivation(FilingDueSoon.key(operator, cycle), List.of()));
                derivations.add(new Derivation(FilingOverdue.key(operator, cycle), List.of()));
                continue;
            }
            FilingClock clock = new FilingClock(operator, cycle, trigger, registry, LegalDay.of(registryKnownThrough));
            derivations.add(FilingDueSoon.derive(operator, clock, registry, ofClocks));
            derivations.add(FilingOverdue.derive(operator, clock, registry));
            clocks.add(clock.state());
            clock.wake(ofClocks);
        }
        ofCounts.at(registry.nextParameterChange(operator, known).orElse(null));
        Wake next = new Wake(Instant.MIN);
        next.at(ofCounts.next());
        next.at(ofClocks.next());
        return new Judged(derivations, clocks, next.next());
    }
}
