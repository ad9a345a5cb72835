package org.faceaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.faceaudit.local.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoStartTest {
    @TempDir
    private Path directory;

    @Test
    void aRunNearMidnightInShanghaiWaitsUntilHalfAnHourAfterIt() {
        assertThat(MidnightGuard.waitFrom(Instant.parse("2026-11-22T15:29:59Z")))
                .isZero();
        assertThat(MidnightGuard.waitFrom(Instant.parse("2026-11-22T15:30:00Z")))
                .isEqualTo(Duration.ofMinutes(60));
        assertThat(MidnightGuard.waitFrom(Instant.parse("2026-11-22T16:00:00Z")))
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(MidnightGuard.waitFrom(Instant.parse("2026-11-22T16:29:00Z")))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(MidnightGuard.waitFrom(Instant.parse("2026-11-22T16:30:00Z")))
                .isZero();
    }

    @Test
    void theDemoErasesOnlyWhatADemoMade() throws IOException {
        assertThatCode(() -> DemoDirectory.requireErasable(directory.resolve("new")))
                .doesNotThrowAnyException();
        assertThatCode(() -> DemoDirectory.requireErasable(directory)).doesNotThrowAnyException();
        Files.createDirectory(directory.resolve("software"));
        Files.createFile(directory.resolve("launcher.lock"));
        assertThatCode(() -> DemoDirectory.requireErasable(directory)).doesNotThrowAnyException();
        Files.writeString(directory.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> DemoDirectory.requireErasable(directory))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(directory.toString());
        DemoDirectory.mark(directory);
        assertThatCode(() -> DemoDirectory.requireErasable(directory)).doesNotThrowAnyException();
    }

    @Test
    void anAlertIsToldOncePerChangeThatAReaderWouldNotice() {
        AlertTeller teller = new AlertTeller(false);
        List<String> first = teller.tell(List.of(alert("OPEN", 1)));
        assertThat(first).hasSize(4);
        assertThat(first.get(0)).contains("VIOLATION OPEN", "sole-face-method of iron-gym gym/gate-1", "2026-11-19");
        assertThat(first).anySatisfy(line -> assertThat(line).contains("第10条"));
        assertThat(teller.tell(List.of(alert("OPEN", 2)))).isEmpty();
        assertThat(teller.newest()).isEqualTo(2);
        assertThat(teller.tell(List.of(alert("RESOLVED", 3))).get(0)).contains("RESOLVED", "was VIOLATION OPEN");
        assertThat(new AlertTeller(true).tell(List.of(alert("OPEN", 1))).get(0)).startsWith("\u001b[");
    }

    @Test
    void theOperatorsFilesNameTheirOwnDatabaseAndPort() {
        for (SampleSource source : SampleSource.all()) {
            assertThat(source.operatorFile(12345))
                    .contains("operator: " + source.operator() + "\n", "system: " + source.system() + "\n")
                    .contains("://127.0.0.1:12345/" + source.database() + "\n")
                    .doesNotContain("${port}");
        }
    }

    private static AuditView.TellableAlert alert(String status, long change) {
        AlertRow row = new AlertRow(
                "6f6d1a6e-0000-5000-8000-000000000001",
                "sole-face-method",
                "iron-gym",
                "gym/gate-1",
                1,
                "VIOLATION",
                status,
                null);
        return new AuditView.TellableAlert(row, "人脸识别技术应用安全管理办法 第10条", "2026-11-19", "中文", "English", change);
    }
}
