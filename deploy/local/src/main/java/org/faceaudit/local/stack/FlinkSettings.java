package org.faceaudit.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration that JobManager and TaskManager share, and what their JVMs need. */
final class FlinkSettings {
    /** Slots of the one TaskManager. */
    static final int SLOTS = 4;

    private static final int FRAMEWORK_HEAP_MIB = 96;
    private static final int TASK_HEAP_MIB = 512;
    private static final int FRAMEWORK_OFF_HEAP_MIB = 64;
    private static final int TASK_OFF_HEAP_MIB = 16;
    private static final int NETWORK_MIB = 96;
    private static final int MANAGED_MIB = 512;
    private static final int METASPACE_MIB = 160;
    private static final int OVERHEAD_MIB = 160;

    /** What Flink's own distribution opens for Java 17. */
    private static final List<String> OPENED = List.of(
            "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
            "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.text=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

    private FlinkSettings() {}

    static List<String> jobManagerOptions() {
        return options("-Xms128m", "-Xmx320m", "-XX:MaxMetaspaceSize=224m", JavaProgram.QUICK_START);
    }

    static List<String> taskManagerOptions() {
        return options(
                // What is remembered lies all over the heap: pages of 4 KiB would each want an address translated.
                "-XX:+UseTransparentHugePages",
                "-Xms192m",
                "-Xmx" + (FRAMEWORK_HEAP_MIB + TASK_HEAP_MIB) + "m",
                "-XX:MaxDirectMemorySize=" + (FRAMEWORK_OFF_HEAP_MIB + TASK_OFF_HEAP_MIB + NETWORK_MIB) + "m",
                "-XX:MaxMetaspaceSize=" + METASPACE_MIB + "m");
    }

    /** What every JVM that runs Flink's code opens to it. */
    static List<String> opened() {
        return OPENED;
    }

    private static List<String> options(String... memory) {
        List<String> options = new ArrayList<>(List.of(memory));
        options.addAll(OPENED);
        return List.copyOf(options);
    }

    /** @param process whose working files go below {@code flink/<process>} */
    static Map<String, String> settings(Ports ports, DataDirectory data, String process) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.rpc.port", Integer.toString(ports.flinkRpc()));
        settings.put("jobmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.bind-host", "127.0.0.1");
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.bind-address", "127.0.0.1");
        settings.put("rest.port", Integer.toString(ports.flinkUi()));
        settings.put("rest.bind-port", Integer.toString(ports.flinkUi()));
        settings.put(
                "web.upload.dir", data.directory("flink", process, "upload").toString());
        settings.put("web.tmpdir", data.directory("flink", process, "web").toString());
        settings.put(
                "web.log.path", data.resolve("logs", "flink-jobmanager.log").toString());
        settings.put("io.tmp.dirs", data.directory("flink", process, "tmp").toString());
        settings.put(
                "blob.storage.directory",
                data.directory("flink", process, "blob").toString());
        settings.put("heartbeat.interval", "2 s");
        settings.put("heartbeat.timeout", "20 s");
        // A TaskManager that has just begun takes dozens of tasks at once, on a busy machine for longer than the usual
        // ten
        // seconds; a job that gives up then starts from the beginning, again and again. A dead one is told by its
        // heartbeat.
        settings.put("pekko.ask.timeout", "60 s");
        // Both processes start at the same time: who comes first asks again soon.
        settings.put("cluster.registration.error-delay", "500 ms");
        settings.put("cluster.registration.refused-registration-delay", "1 s");
        // A job waits for its TaskManager, however long that takes to come back.
        settings.put("restart-strategy.type", "exponential-delay");
        settings.put("restart-strategy.exponential-delay.initial-backoff", "1 s");
        settings.put("restart-strategy.exponential-delay.max-backoff", "15 s");
        settings.put("execution.checkpointing.dir", "file://" + checkpoints(data));
        settings.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        settings.put("execution.checkpointing.num-retained", "3");
        settings.put("execution.checkpointing.incremental", "true");
        settings.put("state.backend.type", "rocksdb");
        memory(settings);
        return settings;
    }

    static Path checkpoints(DataDirectory data) {
        return data.directory("flink", "checkpoints");
    }

    /** Without its start script a TaskManager wants to be told every part. */
    private static void memory(Map<String, String> settings) {
        settings.put("taskmanager.cpu.cores", "2");
        settings.put("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS));
        settings.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP_MIB + "m");
        settings.put("taskmanager.memory.task.heap.size", TASK_HEAP_MIB + "m");
        settings.put("taskmanager.memory.framework.off-heap.size", FRAMEWORK_OFF_HEAP_MIB + "m");
        settings.put("taskmanager.memory.task.off-heap.size", TASK_OFF_HEAP_MIB + "m");
        settings.put("taskmanager.memory.network.min", NETWORK_MIB + "m");
        settings.put("taskmanager.memory.network.max", NETWORK_MIB + "m");
        settings.put("taskmanager.memory.managed.size", MANAGED_MIB + "m");
        settings.put("taskmanager.memory.jvm-metaspace.size", METASPACE_MIB + "m");
        settings.put("taskmanager.memory.jvm-overhead.min", OVERHEAD_MIB + "m");
        settings.put("taskmanager.memory.jvm-overhead.max", OVERHEAD_MIB + "m");
    }
}
