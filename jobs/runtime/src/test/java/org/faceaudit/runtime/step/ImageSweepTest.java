package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

/**
 * Many images that all become due on one day: each is said once, a restart says none again, and an image takes few bytes, of
 * which those of its evidence are told apart.
 *
 * <p>With the system property {@code images.sweep}, so many images; one JSON line per measure then says what they cost of
 * processor time and bytes. {@code images.backend} is {@code heap} or {@code rocksdb}. Ten million want some memory:
 *
 * <pre>
 * mvn -pl jobs/runtime -am test -Dtest=ImageSweepTest -Dsurefire.failIfNoSpecifiedTests=false -Dimages.sweep=10000000 \
 *     "-Dsurefire.argLine=-Xmx6g -XX:+UseParallelGC -Dfile.encoding=UTF-8"
 * </pre>
 */
class ImageSweepTest {

    private static final int FEW = 20_000;
    private static final Integer MANY = Integer.getInteger("images.sweep");
    private static final boolean DISK =
            System.getProperty("images.backend", "heap").equals("rocksdb");

    /** A token of 16 bytes, the record, what the law counts by and the finding with its due day. */
    private static final int MOST_BYTES_OF_PRESENCE = 32;

    /** Which change of the log stored the image: its offset, its place in the database's own log, its transaction. */
    private static final int MOST_BYTES_OF_EVIDENCE = 13;

    /** Images that come from cut to cut. */
    private static final int PER_CUT = 10_000;

    /** Images that one cut looks at only because the job was restored, at the least: pages are half full then. */
    private static final int FEWEST_PER_CUT = ImageFindingsStep.PAGES_PER_CUT * 20;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final boolean print = MANY != null;

    /** What some cuts cost and said. */
    private record Cuts(long nanos, long longest, int rows) {}

    @Test
    void everyImageIsSaidOnce() throws Exception {
        if (print) {
            sweep(50_000, false);
        }
        sweep(print ? MANY : FEW, print);
    }

    private void sweep(int images, boolean told) throws Exception {
        long heapBefore = told ? heap() : 0;
        try (ImageFindingsScene scene = new ImageFindingsScene(1, DISK ? rocksDb() : null, Set.of())) {
            scene.law(ImageFindingsScene.SOON);
            scene.known("gym", ImageFindingsScene.SOON);
            long start = PROCESS.getProcessCpuTime();
            for (int number = 0; number < images; number++) {
                scene.image(number);
                if (number % PER_CUT == PER_CUT - 1) {
                    assertThat(scene.cut()).as("not due yet").isEmpty();
                }
            }
            assertThat(scene.cut()).as("not due yet").isEmpty();
            time(told, "take-in-and-first-judgement", images, PROCESS.getProcessCpuTime() - start);
            bytes(told, "heap", images, told ? heap() - heapBefore : 0);

            scene.known("gym", ImageFindingsScene.LONG_AFTER);
            Cuts swept = cuts(scene, images / FEWEST_PER_CUT + 2);
            assertThat(swept.rows()).isEqualTo(images);
            time(told, "sweep", images, swept.nanos());
            time(told, "longest-cut-of-the-sweep", images, swept.longest());

            start = PROCESS.getProcessCpuTime();
            long checkpoint = scene.restart(1);
            time(told, "save-and-restore", images, PROCESS.getProcessCpuTime() - start);
            Cuts restored = cuts(scene, images / FEWEST_PER_CUT + 2);
            assertThat(restored.rows()).as("said before").isZero();
            time(told, "judgement-after-restore", images, restored.nanos());
            time(told, "longest-cut-after-restore", images, restored.longest());
            bytes(told, "checkpoint", images, checkpoint);
        }
    }

    @Test
    void anImageTakesFewBytesAndItsEvidenceLess() throws Exception {
        int images = print ? MANY / 10 : FEW;
        long whole = checkpoint(images, false);
        long presence = checkpoint(images, true);
        bytes(print, "checkpoint-presence-with-due-day", images, presence);
        bytes(print, "checkpoint-evidence", images, whole - presence);
        if (!DISK) {
            assertThat((double) presence / images).isLessThanOrEqualTo(MOST_BYTES_OF_PRESENCE);
            assertThat((double) (whole - presence) / images).isLessThanOrEqualTo(MOST_BYTES_OF_EVIDENCE);
        }
    }

    /** How many bytes a checkpoint of images has that were said already. */
    private static long checkpoint(int images, boolean withoutEvidence) throws Exception {
        try (ImageFindingsScene scene = new ImageFindingsScene(1, DISK ? rocksDb() : null, Set.of())) {
            if (withoutEvidence) {
                scene.withoutEvidence();
            }
            scene.law(ImageFindingsScene.LONG_AFTER);
            scene.known("gym", ImageFindingsScene.LONG_AFTER);
            for (int number = 0; number < images; number++) {
                scene.image(number);
                if (number % PER_CUT == PER_CUT - 1) {
                    scene.cut();
                }
            }
            assertThat(scene.cut()).hasSizeLessThan(PER_CUT);
            return scene.restart(1);
        }
    }

    private static Cuts cuts(ImageFindingsScene scene, int number) throws Exception {
        long longest = 0;
        long all = 0;
        int rows = 0;
        for (int i = 0; i < number; i++) {
            long start = PROCESS.getProcessCpuTime();
            rows += scene.cut().size();
            long nanos = PROCESS.getProcessCpuTime() - start;
            all += nanos;
            longest = Math.max(longest, nanos);
        }
        return new Cuts(all, longest, rows);
    }

    /** As the job has it, with as much memory as a slot of the demo. */
    private static StateBackend rocksDb() throws Exception {
        Configuration settings = new Configuration();
        settings.setString("state.backend.rocksdb.use-bloom-filter", "true");
        settings.setString("state.backend.rocksdb.compaction.style", "UNIVERSAL");
        settings.setString("state.backend.rocksdb.writebuffer.size", "8 mb");
        settings.setString("state.backend.rocksdb.memory.partitioned-index-filters", "true");
        settings.setString("state.backend.rocksdb.memory.fixed-per-slot", "256 mb");
        return new EmbeddedRocksDBStateBackend().configure(settings, ImageSweepTest.class.getClassLoader());
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void time(boolean told, String measure, int images, long nanos) {
        if (told) {
            System.out.printf(
                    Locale.ROOT,
                    "{\"measure\":\"%s\",\"images\":%d,\"cpu_seconds\":%.1f,\"cpu_microseconds_per_image\":%.2f,"
                            + "\"load\":%.1f}%n",
                    measure,
                    images,
                    nanos / 1e9,
                    nanos / 1e3 / images,
                    PROCESS.getSystemLoadAverage());
        }
    }

    private static void bytes(boolean told, String measure, int images, long bytes) {
        if (told) {
            System.out.printf(
                    Locale.ROOT,
                    "{\"measure\":\"%s\",\"images\":%d,\"bytes_per_image\":%.1f}%n",
                    measure,
                    images,
                    (double) bytes / images);
        }
    }
}
