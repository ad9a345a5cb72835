package org.faceaudit.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Processes that a killed launcher left behind. */
public final class Orphans {
    private Orphans() {}

    /**
     * Ends every process that the pid files of a directory mean, in good order if it obeys within the grace, and removes
     * the files. To be called only under the launcher's lock.
     */
    public static void stop(Path runDirectory, Duration grace, Progress progress) throws IOException {
        List<PidFile> files = PidFile.readAll(runDirectory);
        CompletableFuture<?>[] ends = files.stream()
                .filter(file -> file.process().isPresent())
                .map(file -> CompletableFuture.runAsync(
                        () -> end(file, grace, progress), task -> new Thread(task, "stop-" + file.name()).start()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends).join();
        for (PidFile file : files) {
            PidFile.remove(runDirectory, file.name());
        }
    }

    private static void end(PidFile file, Duration grace, Progress progress) {
        file.process().ifPresent(process -> {
            boolean obeyed = file.stopSignal().end(process, grace);
            progress.line(
                    file.name(),
                    "stopped",
                    "left by an earlier launcher, pid " + file.pid() + (obeyed ? "" : ", had to be killed"));
        });
    }
}
