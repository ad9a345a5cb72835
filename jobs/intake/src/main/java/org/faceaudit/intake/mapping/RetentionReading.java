package org.faceaudit.intake.mapping;

import java.io.Serializable;

/**
 * How long people were told that the artefact is kept: exactly one of the three.
 *
 * @param days calendar days from storage, the same for every row
 * @param daysColumn a column with calendar days from storage
 * @param until a column with the last day
 */
public record RetentionReading(Integer days, Reading daysColumn, TimeReading until) implements Serializable {}
