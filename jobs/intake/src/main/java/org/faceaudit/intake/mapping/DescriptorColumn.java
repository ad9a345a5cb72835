package org.faceaudit.intake.mapping;

import java.io.Serializable;

/**
 * A column that the connector must turn into descriptors.
 *
 * @param table {@code schema.table}
 * @param column the column
 * @param form {@code bytes}, {@code base64}, {@code path}, {@code url} or {@code template}
 */
public record DescriptorColumn(String table, String column, String form) implements Serializable {}
