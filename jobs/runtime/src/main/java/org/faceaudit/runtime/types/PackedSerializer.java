package org.faceaudit.runtime.types;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an immutable value by its {@link Packing}. */
public final class PackedSerializer<T> extends ImmutableSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final Packing<T> packing;

    private transient PackedOutput output;
    private transient PackedInput input;

    PackedSerializer(Packing<T> packing) {
        this.packing = Objects.requireNonNull(packing, "packing");
    }

    Packing<T> packing() {
        return packing;
    }

    /** Remembers words, hence one for each thread. */
    @Override
    public TypeSerializer<T> duplicate() {
        return new PackedSerializer<>(packing);
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        if (output == null) {
            output = PackedOutput.gathering();
        }
        packing.write(value, output.to(target));
        output.pass();
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        if (input == null) {
            input = new PackedInput();
        }
        return packing.read(input.from(source));
    }

    @Override
    public T copy(T from) {
        return packing.kept(from);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedSerializer<?> that && packing.getClass().equals(that.packing.getClass());
    }

    @Override
    public int hashCode() {
        return packing.getClass().hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new PackedSerializerSnapshot<>(packing);
    }
}
