package org.faceaudit.pipeline.convergence;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.faceaudit.oracle.TopicRecord;
import org.faceaudit.runtime.source.RawRecord;

/**
 * Records that one job reads, and what happens to the job while it does. Source and test share the process, so that the
 * records need not travel.
 */
final class Feed {

    /**
     * Checkpoints after the last record until nothing more is expected to change: two until a topic counts as read to its end,
     * two by which the clock of silent sources lags, and one to judge by each.
     */
    private static final int SETTLING_CHECKPOINTS = 6;

    private static final Map<String, Feed> FEEDS = new ConcurrentHashMap<>();

    private final List<RawRecord> records;
    private final int failures;
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger checkpointsSinceDeath = new AtomicInteger();
    private volatile int limit;
    private volatile CountDownLatch settled = new CountDownLatch(SETTLING_CHECKPOINTS);

    private Feed(List<RawRecord> records, int failures) {
        this.records = records;
        this.failures = failures;
        this.limit = records.size();
    }

    /** Records as the job reads them. */
    static List<RawRecord> raw(List<TopicRecord> records) {
        return records.stream()
                .map(record -> new RawRecord(
                        record.topic(),
                        0,
                        record.offset(),
                        record.appendedAt().toEpochMilli(),
                        record.key(),
                        record.value()))
                .toList();
    }

    /**
     * Lays records out under a name; they may be made as they are asked for.
     *
     * @param failures how often the job dies on its way, each time after a checkpoint that holds a part of the records
     */
    static Feed lay(String name, List<RawRecord> records, int failures) {
        Feed feed = new Feed(records, failures);
        FEEDS.put(name, feed);
        return feed;
    }

    static Feed named(String name) {
        return FEEDS.get(name);
    }

    static void close(String name) {
        FEEDS.remove(name);
    }

    int size() {
        return records.size();
    }

    /** The records up to here are given out for now. */
    void limit(int records) {
        limit = records;
        settled = new CountDownLatch(SETTLING_CHECKPOINTS);
    }

    /** Blocks until the job has read up to the limit and what follows of it is complete; {@code false} if it did not. */
    boolean awaitSettled(Duration most) throws InterruptedException {
        return settled.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The record at a position, {@code null} when there is none for now. */
    RawRecord at(int position) {
        return position < limit ? records.get(position) : null;
    }

    /** Called by the source with every completed checkpoint and the position it has read up to. */
    void checkpointed(int position) {
        checkpointsSinceDeath.incrementAndGet();
        if (position >= limit) {
            settled.countDown();
        }
    }

    /** Whether the next record must wait: a death is due, and no checkpoint came since the last one. */
    boolean waits(int position) {
        return deathIsDue(position) && checkpointsSinceDeath.get() == 0;
    }

    /** Dies when it is time to: at evenly spread positions, once each. */
    void maybeFail(int position) {
        if (deathIsDue(position)) {
            failed.incrementAndGet();
            checkpointsSinceDeath.set(0);
            throw new PlannedFailure("planned failure at record " + position);
        }
    }

    private boolean deathIsDue(int position) {
        int next = failed.get();
        return next < failures && position >= records.size() * (next + 1L) / (failures + 1);
    }

    int failures() {
        return failed.get();
    }

    /** Thrown by the source to bring the job down. */
    static final class PlannedFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PlannedFailure(String message) {
            super(message);
        }
    }
}
