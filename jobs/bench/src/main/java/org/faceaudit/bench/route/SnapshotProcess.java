package org.faceaudit.bench.route;

import org.faceaudit.bench.Machine;
import org.faceaudit.bench.route.Route.Backend;
import org.faceaudit.bench.route.Route.Does;
import org.faceaudit.bench.topic.Population;

/** The process of {@link SnapshotMeasure}: reads one operator's snapshot and says what it took. */
final class SnapshotProcess {

    private static final long CHECKPOINT_MILLIS = 1_000;
    private static final long BETWEEN_LINES_MILLIS = 10_000;

    private SnapshotProcess() {}

    /** @param arguments rows of the snapshot; MiB outside the heap for RocksDB */
    public static void main(String[] arguments) throws Exception {
        Population population = SnapshotMeasure.population(Integer.parseInt(arguments[0]));
        try (Cluster cluster = new Cluster(1, Integer.parseInt(arguments[1]));
                Route route = new Route(population)) {
            long began = System.nanoTime();
            long before = Machine.cpuNanos();
            Cluster.Running job = route.start(cluster, Does.PERSONS, Backend.ROCKSDB, CHECKPOINT_MILLIS);
            Thread teller = new Thread(() -> tell(route.feed(), began), "teller");
            teller.setDaemon(true);
            teller.start();
            route.feed().end();
            job.awaitEnd();
            say("cpu-s", (Machine.cpuNanos() - before) / 1e9);
            say("wall-s", (System.nanoTime() - began) / 1e9);
            say("peak-mib", Machine.peakResidentBytes() >> 20);
            say("checkpoints", job.checkpoints());
            say("checkpoint-bytes", job.largestCheckpoint());
            say("persons", route.seen().persons(Population.operator(0)));
            say("reached", route.seen().reachedOn(Population.operator(0)));
        }
        System.exit(0);
    }

    private static void tell(Feed feed, long began) {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LINES_MILLIS);
                System.err.printf(
                        "bench: %d of %d records read, %.0f s, %d MiB at most%n",
                        feed.read(), feed.size(), (System.nanoTime() - began) / 1e9, Machine.peakResidentBytes() >> 20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String name, Object value) {
        System.out.println(name + '=' + value);
    }
}
