package org.faceaudit.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Progress progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8));

    @Test
    void aProcessThatDiesIsStartedAgainUntilItIsStopped() throws Exception {
        Shell shell = new Shell("touch \"$READY\"; exec sleep 600");
        SupervisedProcess process = supervise(shell);
        process.start().get(20, TimeUnit.SECONDS);
        long first = process.process().orElseThrow().pid();

        process.process().orElseThrow().destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> process.restarts() == 1 && process.isReady());

        ProcessHandle second = process.process().orElseThrow();
        assertThat(second.pid()).isNotEqualTo(first);
        assertThat(PidFile.readAll(directory.resolve("run")))
                .singleElement()
                .satisfies(file -> assertThat(file.pid()).isEqualTo(second.pid()));

        process.stop(Duration.ofSeconds(10));

        assertThat(second.isAlive()).isFalse();
        assertThat(process.process()).isEmpty();
        assertThat(PidFile.readAll(directory.resolve("run"))).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("ready", "nowhere", "pid " + first, "it is there")
                .contains("exited", "ended by signal 9", "restart 1 in 500 ms");
    }

    @Test
    void aProcessThatNeverStartsIsGivenUpWithTheEndOfItsLog() {
        SupervisedProcess process = supervise(new Shell("echo 'the disk is on fire'; exit 3"));

        assertThatThrownBy(() -> process.start().get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StackException.class)
                .hasMessageContaining("shell does not start: it ended with status 3")
                .hasMessageContaining("the disk is on fire");
    }

    private SupervisedProcess supervise(Component component) {
        return new SupervisedProcess(component, directory.resolve("run"), directory.resolve("logs"), progress);
    }

    /** A component that is a shell script, ready when it has created a file. */
    private final class Shell implements Component {
        private final String script;

        Shell(String script) {
            this.script = script;
        }

        @Override
        public String name() {
            return "shell";
        }

        @Override
        public String endpoint() {
            return "nowhere";
        }

        @Override
        public void prepare() throws java.io.IOException {
            Files.deleteIfExists(ready());
        }

        @Override
        public CommandLine command() {
            return new CommandLine(List.of("sh", "-c", script), Map.of("READY", ready().toString()), directory);
        }

        @Override
        public Optional<String> probe() {
            return Files.exists(ready()) ? Optional.of("it is there") : Optional.empty();
        }

        private Path ready() {
            return directory.resolve("it is ready");
        }
    }
}
