package org.faceaudit.capture;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Debezium converter that sends a keyed token in the place of an identifier, in keys and in values.
 *
 * <p>Properties, after the converter's name and a dot:
 *
 * <ul>
 *   <li>{@code key.secret}: the key, see {@link TokenKey#parse}; give it as a config provider's reference. The name must end in
 *       {@code secret}: Debezium prints every other property in its log when the task starts.
 *   <li>{@code key.id}: its public id
 *   <li>{@code columns}: {@code schema.table.column:identifies:normalisation;…}, see {@link PersonToken#KINDS} and {@link
 *       Normalisation}
 * </ul>
 *
 * <p>Texts produced: null for null; {@value Unavailable#PLACEHOLDER} for a value that the log did not carry; else what {@link
 * PersonToken} says. A value of an unexpected Java type fails the event.
 */
public final class PersonTokenConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
    private ColumnRules<PersonToken> rules;

    /** Called by Debezium by the class's name. */
    public PersonTokenConverter() {}

    /**
     * Reads the properties.
     *
     * @throws ConfigException with one sentence per thing that is wrong, never showing the key
     */
    @Override
    public void configure(Properties properties) {
        if (properties.containsKey("key")) {
            throw new ConfigException(
                    "Give the token key as 'key.secret': Debezium prints a property named 'key' in its log.");
        }
        TokenKey key;
        try {
            key = TokenKey.parse(properties.getProperty("key.id"), properties.getProperty("key.secret"));
        } catch (IllegalArgumentException problem) {
            throw new ConfigException(problem.getMessage());
        }
        rules = ColumnRules.parse(
                "columns",
                properties.getProperty("columns"),
                2,
                parts -> new PersonToken(parts.get(0), Normalisation.parse(parts.get(1)), key));
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        rules.settingFor(column).ifPresent(token -> {
            SourceColumn source = SourceColumn.of(column);
            registration.register(new TextSchema(), raw -> convert(source, token, raw));
        });
    }

    private static String convert(SourceColumn source, PersonToken token, Object raw) {
        if (raw == null) {
            return null;
        }
        return Unavailable.is(raw) ? Unavailable.PLACEHOLDER : token.of(source.text(raw));
    }
}
