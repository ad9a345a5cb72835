package org.faceaudit.intake.rows;

import java.util.Map;
import org.faceaudit.core.event.FieldValue;

/** Promises that a map never changes, so that nobody has to copy it. */
public interface SharedFields extends Map<String, FieldValue> {}
