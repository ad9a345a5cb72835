package org.faceaudit.bench.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Flink in this process, with one TaskManager, and a directory that goes with it. */
final class Cluster implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final Path directory;
    private final MiniCluster cluster;

    /**
     * Starts it.
     *
     * @param slots how many steps of one kind can run at once
     * @param managedMib memory outside the heap, for RocksDB
     */
    Cluster(int slots, int managedMib) throws Exception {
        directory = Files.createTempDirectory("faceaudit-bench");
        Configuration configuration = new Configuration();
        configuration.set(
                CoreOptions.TMP_DIRS,
                Files.createDirectory(directory.resolve("tmp")).toString());
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(managedMib));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        cluster.start();
    }

    /** Where jobs may write. */
    Path directory() {
        return directory;
    }

    /** Bytes of the tables that RocksDB has on disk. What it has merged may vanish while one looks. */
    long tableBytes() throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(directory.resolve("tmp"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".sst")) {
                    bytes.addAndGet(attributes.size());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path gone, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path read, IOException e) throws IOException {
                return e == null ? FileVisitResult.CONTINUE : visitFileFailed(read, e);
            }
        });
        return bytes.get();
    }

    Running start(StreamExecutionEnvironment env, String name) throws Exception {
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(name);
        return new Running(cluster.submitJob(graph.getJobGraph()).get().getJobID());
    }

    /** A job. */
    final class Running {
        private final JobID id;

        private Running(JobID id) {
            this.id = id;
        }

        /** Waits until it has ended. */
        void awaitEnd() throws Exception {
            cluster.requestJobResult(id).get().toJobExecutionResult(Cluster.class.getClassLoader());
        }

        /** Waits until everything that a feed lets through has been read: a checkpoint would not wait for it. */
        void awaitRead(Feed feed) throws Exception {
            while (!feed.isRead()) {
                if (cluster.getJobStatus(id).get().isGloballyTerminalState()) {
                    awaitEnd();
                    throw new IllegalStateException("the job ended before it had read everything");
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        }

        /** Makes a checkpoint, waits for it, and tells the bytes of each task that has state, by the name of its last step. */
        Map<String, Long> checkpoint() throws Exception {
            awaitTasks();
            long checkpoint = cluster.triggerCheckpoint(id, CheckpointType.FULL).get();
            AccessExecutionGraph graph = graph();
            CompletedCheckpointStats stats = (CompletedCheckpointStats)
                    graph.getCheckpointStatsSnapshot().getHistory().getCheckpointById(checkpoint);
            Map<String, Long> bytes = new HashMap<>();
            for (TaskStateStats task : stats.getAllTaskStateStats()) {
                AccessExecutionJobVertex vertex = graph.getAllVertices().get(task.getJobVertexId());
                bytes.merge(vertex.getName().split(" -> ", 2)[0], task.getStateSize(), Long::sum);
            }
            return bytes;
        }

        /** How many checkpoints were completed. */
        long checkpoints() throws Exception {
            return graph().getCheckpointStatsSnapshot().getCounts().getNumberOfCompletedCheckpoints();
        }

        /** Bytes of the largest checkpoint. */
        long largestCheckpoint() throws Exception {
            return graph().getCheckpointStatsSnapshot()
                    .getSummaryStats()
                    .getStateSizeStats()
                    .getMaximum();
        }

        private void awaitTasks() throws Exception {
            while (cluster.getJobStatus(id).get() == JobStatus.INITIALIZING) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            boolean running = false;
            while (!running) {
                running = true;
                for (var vertex : graph().getAllExecutionVertices()) {
                    running &= vertex.getExecutionState() == ExecutionState.RUNNING;
                }
                if (!running) {
                    Thread.sleep(LOOK_AGAIN_MILLIS);
                }
            }
        }

        private AccessExecutionGraph graph() throws ExecutionException, InterruptedException {
            return cluster.getExecutionGraph(id).get();
        }

        void cancel() throws Exception {
            cluster.cancelJob(id).get();
            cluster.requestJobResult(id).get();
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Cluster::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
