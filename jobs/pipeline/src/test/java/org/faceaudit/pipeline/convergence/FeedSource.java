package org.faceaudit.pipeline.convergence;

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

/** Gives out a {@link Feed} in its order, from where the last checkpoint stood; never ends by itself. */
final class FeedSource implements Source<RawRecord, FeedSource.Place, Boolean> {

    private static final long serialVersionUID = 1L;

    private final String name;

    FeedSource(String name) {
        this.name = name;
    }

    /** How far the feed was read. */
    static final class Place implements SourceSplit, Serializable {

        private static final long serialVersionUID = 1L;

        private int position;

        private Place(int position) {
            this.position = position;
        }

        @Override
        public String splitId() {
            return "feed";
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<RawRecord, Place> createReader(SourceReaderContext context) {
        return new Reader(name);
    }

    @Override
    public SplitEnumerator<Place, Boolean> createEnumerator(SplitEnumeratorContext<Place> context) {
        return new Enumerator(context, false);
    }

    @Override
    public SplitEnumerator<Place, Boolean> restoreEnumerator(SplitEnumeratorContext<Place> context, Boolean assigned) {
        return new Enumerator(context, assigned);
    }

    private static final class Reader implements SourceReader<RawRecord, Place> {

        private final Feed feed;
        private Place place;
        private CompletableFuture<Void> available = new CompletableFuture<>();

        private Reader(String name) {
            this.feed = Feed.named(name);
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<RawRecord> output) {
            RawRecord next = place == null ? null : feed.at(place.position);
            if (next == null || feed.waits(place.position)) {
                available = new CompletableFuture<>();
                return InputStatus.NOTHING_AVAILABLE;
            }
            feed.maybeFail(place.position);
            output.collect(next);
            place.position++;
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<Place> snapshotState(long checkpointId) {
            return place == null ? List.of() : List.of(new Place(place.position));
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (place != null) {
                feed.checkpointed(place.position);
            }
            available.complete(null);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public void addSplits(List<Place> splits) {
            place = splits.get(0);
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    private static final class Enumerator implements SplitEnumerator<Place, Boolean> {

        private final SplitEnumeratorContext<Place> context;
        private final List<Place> unassigned = new ArrayList<>();

        private Enumerator(SplitEnumeratorContext<Place> context, boolean assigned) {
            this.context = context;
            if (!assigned) {
                unassigned.add(new Place(0));
            }
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<Place> splits, int subtask) {
            unassigned.addAll(splits);
        }

        @Override
        public void addReader(int subtask) {
            unassigned.forEach(place -> context.assignSplit(place, subtask));
            unassigned.clear();
        }

        @Override
        public Boolean snapshotState(long checkpointId) {
            return unassigned.isEmpty();
        }

        @Override
        public void close() {}
    }

    @Override
    public SimpleVersionedSerializer<Place> getSplitSerializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(Place place) {
                return ByteBuffer.allocate(Integer.BYTES).putInt(place.position).array();
            }

            @Override
            public Place deserialize(int version, byte[] serialized) {
                return new Place(ByteBuffer.wrap(serialized).getInt());
            }
        };
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(Boolean assigned) {
                return new byte[] {(byte) (assigned ? 1 : 0)};
            }

            @Override
            public Boolean deserialize(int version, byte[] serialized) {
                return serialized[0] == 1;
            }
        };
    }
}
