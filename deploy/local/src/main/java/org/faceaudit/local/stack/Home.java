package org.faceaudit.local.stack;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.faceaudit.local.process.StackException;

/**
 * The built repository: where the class path of each component lies.
 *
 * @param root the directory that holds {@code deploy}
 */
public record Home(Path root) {
    /** The property by which the shell script names the root. */
    public static final String PROPERTY = "faceaudit.home";

    /**
     * The root named by the property, else the one above the running classes.
     *
     * @throws StackException when there is none
     */
    public static Home find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new Home(Path.of(named).toAbsolutePath().normalize());
        }
        try {
            Path place = Path.of(Home.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path candidate = place; candidate != null; candidate = candidate.getParent()) {
                if (Files.isDirectory(candidate.resolve("deploy").resolve("kafka"))) {
                    return new Home(candidate);
                }
            }
        } catch (URISyntaxException e) {
            throw new StackException("The place of the running program is not a file path: " + e.getMessage(), e);
        }
        throw new StackException("The program does not lie in its repository; start it with ./faceaudit.");
    }

    /**
     * The class path of a component's own room, as Java wants it on the command line.
     *
     * @throws StackException when the room is not built, or its path cannot be part of a class path
     */
    public String classPath(String room) {
        Path library = root.resolve("deploy").resolve(room).resolve("target").resolve("lib");
        if (!Files.isDirectory(library)) {
            throw new StackException(library + " is missing; build it with: mvn -q -DskipTests package");
        }
        if (library.toString().contains(":")) {
            throw new StackException("Java cannot have a colon in a class path; move the repository away from " + root);
        }
        return library + "/*";
    }

    /** The plugin directories for Connect: one per room {@code deploy/debezium-*}, each with a directory per connector. */
    public List<Path> pluginDirectories() {
        try (Stream<Path> rooms = Files.list(root.resolve("deploy"))) {
            List<Path> directories = rooms.filter(
                            room -> room.getFileName().toString().startsWith("debezium-"))
                    .map(room -> room.resolve("target").resolve("plugins"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
            if (directories.isEmpty()) {
                throw new StackException("deploy/debezium-*/target/plugins is missing under " + root
                        + "; build it with: mvn -q -DskipTests package");
            }
            return directories;
        } catch (IOException e) {
            throw new StackException("Cannot read " + root.resolve("deploy") + ": " + e.getMessage(), e);
        }
    }

    /**
     * The one jar of the Flink job.
     *
     * @throws StackException when it is not built
     */
    public Path pipelineJar() {
        Path target = root.resolve("jobs").resolve("pipeline").resolve("target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                List<Path> jars = files.filter(
                                file -> file.getFileName().toString().matches("faceaudit-pipeline-.*-job\\.jar"))
                        .sorted()
                        .toList();
                if (!jars.isEmpty()) {
                    return jars.get(jars.size() - 1);
                }
            } catch (IOException e) {
                throw new StackException("Cannot read " + target + ": " + e.getMessage(), e);
            }
        }
        throw new StackException("The job jar is missing in " + target + "; build it with: mvn -q -DskipTests package");
    }
}
