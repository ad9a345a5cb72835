package org.faceaudit.runtime.step;

import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.PersonUnion;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.InstantPage;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Knows of each person which records hold them, over all systems of an operator, and says at the cut by how much the
 * number of persons changed, net: by instant to those who keep the days, by legal day to those who judge. Persons of one
 * operator and token group are spread over buckets.
 */
public final class PersonUnionStep extends CutStep<InstantPage>
        implements OneInputStreamOperator<PersonHolding, InstantPage> {

    private static final long serialVersionUID = 1L;

    /** Changes of the sums of legal days. */
    public static final OutputTag<Fact> DAYS = new OutputTag<>("day-counts", RecordTypes.of(Fact.class));

    private transient PersonPages persons;
    private transient InstantBuffer changes;

    /** The key of the bucket that knows a holding's person. */
    public static String key(PersonHolding holding) {
        return PersonBuckets.key(holding);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        // By its class: one that also logs what is put, as Flink's changelog does, calls itself as the one behind it.
        boolean inMemory = getKeyedStateBackend() instanceof HeapKeyedStateBackend;
        persons = new PersonPages(keyedStates(context), this::setCurrentKey, !inMemory);
        forget();
        changes = new InstantBuffer(this::emit, sum -> emit(DAYS, Fact.ofDay(sum)));
    }

    @Override
    public void processElement(StreamRecord<PersonHolding> element) throws Exception {
        PersonHolding holding = element.getValue();
        PersonPages.Change change = persons.put((String) getCurrentKey(), holding);
        for (CountDelta delta :
                PersonUnion.persons(holding.operator(), holding.group(), change.before(), change.after())) {
            changes.add(delta);
        }
    }

    /** See {@link PersonPages#atHand}. */
    int pagesAtHand() {
        return persons.atHand();
    }

    @Override
    protected void atCut(long position) throws Exception {
        persons.write();
        changes.flush();
    }
}
