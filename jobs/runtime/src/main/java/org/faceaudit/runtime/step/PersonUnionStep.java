package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.PersonUnion;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Knows of each person which records hold them, over all systems of an operator, and says at the cut by how much the
 * number of persons changed, net: by instant to those who keep the days, by legal day to those who judge. Persons of one
 * operator and token group are spread over buckets.
 */
public final class PersonUnionStep extends CutStep<CountDelta>
        implements OneInputStreamOperator<PersonHolding, CountDelta> {

    private static final long serialVersionUID = 1L;

    /** Enough that a bucket stays small at a hundred million persons, few enough that keys weigh nothing at a thousand. */
    private static final int BUCKETS = 1 << 16;

    /** Changes of the sums of legal days. */
    public static final OutputTag<Fact> DAYS = new OutputTag<>("day-counts", RecordTypes.of(Fact.class));

    private transient MapState<String, Holders> persons;
    private transient DeltaBuffer instants;
    private transient DeltaBuffer days;

    /** All records that hold one person. */
    public record Holders(List<PersonHolding> holdings) {

        public Holders {
            holdings = List.copyOf(holdings);
        }
    }

    /** The key of the bucket that knows a holding's person. */
    public static String key(PersonHolding holding) {
        return holding.operator()
                + '/'
                + holding.group()
                + '/'
                + Math.floorMod(holding.person().hashCode(), BUCKETS);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        persons = context.getKeyedStateStore()
                .getMapState(new MapStateDescriptor<>("persons", Types.STRING, RecordTypes.of(Holders.class)));
        instants = new DeltaBuffer(this::emit);
        days = new DeltaBuffer(sum -> emit(DAYS, Fact.ofDay(sum)));
    }

    @Override
    public void processElement(StreamRecord<PersonHolding> element) throws Exception {
        PersonHolding holding = element.getValue();
        Holders known = persons.get(holding.person());
        List<PersonHolding> before = known == null ? List.of() : known.holdings();
        List<PersonHolding> after = new ArrayList<>(before.size() + 1);
        for (PersonHolding held : before) {
            if (!held.holder().equals(holding.holder())) {
                after.add(held);
            }
        }
        if (!holding.presences().isEmpty()) {
            after.add(holding);
        }
        if (after.isEmpty()) {
            persons.remove(holding.person());
        } else {
            persons.put(holding.person(), new Holders(after));
        }
        for (CountDelta delta : PersonUnion.persons(holding.operator(), holding.group(), before, after)) {
            instants.add(delta);
            days.add(delta.ofDay());
        }
    }

    @Override
    protected void atCut(long position) {
        instants.flush();
        days.flush();
    }
}
