package org.faceaudit.intake.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who beats less often than it promises would be called silent although nothing is wrong with it. */
class PromisedHeartbeatsTest {

    @TempDir
    private Path directory;

    private Path file(String heartbeat) throws IOException {
        return Files.writeString(directory.resolve("one.yaml"), """
                operator: acme
                system: one
                source:
                  kind: postgresql
                  url: jdbc:postgresql://127.0.0.1:5432/one
                  user: capture
                  password: ${env:ONE}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.heartbeat, %s}
                use: gym
                """.formatted(heartbeat));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "promise: 30s, every: 60s | A heartbeat every 60s cannot keep the promise of one within 30s.",
                "promise: 5m, every: 5m | A heartbeat every 300s cannot keep the promise of one within 300s.",
                "promise: 1s | A heartbeat every 1s cannot keep the promise of one within 1s."
            })
    void aPromiseThatNoHeartbeatKeepsIsRefused(String heartbeat, String sentence) throws IOException {
        Path file = file(heartbeat);
        OperatorFileException refused =
                catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(9);
            assertThat(problem.sentence()).isEqualTo(sentence);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"promise: 5m, every: 299s | 299", "promise: 2s | 1", "promise: 24h | 10", "every: 2h | 7200"})
    void everyOtherIsTaken(String heartbeat, long seconds) throws Exception {
        assertThat(OperatorFiles.read(file(heartbeat)).source().heartbeatInterval())
                .isEqualTo(Duration.ofSeconds(seconds));
    }
}
