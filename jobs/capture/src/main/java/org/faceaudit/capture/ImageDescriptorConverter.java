package org.faceaudit.capture;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Debezium converter that sends a descriptor in the place of an image, a template or the way to one.
 *
 * <p>Its property, after the converter's name and a dot, is {@code columns}: {@code schema.table.column:form;…}, see {@link
 * ImageForm}.
 *
 * <p>Texts produced: null for null; {@value Unavailable#PLACEHOLDER} for a value that the log did not carry; else what {@link
 * ImageDescriptor} says. A value of an unexpected Java type fails the event.
 */
public final class ImageDescriptorConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
    private ColumnRules<ImageForm> rules;

    /** Called by Debezium by the class's name. */
    public ImageDescriptorConverter() {}

    /**
     * Reads the property.
     *
     * @throws ConfigException with one sentence per thing that is wrong
     */
    @Override
    public void configure(Properties properties) {
        rules = ColumnRules.parse(
                "columns", properties.getProperty("columns"), 1, parts -> ImageForm.parse(parts.get(0)));
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        rules.settingFor(column).ifPresent(form -> {
            SourceColumn source = SourceColumn.of(column);
            registration.register(new TextSchema(), raw -> convert(source, form, raw));
        });
    }

    private static String convert(SourceColumn source, ImageForm form, Object raw) {
        if (raw == null) {
            return null;
        }
        if (Unavailable.is(raw)) {
            return Unavailable.PLACEHOLDER;
        }
        Object value = source.plain(raw);
        return form.describe(value)
                .orElseThrow(() ->
                        source.unreadable(raw, "a column of images in the form '" + form + "' holds no such thing"))
                .toString();
    }
}
