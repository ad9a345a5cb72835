package org.faceaudit.runtime.step;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.fact.Anew;

/**
 * A step that speaks when a checkpoint barrier has arrived on all its inputs, before it lets the barrier pass. Steps of
 * this kind in a row judge one consistent cut of all topics: what was read before the barrier has reached each of them,
 * nothing after it has, and what they say belongs to the same checkpoint.
 *
 * <p>All their state is keyed by an operator, or by something of one, so that of operators who are derived anew nothing is
 * remembered: {@link #anew}.
 */
public abstract class CutStep<OUT> extends AbstractStreamOperator<OUT> {

    private static final long serialVersionUID = 1L;

    private Anew anew = Anew.NOBODY;

    private transient long lastCut;
    private transient ListState<Long> savedIn;
    private transient Set<String> forgotten;
    private transient NamedStates keyed;

    /** Before the job is built: who is derived anew if the step is restored. */
    public final void anew(Anew operators) {
        anew = Objects.requireNonNull(operators, "operators");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        lastCut = context.getRestoredCheckpointId().orElse(0);
        savedIn = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("saved-in-generation", Types.LONG));
        forgotten = context.isRestored() ? anew.forgotten(oldest(savedIn.get())) : Set.of();
    }

    /** A checkpoint that does not know its generation is older than any. */
    private static long oldest(Iterable<Long> generations) {
        long oldest = Long.MAX_VALUE;
        for (long generation : generations) {
            oldest = Math.min(oldest, generation);
        }
        return oldest == Long.MAX_VALUE ? Long.MIN_VALUE : oldest;
    }

    /** Where a step asks for all its keyed state: so nothing can be left out of what is forgotten. */
    protected final KeyedStateStore keyedStates(StateInitializationContext context) {
        if (keyed == null) {
            keyed = new NamedStates(context.getKeyedStateStore());
        }
        return keyed;
    }

    /** To be called once all keyed state was asked for and before any of it is read: forgets who is derived anew. */
    protected final void forget() throws Exception {
        keyed.forget(forgotten, getKeyedStateBackend());
        forgotten = Set.of();
    }

    /** The registry from a standpoint; how far sources are known is forgotten of whoever is derived anew. */
    final RegistryState registryState(StateInitializationContext context, Standpoint standpoint) throws Exception {
        RegistryState registry = new RegistryState(context.getOperatorStateStore(), standpoint);
        registry.forget(forgotten);
        return registry;
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (!forgotten.isEmpty()) {
            throw new IllegalStateException("the step has not forgotten " + forgotten);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        savedIn.update(List.of(anew.generation()));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        lastCut = checkpointId;
        atCut(checkpointId);
    }

    /** The end of bounded input is a cut as well. */
    @Override
    public void finish() throws Exception {
        lastCut++;
        atEnd(lastCut);
        super.finish();
    }

    /**
     * Says what follows from everything read up to this cut.
     *
     * @param position grows from cut to cut within one generation, also after a restore
     */
    protected abstract void atCut(long position) throws Exception;

    /** The last cut: nothing may be left for a later one. */
    protected void atEnd(long position) throws Exception {
        atCut(position);
    }

    /** Every key that has something in one of these states, in the order in which the backend holds them. */
    protected final Set<String> keys(String... states) {
        Set<String> all = new LinkedHashSet<>();
        for (String state : states) {
            try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
                keys.forEach(all::add);
            }
        }
        return all;
    }

    protected final void emit(OUT element) {
        output.collect(new StreamRecord<>(element));
    }

    protected final <X> void emit(OutputTag<X> tag, X element) {
        output.collect(tag, new StreamRecord<>(element));
    }
}
