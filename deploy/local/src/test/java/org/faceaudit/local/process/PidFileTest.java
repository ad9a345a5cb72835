package org.faceaudit.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    private Path directory;

    private Process sleeper;

    @BeforeEach
    void startSomething() throws IOException {
        sleeper = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void endIt() {
        sleeper.destroyForcibly();
    }

    @Test
    void aPidFileMeansTheProcessThatItWasWrittenFor() throws IOException {
        PidFile.of("sleeper", sleeper.toHandle(), StopSignal.INT).write(directory);

        assertThat(PidFile.readAll(directory)).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("sleeper");
            assertThat(file.stopSignal()).isEqualTo(StopSignal.INT);
            assertThat(file.process())
                    .hasValueSatisfying(process -> assertThat(process.pid()).isEqualTo(sleeper.pid()));
        });
    }

    @Test
    void anotherProcessThatGotTheSamePidIsNotMeant() {
        PidFile today = PidFile.of("sleeper", sleeper.toHandle(), StopSignal.TERM);
        PidFile yesterday =
                new PidFile("sleeper", today.pid(), today.startedAt().minus(Duration.ofDays(1)), StopSignal.TERM);

        assertThat(today.process()).isPresent();
        assertThat(yesterday.process()).isEmpty();
    }

    @Test
    void tornAndForeignFilesNameNoProcess() throws IOException {
        Files.writeString(directory.resolve("torn.pid"), "123");
        Files.writeString(directory.resolve("text.pid"), "one two TERM");
        Files.writeString(directory.resolve("signal.pid"), "1 2 HUP");
        Files.writeString(directory.resolve("other.txt"), "1 2 TERM");

        assertThat(PidFile.readAll(directory)).isEmpty();
        assertThat(PidFile.readAll(directory.resolve("absent"))).isEmpty();
    }

    @Test
    void orphansAreStoppedAndStrangersAreLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            PidFile.of("orphan", sleeper.toHandle(), StopSignal.INT).write(directory);
            PidFile theirs = PidFile.of("stranger", stranger.toHandle(), StopSignal.TERM);
            new PidFile("stranger", theirs.pid(), theirs.startedAt().minusSeconds(3600), StopSignal.TERM)
                    .write(directory);

            Orphans.stop(directory, Duration.ofSeconds(10), Progress.silent());

            assertThat(sleeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(PidFile.readAll(directory)).isEmpty();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void anOrphanThatDoesNotObeyIsKilled() throws Exception {
        Process stubborn = new ProcessBuilder("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done").start();
        assertThat(stubborn.inputReader().readLine()).isEqualTo("deaf");
        PidFile.of("stubborn", stubborn.toHandle(), StopSignal.TERM).write(directory);

        Orphans.stop(directory, Duration.ofMillis(300), Progress.silent());

        assertThat(stubborn.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
