package org.faceaudit.runtime.fact;

import java.util.Objects;

/**
 * Whether one parallel instance of a step still has rows of an operator to say again in this generation: until none has, rows of
 * older generations may not be swept.
 *
 * @param operator the audited company
 * @param instance number of the parallel instance
 * @param any whether there are any
 */
public record UnsaidRows(String operator, int instance, boolean any) {

    public UnsaidRows {
        Objects.requireNonNull(operator, "operator");
    }
}
