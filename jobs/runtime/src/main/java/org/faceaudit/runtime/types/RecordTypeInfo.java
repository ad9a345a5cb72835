package org.faceaudit.runtime.types;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

/** Type information of an immutable record: its fields are written one by one, its instances are shared, never copied. */
public final class RecordTypeInfo<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1L;

    private final PojoTypeInfo<T> fields;

    RecordTypeInfo(PojoTypeInfo<T> fields) {
        this.fields = Objects.requireNonNull(fields, "fields");
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
        return fields.getArity();
    }

    @Override
    public int getTotalFields() {
        return fields.getTotalFields();
    }

    @Override
    public Class<T> getTypeClass() {
        return fields.getTypeClass();
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new RecordSerializer<>(fields.createSerializer(config));
    }

    @Override
    public String toString() {
        return "record " + fields;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordTypeInfo<?> that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RecordTypeInfo;
    }
}
