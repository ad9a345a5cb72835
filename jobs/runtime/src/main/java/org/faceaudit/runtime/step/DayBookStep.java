package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.runtime.fact.DayLook;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Keeps the instants at which an operator's persons changed, legal day by legal day, and tells those of the days that are
 * looked at closely. Days are spread over the cluster; what is not looked at stays here.
 */
public final class DayBookStep extends CutStep<Fact> implements TwoInputStreamOperator<CountDelta, DayLook, Fact> {

    private static final long serialVersionUID = 1L;

    private record Slot(String series, Instant at) {}

    private transient MapState<String, CountDelta> instants;
    private transient ValueState<Boolean> told;
    private transient Set<String> toldDays;
    /** By day that is told, what came since the last cut. */
    private transient Map<String, Map<Slot, CountDelta>> news;

    private transient Map<String, Boolean> looks;

    /** The key of the day that an instant belongs to. */
    public static String key(CountDelta delta) {
        return Scopes.day(delta.operator(), delta.day());
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        instants = context.getKeyedStateStore()
                .getMapState(new MapStateDescriptor<>("instants", Types.STRING, RecordTypes.of(CountDelta.class)));
        told = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("told", Types.BOOLEAN));
        toldDays = new HashSet<>();
        news = new HashMap<>();
        looks = new HashMap<>();
        if (context.isRestored()) {
            try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys("told", VoidNamespace.INSTANCE)) {
                keys.forEach(toldDays::add);
            }
        }
    }

    @Override
    public void processElement1(StreamRecord<CountDelta> element) throws Exception {
        CountDelta delta = element.getValue();
        String slot = delta.series() + '@' + delta.at();
        CountDelta before = instants.get(slot);
        CountDelta sum = before == null ? delta : before.plus(delta);
        if (sum.isNothing()) {
            instants.remove(slot);
        } else {
            instants.put(slot, sum);
        }
        String day = key(delta);
        if (toldDays.contains(day)) {
            news.computeIfAbsent(day, key -> new HashMap<>())
                    .merge(new Slot(delta.series(), delta.at()), delta, CountDelta::plus);
        }
    }

    @Override
    public void processElement2(StreamRecord<DayLook> element) {
        looks.put(element.getValue().key(), element.getValue().closely());
    }

    @Override
    protected void atCut(long position) throws Exception {
        for (Map.Entry<String, Boolean> look : looks.entrySet()) {
            if (look.getValue() != toldDays.contains(look.getKey())) {
                setCurrentKey(look.getKey());
                if (look.getValue()) {
                    begin(look.getKey());
                } else {
                    end(look.getKey());
                }
            }
        }
        looks.clear();
        news.values().forEach(day -> day.values().forEach(this::tell));
        news.clear();
    }

    private void begin(String day) throws Exception {
        toldDays.add(day);
        told.update(true);
        kept().forEach(this::tell);
    }

    /** Takes back what was told: all that is kept but for what came since the last cut, which was not told yet. */
    private void end(String day) throws Exception {
        toldDays.remove(day);
        told.clear();
        kept().forEach(delta -> tell(delta.negated()));
        Map<Slot, CountDelta> untold = news.remove(day);
        if (untold != null) {
            untold.values().forEach(this::tell);
        }
    }

    private List<CountDelta> kept() throws Exception {
        List<CountDelta> kept = new ArrayList<>();
        for (CountDelta delta : instants.values()) {
            kept.add(delta);
        }
        return kept;
    }

    private void tell(CountDelta delta) {
        if (!delta.isNothing()) {
            emit(Fact.of(delta));
        }
    }
}
