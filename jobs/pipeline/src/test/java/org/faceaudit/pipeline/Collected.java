package org.faceaudit.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A sink that keeps what it is given in the memory of the test. */
public final class Collected<T> implements Sink<T> {

    private static final long serialVersionUID = 1L;

    private static final Map<Long, Queue<Object>> ALL = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    private final long id = NEXT.incrementAndGet();

    private Collected() {
        ALL.put(id, new ConcurrentLinkedQueue<>());
    }

    public static <T> Collected<T> from(DataStream<T> stream, String name) {
        Collected<T> collected = new Collected<>();
        stream.sinkTo(collected).setParallelism(1).name(name).uid(name);
        return collected;
    }

    @SuppressWarnings("unchecked") // Only elements of the stream were put in.
    public List<T> all() {
        return List.copyOf((Queue<T>) ALL.get(id));
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context elementContext) {
                ALL.get(id).add(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
