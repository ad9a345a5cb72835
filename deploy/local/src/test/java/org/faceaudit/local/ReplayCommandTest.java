package org.faceaudit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
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

    private final StringWriter said = new StringWriter();

    private int replay(String... arguments) {
        return new CommandLine(new ReplayCommand(Clock.fixed(NOW, ZoneOffset.UTC)))
                .setErr(new PrintWriter(said, true))
                .execute(arguments);
    }

    /** Wrong usage in one sentence. */
    private String refused(String... arguments) {
        said.getBuffer().setLength(0);
        assertThat(replay(arguments)).as("%s", said).isEqualTo(2);
        assertThat(said.toString().lines()).hasSize(1);
        return said.toString().strip();
    }

    @Test
    void aDayAfterTodayIsOneSentence() {
        assertThat(refused("--as-of", "2026-11-27"))
                .contains("2026-11-27 is after today, which is 2026-11-26 in Shanghai");
    }

    @Test
    void aDayThatDoesNotExistIsOneSentence() {
        for (String day : new String[] {"2026-02-30", "20260101", "yesterday"}) {
            assertThat(refused("--as-of", day)).contains(day + " is no date");
        }
    }

    @Test
    void aReplayOfNothingNamesWhatItNeeds() {
        assertThat(refused()).contains("--as-of YYYY-MM-DD").contains("draft-2023");
    }

    @Test
    void anUnknownSetOfLawNamesThoseThatShip() {
        assertThat(refused("--law", "draft-1999"))
                .isEqualTo("There is no set of law draft-1999; there is: draft-2023.");
    }

    @Test
    void withoutAStackItSaysHowToStartOne() {
        ReplayCommand command = new ReplayCommand(Clock.fixed(NOW, ZoneOffset.UTC));
        new CommandLine(command).parseArgs("--as-of", "2026-11-26", "--data", directory.toString());
        assertThatThrownBy(command::call)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("No stack was started in " + directory);
        assertThat(directory).isEmptyDirectory();
    }
}
