package org.faceaudit.intake.mapping;

import java.io.Serializable;

/**
 * A column that the connector must turn into keyed tokens.
 *
 * @param table {@code schema.table}
 * @param column the column
 * @param identifies what the token stands for; {@code credential} for secrets that only join rows
 * @param normalise normalisation steps joined by commas, {@code none} for none
 */
public record TokenColumn(String table, String column, String identifies, String normalise) implements Serializable {}
