package org.faceaudit.runtime.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/** What a checkpoint remembers of a {@link PackedSerializer}: which packing wrote it. */
public final class PackedSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int VERSION = 1;

    private Packing<T> packing;

    /** For Flink, which reads the snapshot from a checkpoint. */
    @SuppressWarnings("unused")
    public PackedSerializerSnapshot() {}

    PackedSerializerSnapshot(Packing<T> packing) {
        this.packing = packing;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(packing.getClass().getName());
    }

    @Override
    @SuppressWarnings("unchecked") // The class was written as the packing of this type.
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
        Class<?> type = InstantiationUtil.resolveClassByName(in, loader);
        packing = (Packing<T>) InstantiationUtil.instantiate(type);
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new PackedSerializer<>(packing);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
        return old instanceof PackedSerializerSnapshot<T> that
                        && packing.getClass().equals(that.packing.getClass())
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
