package org.faceaudit.runtime.step;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/**
 * Measures, by hand, what many images cost that all become due on one day: bytes of state each, and the processor time of the
 * cut that finds them due. Give the number of images, {@code rocksdb} to keep them there, and on the heap about 400 bytes for each;
 * prints one JSON line per measure.
 */
final class ImageSweep {

    private static final int MILLION = 1_000_000;

    /** Images that one cut looks at only because the job was restored, at the least: pages are half full then. */
    private static final int FEWEST_PER_CUT = 4_096 * 20;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ImageSweep() {}

    public static void main(String[] arguments) throws Exception {
        int images = arguments.length == 0 ? MILLION : Integer.parseInt(arguments[0]);
        boolean disk = arguments.length > 1 && arguments[1].equals("rocksdb");
        run(MILLION / 20, disk, false);
        run(images, disk, true);
    }

    private static void run(int images, boolean disk, boolean print) throws Exception {
        long heapBefore = heap();
        StateBackend backend = disk ? rocksDb() : null;
        try (ImageFindingsScene scene = new ImageFindingsScene(1, backend, Set.of())) {
            scene.law(ImageFindingsScene.SOON);
            scene.known("gym", ImageFindingsScene.SOON);
            long start = PROCESS.getProcessCpuTime();
            for (int number = 0; number < images; number++) {
                scene.image(number);
            }
            say(print, "take-in", images, PROCESS.getProcessCpuTime() - start);
            start = PROCESS.getProcessCpuTime();
            scene.cut();
            say(print, "first-judgement", images, PROCESS.getProcessCpuTime() - start);
            long heap = heap() - heapBefore;
            scene.known("gym", ImageFindingsScene.LONG_AFTER);
            start = PROCESS.getProcessCpuTime();
            int due = 0;
            long longest = 0;
            for (int rows = -1; rows != 0; due += rows) {
                long cut = PROCESS.getProcessCpuTime();
                rows = scene.cut().size();
                longest = Math.max(longest, PROCESS.getProcessCpuTime() - cut);
            }
            say(print, "sweep", images, PROCESS.getProcessCpuTime() - start);
            say(print, "longest-cut-of-the-sweep", images, longest);
            if (due != images) {
                throw new IllegalStateException(due + " of " + images + " images were found due");
            }
            long heapAfter = heap() - heapBefore;
            start = PROCESS.getProcessCpuTime();
            long checkpoint = scene.restart(1);
            say(print, "save-and-restore", images, PROCESS.getProcessCpuTime() - start);
            start = PROCESS.getProcessCpuTime();
            longest = 0;
            for (int cuts = 0; cuts <= images / FEWEST_PER_CUT; cuts++) {
                long cut = PROCESS.getProcessCpuTime();
                scene.cut();
                longest = Math.max(longest, PROCESS.getProcessCpuTime() - cut);
            }
            say(print, "judgement-after-restore", images, PROCESS.getProcessCpuTime() - start);
            say(print, "longest-cut-after-restore", images, longest);
            bytes(print, "heap-before-due", images, heap);
            bytes(print, "heap-after-due", images, heapAfter);
            bytes(print, "checkpoint", images, checkpoint);
        }
    }

    /** As the job has it, with as much memory as a slot of the demo. */
    private static StateBackend rocksDb() throws Exception {
        Configuration settings = new Configuration();
        settings.setString("state.backend.rocksdb.use-bloom-filter", "true");
        settings.setString("state.backend.rocksdb.writebuffer.size", "8 mb");
        settings.setString("state.backend.rocksdb.memory.partitioned-index-filters", "true");
        settings.setString("state.backend.rocksdb.memory.fixed-per-slot", "256 mb");
        return new EmbeddedRocksDBStateBackend().configure(settings, ImageSweep.class.getClassLoader());
    }

    private static long heap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void say(boolean print, String measure, int images, long nanos) {
        if (print) {
            System.out.printf(
                    Locale.ROOT,
                    "{\"measure\":\"%s\",\"images\":%d,\"cpu_seconds\":%.1f,\"cpu_microseconds_per_image\":%.2f}%n",
                    measure,
                    images,
                    nanos / 1e9,
                    nanos / 1e3 / images);
        }
    }

    private static void bytes(boolean print, String measure, int images, long bytes) {
        if (print) {
            System.out.printf(
                    Locale.ROOT,
                    "{\"measure\":\"%s\",\"images\":%d,\"bytes_per_image\":%.0f}%n",
                    measure,
                    images,
                    (double) bytes / images);
        }
    }
}
