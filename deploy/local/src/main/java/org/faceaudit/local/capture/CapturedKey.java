package org.faceaudit.local.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.local.process.StackException;

/**
 * With which key the tokens of a source were made when it was last read from its beginning. Tokens of different keys never
 * compare, so when its file names another key the source is to be read anew. Kept in a file of its own, which outlives the
 * connector, and written only when the connector has been told: whatever is interrupted is done again.
 */
final class CapturedKey {
    /** The connector's setting that names the key. */
    static final String SETTING = "token.key.id";

    private static final String DIRECTORY = "token-keys";

    private final Path file;

    /** @param data directory of the stack */
    CapturedKey(Path data, Mapping mapping) {
        this.file = data.resolve(DIRECTORY).resolve(mapping.topic());
    }

    /**
     * Id of the key that was in use, if it is not the one that the mapping names now.
     *
     * @param configured id that the connector has been told, where an earlier version wrote no file; or {@code null}
     */
    Optional<String> otherThan(Mapping mapping, String configured) {
        if (mapping.tokenKey().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(Files.exists(file) ? read() : configured)
                .filter(id -> !id.equals(mapping.tokenKey().orElseThrow()));
    }

    private String read() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StackException("The data directory cannot be read: " + e.getMessage(), e);
        }
    }

    /** The source is captured with the key that the mapping names, from its beginning. */
    void keep(Mapping mapping) {
        if (mapping.tokenKey().isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, mapping.tokenKey().orElseThrow() + "\n");
        } catch (IOException e) {
            throw new StackException("The data directory cannot be written: " + e.getMessage(), e);
        }
    }
}
