package org.faceaudit.runtime.source;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.faceaudit.runtime.types.RecordTypes;

/** Hands Kafka records on as bytes: nothing in the source can fail on their content. */
public final class RawRecordSchema implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> consumed, Collector<RawRecord> out) {
        out.collect(new RawRecord(
                consumed.topic(),
                consumed.partition(),
                consumed.offset(),
                consumed.timestamp(),
                consumed.key(),
                consumed.value()));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return RecordTypes.of(RawRecord.class);
    }
}
