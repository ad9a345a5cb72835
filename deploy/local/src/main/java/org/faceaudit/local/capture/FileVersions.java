package org.faceaudit.local.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.local.stack.Secrets;

/**
 * Which version of each operator's file holds: any edit that is taken makes another, a comment that says that somebody has
 * looked at it among them. Not thread-safe.
 */
final class FileVersions {
    private static final int BYTES = 8;

    private final Secrets secrets;
    private final Map<String, String> versions = new HashMap<>();

    FileVersions(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The version of a file that is in force: 16 hexadecimal digits. What was edited and is refused confirms nothing. */
    String of(Described source) {
        try {
            if (Captures.copy(secrets, source.file()).equals(source.copy())) {
                versions.put(
                        source.topic(),
                        hash(source, Files.readString(Path.of(source.file().file()))));
            }
        } catch (OperatorFileException | IOException e) {
            // The version before the edit holds, as the file before the edit does.
        }
        return versions.computeIfAbsent(source.topic(), topic -> hash(source, source.copy()));
    }

    /** With the operator's key: a file may hold constants that nobody should guess by a hash of all the rest. */
    private String hash(Described source, String text) {
        String key = Captures.tokenKey(secrets, source.file().mapping());
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((key + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform provides SHA-256", e);
        }
    }
}
