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
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.util.OutputTag;
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
import org.faceaudit.runtime.attempt.PointFile;
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
public final class JudgePointsStep extends AttemptsStep<Draft> implements Sayings.Speaker {

    private static final long serialVersionUID = 1L;

    /** What could not be judged, and why, as rows. */
    public static final OutputTag<TableRow> UNJUDGED = UnjudgedBook.ROWS;

    static final String UNKNOWN_POINT = "attempt-at-unknown-point";

    /** Points at which nothing happens are looked at so often, to forget what is no longer needed. */
    private static final Duration REST = Duration.ofDays(7);

    private final Mappings mappings;
    private final long generation;
    private final Standpoint standpoint;

    private transient ValueState<PointFile> file;
    private transient Sayings sayings;
    private transient CalendarWatch calendar;
    /** By point, the legal days that changed since the last cut. */
    private transient Map<String, Set<Integer>> changed;
    /** By point, attempts of which it was not decided yet whether the source holds the point. */
    private transient Map<String, Integer> undecided;
    /** Points that cannot be judged before their source is known. */
    private transient Set<String> waiting;
    /** Points that are looked at though nothing happens. */
    private transient Set<String> resting;

    private transient Map<String, PointSurvey> surveys;
    private transient Registry surveyedBy;
    private transient ChangeCounters counters;
    private transient UnjudgedBook unjudged;

    /** With the generation of this start of the job, and the registry read from a standpoint. */
    public JudgePointsStep(Mappings mappings, long generation, Standpoint standpoint) {
        super(standpoint);
        this.mappings = Objects.requireNonNull(mappings, "mappings");
        this.generation = generation;
        this.standpoint = standpoint;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        file = keyedStates(context).getState(new ValueStateDescriptor<>(FILE, RecordTypes.of(PointFile.class)));
        sayings = new Sayings(
                keyedStates(context)
                        .getMapState(new MapStateDescriptor<>("said", Types.STRING, RecordTypes.of(Said.class))),
                generation,
                standpoint,
                getExecutionConfig().getSerializerConfig());
        unjudged = new UnjudgedBook(keyedStates(context), generation);
        forget();
        if (context.isRestored()) {
            unjudged.sayAgain(keys(UnjudgedBook.state()));
        }
        calendar = new CalendarWatch();
        if (context.isRestored()) {
            calendar.restore(registry());
        }
        changed = new HashMap<>();
        undecided = new HashMap<>();
        waiting = new HashSet<>();
        resting = new HashSet<>();
        surveys = new HashMap<>();
        counters = new ChangeCounters(getMetricGroup());
    }

    @Override
    void taken(String key, List<AttemptNews> told, Set<Integer> days) throws Exception {
        changed.computeIfAbsent(key, point -> new TreeSet<>()).addAll(days);
        AccessPoint configured = null;
        int attempts = 0;
        for (AttemptNews each : told) {
            configured = each.point() == null ? configured : each.point();
            attempts += each.here() == null ? 0 : 1;
        }
        if (configured != null) {
            file.update(fileOfPoint().of(configured));
        }
        undecided.merge(key, attempts, Integer::sum);
    }

    @Override
    void untold() throws Exception {
        for (Map.Entry<String, Integer> entry : undecided.entrySet()) {
            setCurrentKey(entry.getKey());
            PointFile before = fileOfPoint();
            keep(before, before.undecided(before.undecided() + entry.getValue()));
        }
        undecided.clear();
    }

    @Override
    void begin(Registry law) throws Exception {
        calendar.atCut(registry());
        if (law != surveyedBy) {
            surveys.clear();
            surveyedBy = law;
        }
    }

    @Override
    void woken(String key) {
        resting.remove(key);
    }

    @Override
    Set<String> waiting() {
        return waiting;
    }

    @Override
    void end() {
        changed.clear();
        undecided.clear();
    }

    ChangeCounters counters() {
        return counters;
    }

    @Override
    protected void atCut(long position) throws Exception {
        super.atCut(position);
        unjudged.atCut(position, this::setCurrentKey, row -> emit(UnjudgedBook.ROWS, row));
    }

    private PointFile fileOfPoint() throws Exception {
        PointFile kept = file.value();
        return kept == null ? PointFile.NEW : kept;
    }

    @Override
    void look(String key, Registry law, long position) throws Exception {
        int slash = key.indexOf('/', key.indexOf('/') + 1);
        String source = key.substring(0, slash);
        String pointId = key.substring(slash + 1);
        if (!mappings.describe(source)) {
            // Its file was removed: what was said stays, and nothing new is known.
            return;
        }
        PointFile before = fileOfPoint();
        int attempts = before.undecided() + undecided.getOrDefault(key, 0);
        PointSurvey survey =
                surveys.computeIfAbsent(Scopes.operator(source), operator -> new PointSurvey(operator, law));
        PointFile summed = summed(before, changed.getOrDefault(key, Set.of()), survey);
        Instant known = registry().knownThrough(source);
        if (known == null) {
            waiting.add(key);
            keep(before, summed.undecided(attempts));
            return;
        }
        waiting.remove(key);
        boolean held = summed.point() != null || !mappings.mapsAccessPoints(source);
        if (!held) {
            counters.notApplicable(UNKNOWN_POINT, attempts);
            if (attempts > 0) {
                unjudged.note(key, "access-point " + pointId, UNKNOWN_POINT, attempts, known);
            }
        }
        PointFile after = judged(new Case(source, pointId, held, survey, law, known), summed.undecided(0), position);
        keep(before, after);
        if (!after.days().isEmpty() && resting.add(key)) {
            due().wake(source, key, known.plus(REST));
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
            read.putAll(pages().all());
        } else {
            for (int day : changed) {
                read.put(day, pages().page(day));
            }
        }
        read.forEach((day, page) -> {
            if (page == null) {
                days.remove(day);
            } else {
                days.put(day, survey.sum(new LegalDay(day), page.columns()));
            }
        });
        return before.summed(survey.shortestWindow(), List.copyOf(days.values()));
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
            due().wake(judged.source(), judged.source() + '/' + judged.pointId(), result.wakeAt());
        }
        boolean said = sealed.said() || !result.derivations().isEmpty();
        if (said) {
            said = sayings.say(new Findings(result.derivations(), List.of(), result.wakeAt()), position, this);
        }
        return sealed.said(said);
    }

    private List<Attempt> attempts(Case judged, Need need) throws Exception {
        if (need == Need.NOTHING) {
            return List.of();
        }
        List<Attempt> attempts = new ArrayList<>();
        SortedMap<Integer, AttemptPage> all = pages().all();
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
        Instant known = registry().bothKnownThrough(judged.source());
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
        pages().forgetBefore(from.epochDay());
        return summed.sealed(
                sealed,
                summed.days().stream().filter(day -> !day.day().isBefore(from)).toList());
    }

    @Override
    public void say(Derivation derivation) throws Exception {
        emit(new Draft(derivation, registry().article(derivation.key().ruleId()), calendar.news()));
    }

    @Override
    public void say(TableRow row) {
        throw new IllegalStateException("of attempts only alerts are found");
    }
}
