package org.faceaudit.runtime.step;

import java.util.Objects;

/**
 * One person of a page, packed.
 *
 * @param shape what many persons have alike, see {@link PageOutput}
 * @param values what is this person's own
 * @param apart whether the shape names words of its place alone, so that no other place can share it
 */
record PackedEntry(byte[] shape, byte[] values, boolean apart) {

    PackedEntry {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(values, "values");
    }
}
