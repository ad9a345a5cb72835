package org.faceaudit.runtime.step;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.PointConfigurations;
import org.faceaudit.core.judgement.OutOfScope;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Remembers what each row says of an access point and tells everyone who judges it what they make together. Rows that come to
 * contradict each other are counted as unreadable, {@value #OVERLAPPING}; a point in service that offers nothing at all is out
 * of order, and counted too, as is what is out of scope.
 */
public final class PointConfigurationsStep extends CutStep<Fact> implements OneInputStreamOperator<Fact, Fact> {

    private static final long serialVersionUID = 1L;

    /** What could not be judged, and why, as rows. */
    public static final OutputTag<TableRow> UNJUDGED = UnjudgedBook.ROWS;

    static final String OVERLAPPING = "overlapping-configuration";

    static final String NO_METHOD = "no-method-offered";

    private final long generation;

    private transient MapState<String, AccessPoint> rows;
    private transient UnjudgedBook unjudged;
    private transient ChangeCounters counters;

    /** With the generation of this start of the job. */
    public PointConfigurationsStep(long generation) {
        this.generation = generation;
    }

    /** The key that brings all rows about one point to one place. */
    public static String key(Fact fact) {
        return fact.scope() + '/' + fact.point().pointId();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        rows = keyedStates(context)
                .getMapState(new MapStateDescriptor<>("rows", Types.STRING, RecordTypes.of(AccessPoint.class)));
        unjudged = new UnjudgedBook(keyedStates(context), generation);
        forget();
        if (context.isRestored()) {
            unjudged.sayAgain(keys(UnjudgedBook.state()));
        }
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
        note(element.getValue(), now, OVERLAPPING, contradictions(now) - contradictions(before));
        note(element.getValue(), now, NO_METHOD, outOfOrder(now) - outOfOrder(before));
        for (String reason : OutOfScope.REASONS) {
            note(element.getValue(), now, reason, outOfScope(now, reason) - outOfScope(before, reason));
        }
        emit(Fact.of(now));
    }

    private void note(Fact fact, AccessPoint now, String reason, long more) {
        if (more != 0) {
            AccessPointVersion newest = now.versions().get(now.versions().size() - 1);
            unjudged.note(
                    key(fact),
                    "access-point " + now.pointId(),
                    reason,
                    more,
                    newest.position().committedAt());
        }
    }

    /** Facts were said as they came. */
    @Override
    protected void atCut(long position) throws Exception {
        unjudged.atCut(position, this::setCurrentKey, row -> emit(UnjudgedBook.ROWS, row));
    }

    /** How many contradictions were counted since this start of the job. */
    long contradicted() {
        return counters.unreadableSoFar(OVERLAPPING);
    }

    private static long outOfOrder(AccessPoint point) {
        return point == null
                ? 0
                : point.versions().stream()
                        .filter(version -> version.inForce()
                                && version.methodsState() == FieldState.PRESENT
                                && version.methods().isEmpty())
                        .count();
    }

    private static long outOfScope(AccessPoint point, String reason) {
        return point == null
                ? 0
                : point.versions().stream()
                        .filter(version ->
                                OutOfScope.of(version).filter(reason::equals).isPresent())
                        .count();
    }

    private static long contradictions(AccessPoint point) {
        return point == null
                ? 0
                : point.versions().stream()
                        .filter(AccessPointVersion::contradicted)
                        .count();
    }
}
