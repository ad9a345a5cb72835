package org.faceaudit.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Home;
import org.faceaudit.local.stack.StackState;

/** Finds the stack that a command means. */
public final class RunningStack {
    private RunningStack() {}

    /** The default directory of {@code up}. */
    static Path upDirectory() {
        return Home.find().root().resolve("var").resolve("up");
    }

    /** The default directory of {@code demo}. */
    static Path demoDirectory() {
        return Home.find().root().resolve("var").resolve("demo");
    }

    /**
     * The state of the stack in a directory, or in the default ones: the one that runs, else the first that was started.
     *
     * @param data null for the default directories
     */
    public static StackState find(Path data) {
        List<Path> candidates = data != null ? List.of(data) : List.of(upDirectory(), demoDirectory());
        List<StackState> states = candidates.stream()
                .flatMap(candidate -> StackState.read(candidate).stream())
                .toList();
        return states.stream()
                .filter(StackState::isHeld)
                .findFirst()
                .or(() -> states.stream().findFirst())
                .orElseThrow(
                        () -> new StackException(
                                "No stack was started in "
                                        + String.join(
                                                " or ",
                                                candidates.stream()
                                                        .map(Path::toString)
                                                        .toList())
                                        + (data == null || Files.exists(data) ? "" : ", which does not exist")
                                        + ": start one with ./faceaudit demo or ./faceaudit up, or name its directory with --data DIR."));
    }
}
