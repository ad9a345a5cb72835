package org.faceaudit.runtime.step;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.judgement.AttemptJudgements;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.judgement.PointDay;
import org.faceaudit.core.judgement.PointSurvey;
import org.faceaudit.core.judgement.PointSurvey.Need;
import org.faceaudit.core.judgement.SealedPoint;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.attempt.AttemptColumns;
import org.faceaudit.runtime.attempt.AttemptNews;
import org.faceaudit.runtime.attempt.AttemptPage;
import org.faceaudit.runtime.attempt.AttemptPages;
import org.faceaudit.runtime.attempt.PointFile;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.judge.Findings;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Keeps the attempts of each access point, and how the point is configured, and has them judged at the cut. Of most points
 * the sums of their days say that nothing follows; the attempts themselves are read where something may. What can no longer
 * change becomes a conclusion, and its attempts are forgotten.
 *
 * <p>Attempts at a point that the source does not hold, though it maps access points, raise nothing and are counted {@code
 * attempt-at-unknown-point}; if its configuration comes, they are judged. Where the source knows no configuration at all the log
 * is all there is.
 */
public final class JudgePointsStep extends CutStep<Draft>
        implements TwoInputStreamOperator<AttemptNews, RegistryFact, Draft>, Sayings.Speaker {

    private static final long serialVersionUID = 1L;

    static final String UNKNOWN_POINT = "attempt-at-unknown-point";

    /** So much news is held in memory at most. */
    private static final int CAPACITY = 50_000;
    /** Points at which nothing happens are looked at so often, to forget what is no longer needed. */
    private static final Duration REST = Duration.ofDays(7);

    private final Mappings mappings;
    private final long generation;
    private final Standpoint standpoint;

    private transient AttemptPages pages;
    private transient ValueState<PointFile> file;
    private transient Sayings sayings;
    private transient RegistryState registry;
    private transient CalendarWatch calendar;
    private transient DueDays due;
    private transient Map<String, List<AttemptNews>> news;
    private transient int newsSize;
    /** By point, the legal days that changed since the last cut. */
    private transient Map<String, Set<Integer>> touched;
    /** By point, attempts that were not counted yet if the point should not be there. */
    private transient Map<String, Integer> uncounted;
    /** Points that cannot be judged before their source is known. */
    private transient Set<String> waiting;
    /** Points that are looked at though nothing happens. */
    private transient Set<String> resting;

    private transient Map<String, PointSurvey> surveys;
    private transient Registry surveyedBy;
    private transient boolean judgeAll;
    private transient ChangeCounters counters;

    /** With the generation of this start of the job, and the registry read from a standpoint. */
    public JudgePointsStep(Mappings mappings, long generation, Standpoint standpoint) {
        this.mappings = Objects.requireNonNull(mappings, "mappings");
        this.generation = generation;
        this.standpoint = Objects.requireNonNull(standpoint, "standpoint");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registry = registryState(context, standpoint);
        pages = new AttemptPages(keyedStates(context)
                .getMapState(new MapStateDescriptor<>("pages", Types.INT, RecordTypes.of(AttemptPage.class))));
        file = keyedStates(context).getState(new ValueStateDescriptor<>("file", RecordTypes.of(PointFile.class)));
        sayings = new Sayings(
                keyedStates(context)
                        .getMapState(new MapStateDescriptor<>("said", Types.STRING, RecordTypes.of(Said.class))),
                generation,
                standpoint,
                getExecutionConfig().getSerializerConfig());
        forget();
        calendar = new CalendarWatch();
        if (context.isRestored()) {
            calendar.restore(registry);
        }
        due = new DueDays();
        news = new HashMap<>();
        touched = new HashMap<>();
        uncounted = new HashMap<>();
        waiting = new HashSet<>();
        resting = new HashSet<>();
        surveys = new HashMap<>();
        // Whoever restores may judge otherwise than whoever saved, and due instants are not kept.
        judgeAll = true;
        counters = new ChangeCounters(getMetricGroup());
    }

    @Override
    public void processElement1(StreamRecord<AttemptNews> element) throws Exception {
        AttemptNews each = element.getValue();
        news.computeIfAbsent(each.key(), key -> new ArrayList<>()).add(each);
        newsSize++;
        if (newsSize >= CAPACITY) {
            takeNews();
        }
    }

    @Override
    public void processElement2(StreamRecord<RegistryFact> element) throws Exception {
        judgeAll |= registry.take(element.getValue());
    }

    /** Puts what came in into state: often many attempts of one page together. */
    private void takeNews() throws Exception {
        for (Map.Entry<String, List<AttemptNews>> entry : news.entrySet()) {
            String key = entry.getKey();
            setCurrentKey(key);
            touched.computeIfAbsent(key, point -> new TreeSet<>()).addAll(pages.take(entry.getValue()));
            AccessPoint configured = null;
            int attempts = 0;
            for (AttemptNews each : entry.getValue()) {
                configured = each.point() == null ? configured : each.point();
                attempts += each.here() == null ? 0 : 1;
            }
            if (configured != null) {
                file.update(fileOfPoint().of(configured));
            }
            uncounted.merge(key, attempts, Integer::sum);
        }
        news.clear();
        newsSize = 0;
    }

    private PointFile fileOfPoint() throws Exception {
        PointFile kept = file.value();
        return kept == null ? PointFile.NEW : kept;
    }

    @Override
    protected void atCut(long position) throws Exception {
        takeNews();
        if (!registry.known()) {
            return;
        }
        calendar.atCut(registry);
        Registry law = registry.read();
        if (law != surveyedBy) {
            surveys.clear();
            surveyedBy = law;
        }
        Set<String> keys = new HashSet<>(touched.keySet());
        for (String source : due.sources()) {
            Instant known = registry.knownThrough(source);
            if (known != null) {
                Set<String> dueKeys = due.due(source, known);
                resting.removeAll(dueKeys);
                keys.addAll(dueKeys);
            }
        }
        keys.addAll(judgeAll ? keys("file", "pages") : waiting);
        for (String key : keys) {
            setCurrentKey(key);
            judge(key, law, position);
        }
        touched.clear();
        uncounted.clear();
        judgeAll = false;
    }

    ChangeCounters counters() {
        return counters;
    }

    private Set<String> keys(String... states) {
        Set<String> all = new HashSet<>();
        for (String state : states) {
            try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
                all.addAll(keys.collect(Collectors.toSet()));
            }
        }
        return all;
    }

    private void judge(String key, Registry law, long position) throws Exception {
        int slash = key.indexOf('/', key.indexOf('/') + 1);
        String source = key.substring(0, slash);
        String pointId = key.substring(slash + 1);
        if (!mappings.describe(source)) {
            // Its file was removed: what was said stays, and nothing new is known.
            return;
        }
        PointFile before = fileOfPoint();
        PointSurvey survey =
                surveys.computeIfAbsent(Scopes.operator(source), operator -> new PointSurvey(operator, law));
        PointFile summed = summed(before, touched.getOrDefault(key, Set.of()), survey);
        Instant known = registry.knownThrough(source);
        if (known == null) {
            waiting.add(key);
            keep(before, summed);
            return;
        }
        waiting.remove(key);
        boolean held = summed.point() != null || !mappings.mapsAccessPoints(source);
        if (!held) {
            counters.notApplicable(UNKNOWN_POINT, uncounted.getOrDefault(key, 0));
        }
        PointFile after = judged(new Case(source, pointId, held, survey, law, known), summed, position);
        keep(before, after);
        if (!after.days().isEmpty() && resting.add(key)) {
            due.wake(source, key, known.plus(REST));
        }
    }

    private void keep(PointFile before, PointFile after) throws Exception {
        if (after.isEmpty()) {
            file.clear();
        } else if (!after.equals(before)) {
            file.update(after);
        }
    }

    /** The file with the sums of the days that changed, or of all where they were made for another window. */
    private PointFile summed(PointFile before, Set<Integer> changed, PointSurvey survey) throws Exception {
        boolean anew = before.window() != survey.shortestWindow();
        if (changed.isEmpty() && !anew) {
            return before;
        }
        TreeMap<Integer, PointDay> days = new TreeMap<>();
        if (!anew) {
            before.days().forEach(day -> days.put(day.day().epochDay(), day));
        }
        Map<Integer, AttemptPage> read = new TreeMap<>();
        if (anew) {
            read.putAll(pages.all());
        } else {
            for (int day : changed) {
                read.put(day, pages.page(day));
            }
        }
        read.forEach((day, page) -> {
            if (page == null) {
                days.remove(day);
            } else {
                days.put(day, survey.sum(new LegalDay(day), page.columns()));
            }
        });
        return new PointFile(
                before.point(), before.sealed(), survey.shortestWindow(), List.copyOf(days.values()), before.said());
    }

    /** What a judgement of one point depends on. */
    private record Case(String source, String pointId, boolean held, PointSurvey survey, Registry law, Instant known) {

        String operator() {
            return Scopes.operator(source);
        }

        String system() {
            return Scopes.system(source);
        }
    }

    private PointFile judged(Case judged, PointFile summed, long position) throws Exception {
        Need need = judged.survey().need(summed.point(), summed.sealed(), summed.days(), judged.known());
        List<Attempt> attempts = attempts(judged, need);
        PointFile sealed = sealed(judged, summed, attempts);
        Judged result = Judged.NOTHING;
        boolean concluded = !sealed.sealed().refusals().isEmpty()
                || !sealed.sealed().fallbacks().isEmpty();
        if (judged.held() && (need != Need.NOTHING || concluded)) {
            result = AttemptJudgements.judgePoint(
                    judged.operator(),
                    judged.system(),
                    judged.pointId(),
                    sealed.point(),
                    sealed.sealed(),
                    attempts,
                    judged.law(),
                    judged.known());
        }
        if (result.wakeAt() != null) {
            due.wake(judged.source(), judged.source() + '/' + judged.pointId(), result.wakeAt());
        }
        boolean said = sealed.said() || !result.derivations().isEmpty();
        if (said) {
            said = sayings.say(new Findings(result.derivations(), List.of(), result.wakeAt()), position, this);
        }
        return said == sealed.said()
                ? sealed
                : new PointFile(sealed.point(), sealed.sealed(), sealed.window(), sealed.days(), said);
    }

    private List<Attempt> attempts(Case judged, Need need) throws Exception {
        if (need == Need.NOTHING) {
            return List.of();
        }
        List<Attempt> attempts = new ArrayList<>();
        SortedMap<Integer, AttemptPage> all = pages.all();
        AttemptColumns before = null;
        int dayBefore = Integer.MIN_VALUE;
        for (Map.Entry<Integer, AttemptPage> entry : all.entrySet()) {
            BitSet which = null;
            if (need == Need.REFUSALS) {
                AttemptColumns columns = entry.getValue().columns();
                which = judged.survey().ofRefusals(columns, dayBefore + 1 == entry.getKey() ? before : null);
                before = columns;
                dayBefore = entry.getKey();
            }
            attempts.addAll(entry.getValue().attempts(judged.source(), judged.pointId(), which));
        }
        return attempts;
    }

    /** The file with what can no longer change concluded; the attempts that this makes needless are forgotten. */
    private PointFile sealed(Case judged, PointFile summed, List<Attempt> attempts) throws Exception {
        // What is concluded is concluded by the numbers of the law: they have to be known as far.
        Instant known = registry.bothKnownThrough(judged.source());
        Instant through = AttemptJudgements.pointsFinalThrough(judged.operator(), judged.law(), known);
        if (!through.isAfter(summed.sealed().through())) {
            return summed;
        }
        SealedPoint sealed = AttemptJudgements.sealPoint(
                judged.operator(),
                judged.system(),
                judged.pointId(),
                summed.point(),
                summed.sealed(),
                attempts,
                judged.law(),
                known);
        LegalDay from = LegalDay.of(sealed.attemptsFrom());
        pages.forgetBefore(from.epochDay());
        return new PointFile(
                summed.point(),
                sealed,
                summed.window(),
                summed.days().stream().filter(day -> !day.day().isBefore(from)).toList(),
                summed.said());
    }

    @Override
    public void say(Derivation derivation) throws Exception {
        emit(new Draft(derivation, registry.article(derivation.key().ruleId()), calendar.news()));
    }

    @Override
    public void say(TableRow row) {
        throw new IllegalStateException("of attempts only alerts are found");
    }
}
