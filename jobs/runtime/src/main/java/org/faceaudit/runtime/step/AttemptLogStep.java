package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.judgement.AttemptJudgements;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.judgement.OperatorJudgements;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.runtime.attempt.AttemptCorrections;
import org.faceaudit.runtime.attempt.AttemptNews;
import org.faceaudit.runtime.attempt.AttemptPage;
import org.faceaudit.runtime.attempt.FaceDay;
import org.faceaudit.runtime.attempt.FaceDays;
import org.faceaudit.runtime.attempt.LogFile;
import org.faceaudit.runtime.attempt.MemoryPage;
import org.faceaudit.runtime.attempt.Nanos;
import org.faceaudit.runtime.attempt.RememberedAttempt;
import org.faceaudit.runtime.attempt.RememberedAttempts;
import org.faceaudit.runtime.attempt.ToldAttempt;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Remembers of the attempts of a source, bucket by bucket, what a change may still correct, and tells what is new: to whoever
 * keeps the attempts of their access point, of refusals to whoever keeps those of the person, and of attempts by face after an
 * operator's use has ended the sums by legal day. Before the registry is known, and with it how late is too late, changes wait.
 */
public final class AttemptLogStep extends CutStep<AttemptNews>
        implements TwoInputStreamOperator<ToldAttempt, RegistryFact, AttemptNews> {

    private static final long serialVersionUID = 1L;

    private static final String FACE = "FACE";

    /** Refusals, to whoever keeps those of the person. */
    public static final OutputTag<AttemptNews> REFUSALS =
            new OutputTag<>("refusal-news", RecordTypes.of(AttemptNews.class));

    /** Attempts by face after the end of an operator's use, by legal day. */
    public static final OutputTag<Fact> FACES = new OutputTag<>("face-attempts", RecordTypes.of(Fact.class));

    /** What came too late to be judged, as rows of {@code unjudged_v1}. */
    public static final OutputTag<TableRow> UNJUDGED = UnjudgedBook.ROWS;

    private static final String TOO_LATE = "beyond-horizon";

    private final EnumSet<Family> families;
    private final long generation;
    private final Standpoint standpoint;

    private transient MapState<Integer, MemoryPage> pages;
    private transient MapState<Integer, FaceDays> faces;
    private transient ValueState<LogFile> file;
    private transient ListState<ToldAttempt> waiting;
    private transient RegistryState registry;
    private transient RememberedAttempts remembered;
    private transient AttemptCorrections corrections;
    private transient News news;
    private transient UnjudgedBook unjudged;
    /** Files of the buckets that changed since the last cut. */
    private transient Map<String, LogFile> files;
    /** By bucket, the legal days on which attempts by face changed since the last cut. */
    private transient Map<String, Set<Integer>> faceDays;

    private transient boolean nothingWaits;
    private transient boolean registryNews;

    /** For these families, with the registry read from a standpoint; the rows are of a generation. */
    public AttemptLogStep(Set<Family> families, long generation, Standpoint standpoint) {
        this.families = EnumSet.copyOf(families);
        this.generation = generation;
        this.standpoint = Objects.requireNonNull(standpoint, "standpoint");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registry = registryState(context, standpoint);
        pages = keyedStates(context)
                .getMapState(new MapStateDescriptor<>("pages", Types.INT, RecordTypes.of(MemoryPage.class)));
        faces = keyedStates(context)
                .getMapState(new MapStateDescriptor<>("faces", Types.INT, RecordTypes.of(FaceDays.class)));
        file = keyedStates(context).getState(new ValueStateDescriptor<>("file", RecordTypes.of(LogFile.class)));
        waiting = keyedStates(context)
                .getListState(new ListStateDescriptor<>("waiting", RecordTypes.of(ToldAttempt.class)));
        unjudged = new UnjudgedBook(keyedStates(context), generation);
        forget();
        if (context.isRestored()) {
            unjudged.sayAgain(keys(UnjudgedBook.state()));
        }
        remembered = new RememberedAttempts(pages);
        corrections = new AttemptCorrections();
        news = new News();
        files = new HashMap<>();
        faceDays = new HashMap<>();
        nothingWaits = false;
        registryNews = true;
    }

    @Override
    public void processElement1(StreamRecord<ToldAttempt> element) throws Exception {
        ToldAttempt told = element.getValue();
        if (nothingWaits) {
            take(told.key(), told);
        } else {
            waiting.add(told);
        }
    }

    @Override
    public void processElement2(StreamRecord<RegistryFact> element) throws Exception {
        registryNews |= registry.take(element.getValue());
    }

    private void take(String key, ToldAttempt told) throws Exception {
        news.key = key;
        files.put(key, corrections.take(told.unpacked(), fileOf(key), remembered, registry.read(), news));
    }

    private LogFile fileOf(String key) throws Exception {
        LogFile changed = files.get(key);
        if (changed != null) {
            return changed;
        }
        LogFile kept = file.value();
        return kept == null ? LogFile.NEW : kept;
    }

    @Override
    protected void atCut(long position) throws Exception {
        if (!registry.known()) {
            return;
        }
        if (!nothingWaits) {
            for (String key : keys("waiting")) {
                setCurrentKey(key);
                for (ToldAttempt told : waiting.get()) {
                    take(key, told);
                }
                waiting.clear();
            }
            nothingWaits = true;
        }
        if (families.contains(Family.PERSONS)) {
            tellFaces();
        }
        for (Map.Entry<String, LogFile> entry : files.entrySet()) {
            setCurrentKey(entry.getKey());
            file.update(entry.getValue());
        }
        files.clear();
        faceDays.clear();
        registryNews = false;
        unjudged.atCut(position, this::setCurrentKey, row -> emit(UnjudgedBook.ROWS, row));
    }

    ChangeCounters counters() {
        return news.counters;
    }

    private void tellFaces() throws Exception {
        Set<String> keys = new HashSet<>(files.keySet());
        if (registryNews) {
            keys.addAll(keys("file"));
        }
        for (String key : keys) {
            setCurrentKey(key);
            tellFaces(key);
        }
    }

    /** Tells the days from the end of the use on, and takes back those told before that are no longer asked for. */
    private void tellFaces(String key) throws Exception {
        int slash = key.lastIndexOf('/');
        String source = key.substring(0, slash);
        LogFile known = fileOf(key);
        LegalDay wanted = OperatorJudgements.faceAttemptsFrom(Scopes.operator(source), registry.read());
        int from = wanted == null ? Integer.MAX_VALUE : wanted.epochDay();
        Set<Integer> days = new TreeSet<>();
        if (from != known.toldFrom()) {
            int earlier = Math.min(from, known.toldFrom());
            for (FaceDays page : faces.values()) {
                days.addAll(FaceDays.read(page).tailMap(earlier).keySet());
            }
            files.put(key, new LogFile(known.pages(), known.newest(), from));
        }
        for (int day : faceDays.getOrDefault(key, Set.of())) {
            if (day >= from) {
                days.add(day);
            }
        }
        for (int day : days) {
            FaceDay told = day < from ? FaceDay.NOTHING : faceDay(day);
            emit(
                    FACES,
                    Fact.of(new FaceAttempts(
                            Scopes.operator(source),
                            Scopes.system(source),
                            Integer.parseInt(key.substring(slash + 1)),
                            new LegalDay(day),
                            told.count(),
                            Nanos.instant(told.first()),
                            told.hash())));
        }
    }

    private FaceDay faceDay(int day) throws Exception {
        return FaceDays.read(faces.get(FaceDays.page(day))).getOrDefault(day, FaceDay.NOTHING);
    }

    private void putFaceDay(int day, FaceDay faceDay) throws Exception {
        TreeMap<Integer, FaceDay> days = FaceDays.read(faces.get(FaceDays.page(day)));
        days.put(day, faceDay);
        if (faceDay.count() == 0) {
            days.remove(day);
        }
        if (days.isEmpty()) {
            faces.remove(FaceDays.page(day));
        } else {
            faces.put(FaceDays.page(day), FaceDays.of(days));
        }
        faceDays.computeIfAbsent(news.key, key -> new HashSet<>()).add(day);
    }

    /** Tells everyone what an attempt is now. */
    private final class News implements AttemptCorrections.Receiver {

        private final ChangeCounters counters = new ChangeCounters(getMetricGroup());
        /** The bucket of the change. */
        private String key;

        @Override
        public void changed(RememberedAttempt before, RememberedAttempt after, AttemptTold told) throws Exception {
            Attempt was = before == null || !before.kept() ? null : attempt(before, told);
            Attempt is = after.kept() ? attempt(after, told) : null;
            if (families.contains(Family.ACCESS)) {
                tellPoint(was, is, after.ordinal());
                tellPerson(was, is, after.ordinal());
            }
            if (families.contains(Family.PERSONS)) {
                if (was != null && isByFace(was)) {
                    removeFace(was, after.ordinal());
                }
                if (is != null && isByFace(is)) {
                    addFace(is, after.ordinal());
                }
            }
        }

        private Attempt attempt(RememberedAttempt remembered, AttemptTold told) {
            Attempt attempt = told.attempt();
            return remembered.attempt(
                    attempt.operator(), attempt.system(), attempt.mappingVersion(), attempt.position());
        }

        private void tellPoint(Attempt was, Attempt is, int ordinal) {
            boolean here = is != null && AttemptJudgements.concernsPoint(is);
            boolean gone = was != null && AttemptJudgements.concernsPoint(was);
            AttemptPage herePage = here ? AttemptPage.of(is, ordinal) : null;
            if (here && gone && is.pointId().equals(was.pointId())) {
                emit(AttemptNews.atPoint(is, herePage, moved(was, is, ordinal)));
                return;
            }
            if (gone) {
                emit(AttemptNews.atPoint(was, null, AttemptPage.of(was, ordinal)));
            }
            if (here) {
                emit(AttemptNews.atPoint(is, herePage, null));
            }
        }

        private void tellPerson(Attempt was, Attempt is, int ordinal) {
            boolean here = is != null && AttemptJudgements.concernsPerson(is);
            boolean gone = was != null && AttemptJudgements.concernsPerson(was);
            if (here && gone && is.person().equals(was.person())) {
                emit(REFUSALS, AttemptNews.ofPerson(is, AttemptPage.of(is, ordinal), moved(was, is, ordinal)));
                return;
            }
            if (gone) {
                emit(REFUSALS, AttemptNews.ofPerson(was, null, AttemptPage.of(was, ordinal)));
            }
            if (here) {
                emit(REFUSALS, AttemptNews.ofPerson(is, AttemptPage.of(is, ordinal), null));
            }
        }

        /** At the same instant the one takes the other's place. */
        private static AttemptPage moved(Attempt was, Attempt is, int ordinal) {
            return was.at().latest().equals(is.at().latest()) ? null : AttemptPage.of(was, ordinal);
        }

        private static boolean isByFace(Attempt attempt) {
            return FACE.equals(attempt.method()) && attempt.at().exact();
        }

        private void addFace(Attempt attempt, int ordinal) throws Exception {
            int day = LegalDay.of(attempt.at().latest()).epochDay();
            putFaceDay(day, faceDay(day).with(Nanos.of(attempt.at().latest()), hash(attempt, ordinal)));
        }

        private void removeFace(Attempt attempt, int ordinal) throws Exception {
            int day = LegalDay.of(attempt.at().latest()).epochDay();
            FaceDay before = faceDay(day);
            long first = before.first();
            if (before.count() > 1 && first == Nanos.of(attempt.at().latest())) {
                first = firstFace(day);
            }
            putFaceDay(day, before.without(hash(attempt, ordinal), first));
        }

        @Override
        public void settled(RememberedAttempt attempt, AttemptTold told) throws Exception {
            Attempt stands = attempt(attempt, told);
            if (families.contains(Family.PERSONS) && isByFace(stands)) {
                int day = LegalDay.of(stands.at().latest()).epochDay();
                putFaceDay(day, faceDay(day).settling(Nanos.of(stands.at().latest())));
            }
        }

        /**
         * When the first attempt by face of a day was made that can be corrected; whoever can be is remembered, and so are all
         * of its day but those that are settled.
         */
        private long firstFace(int day) throws Exception {
            List<Long> instants = new ArrayList<>();
            remembered.forEach(each -> {
                if (each.kept()
                        && FACE.equals(each.method())
                        && each.at().exact()
                        && LegalDay.of(each.at().latest()).epochDay() == day) {
                    instants.add(Nanos.of(each.at().latest()));
                }
            });
            return instants.stream().min(Long::compare).orElse(FaceDay.NEVER);
        }

        private static long hash(Attempt attempt, int ordinal) {
            return ThingHash.of(attempt.system(), attempt.attemptKey(), Integer.toString(ordinal));
        }

        @Override
        public void notApplicable(String reason) {
            counters.notApplicable(reason);
        }

        @Override
        public void tooLate(AttemptTold told) {
            counters.notApplicable(TOO_LATE);
            Position position = told.attempt().position();
            unjudged.note(key, position.table(), TOO_LATE, 1, position.committedAt());
        }
    }
}
