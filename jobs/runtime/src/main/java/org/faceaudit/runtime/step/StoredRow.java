package org.faceaudit.runtime.step;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.PackedTypeInfo;
import org.faceaudit.runtime.types.Packing;

/**
 * A row's history as {@link RowHistoryBytes} wrote it: a tenth of what its objects take on the heap. Never changed in place.
 *
 * @param bytes nobody's but the record's
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record StoredRow(byte[] bytes) {

    static final TypeInformation<StoredRow> TYPE = new PackedTypeInfo<>(new Bytes());

    /** How it is written: as it is. */
    public static final class Bytes implements Packing<StoredRow> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<StoredRow> type() {
            return StoredRow.class;
        }

        @Override
        public void write(StoredRow row, PackedOutput out) throws IOException {
            out.bytes(row.bytes());
        }

        @Override
        public StoredRow read(PackedInput in) throws IOException {
            return new StoredRow(in.bytes());
        }
    }
}
