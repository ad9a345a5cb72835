package org.faceaudit.capture;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The schema of everything a converter here produces: optional text that takes no default.
 *
 * <p>Debezium sets the converted column default on the registered builder. With a default in the schema a null in the row can
 * turn into it on the way: an invented person, an invented image.
 */
final class TextSchema extends SchemaBuilder {
    TextSchema() {
        super(Schema.Type.STRING);
        optional();
    }

    @Override
    public SchemaBuilder defaultValue(Object value) {
        return this;
    }
}
