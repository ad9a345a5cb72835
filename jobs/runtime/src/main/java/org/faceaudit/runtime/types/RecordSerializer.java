package org.faceaudit.runtime.types;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an immutable record field by field. */
public final class RecordSerializer<T> extends ImmutableSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final TypeSerializer<T> fields;

    RecordSerializer(TypeSerializer<T> fields) {
        this.fields = Objects.requireNonNull(fields, "fields");
    }

    TypeSerializer<T> fields() {
        return fields;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return new RecordSerializer<>(fields.duplicate());
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        fields.serialize(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return fields.deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        fields.copy(source, target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordSerializer<?> that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new RecordSerializerSnapshot<>(this);
    }
}
