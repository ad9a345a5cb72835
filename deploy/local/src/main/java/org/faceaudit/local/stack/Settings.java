package org.faceaudit.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Writes configuration in the spellings of the components, so that any path survives the escaping. */
final class Settings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Settings() {}

    /** As a Java properties file. */
    static String properties(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        StringWriter writer = new StringWriter();
        try {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toString()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .sorted()
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    /** As flat YAML: every value is a JSON string, which is YAML too. */
    static String yaml(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + ": " + quoted(setting.getValue()) + "\n")
                .sorted()
                .collect(Collectors.joining());
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String quoted(String value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value, e);
        }
    }
}
