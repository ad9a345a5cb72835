package org.faceaudit.local.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Ports;
import org.faceaudit.local.stack.StackState;
import org.faceaudit.sql.ReplaySchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayProcessTest {
    @TempDir
    private Path data;

    @Test
    void whoReadsTheTopicsOfAStackThatStoppedIsGivenUp() throws IOException {
        StackState stopped = new StackState(data, Ports.standard(), List.of());
        ReplayProcess replay = new ReplayProcess(stopped, new ReplaySchema("replay_20260820"), data, Progress.silent());
        Process endless = new ProcessBuilder("sleep", "600").start();
        try {
            assertThatThrownBy(() -> replay.await(endless, data.resolve("replay.out")))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("was stopped while its topics were read");
        } finally {
            endless.destroyForcibly();
        }
    }
}
