package org.faceaudit.bench.route;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.faceaudit.runtime.source.RawRecord;

/** Gives out a {@link Feed}, in its order and by one reader. Keeps its place in a checkpoint, from which nobody restores. */
final class FeedSource implements Source<RawRecord, FeedSource.Whole, Boolean> {

    private static final long serialVersionUID = 1L;

    private final String name;

    FeedSource(String name) {
        this.name = name;
    }

    /** All of the feed. */
    static final class Whole implements SourceSplit, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String splitId() {
            return "whole";
        }
    }

    @Override
    public Boundedness getBoundedness() {
        // Bounded sources make a job that is scheduled as a batch; this one ends all the same.
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<RawRecord, Whole> createReader(SourceReaderContext context) {
        return new Reader(Feed.named(name));
    }

    @Override
    public SplitEnumerator<Whole, Boolean> createEnumerator(SplitEnumeratorContext<Whole> context) {
        return new Enumerator(context);
    }

    @Override
    public SplitEnumerator<Whole, Boolean> restoreEnumerator(SplitEnumeratorContext<Whole> context, Boolean none) {
        throw new UnsupportedOperationException("a run that fails has measured nothing");
    }

    private static final class Reader implements SourceReader<RawRecord, Whole> {

        private final Feed feed;
        private boolean assigned;
        private long next;
        private long limit;
        private final CompletableFuture<Void> assignment = new CompletableFuture<>();

        private Reader(Feed feed) {
            this.feed = feed;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<RawRecord> output) {
            if (!assigned) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            if (next == limit) {
                boolean ended = feed.ended();
                limit = feed.limit();
                if (next == limit) {
                    return ended ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
                }
            }
            output.collect(feed.at(next++));
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<Whole> snapshotState(long checkpointId) {
            return assigned ? List.of(new Whole()) : List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return assigned ? feed.news(next) : assignment;
        }

        @Override
        public void addSplits(List<Whole> splits) {
            assigned = true;
            assignment.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    private static final class Enumerator implements SplitEnumerator<Whole, Boolean> {

        private final SplitEnumeratorContext<Whole> context;
        private final List<Whole> unassigned = new ArrayList<>(List.of(new Whole()));

        private Enumerator(SplitEnumeratorContext<Whole> context) {
            this.context = context;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<Whole> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {
            unassigned.forEach(split -> context.assignSplit(split, subtask));
            unassigned.clear();
        }

        @Override
        public Boolean snapshotState(long checkpointId) {
            return true;
        }

        @Override
        public void close() {}
    }

    @Override
    public SimpleVersionedSerializer<Whole> getSplitSerializer() {
        return new Empty<>(new Whole());
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new Empty<>(true);
    }

    /** There is one value only. */
    private static final class Empty<T> implements SimpleVersionedSerializer<T> {

        private final T only;

        private Empty(T only) {
            this.only = only;
        }

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T value) {
            return ByteBuffer.allocate(1).array();
        }

        @Override
        public T deserialize(int version, byte[] serialized) {
            return only;
        }
    }
}
