package org.faceaudit.runtime.types;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.TypeExtractor;

/** Where every type on an edge or in state comes from: immutable Java records, never generic types. */
public final class RecordTypes {

    private RecordTypes() {}

    /**
     * The type information of an immutable public record whose fields Flink knows (text, numbers, instants, enums, lists,
     * maps, nested records). Fields may be null, elements of lists may not.
     *
     * @throws IllegalArgumentException if Flink would fall back to a generic serializer for the record itself
     */
    public static <T extends Record> TypeInformation<T> of(Class<T> type) {
        TypeInformation<T> fields = TypeExtractor.createTypeInfo(type);
        if (!(fields instanceof PojoTypeInfo)) {
            throw new IllegalArgumentException(type.getName() + " is no record that Flink can take apart: " + fields);
        }
        return new RecordTypeInfo<>((PojoTypeInfo<T>) fields);
    }
}
