package org.faceaudit.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets the main thread clean up after Ctrl-C: the JVM would otherwise halt while children still run. The signal wakes
 * whoever waits, and the JVM then goes only once the whole command is over, its last word included.
 */
public final class UntilSignal {
    private static final long LONGEST_CLEAN_UP_SECONDS = 90;

    private static final AtomicReference<UntilSignal> INSTALLED = new AtomicReference<>();

    private final CountDownLatch signalled = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread main;

    private UntilSignal(Thread main) {
        this.main = main;
    }

    /** Begins to listen; to be called by the thread that starts and stops everything, once in a command. */
    public static UntilSignal install() {
        UntilSignal signal = new UntilSignal(Thread.currentThread());
        INSTALLED.set(signal);
        Runtime.getRuntime().addShutdownHook(new Thread(signal::onShutdown, "on-signal"));
        return signal;
    }

    private void onShutdown() {
        if (done.getCount() == 0) {
            return;
        }
        signalled.countDown();
        // It may be in the middle of a start, which is given up then.
        main.interrupt();
        try {
            done.await(LONGEST_CLEAN_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for Ctrl-C or a request to end, no longer than a while; returns whether the end was requested. */
    public boolean await(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        boolean waiting = true;
        while (waiting) {
            try {
                return signalled.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                waiting = !requested() && System.nanoTime() < end;
            }
        }
        return requested();
    }

    /** Whether the end was requested. */
    public boolean requested() {
        return signalled.getCount() == 0;
    }

    /** The command is over, everything is stopped and said: the JVM may go. Nothing happens where nobody listened. */
    static void commandIsOver() {
        UntilSignal signal = INSTALLED.getAndSet(null);
        if (signal != null) {
            signal.done.countDown();
        }
    }
}
