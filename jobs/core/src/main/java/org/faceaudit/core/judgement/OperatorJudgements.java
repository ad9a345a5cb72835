package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.TechnologyUse;

/**
 * What is judged of an operator as a whole: cycle by cycle how many persons it stores and whether it filed, then what it
 * declares (Art. 15 of the Measures).
 *
 * <ol>
 *   <li>{@link StorageApproaching}: the number of persons comes near the threshold
 *   <li>{@link StorageReached}: it reaches the threshold; the filing duty begins
 *   <li>{@link FilingDueSoon}: few working days are left to file
 *   <li>{@link FilingOverdue}: the last day has passed without a filing
 *   <li>{@link ChangeFilingOverdue}: the last day to file a change has passed
 *   <li>{@link DeregistrationOverdue}: the last day to deregister after the end of the use has passed
 *   <li>{@link FacesAfterTermination}: faces are stored, or tried, although the use has ended
 *   <li>{@link DeclaredCountMismatch}: a filing declares another number of persons than is stored
 * </ol>
 */
public final class OperatorJudgements {

    private OperatorJudgements() {}

    /**
     * From which legal day on an operator's attempts by face may decide something; {@code null} while some use goes on, or
     * when none is known. Whether the last day has come yet does not matter.
     */
    public static LegalDay faceAttemptsFrom(String operator, Registry registry) {
        LegalDay last = null;
        for (TechnologyUse use : registry.technologyUses(operator)) {
            LegalDay end = use.terminatedOn();
            if (end == null) {
                return null;
            }
            last = last == null || end.isAfter(last) ? end : last;
        }
        return last;
    }

    /** {@link #judge}, where nothing tells of attempts. */
    public static Judged judge(
            String operator,
            OperatorCounts counts,
            Registry registry,
            Map<String, SourceProgress> sources,
            Instant registryKnownThrough) {
        return judge(operator, counts, List.of(), registry, sources, registryKnownThrough);
    }

    /**
     * Judges one operator. Counts are judged as far as the best known of its sources, and certain of each source's persons
     * only as far as that source; that nobody filed is said only as far as the registry is known.
     *
     * @param faces attempts by face, at least from {@link #faceAttemptsFrom} on
     * @param sources progress by system, all systems of the operator, those not yet known among them; while none is known
     *     nothing is judged
     * @param registryKnownThrough how far the registry is known; {@code null} gives nothing
     */
    public static Judged judge(
            String operator,
            OperatorCounts counts,
            Collection<FaceAttempts> faces,
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
        LegalDay today = LegalDay.of(registryKnownThrough);
        List<StorageCycle> cycles = StorageCycle.of(operator, counts, registry, today, knownThrough, known, ofCounts);
        for (StorageCycle cycle : cycles) {
            derivations.add(StorageApproaching.derive(operator, cycle, registry));
            Trigger trigger = Trigger.of(cycle);
            derivations.add(StorageReached.derive(operator, cycle, trigger, registry));
            if (trigger == null) {
                derivations.add(new Derivation(FilingDueSoon.key(operator, cycle), List.of()));
                derivations.add(new Derivation(FilingOverdue.key(operator, cycle), List.of()));
                continue;
            }
            FilingClock clock = new FilingClock(operator, cycle, trigger, registry, today);
            derivations.add(FilingDueSoon.derive(operator, clock, registry, ofClocks));
            derivations.add(FilingOverdue.derive(operator, clock, registry));
            clocks.add(clock.state());
            clock.wake(ofClocks);
        }
        Instant allKnown = allKnown(sources.values());
        // A source that lags wakes the judgement itself when it passes the end of a day.
        Wake ofAll = new Wake(known);
        DeclaredDuties declared = new DeclaredDuties(operator, registry, today, ofClocks);
        declared.judge(cycles, counts, faces, knownThrough, allKnown, ofAll);
        derivations.addAll(declared.derivations());
        clocks.addAll(declared.clocks());
        ofCounts.at(registry.nextParameterChange(operator, known).orElse(null));
        Wake next = new Wake(Instant.MIN);
        next.at(ofCounts.next());
        next.at(ofClocks.next());
        next.at(ofAll.next());
        return new Judged(derivations, clocks, next.next());
    }

    /** Up to where every source is known, {@code null} while one is not. */
    private static Instant allKnown(Collection<SourceProgress> sources) {
        Instant all = null;
        for (SourceProgress source : sources) {
            Instant known = source.knownThrough();
            if (known == null) {
                return null;
            }
            all = all == null || known.isBefore(all) ? known : all;
        }
        return all;
    }
}
