package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.PersonCountDay;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.forecast.OperatorForecasts;
import org.faceaudit.core.judgement.ClockState;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.judgement.OperatorJudgements;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.RowDraft;

/** Judgements over an operator as a whole: its counts of persons and its statutory deadlines. */
public final class PersonFamily implements JudgementFamily {

    private static final long serialVersionUID = 1L;

    private final HashMap<String, ArrayList<String>> systems;
    private final HashMap<String, ArrayList<String>> withFaces;

    /**
     * With the systems of every operator.
     *
     * @param systems all of them: an operator's older alerts end when all are known
     * @param withFaces those in which faces may be stored: a day is counted exactly when all are known
     */
    public PersonFamily(Map<String, List<String>> systems, Map<String, List<String>> withFaces) {
        this.systems = copied(systems);
        this.withFaces = copied(withFaces);
    }

    private static HashMap<String, ArrayList<String>> copied(Map<String, List<String>> systems) {
        HashMap<String, ArrayList<String>> copy = new HashMap<>();
        systems.forEach((operator, its) -> copy.put(operator, new ArrayList<>(its)));
        return copy;
    }

    @Override
    public String entry(Fact fact) {
        return entryOf(fact);
    }

    @Override
    public Fact merged(Fact before, Fact fact) {
        return sum(before, fact);
    }

    /** {@link #entry}, for every step that keeps facts of an operator. */
    public static String entryOf(Fact fact) {
        if (fact.progress() != null) {
            return "progress/" + fact.progress().system();
        }
        if (fact.look() != null) {
            return "look/" + fact.look().epochDay();
        }
        if (fact.faces() != null) {
            return faces(fact.faces());
        }
        return fact.dayCount() != null
                ? "day/" + fact.dayCount().series() + '/'
                        + fact.dayCount().day().epochDay()
                : "count/" + fact.count().series() + '/' + fact.count().at();
    }

    private static String faces(FaceAttempts faces) {
        return "faces/" + faces.system() + '/' + faces.part() + '/'
                + faces.day().epochDay();
    }

    /** {@link #merged}, for every step that keeps facts of an operator. */
    public static Fact sum(Fact before, Fact fact) {
        if (fact.look() != null) {
            return fact.look().closely() ? fact : null;
        }
        if (fact.faces() != null) {
            return fact.faces().count() == 0 ? null : fact;
        }
        if (before == null || fact.progress() != null) {
            return fact;
        }
        if (fact.dayCount() != null) {
            CountDelta sum = before.dayCount().plus(fact.dayCount());
            return sum.isNothing() ? null : Fact.ofDay(sum);
        }
        CountDelta sum = before.count().plus(fact.count());
        return sum.isNothing() ? null : Fact.of(sum);
    }

    @Override
    public CaseFile open(String scope) {
        return new Counts(
                scope,
                systems.getOrDefault(scope, new ArrayList<>()),
                withFaces.getOrDefault(scope, new ArrayList<>()));
    }

    private static final class Counts implements CaseFile {

        private final String operator;
        private final List<String> systems;
        private final List<String> withFaces;
        private final Knowledge knowledge = new Knowledge();
        private final OperatorCounts counts;
        private final OperatorForecasts forecasts;
        private final Map<String, FaceAttempts> faces = new TreeMap<>();
        /** By system, the instant from which its knowledge changes what was judged last. */
        private final Map<String, Instant> awaited = new HashMap<>();

        Counts(String operator, List<String> systems, List<String> withFaces) {
            this.operator = operator;
            this.systems = systems;
            this.withFaces = withFaces;
            this.counts = new OperatorCounts(operator);
            this.forecasts = new OperatorForecasts(operator);
        }

        @Override
        public boolean take(Fact fact) {
            if (fact.progress() == null) {
                takeCount(fact);
                return true;
            }
            boolean changed = knowledge.take(fact.progress());
            Instant known = fact.progress().knownThrough();
            Instant since = awaited.get(fact.progress().system());
            return changed || (known != null && since != null && !known.isBefore(since));
        }

        private void takeCount(Fact fact) {
            if (fact.faces() != null) {
                takeFaces(fact.faces());
            } else if (fact.look() != null) {
                counts.look(fact.look().day(), fact.look().closely());
            } else if (fact.dayCount() != null) {
                counts.addToDay(fact.dayCount());
            } else {
                counts.addToInstant(fact.count());
            }
        }

