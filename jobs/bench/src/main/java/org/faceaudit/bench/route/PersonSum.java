package org.faceaudit.bench.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.faceaudit.core.counting.CountSeries;
import org.faceaudit.runtime.fact.Fact;

/** Adds up, of the changes by legal day that the union of persons tells, how many persons there are. */
final class PersonSum implements Sink<Fact> {

    private static final long serialVersionUID = 1L;

    private static final Map<String, LongAdder> OPEN = new ConcurrentHashMap<>();

    private final String name;

    PersonSum(String name) {
        this.name = name;
    }

    static LongAdder open(String name) {
        LongAdder sum = new LongAdder();
        OPEN.put(name, sum);
        return sum;
    }

    static void close(String name) {
        OPEN.remove(name);
    }

    @Override
    public SinkWriter<Fact> createWriter(WriterInitContext context) {
        LongAdder sum = OPEN.get(name);
        return new SinkWriter<>() {
            @Override
            public void write(Fact fact, Context elementContext) {
                if (CountSeries.isPersons(fact.dayCount().series())) {
                    sum.add(fact.dayCount().widest());
                }
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
