package org.faceaudit.sql.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tests of the whole repository, found in their sources, since most of them lie in rooms that are built later than this
 * one.
 */
final class TestSources {

    /** A test method: its annotation, perhaps more of them, and its name. */
    private static final Pattern METHOD =
            Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest)\\b(?s:(?!\\bvoid\\b).)*\\bvoid\\s+(\\w+)\\s*\\(");

    /** A test of one method, with the rest of its source from there on. */
    record Found(Path file, String name, String body) {}

    private final Path root;
    private final Map<String, List<Path>> filesByType = new TreeMap<>();

    /**
     * @param root the repository's directory
     */
    TestSources(Path root) throws IOException {
        this.root = root;
        for (String room : List.of("sql", "jobs", "deploy", "schemas")) {
            Path directory = root.resolve(room);
            if (!Files.isDirectory(directory)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(directory)) {
                files.filter(TestSources::isTestSource).sorted().forEach(file -> {
                    String name = file.getFileName().toString().replace(".java", "");
                    filesByType.computeIfAbsent(name, none -> new ArrayList<>()).add(file);
                });
            }
        }
    }

    private static boolean isTestSource(Path file) {
        return file.toString().endsWith(".java") && file.toString().contains("/src/test/java/");
    }

    /**
     * The one test of this name; empty when there is none, or more than one of the same type's name.
     *
     * @param name {@code Type#method} or {@code Type.Nested#method}
     */
    Optional<Found> find(String name) {
        String[] parts = name.split("#", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        String[] types = parts[0].split("\\.", -1);
        List<Found> found = new ArrayList<>();
        for (Path file : filesByType.getOrDefault(types[0], List.of())) {
            String source = read(file);
            String scope = types.length == 1 ? source : nested(source, types[types.length - 1]);
            Matcher method = METHOD.matcher(scope);
            while (method.find()) {
                if (method.group(1).equals(parts[1])) {
                    found.add(new Found(root.relativize(file), name, body(scope, method.end())));
                }
            }
        }
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The files of a type of this simple name that hold tests, relative to the repository. */
    List<Path> files(String type) {
        return filesByType.getOrDefault(type, List.of()).stream()
                .filter(file -> METHOD.matcher(read(file)).find())
                .map(root::relativize)
                .toList();
    }

    private static String nested(String source, String type) {
        Matcher begin = Pattern.compile("\\bclass\\s+" + type + "\\b").matcher(source);
        return begin.find() ? body(source, begin.end()) : "";
    }

    /** From the next brace to the one that closes it; braces in texts and comments are expected in pairs. */
    private static String body(String source, int from) {
        int begin = source.indexOf('{', from);
        int depth = 0;
        for (int i = begin; i >= 0 && i < source.length(); i++) {
            char c = source.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return source.substring(begin, i + 1);
            }
        }
        return begin < 0 ? "" : source.substring(begin);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