        private void takeFaces(FaceAttempts told) {
            if (told.count() == 0) {
                faces.remove(PersonFamily.faces(told));
            } else {
                faces.put(PersonFamily.faces(told), told);
            }
        }

        @Override
        public boolean keeps(Fact fact) {
            return fact.dayCount() != null;
        }

        @Override
        public void changedPages(BiConsumer<String, byte[]> memory) {
            counts.changedPages(memory);
        }

        @Override
        public void setPage(String name, byte[] page) {
            counts.setPage(name, page);
        }

        @Override
        public Findings judge(Registry registry, Instant registryKnownThrough) {
            Judged judged = OperatorJudgements.judge(
                    operator, counts, faces.values(), registry, allSystems(), registryKnownThrough);
            await();
            List<RowDraft> rows = new ArrayList<>();
            judged.clocks().forEach(clock -> rows.add(AuditJson.clock(clock)));
            Map<String, Instant> known = new TreeMap<>(knowledge.knownThrough());
            known.keySet().retainAll(withFaces);
            Optional<LegalDay> newest =
                    known.values().stream().max(Instant::compareTo).map(LegalDay::of);
            DayRows days = newest.map(day -> days(day, known)).orElseGet(() -> new PersonDayRows(operator, List.of()));
            newest.ifPresent(day -> rows.add(AuditJson.personCountKnown(operator, day)));
            known.values().stream()
                    .min(Instant::compareTo)
                    .map(LegalDay::of)
                    .ifPresent(day -> rows.addAll(forecasts(day, judged.clocks(), registry, registryKnownThrough)));
            return new Findings(readBy(mappingVersions(), judged.derivations()), rows, days, judged.wakeAt());
        }

        /** Persons are counted over all systems, so that every mapping has its part in what is said of the operator. */
        private String mappingVersions() {
            return new TreeMap<>(knowledge.bySystem())
                    .values().stream()
                            .map(SourceProgress::mappingVersion)
                            .filter(Objects::nonNull)
                            .collect(Collectors.collectingAndThen(
                                    Collectors.joining("+"), versions -> versions.isEmpty() ? null : versions));
        }

        private static List<Derivation> readBy(String versions, List<Derivation> derivations) {
            return derivations.stream()
                    .map(derivation -> new Derivation(
                            derivation.key(),
                            derivation.episodes().stream()
                                    .map(episode -> episode.readBy(versions))
                                    .toList()))
                    .toList();
        }

        /** Every system of the operator, those too of which nothing has been read. */
        private Map<String, SourceProgress> allSystems() {
            Map<String, SourceProgress> all = new HashMap<>();
            systems.forEach(
                    system -> all.put(system, new SourceProgress(operator, system, false, null, 0, 0, 0, 0, null)));
            all.putAll(knowledge.bySystem());
            return all;
        }

        /** The day that is known in part may still bring more; the one before it is whole, and every source speaks for it. */
        private List<RowDraft> forecasts(
                LegalDay knownTo, List<ClockState> clocks, Registry registry, Instant registryKnownThrough) {
            Optional<LegalDay> firstDay = counts.firstDay();
            List<PersonCountDay> dense = firstDay.isEmpty() || firstDay.get().isAfter(knownTo)
                    ? List.of()
                    : counts.days(firstDay.get(), knownTo);
            return forecasts
                    .asOf(knownTo.plusDays(-1), allKnown(registryKnownThrough) != null, dense, clocks, registry)
                    .stream()
                    .map(AuditJson::forecast)
                    .toList();
        }

        /** Progress of a source matters once it passes a change of the counts, or the end of a day. */
        private void await() {
            awaited.clear();
            knowledge.knownThrough().forEach((system, known) -> {
                Instant dayEnd = LegalDay.of(known).plusDays(1).start();
                Instant change = counts.nextChange(known).orElse(dayEnd);
                awaited.put(system, change.isBefore(dayEnd) ? change : dayEnd);
            });
        }

        /** The days on which something changed; the days between carry on. */
        private DayRows days(LegalDay newest, Map<String, Instant> known) {
            return new PersonDayRows(operator, counts.changedDays(newest, withFaces, known));
        }

        @Override
        public Instant newestKnown(Instant registryKnownThrough) {
            return knowledge.newest(registryKnownThrough);
        }

        @Override
        public Instant allKnown(Instant registryKnownThrough) {
            return systems.isEmpty() ? null : knowledge.all(systems, registryKnownThrough);
        }
    }
}
