package org.faceaudit.runtime.types;

import java.io.IOException;
import java.io.Serializable;

/**
 * How values of one type are written and read by hand, for the types that every change passes through: a field's
 * own serializer is found by reflection, and writes what another field tells already.
 *
 * <p>What a packing has written in a checkpoint it must be able to read; one that writes otherwise is another class.
 */
public interface Packing<T> extends Serializable {

    /** The type. */
    Class<T> type();

    void write(T value, PackedOutput out) throws IOException;

    T read(PackedInput in) throws IOException;

    /** The value for whoever keeps it longer than the step that made it: itself, unless that step goes on to use it. */
    default T kept(T value) {
        return value;
    }
}
