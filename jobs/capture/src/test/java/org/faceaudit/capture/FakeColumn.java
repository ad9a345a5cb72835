package org.faceaudit.capture;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.CustomConverter.Converter;
import io.debezium.spi.converter.RelationalColumn;
import java.sql.Types;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.data.SchemaBuilder;

/** A column as a connector describes it, without a database. */
record FakeColumn(String dataCollection, String name, int jdbcType, String typeName, String charsetName)
        implements RelationalColumn {

    /** A PostgreSQL text column. */
    static FakeColumn text(String dataCollection, String name) {
        return new FakeColumn(dataCollection, name, Types.VARCHAR, "varchar", null);
    }

    /** A PostgreSQL bytea column. */
    static FakeColumn bytes(String dataCollection, String name) {
        return new FakeColumn(dataCollection, name, Types.BINARY, "bytea", null);
    }

    /** The converter that is registered for this column, if one is. */
    Optional<Converter> converterOf(CustomConverter<SchemaBuilder, RelationalColumn> converter) {
        AtomicReference<Converter> registered = new AtomicReference<>();
        converter.converterFor(this, (schema, conversion) -> registered.set(conversion));
        return Optional.ofNullable(registered.get());
    }

    static Properties properties(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return properties;
    }

    @Override
    public int nativeType() {
        return 0;
    }

    @Override
    public String typeExpression() {
        return typeName;
    }

    @Override
    public OptionalInt length() {
        return OptionalInt.empty();
    }

    @Override
    public OptionalInt scale() {
        return OptionalInt.empty();
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public Object defaultValue() {
        return null;
    }

    @Override
    public boolean hasDefaultValue() {
        return false;
    }
}
