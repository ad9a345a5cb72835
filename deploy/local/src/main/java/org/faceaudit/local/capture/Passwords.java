package org.faceaudit.local.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.faceaudit.intake.operator.SourceAddress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Secrets;

/**
 * Where the passwords of sources are: in the environment of whoever started the launcher, or in a file of {@code NAME=value}
 * lines, which is read whenever one is asked for, since an environment cannot grow while the launcher runs. The file comes
 * first.
 */
public final class Passwords {
    private final Map<String, String> environment;
    private final Path file;

    Passwords(Map<String, String> environment, Path file) {
        this.environment = Map.copyOf(environment);
        this.file = file;
    }

    /** Those of the environment alone. */
    public static Passwords ofEnvironment() {
        return new Passwords(System.getenv(), null);
    }

    /** Those of a file, and of the environment; {@code null} for no file. */
    public static Passwords of(Path file) {
        return new Passwords(System.getenv(), file);
    }

    /**
     * The password of a source's user.
     *
     * @throws StackException if the file cannot be read; of its content only the number of a line is told
     */
    Optional<String> of(SourceAddress source) {
        String variable = source.passwordVariable();
        return Optional.ofNullable(file == null ? null : lines().get(variable))
                .or(() -> Optional.ofNullable(environment.get(variable)));
    }

    /** What to do when there is none. */
    String remedy(SourceAddress source) {
        return "the environment variable " + source.passwordVariable() + " is not set; export the password of "
                + source.user() + " in it"
                + (file == null
                        ? "."
                        : ", or write it to " + file + " as " + source.passwordVariable()
                                + "=… and save the operator's file again.");
    }

    /**
     * The reference that Connect resolves: to its environment, which it has of the launcher, so that what stands there is never
     * written to disk.
     */
    String reference(Secrets secrets, String topic, SourceAddress source) {
        Optional<String> password = of(source);
        return password.isEmpty() || password.get().equals(environment.get(source.passwordVariable()))
                ? "${env:" + source.passwordVariable() + "}"
                : secrets.forConnect("password." + topic, password.get());
    }

    private Map<String, String> lines() {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new StackException("The file of passwords cannot be read: " + e, e);
        }
        Map<String, String> passwords = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new StackException(file + ":" + (i + 1) + ": this line is not NAME=value.");
            }
            passwords.put(line.substring(0, equals).strip(), line.substring(equals + 1));
        }
        return passwords;
    }
}
