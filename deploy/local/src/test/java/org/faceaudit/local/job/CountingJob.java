package org.faceaudit.local.job;

import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A job with state and nothing else: it counts slowly. */
public final class CountingJob {
    private static final long CHECKPOINT_INTERVAL_MILLIS = 500;

    private CountingJob() {}

    /** Submits the job. */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(CHECKPOINT_INTERVAL_MILLIS);
        environment
                .fromSequence(1, Long.MAX_VALUE)
                .uid("numbers")
                .map(CountingJob::slowly)
                .returns(Types.LONG)
                .uid("slowly")
                .keyBy(number -> number % 8)
                .map(new Count())
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        environment.execute("counting " + String.join(" ", arguments));
    }

    /** Before the exchange, so that no checkpoint barrier waits behind a full buffer. */
    private static Long slowly(Long number) {
        LockSupport.parkNanos(5_000_000);
        return number;
    }

    /** Counts per key. */
    public static final class Count extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> counted;

        @Override
        public void open(OpenContext context) {
            counted = getRuntimeContext().getState(new ValueStateDescriptor<>("counted", Types.LONG));
        }

        @Override
        public Long map(Long number) throws Exception {
            Long before = counted.value();
            long now = before == null ? 1 : before + 1;
            counted.update(now);
            return now;
        }
    }
}
