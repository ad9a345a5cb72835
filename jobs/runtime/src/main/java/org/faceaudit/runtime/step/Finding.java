package org.faceaudit.runtime.step;

import java.util.Objects;
import org.faceaudit.core.images.ImageFinding;

/** A finding, and whether the judging step has been told on which changes it rests. */
record Finding(ImageFinding image, boolean told) {

    Finding {
        Objects.requireNonNull(image, "image");
    }
}
