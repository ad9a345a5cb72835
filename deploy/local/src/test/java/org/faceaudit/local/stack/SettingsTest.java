package org.faceaudit.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String ODD = "/数据/a b/c=d#e:\\f\"g\"";

    @TempDir
    private Path directory;

    @Test
    void anyPathSurvivesAPropertiesFile() throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(Settings.properties(Map.of("log.dirs", ODD, "a", "#"))));

        assertThat(read).containsOnly(Map.entry("log.dirs", ODD), Map.entry("a", "#"));
    }

    @Test
    void yamlValuesAreQuoted() {
        assertThat(Settings.yaml(Map.of("io.tmp.dirs", "/a b", "b", "1 s")))
                .isEqualTo("b: \"1 s\"\nio.tmp.dirs: \"/a b\"\n");
    }

    @Test
    void aSlowTaskManagerIsWaitedForUntilADeadOneWouldBeKnown() throws IOException {
        try (DataDirectory data = DataDirectory.open(directory)) {
            Map<String, String> flink = FlinkSettings.settings(Ports.standard(), data, "jobmanager");

            assertThat(seconds(flink.get("pekko.ask.timeout"))).isGreaterThan(seconds(flink.get("heartbeat.timeout")));
        }
    }

    private static int seconds(String span) {
        assertThat(span).endsWith(" s");
        return Integer.parseInt(span.substring(0, span.length() - 2));
    }

    @Test
    void secretsAreTheOwnersOnlyAndStayTheSame() throws IOException {
        Secrets secrets = new Secrets(directory.resolve("secrets"));
        String password = secrets.superuserPassword();
        String first = secrets.forConnect("one.password", "a=b c");
        secrets.forConnect("other.password", "x");

        assertThat(new Secrets(directory.resolve("secrets")).superuserPassword())
                .isEqualTo(password);
        assertThat(secrets.key("token")).matches("[0-9a-f]{64}").isEqualTo(secrets.key("token"));
        assertThat(first)
                .isEqualTo("${file:" + directory.resolve("secrets").resolve("connect.properties") + ":one.password}");
        Properties read = new Properties();
        Path file = directory.resolve("secrets").resolve("connect.properties");
        read.load(Files.newBufferedReader(file));
        assertThat(read).containsOnly(Map.entry("one.password", "a=b c"), Map.entry("other.password", "x"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
