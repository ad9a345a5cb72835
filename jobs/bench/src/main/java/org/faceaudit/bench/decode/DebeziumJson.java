package org.faceaudit.bench.decode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.debezium.DebeziumJsonDeserializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.faceaudit.runtime.source.RawRecord;

/** Flink's {@code debezium-json} on the same columns. It fails on an update without the row before it. Not thread-safe. */
final class DebeziumJson {

    private static final int TOKEN = 1;

    private final DebeziumJsonDeserializationSchema schema = new DebeziumJsonDeserializationSchema(
            DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.BIGINT()),
                    DataTypes.FIELD("id_card", DataTypes.STRING()),
                    DataTypes.FIELD("created_at", DataTypes.STRING()),
                    DataTypes.FIELD("template", DataTypes.STRING())),
            List.of(),
            TypeInformation.of(RowData.class),
            false,
            false,
            TimestampFormat.ISO_8601);

    private final Newest newest = new Newest();

    private static final class Newest implements Collector<RowData> {
        private RowData row;

        @Override
        public void collect(RowData record) {
            row = record;
        }

        @Override
        public void close() {}
    }

    DebeziumJson() {
        try {
            schema.open(null);
        } catch (Exception e) {
            throw new IllegalStateException("it wants no context for columns of this kind", e);
        }
    }

    /** The token in a row that is there after the change; {@code null} if there is none. */
    String token(RawRecord record) {
        try {
            newest.row = null;
            schema.deserialize(record.value(), newest);
            if (newest.row == null || newest.row.getRowKind() == RowKind.DELETE || newest.row.isNullAt(TOKEN)) {
                return null;
            }
            StringData token = newest.row.getString(TOKEN);
            return token.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("the record is one that it reads", e);
        }
    }
}
