package org.faceaudit.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.faceaudit.local.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void oneLauncherHoldsADirectoryAtATime() throws IOException {
        Path root = parent.resolve("a b").resolve("data");
        try (DataDirectory held = DataDirectory.open(root)) {
            assertThat(held.root()).isEqualTo(root);
            assertThat(DataDirectory.isHeld(root)).isTrue();
            assertThatThrownBy(() -> DataDirectory.open(root))
                    .isInstanceOf(StackException.class)
                    .hasMessage("Another faceaudit runs on " + root
                            + ": stop it first (Ctrl-C there), or choose another directory with --data DIR.");
        }
        assertThat(DataDirectory.isHeld(root)).isFalse();
        DataDirectory.open(root).close();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("The data directory " + file.resolve("data") + " cannot be written (")
                .hasMessageEndingWith("): choose another with --data DIR.");
    }

    @Test
    void aDiskThatIsAlmostFullIsRefused() {
        assertThatThrownBy(() -> DataDirectory.open(parent, Long.MAX_VALUE))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("has only")
                .hasMessageContaining("MiB left");
        assertThat(DataDirectory.isHeld(parent)).isFalse();
    }

    @Test
    void erasingKeepsTheUnpackedSoftware() throws IOException {
        try (DataDirectory data = DataDirectory.open(parent)) {
            Files.writeString(data.resolve("kafka", "log", "segment"), "x");
            Files.writeString(data.resolve("software", "program"), "x");

            data.erase();

            assertThat(parent.resolve("kafka")).doesNotExist();
            assertThat(parent.resolve("software").resolve("program")).exists();
        }
    }

    @Test
    void aDiskThatGetsFullEndsARunWhileThereIsRoomToEndIt() throws IOException {
        try (DataDirectory data = DataDirectory.open(parent, 1)) {
            assertThatCode(() -> data.requireSpaceToGoOn(1)).doesNotThrowAnyException();
            assertThatThrownBy(() -> data.requireSpaceToGoOn(Long.MAX_VALUE))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("has only")
                    .hasMessageContaining("start again");
        }
    }
}
