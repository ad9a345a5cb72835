package org.faceaudit.local.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;

/**
 * Everything that a stack keeps: topics, tables, and all files but some.
 *
 * @param root its data directory
 * @param left directories below it that are left out: the sources' own data, unpacked software
 */
public record Places(Path root, Database audit, TopicDump topics, List<Path> left) {

    /** Of the shared stack of the tests, without its sources. */
    static Places of(Stack stack, TopicDump topics) {
        Path root = stack.data().root();
        return new Places(
                root,
                stack.audit(),
                topics,
                List.of(
                        root.resolve("software"),
                        root.resolve("postgres").resolve(StackExtension.SOURCE),
                        root.resolve("mariadb")));
    }

    /**
     * Which markers stand where. Places are {@code topic <name>}, {@code table}, and the first two steps of a file's path
     * below the data directory.
     */
    public Map<String, Set<Integer>> with(Markers markers) throws Exception {
        Map<String, Set<Integer>> found = new TreeMap<>();
        for (String topic : topics.topics()) {
            for (ConsumerRecord<byte[], byte[]> record : topics.everything(topic)) {
                for (byte[] bytes : parts(record)) {
                    note(found, "topic " + topic, markers.in(bytes));
                }
            }
        }
        for (String row : rows(audit.superuser(), "audit", "registry")) {
            note(found, "table", markers.in(row));
        }
        for (Path file : files()) {
            Path relative = root.relativize(file);
            String place =
                    relative.subpath(0, Math.min(2, relative.getNameCount())).toString();
            try {
                note(found, place, markers.in(file));
            } catch (NoSuchFileException e) {
                // A checkpoint that was replaced while we came to it: its successor holds what it held.
                assertThat(file).doesNotExist();
            }
        }
        return found;
    }

    private static void note(Map<String, Set<Integer>> places, String place, Set<Integer> found) {
        if (!found.isEmpty()) {
            places.computeIfAbsent(place, key -> new TreeSet<>()).addAll(found);
        }
    }

    private static List<byte[]> parts(ConsumerRecord<byte[], byte[]> record) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(record.key());
        parts.add(record.value());
        record.headers().forEach(header -> parts.add(header.value()));
        return parts;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return left.contains(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                // Flink replaces checkpoints while we walk.
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return files;
    }

    /** Every row of every table of some schemas, as text. */
    static List<String> rows(Connection database, String... schemas) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (database;
                Statement statement = database.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var names = statement.executeQuery("SELECT quote_ident(schemaname) || '.' || quote_ident(tablename)"
                    + " FROM pg_tables WHERE schemaname IN ('" + String.join("', '", schemas) + "')")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String name : tables) {
                try (var result = statement.executeQuery("SELECT t::text FROM " + name + " t")) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
            }
        }
        return rows;
    }
}
