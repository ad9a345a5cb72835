package org.faceaudit.runtime.types;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Type information of an immutable type that is {@linkplain Packing packed} by hand. */
public final class PackedTypeInfo<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1L;

    private final Packing<T> packing;

    public PackedTypeInfo(Packing<T> packing) {
        this.packing = Objects.requireNonNull(packing, "packing");
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return packing.type();
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new PackedSerializer<>(packing);
    }

    @Override
    public String toString() {
        return "packed " + getTypeClass().getSimpleName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedTypeInfo<?> that && packing.getClass().equals(that.packing.getClass());
    }

    @Override
    public int hashCode() {
        return packing.getClass().hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof PackedTypeInfo;
    }
}
