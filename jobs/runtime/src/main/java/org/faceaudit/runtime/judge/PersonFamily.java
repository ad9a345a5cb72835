package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.PersonCountDay;
import org.faceaudit.core.forecast.OperatorForecasts;
import org.faceaudit.core.event.SourceProgress;
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

    /** With the systems of every operator: an operator is known as far as all of them are. */
    public PersonFamily(Map<String, List<String>> systems) {
        this.systems = new HashMap<>();
        systems.forEach((operator, its) -> this.systems.put(operator, new ArrayList<>(its)));
    }

    @Override
    public String entry(Fact fact) {
        if (fact.count() == null) {
            return "progress/" + fact.progress().system();
        }
        return "count/" + fact.count().series() + '/' + fact.count().at();
    }

    @Override
    public Fact merged(Fact before, Fact fact) {
        if (fact.count() == null || before == null) {
            return fact;
        }
        CountDelta sum = CountSums.sum(before.count(), fact.count());
        return CountSums.isNothing(sum) ? null : Fact.of(sum);
    }

    @Override
    public CaseFile open(String scope) {
        return new Counts(scope, systems.getOrDefault(scope, new ArrayList<>()));
    }

    private static final class Counts implements CaseFile {

        private final String operator;
        private final List<String> systems;
        private final Knowledge knowledge = new Knowledge();
        private final OperatorCounts counts;
        private final OperatorForecasts forecasts;

        Counts(String operator, List<String> systems) {
            this.operator = operator;
            this.systems = systems;
            this.counts = new OperatorCounts(operator);
            this.forecasts = new OperatorForecasts(operator);
        }

        @Override
        public boolean take(Fact fact) {
            if (fact.progress() != null) {
                return knowledge.take(fact.progress());
            }
            counts.add(fact.count());
            return true;
        }

        @Override
        public Findings judge(Registry registry, Instant registryKnownThrough) {
            Judged judged = OperatorJudgements.judge(operator, counts, registry, allSystems(), registryKnownThrough);
            List<RowDraft> rows = new ArrayList<>();
            judged.clocks().forEach(clock -> rows.add(AuditJson.clock(clock)));
            Instant known = knowledge.earliest();
            if (known == null) {
                return new Findings(judged.derivations(), rows, judged.wakeAt());
            }
            LegalDay knownTo = LegalDay.of(known);
            List<PersonCountDay> dense = dense(knownTo);
            rows.addAll(days(dense));
            rows.add(AuditJson.personCountKnown(operator, knownTo));
            // The day that is known in part may still bring more; the one before it is whole.
            forecasts
                    .asOf(
                            knownTo.plusDays(-1),
                            allKnown(registryKnownThrough) != null,
                            dense,
                            judged.clocks(),
                            registry)
                    .forEach(forecast -> rows.add(AuditJson.forecast(forecast)));
            return new Findings(
                    judged.derivations(),
                    rows,
                    earlier(judged.wakeAt(), knownTo.plusDays(1).start()));
        }

        /** Every system of the operator, those too of which nothing has been read. */
        private Map<String, SourceProgress> allSystems() {
            Map<String, SourceProgress> all = new HashMap<>();
            systems.forEach(
                    system -> all.put(system, new SourceProgress(operator, system, false, null, 0, 0, 0, 0, null)));
            all.putAll(knowledge.bySystem());
            return all;
        }

        /** Every day since the first change, none while there is no change yet. */
        private List<PersonCountDay> dense(LegalDay knownTo) {
            Optional<LegalDay> firstDay = counts.firstDay();
            return firstDay.isEmpty() || firstDay.get().isAfter(knownTo)
                    ? List.of()
                    : counts.days(firstDay.get(), knownTo);
        }

        /** The days on which something changed; the days between carry on. */
        private static List<RowDraft> days(List<PersonCountDay> dense) {
            List<RowDraft> rows = new ArrayList<>();
            PersonCountDay before = null;
            for (PersonCountDay day : dense) {
                if (before == null || changed(before, day)) {
                    rows.add(AuditJson.personCount(day));
                }
                before = day;
            }
            return rows;
        }

        /** The view carries counts forward and knows that nobody came or went on the days between. */
        private static boolean changed(PersonCountDay before, PersonCountDay day) {
            return day.added() != 0
                    || day.removed() != 0
                    || day.personsLow() != before.personsLow()
                    || day.personsHigh() != before.personsHigh()
                    || day.records() != before.records()
                    || day.rawImages() != before.rawImages();
        }

        private static Instant earlier(Instant one, Instant other) {
            return one == null || other.isBefore(one) ? other : one;
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
