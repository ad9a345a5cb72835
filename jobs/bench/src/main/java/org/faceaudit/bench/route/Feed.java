package org.faceaudit.bench.route;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.faceaudit.bench.topic.Topics;
import org.faceaudit.runtime.source.RawRecord;

/** Records that a job in this process reads, as far as it is let. Named, since a job is sent to its cluster as bytes. */
final class Feed {

    private static final Map<String, Feed> OPEN = new ConcurrentHashMap<>();

    private final Topics topics;
    private long limit;
    private boolean ended;
    private volatile long read;
    private CompletableFuture<Void> news = new CompletableFuture<>();

    private Feed(Topics topics) {
        this.topics = topics;
    }

    static Feed open(String name, Topics topics) {
        Feed feed = new Feed(topics);
        OPEN.put(name, feed);
        return feed;
    }

    static Feed named(String name) {
        return OPEN.get(name);
    }

    static void close(String name) {
        OPEN.remove(name);
    }

    /** Lets records up to a number through. */
    synchronized void let(long upTo) {
        limit = upTo;
        news.complete(null);
        news = new CompletableFuture<>();
    }

    /** Whether everything that is let through has been read. */
    boolean isRead() {
        return read >= limit();
    }

    /** Lets everything through, and nothing comes after it. */
    synchronized void end() {
        ended = true;
        let(topics.size());
    }

    synchronized long limit() {
        return limit;
    }

    synchronized boolean ended() {
        return ended;
    }

    /** Completed when more is let through. */
    synchronized CompletableFuture<Void> news(long from) {
        return from < limit || ended ? CompletableFuture.completedFuture(null) : news;
    }

    /** How many records there are in all. */
    long size() {
        return topics.size();
    }

    /** How many have been read. */
    long read() {
        return read;
    }

    RawRecord at(long number) {
        read = number + 1;
        return topics.record(number);
    }
}
