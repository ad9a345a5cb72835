package org.faceaudit.sql.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
    /** A source is searched once, however many clauses name its tests. */
    private final Map<String, List<Found>> testsByScope = new HashMap<>();

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
        String nested = types.length == 1 ? "" : types[types.length - 1];
        List<Found> found = filesByType.getOrDefault(types[0], List.of()).stream()
                .flatMap(file -> tests(file, nested).stream())
                .filter(test -> test.name().equals(parts[1]))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The tests of a file, or of a type nested in it. */
    private List<Found> tests(Path file, String nested) {
        return testsByScope.computeIfAbsent(file + "#" + nested, none -> {
            String source = read(file);
            String scope = nested.isEmpty() ? source : nested(source, nested);
            List<Found> tests = new ArrayList<>();
            Matcher method = METHOD.matcher(scope);
            while (method.find()) {
                tests.add(new Found(root.relativize(file), method.group(1), body(scope, method.end())));
            }
            return tests;
        });
    }

    /** The files of a type of this simple name that hold tests, relative to the repository. */
    List<Path> files(String type) {
        return filesByType.getOrDefault(type, List.of()).stream()
                .filter(file -> !tests(file, "").isEmpty())
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
