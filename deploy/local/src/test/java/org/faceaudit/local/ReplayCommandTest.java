package org.faceaudit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.faceaudit.local.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {

    /** The day after, in Shanghai. */
    private static final Instant NOW = Instant.parse("2026-11-25T16:30:00Z");

    @TempDir
    Path directory;

    private Integer replay(String... arguments) {
        ReplayCommand command = new ReplayCommand(Clock.fixed(NOW, ZoneOffset.UTC));
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    @Test
    void aDayAfterTodayIsOneSentence() {
        assertThatThrownBy(() -> replay("--as-of", "2026-11-27"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("2026-11-27 is after today, which is 2026-11-26 in Shanghai")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aDayThatDoesNotExistIsOneSentence() {
        for (String day : new String[] {"2026-02-30", "20260101", "yesterday"}) {
            assertThatThrownBy(() -> replay("--as-of", day))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(day + " is no date");
        }
    }

    @Test
    void aReplayOfNothingNamesWhatItNeeds() {
        assertThatThrownBy(this::replay)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("--as-of YYYY-MM-DD")
                .hasMessageContaining("draft-2023");
    }

    @Test
    void anUnknownSetOfLawNamesThoseThatShip() {
        assertThatThrownBy(() -> replay("--law", "draft-1999"))
                .isInstanceOf(StackException.class)
                .hasMessage("There is no set of law draft-1999; there is: draft-2023.");
    }

    @Test
    void withoutAStackItSaysHowToStartOne() {
        assertThatThrownBy(() -> replay("--as-of", "2026-11-26", "--data", directory.toString()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("No stack was started in " + directory);
        assertThat(directory).isEmptyDirectory();
    }
}
