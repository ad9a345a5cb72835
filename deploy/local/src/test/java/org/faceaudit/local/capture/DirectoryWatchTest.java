package org.faceaudit.local.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWatchTest {
    @TempDir
    private Path directory;

    @Test
    void whatStandsStillIsNewsOnce() throws IOException {
        DirectoryWatch watch = new DirectoryWatch(directory);
        assertThat(watch.hasNews()).isFalse();

        Files.writeString(directory.resolve("gym.yaml"), "operator:");
        assertThat(watch.hasNews()).as("perhaps only half of it").isFalse();
        Files.writeString(directory.resolve("gym.yaml"), "operator: gym");
        assertThat(watch.hasNews()).as("still being written").isFalse();
        assertThat(watch.hasNews()).isTrue();
        assertThat(watch.hasNews()).as("once").isFalse();
    }

    @Test
    void whatIsGoneOrTouchedOrCouldNotBeTakenIsNews() throws IOException {
        Path gym = Files.writeString(directory.resolve("gym.yaml"), "operator: gym");
        Path bank = Files.writeString(directory.resolve("bank.yml"), "operator: bank");
        DirectoryWatch watch = new DirectoryWatch(directory);
        assertThat(watch.hasNews()).isFalse();

        Files.setLastModifiedTime(gym, FileTime.fromMillis(1));
        assertThat(watch.hasNews()).isFalse();
        assertThat(watch.hasNews()).as("touched").isTrue();

        Files.delete(bank);
        assertThat(watch.hasNews()).isFalse();
        assertThat(watch.hasNews()).as("gone").isTrue();

        Files.writeString(Files.createDirectories(directory.resolve("products")).resolve("door.yaml"), "tables:");
        assertThat(watch.hasNews()).isFalse();
        assertThat(watch.hasNews()).as("a mapping that a file may use").isTrue();

        watch.again();
        assertThat(watch.hasNews()).as("not taken").isTrue();
    }

    @Test
    void otherFilesAreNobodysBusiness() throws IOException {
        DirectoryWatch watch = new DirectoryWatch(directory);
        Files.writeString(directory.resolve("gym.yaml.swp"), "operator: gym");
        assertThat(watch.hasNews()).isFalse();
        assertThat(watch.hasNews()).isFalse();
    }
}
