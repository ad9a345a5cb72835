package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.judge.CaseFile;
import org.faceaudit.runtime.judge.Findings;
import org.faceaudit.runtime.judge.JudgementFamily;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Remembers the facts of each scope and has them judged at every cut at which a fact, the registry or time moved. Sends
 * only what changed, and takes back what is no longer derived. Until the registry is known facts are kept and nothing is
 * judged.
 */
public final class JudgeStep extends CutStep<Draft>
        implements TwoInputStreamOperator<Fact, RegistryFact, Draft>, Sayings.Speaker {

    private static final long serialVersionUID = 1L;

    /** Rows that are no alerts. */
    public static final OutputTag<TableRow> ROWS = new OutputTag<>("rows", RecordTypes.of(TableRow.class));

    private final JudgementFamily family;
    private final long generation;
    private final Instant sweepAfter;
    private final Standpoint standpoint;

    private transient MapState<String, Fact> facts;
    private transient Sayings sayings;
    private transient ValueState<Long> swept;
    private transient FilePages pages;
    private transient DaySayings days;
    private transient RegistryState registry;
    private transient CalendarWatch calendar;
    private transient Map<String, OpenCase> cases;
    private transient boolean judgeAll;
    /** How far the registry was known at the newest cuts, as many as the family lags behind, oldest first. */
    private transient ArrayDeque<Instant> lastKnown;

    private transient boolean ending;

    /**
     * A step over one family.
     *
     * @param generation the generation of this start of the job
     * @param sweepAfter end older generations of a scope once all its sources are known past this instant, and all its rows
     *     are said again; {@code null} if another step does
     */
    public JudgeStep(JudgementFamily family, long generation, Instant sweepAfter) {
        this(family, generation, sweepAfter, Standpoint.NOW);
    }

    /** The same, with the registry read from a standpoint. */
    public JudgeStep(JudgementFamily family, long generation, Instant sweepAfter, Standpoint standpoint) {
        this.family = Objects.requireNonNull(family, "family");
        this.generation = generation;
        this.sweepAfter = sweepAfter;
        this.standpoint = Objects.requireNonNull(standpoint, "standpoint");
    }

    /** A scope in memory. */
    private static final class OpenCase {
        private final CaseFile file;
        private boolean touched = true;
        private boolean pagesTouched;
        private boolean sweepPending;
        /** Parallel instances of other steps that still have rows to say again in this generation. */
        private final Set<Integer> unsaid = new HashSet<>();

        private Instant wakeAt;
        private DaySayings.Memory saidDays = new DaySayings.Memory();

        OpenCase(CaseFile file) {
            this.file = file;
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registry = registryState(context, standpoint);
        calendar = new CalendarWatch();
        facts = keyedStates(context)
                .getMapState(new MapStateDescriptor<>("facts", Types.STRING, RecordTypes.of(Fact.class)));
        sayings = new Sayings(
                keyedStates(context)
                        .getMapState(new MapStateDescriptor<>("said", Types.STRING, RecordTypes.of(Said.class))),
                generation,
                standpoint,
                getExecutionConfig().getSerializerConfig());
        swept = keyedStates(context).getState(new ValueStateDescriptor<>("swept", Types.LONG));
        pages = new FilePages(keyedStates(context));
        days = new DaySayings(keyedStates(context), generation, row -> emit(ROWS, row));
        forget();
        cases = new LinkedHashMap<>();
        // Whoever restores may judge otherwise than whoever saved.
        judgeAll = true;
        lastKnown = new ArrayDeque<>();
        if (context.isRestored()) {
            // What was read until the checkpoint is known; what was appended since has to be read first.
            for (int cut = 0; registry.known() && cut < family.cutsBehind(); cut++) {
                lastKnown.add(registry.knownThrough());
            }
            calendar.restore(registry);
            reopen();
        }
    }

    private void reopen() throws Exception {
        Set<String> scopes = new HashSet<>();
        for (String state : List.of("facts", FilePages.STATE)) {
            try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
                keys.forEach(scopes::add);
            }
        }
        for (String scope : scopes) {
            setCurrentKey(scope);
            OpenCase open = open(scope);
            for (Fact fact : facts.values()) {
                open.file.take(fact);
            }
            pages.restore(open.file);
            open.saidDays = days.restored();
        }
    }

    private OpenCase open(String scope) throws Exception {
        OpenCase open = cases.get(scope);
        if (open == null) {
            open = new OpenCase(family.open(scope));
            open.sweepPending = sweepAfter != null && !Objects.equals(swept.value(), generation);
            cases.put(scope, open);
        }
        return open;
    }

    @Override
    public void processElement1(StreamRecord<Fact> element) throws Exception {
        Fact fact = element.getValue();
        OpenCase open = open(fact.scope());
        if (fact.unsaid() != null) {
            if (fact.unsaid().any()) {
                open.unsaid.add(fact.unsaid().instance());
            } else {
                open.unsaid.remove(fact.unsaid().instance());
            }
            return;
        }
        if (open.file.keeps(fact)) {
            open.pagesTouched = true;
        } else {
            remember(fact);
        }
        open.touched |= open.file.take(fact);
    }

    private void remember(Fact fact) throws Exception {
        String entry = family.entry(fact);
        Fact merged = family.merged(facts.get(entry), fact);
        if (merged == null) {
            facts.remove(entry);
        } else {
            facts.put(entry, merged);
        }
    }

    @Override
    public void processElement2(StreamRecord<RegistryFact> element) throws Exception {
        judgeAll |= registry.take(element.getValue());
    }

    @Override
    protected void atCut(long position) throws Exception {
        rememberPages();
        Instant known = registry.known() ? behind(registry.knownThrough()) : null;
        if (known == null) {
            return;
        }
        calendar.atCut(registry);
        for (Map.Entry<String, OpenCase> entry : cases.entrySet()) {
            OpenCase open = entry.getValue();
            if (judgeAll || open.touched || hasPassed(open.wakeAt, open.file.newestKnown(known))) {
                setCurrentKey(entry.getKey());
                judge(open, known, position);
            }
            if (open.sweepPending && open.unsaid.isEmpty() && isAfter(open.file.allKnown(known), sweepAfter)) {
                setCurrentKey(entry.getKey());
                emit(ROWS, AuditJson.stale(entry.getKey(), generation));
                swept.update(generation);
                open.sweepPending = false;
            }
        }
        judgeAll = false;
    }

    /** The registry's clock as the family goes by it; {@code null} before it has begun. The end of the input is waited for. */
    private Instant behind(Instant known) {
        lastKnown.add(known);
        if (ending) {
            return known;
        }
        return lastKnown.size() > family.cutsBehind() ? lastKnown.remove() : null;
    }

    @Override
    public void finish() throws Exception {
        ending = true;
        super.finish();
    }

    private void rememberPages() {
        for (Map.Entry<String, OpenCase> entry : cases.entrySet()) {
            if (entry.getValue().pagesTouched) {
                entry.getValue().pagesTouched = false;
                setCurrentKey(entry.getKey());
                pages.remember(entry.getValue().file);
            }
        }
    }

    private void judge(OpenCase open, Instant known, long position) throws Exception {
        Findings findings = open.file.judge(registry.read(), known);
        open.touched = false;
        open.wakeAt = findings.wakeAt();
        days.say(findings.days(), open.saidDays, position);
        sayings.say(findings, position, this);
    }

    @Override
    public void say(Derivation derivation) throws Exception {
        emit(new Draft(derivation, registry.article(derivation.key().ruleId()), calendar.news()));
    }

    @Override
    public void say(TableRow row) {
        emit(ROWS, row);
    }

    private static boolean hasPassed(Instant at, Instant known) {
        return at != null && known != null && !at.isAfter(known);
    }

    private static boolean isAfter(Instant known, Instant than) {
        return known != null && known.isAfter(than);
    }
}
