package org.faceaudit.runtime.step;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * A step that speaks when a checkpoint barrier has arrived on all its inputs, before it lets the barrier pass. Steps of
 * this kind in a row judge one consistent cut of all topics: what was read before the barrier has reached each of them,
 * nothing after it has, and what they say belongs to the same checkpoint.
 */
public abstract class CutStep<OUT> extends AbstractStreamOperator<OUT> {

    private static final long serialVersionUID = 1L;

    private transient long lastCut;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        lastCut = context.getRestoredCheckpointId().orElse(0);
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
