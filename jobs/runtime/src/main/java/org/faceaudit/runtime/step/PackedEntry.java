package org.faceaudit.runtime.step;

import java.util.Objects;

/**
 * One person of a page, packed.
 *
 * @param shape what many persons have alike, see {@link PageOutput}
 * @param values what is this person's own
 */
record PackedEntry(byte[] shape, byte[] values) {

    PackedEntry {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(values, "values");
    }
}
