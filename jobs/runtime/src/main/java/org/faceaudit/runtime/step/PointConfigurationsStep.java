package org.faceaudit.runtime.step;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.PointConfigurations;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Remembers what each row says of an access point and tells everyone who judges it what they make together. Rows that come to
 * contradict each other are counted as unreadable, {@value #OVERLAPPING}.
 */
public final class PointConfigurationsStep extends CutStep<Fact> implements OneInputStreamOperator<Fact, Fact> {

    private static final long serialVersionUID = 1L;

    static final String OVERLAPPING = "overlapping-configuration";

    private transient MapState<String, AccessPoint> rows;
    private transient ChangeCounters counters;

    /** The key that brings all rows about one point to one place. */
    public static String key(Fact fact) {
        return fact.scope() + '/' + fact.point().pointId();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        rows = keyedStates(context)
                .getMapState(new MapStateDescriptor<>("rows", Types.STRING, RecordTypes.of(AccessPoint.class)));
        forget();
        counters = new ChangeCounters(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<Fact> element) throws Exception {
        AccessPoint row = element.getValue().point();
        AccessPoint before = rows.isEmpty() ? null : PointConfigurations.together(rows.values());
        rows.put(row.row(), row);
        AccessPoint now = PointConfigurations.together(rows.values());
        if (now.equals(before)) {
            return;
        }
        if (contradictions(now) > contradictions(before)) {
            counters.unreadable(OVERLAPPING);
        }
        emit(Fact.of(now));
    }

    /** Everything was said as it came. */
    @Override
    protected void atCut(long position) {}

    /** How many contradictions were counted since this start of the job. */
    long contradicted() {
        return counters.unreadableSoFar(OVERLAPPING);
    }

    private static long contradictions(AccessPoint point) {
        return point == null
                ? 0
                : point.versions().stream()
                        .filter(AccessPointVersion::contradicted)
                        .count();
    }
}
