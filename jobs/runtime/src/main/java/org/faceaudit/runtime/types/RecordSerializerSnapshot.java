package org.faceaudit.runtime.types;

import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a checkpoint remembers of a {@link RecordSerializer}: the fields' own serializer, which decides on compatibility. */
public final class RecordSerializerSnapshot<T> extends CompositeTypeSerializerSnapshot<T, RecordSerializer<T>> {

    private static final int VERSION = 1;

    /** For Flink, which reads the snapshot from a checkpoint. */
    @SuppressWarnings("unused")
    public RecordSerializerSnapshot() {}

    RecordSerializerSnapshot(RecordSerializer<T> serializer) {
        super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
        return VERSION;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(RecordSerializer<T> serializer) {
        return new TypeSerializer<?>[] {serializer.fields()};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected RecordSerializer<T> createOuterSerializerWithNestedSerializers(TypeSerializer<?>[] nested) {
        return new RecordSerializer<>((TypeSerializer<T>) nested[0]);
    }
}
