package org.faceaudit.runtime.step;

import java.util.Objects;

/**
 * What is kept of a bucket in one place, packed into bytes: some persons of one source with their images, purposes, consents and
 * findings, what the entries of its pages have alike, how far a page was said, or the number of pages. Never changed in place: the
 * heap's snapshots are written while the next facts come in. See {@link ImageBuckets}.
 */
public record ImagePage(byte[] bytes) {

    public ImagePage {
        Objects.requireNonNull(bytes, "bytes");
    }
}
