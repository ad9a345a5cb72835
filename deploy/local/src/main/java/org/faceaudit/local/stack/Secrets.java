package org.faceaudit.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Passwords and keys of one stack, each readable by its owner only, never on a command line. */
public final class Secrets {
    private static final String SUPERUSER = "superuser.password";
    private static final String CONNECT = "connect.properties";
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Several objects may stand for one directory, and the parts of a stack start at once: the first secret is the secret. */
    private static final Object FILES = new Object();

    private final Path directory;

    /** @param directory where they lie; created if need be */
    public Secrets(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Password of the role {@code postgres} in every database of this stack; made up on the first call. */
    public String superuserPassword() {
        return random(SUPERUSER, 16);
    }

    /** A key of 256 bits in hexadecimal digits, made up on the first call and the same ever after. */
    public String key(String name) {
        return random(name + ".key", 32);
    }

    /** A file that holds one password, for programs that take a file. */
    public synchronized Path passwordFile(String role, String password) {
        Path file = directory.resolve(role + ".password");
        write(file, password + "\n");
        return file;
    }

    /** Where Kafka Connect's file config provider may read. */
    public Path directory() {
        return directory;
    }

    /**
     * Keeps a secret for connectors.
     *
     * @return the reference to be put into a connector's configuration instead of the secret
     */
    public String forConnect(String name, String secret) {
        synchronized (FILES) {
            return addForConnect(name, secret);
        }
    }

    private String addForConnect(String name, String secret) {
        Path file = directory.resolve(CONNECT);
        Map<String, String> all = new TreeMap<>();
        if (Files.exists(file)) {
            Properties known = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                known.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            known.stringPropertyNames().forEach(key -> all.put(key, known.getProperty(key)));
        }
        all.put(name, secret);
        write(file, Settings.properties(all));
        return "${file:" + file + ":" + name + "}";
    }

    private String random(String name, int bytes) {
        synchronized (FILES) {
            return readOrMakeUp(name, bytes);
        }
    }

    private String readOrMakeUp(String name, int bytes) {
        Path file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[bytes];
                RANDOM.nextBytes(random);
                write(file, HexFormat.of().formatHex(random) + "\n");
            }
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Path part = Files.createTempFile(
                    file.getParent(),
                    "secret",
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
