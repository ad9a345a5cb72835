package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.runtime.fact.InstantPage;
import org.junit.jupiter.api.Test;

/**
 * How much memory it takes to remember on the heap whom one more record holds, counted by the machine to the byte. Of a large
 * operator nearly each record meets a page of its own, which then lives until the next record meets it: what is copied for a
 * record is paid for again by whoever collects garbage.
 */
class PersonUnionAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Instant SINCE = Instant.parse("2026-03-01T01:00:00.123456Z");

    /** A dozen pages in each bucket, and more of them in all than a poll has records. */
    private static final int KNOWN = 70_000;

    private static final int COMING = 20_000;

    /** Bytes for a record: 1,477; 2,855 when each copied its page and kept it at hand until the cut. */
    private static final long MOST = 1_520;

    @Test
    void aRecordOfALargeOperatorCopiesNoPageOfItsOwn() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, PersonHolding, InstantPage> step =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new PersonUnionStep(), PersonUnionStep::key, Types.STRING)) {
            step.setStateBackend(new HashMapStateBackend());
            step.setup();
            step.open();
            take(step, holdings(0, KNOWN));
            List<StreamRecord<PersonHolding>> coming = holdings(KNOWN, KNOWN + COMING);

            long before = THREADS.getCurrentThreadAllocatedBytes();
            take(step, coming);
            long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / COMING;

            assertThat(each).isLessThanOrEqualTo(MOST);
        }
    }

    private static void take(
            KeyedOneInputStreamOperatorTestHarness<String, PersonHolding, InstantPage> step,
            List<StreamRecord<PersonHolding>> holdings)
            throws Exception {
        for (int i = 0; i < holdings.size(); i++) {
            step.processElement(holdings.get(i));
        }
    }

    private static List<StreamRecord<PersonHolding>> holdings(int from, int to) {
        List<StreamRecord<PersonHolding>> holdings = new ArrayList<>(to - from);
        for (int person = from; person < to; person++) {
            holdings.add(new StreamRecord<>(new PersonHolding(
                    "op",
                    "id-card|k1|idcard|",
                    String.format(Locale.ROOT, "%032x", person),
                    "gym/public.face/" + person,
                    List.of(new Presence(SINCE, SINCE, null, null)))));
        }
        return holdings;
    }
}
