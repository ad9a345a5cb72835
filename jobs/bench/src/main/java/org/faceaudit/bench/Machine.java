package org.faceaudit.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine that is measured on, and who else uses it. Reads Linux's {@code /proc}. */
public final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double TICKS_PER_SECOND = 100;

    private Machine() {}

    /** Processor time that this process and all its threads have taken, nanoseconds. */
    public static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /** Processes that want to run, mean of the last minute. */
    public static double load() {
        return SYSTEM.getSystemLoadAverage();
    }

    public static int cores() {
        return SYSTEM.getAvailableProcessors();
    }

    /** The most memory of this process that was ever resident, bytes. */
    public static long peakResidentBytes() {
        return status("VmHWM");
    }

    private static long status(String field) {
        for (String line : lines("/proc/self/status")) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IllegalStateException("/proc/self/status tells no " + field);
    }

    /** From now on, how busy others keep the machine. */
    public static Watch watch() {
        return new Watch(busySeconds(), cpuNanos(), System.nanoTime());
    }

    /** A stretch of time. */
    public static final class Watch {
        private final double busy;
        private final long own;
        private final long began;

        private Watch(double busy, long own, long began) {
            this.busy = busy;
            this.own = own;
            this.began = began;
        }

        /**
         * Which share of the machine others have used since.
         *
         * @param helpers processor time that processes started by this one have taken, seconds
         */
        public double others(double helpers) {
            double elapsed = (System.nanoTime() - began) / 1e9;
            double others = busySeconds() - busy - (cpuNanos() - own) / 1e9 - helpers;
            return Math.max(0, others / elapsed / cores());
        }
    }

    /** Time that all processors together were not idle, since the machine started; time that a hypervisor took is not ours. */
    private static double busySeconds() {
        String[] ticks = lines("/proc/stat").get(0).trim().split("\\s+");
        long busy = 0;
        for (int i = 1; i < ticks.length && i <= 8; i++) {
            boolean idle = i == 4 || i == 5;
            busy += idle ? 0 : Long.parseLong(ticks[i]);
        }
        return busy / TICKS_PER_SECOND;
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("measuring needs Linux", e);
        }
    }
}
