package org.faceaudit.local.stack;

import java.time.Duration;
import org.faceaudit.local.process.StackException;

/** The pause between two looks at something outside. */
public final class Pause {
    private Pause() {}

    /** @throws StackException when the stack is being stopped */
    public static void of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Stopped while waiting.", e);
        }
    }
}
