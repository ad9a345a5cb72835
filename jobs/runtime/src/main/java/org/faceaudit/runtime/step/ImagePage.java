package org.faceaudit.runtime.step;

import java.util.Objects;

/**
 * Some persons of one source with their images, purposes, consents and findings, packed into bytes, or how far they were said, or
 * the number of pages of a bucket. Never changed in place: the heap's snapshots are written while the next facts come in. See {@link OpenImagePage}.
 */
public record ImagePage(byte[] bytes) {

    public ImagePage {
        Objects.requireNonNull(bytes, "bytes");
    }
}
