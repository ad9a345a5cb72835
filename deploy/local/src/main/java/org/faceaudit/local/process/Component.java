package org.faceaudit.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One process of the stack: how it is prepared, started, recognised as ready and asked to stop. */
public interface Component {
    /** A short name, unique in the stack: it names the pid file and the log file. */
    String name();

    /** Where the process is reached, for people to read. */
    String endpoint();

    /**
     * Writes configuration, and initialises data only where there is none yet; called before every start of the process.
     *
     * @throws IOException when files cannot be written
     * @throws StackException when initialisation fails for a reason that can be told in a sentence
     * @throws InterruptedException when the stack is stopped meanwhile
     */
    void prepare() throws IOException, InterruptedException;

    /** The command of the next start; may differ from start to start. */
    CommandLine command();

    /** Asks the process itself whether it serves: evidence of it, or nothing as long as it does not. */
    Optional<String> probe();

    /** How long a start may take before it counts as failed. */
    default Duration startUpLimit() {
        return Duration.ofSeconds(120);
    }

    /** The signal that asks the process for an orderly end. */
    default StopSignal stopSignal() {
        return StopSignal.TERM;
    }
}
