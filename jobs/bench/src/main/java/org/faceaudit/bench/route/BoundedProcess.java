package org.faceaudit.bench.route;

import org.faceaudit.bench.Machine;
import org.faceaudit.bench.route.Route.Backend;
import org.faceaudit.bench.route.Route.Does;
import org.faceaudit.bench.topic.Population;
import org.faceaudit.bench.topic.Population.Dates;

/** A process of bounded memory that reads first snapshots and says on standard output what that took. */
final class BoundedProcess {

    private static final long CHECKPOINT_MILLIS = 1_000;
    private static final long BETWEEN_LINES_MILLIS = 10_000;
    private static final int DAYS = 1_000;

    private BoundedProcess() {}

    /** What it reads: rows without changes after them. */
    static Population population(int operators, int rows) {
        return new Population(operators, rows, 0, DAYS, Dates.INSTANT);
    }

    /** @param arguments what the job does; where it keeps state; MiB outside the heap for RocksDB; operators; rows of each */
    public static void main(String[] arguments) throws Exception {
        Does does = Does.valueOf(arguments[0]);
        Backend backend = Backend.valueOf(arguments[1]);
        Population population = population(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        try (Cluster cluster = new Cluster(1, Integer.parseInt(arguments[2]));
                Route route = new Route(population)) {
            long began = System.nanoTime();
            double before = cpuSeconds();
            Cluster.Running job =
                    route.start(cluster, does, backend, does == Does.PERSONS ? CHECKPOINT_MILLIS : Route.ON_DEMAND);
            Thread teller = new Thread(() -> tell(route.feed(), began), "teller");
            teller.setDaemon(true);
            teller.start();
            route.feed().end();
            job.awaitEnd();
            say("cpu-s", cpuSeconds() - before);
            say("wall-s", (System.nanoTime() - began) / 1e9);
            say("peak-mib", Machine.peakResidentBytes() >> 20);
            say("checkpoints", job.checkpoints());
            say("checkpoint-bytes", job.largestCheckpoint());
            say("persons", does == Does.PERSONS ? route.seen().persons() : route.persons());
            for (int operator = 0; operator < population.operators(); operator++) {
                String reached = route.seen().reachedOn(Population.operator(operator));
                if (reached != null) {
                    say("reached." + operator, reached);
                }
            }
            say("all-cpu-s", cpuSeconds());
        }
        System.exit(0);
    }

    private static double cpuSeconds() {
        return Machine.cpuNanos() / 1e9;
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
