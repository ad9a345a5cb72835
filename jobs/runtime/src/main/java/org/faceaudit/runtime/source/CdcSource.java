package org.faceaudit.runtime.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.faceaudit.runtime.fact.Anew;

/**
 * The evidence topics, read on from a checkpoint's offsets; the topics of operators who are derived anew from their first
 * record. An offset in a checkpoint stands beside the generation that read up to it.
 */
final class CdcSource
        implements Source<RawRecord, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<RawRecord> {

    private static final long serialVersionUID = 1L;

    private final KafkaSource<RawRecord> topics;
    private final Anew anew;

    CdcSource(KafkaSource<RawRecord> topics, Anew anew) {
        this.topics = Objects.requireNonNull(topics, "topics");
        this.anew = Objects.requireNonNull(anew, "anew");
    }

    @Override
    public Boundedness getBoundedness() {
        return topics.getBoundedness();
    }

    @Override
    public SourceReader<RawRecord, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return topics.createReader(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return topics.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws IOException {
        return topics.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new Offsets(topics.getSplitSerializer(), anew);
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return topics.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return topics.getProducedType();
    }

    /** Writes offsets with the generation, and reads those of an earlier one as the beginning where it must be read again. */
    static final class Offsets implements SimpleVersionedSerializer<KafkaPartitionSplit> {

        /** Added to the version of what stands behind the generation. Below it no generation was written. */
        static final int WITH_GENERATION = 1_000;

        private final SimpleVersionedSerializer<KafkaPartitionSplit> inner;
        private final Anew anew;

        Offsets(SimpleVersionedSerializer<KafkaPartitionSplit> inner, Anew anew) {
            this.inner = inner;
            this.anew = anew;
        }

        @Override
        public int getVersion() {
            return WITH_GENERATION + inner.getVersion();
        }

        @Override
        public byte[] serialize(KafkaPartitionSplit split) throws IOException {
            byte[] offset = inner.serialize(split);
            return ByteBuffer.allocate(Long.BYTES + offset.length)
                    .putLong(anew.generation())
                    .put(offset)
                    .array();
        }

        @Override
        public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
            if (version < WITH_GENERATION) {
                return from(Long.MIN_VALUE, inner.deserialize(version, serialized));
            }
            ByteBuffer bytes = ByteBuffer.wrap(serialized);
            long savedIn = bytes.getLong();
            byte[] offset = new byte[bytes.remaining()];
            bytes.get(offset);
            return from(savedIn, inner.deserialize(version - WITH_GENERATION, offset));
        }

        private KafkaPartitionSplit from(long savedIn, KafkaPartitionSplit split) {
            return anew.rereads(split.getTopic(), savedIn)
                    ? new KafkaPartitionSplit(split.getTopicPartition(), KafkaPartitionSplit.EARLIEST_OFFSET)
                    : split;
        }
    }
}
