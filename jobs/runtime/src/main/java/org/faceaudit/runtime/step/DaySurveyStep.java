package org.faceaudit.runtime.step;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.fact.DayLook;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.judge.DaySurvey;
import org.faceaudit.runtime.judge.PersonFamily;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Knows the sums of every operator's legal days and says at the cut of which days the instants are wanted from now on, and
 * of which no more. Until the registry is known none are.
 */
public final class DaySurveyStep extends CutStep<DayLook>
        implements TwoInputStreamOperator<Fact, RegistryFact, DayLook> {

    private static final long serialVersionUID = 1L;

    private final Standpoint standpoint;

    private transient MapState<String, Fact> facts;
    private transient MapState<Integer, Boolean> close;
    private transient FilePages pages;
    private transient RegistryState registry;
    private transient Map<String, OpenSurvey> surveys;
    private transient boolean surveyAll;

    /** A step that reads the registry from a standpoint. */
    public DaySurveyStep(Standpoint standpoint) {
        this.standpoint = Objects.requireNonNull(standpoint, "standpoint");
    }

    /** An operator in memory. */
    private static final class OpenSurvey {
        private final DaySurvey survey;
        private boolean touched = true;
        private boolean pagesTouched;

        private OpenSurvey(String operator) {
            survey = new DaySurvey(operator);
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registry = registryState(context, standpoint);
        facts = keyedStates(context)
                .getMapState(new MapStateDescriptor<>("facts", Types.STRING, RecordTypes.of(Fact.class)));
        close = keyedStates(context).getMapState(new MapStateDescriptor<>("close", Types.INT, Types.BOOLEAN));
        pages = new FilePages(keyedStates(context));
        forget();
        surveys = new LinkedHashMap<>();
        surveyAll = true;
        if (context.isRestored()) {
            reopen();
        }
    }

    private void reopen() throws Exception {
        Set<String> operators = new HashSet<>();
        for (String state : List.of("facts", FilePages.STATE)) {
            try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
                keys.forEach(operators::add);
            }
        }
        for (String operator : operators) {
            setCurrentKey(operator);
            DaySurvey survey = open(operator).survey;
            for (Fact fact : facts.values()) {
                survey.take(fact);
            }
            pages.restore(survey);
        }
    }

    private OpenSurvey open(String operator) {
        return surveys.computeIfAbsent(operator, OpenSurvey::new);
    }

    @Override
    public void processElement1(StreamRecord<Fact> element) throws Exception {
        Fact fact = element.getValue();
        OpenSurvey open = open(fact.scope());
        if (open.survey.keeps(fact)) {
            open.pagesTouched = true;
        } else {
            // How far a source is known: the newest word counts.
            facts.put(PersonFamily.entryOf(fact), fact);
        }
        open.touched |= open.survey.take(fact);
    }

    @Override
    public void processElement2(StreamRecord<RegistryFact> element) throws Exception {
        surveyAll |= registry.take(element.getValue());
    }

    @Override
    protected void atCut(long position) throws Exception {
        for (Map.Entry<String, OpenSurvey> entry : surveys.entrySet()) {
            if (entry.getValue().pagesTouched) {
                entry.getValue().pagesTouched = false;
                setCurrentKey(entry.getKey());
                pages.remember(entry.getValue().survey);
            }
        }
        if (!registry.known()) {
            return;
        }
        for (Map.Entry<String, OpenSurvey> entry : surveys.entrySet()) {
            if (surveyAll || entry.getValue().touched) {
                entry.getValue().touched = false;
                setCurrentKey(entry.getKey());
                look(entry.getKey(), entry.getValue().survey.critical(registry.read()));
            }
        }
        surveyAll = false;
    }

    private void look(String operator, Set<LegalDay> critical) throws Exception {
        Set<Integer> noMore = new HashSet<>();
        close.keys().forEach(noMore::add);
        for (LegalDay day : critical) {
            if (!noMore.remove(day.epochDay())) {
                close.put(day.epochDay(), true);
                emit(new DayLook(operator, day.epochDay(), true));
            }
        }
        for (int day : noMore) {
            close.remove(day);
            emit(new DayLook(operator, day, false));
        }
    }
}
