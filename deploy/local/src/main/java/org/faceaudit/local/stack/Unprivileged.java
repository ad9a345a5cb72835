package org.faceaudit.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.faceaudit.local.process.Programs;
import org.faceaudit.local.process.StackException;

/**
 * How PostgreSQL, which refuses to run as root, is started by root: in a user namespace where root is nobody, else as the
 * user nobody, to whom the data are given.
 */
final class Unprivileged {
    private static final String NOBODY = "65534";

    private final List<String> prefix;
    private final boolean otherUser;

    private Unprivileged(List<String> prefix, boolean otherUser) {
        this.prefix = List.copyOf(prefix);
        this.otherUser = otherUser;
    }

    /**
     * What works on this machine for this user.
     *
     * @throws StackException when root has no way to step down
     */
    static Unprivileged detect() throws IOException, InterruptedException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            return new Unprivileged(List.of(), false);
        }
        var unshare = Programs.find("unshare");
        if (unshare.isPresent()) {
            List<String> words = List.of(unshare.get().toString(), "-U");
            if (succeeds(words, "/bin/true")) {
                return new Unprivileged(words, false);
            }
        }
        var setpriv = Programs.find("setpriv");
        if (setpriv.isPresent()) {
            List<String> words =
                    List.of(setpriv.get().toString(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
            if (succeeds(words, "/bin/true")) {
                return new Unprivileged(words, true);
            }
        }
        throw new StackException(
                "PostgreSQL refuses to run as root, and neither unshare nor setpriv lets root step down"
                        + " on this machine: start faceaudit as another user.");
    }

    /** The words that go before a command; the process keeps its pid. */
    List<String> prefix() {
        return prefix;
    }

    /** Gives a tree to the user that PostgreSQL runs as, if that is not the one who starts it. */
    void own(Path tree) throws IOException, InterruptedException {
        if (!otherUser) {
            return;
        }
        if (!succeeds(List.of(), "chown", "-R", NOBODY + ":" + NOBODY, tree.toString())
                || !succeeds(prefix, "test", "-x", tree.toString())) {
            throw new StackException(
                    "PostgreSQL must run as the user nobody here, who cannot reach " + tree
                            + ": choose a directory that everybody may enter with --data DIR, or start faceaudit as another user.");
        }
    }

    private static boolean succeeds(List<String> prefix, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
