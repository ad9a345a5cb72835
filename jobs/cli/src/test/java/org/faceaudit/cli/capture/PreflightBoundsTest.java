package org.faceaudit.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers of other versions, and slots in other states, answer. */
class PreflightBoundsTest {

    @TempDir
    private Path directory;

    private final Findings findings = new Findings();
    private Mapping mapping;

    @BeforeEach
    void describe() throws Exception {
        mapping = OperatorFiles.read(Files.writeString(directory.resolve("one.yaml"), """
                        operator: acme
                        system: one
                        source:
                          kind: postgresql
                          url: jdbc:postgresql://127.0.0.1:1/none
                          user: nobody
                          password: ${env:NOBODY}
                          zone: Asia/Shanghai
                          heartbeat: {table: public.beat}
                        use: gym
                        """))
                .mapping();
    }

    private List<Finding.Level> levels() {
        return findings.all().stream().map(Finding::level).toList();
    }

    @Test
    void aServerThatIsTooOldIsToldSoAndNotThatItCannotBeReached() {
        PostgresPreflight postgres = new PostgresPreflight(null, mapping, findings);

        assertThat(postgres.requireVersion(13)).isTrue();
        assertThat(findings.all()).isEmpty();
        assertThat(postgres.requireVersion(12)).isFalse();
        assertThat(findings.all()).singleElement().asString().contains("PROBLEM", "PostgreSQL 12", "13 or newer");
    }

    @ParameterizedTest
    @CsvSource({
        "true, reserved, OK",
        "false, reserved, WARNING",
        "true, extended, OK",
        "true, unreserved, WARNING",
        "false, unreserved, WARNING",
        "false, lost, PROBLEM"
    })
    void aSlotThatIsReadIsNotWellWhileItsLogIsAboutToGo(boolean active, String status, Finding.Level level) {
        new PostgresPreflight(null, mapping, findings).checkOwnSlot(active, status);

        assertThat(levels()).containsExactly(level);
        assertThat(findings.all().get(0).sentence().contains("about to lose")).isEqualTo(status.equals("unreserved"));
    }

    @Test
    void howLongALogIsKeptIsSaidInSecondsOrInDays() {
        assertThat(MariaDbPreflight.expiry(Map.of("binlog_expire_logs_seconds", "3600", "expire_logs_days", "0")))
                .isEqualTo(3_600);
        assertThat(MariaDbPreflight.expiry(Map.of("expire_logs_days", "10"))).isEqualTo(864_000);
        assertThat(MariaDbPreflight.expiry(Map.of("expire_logs_days", "0.500000")))
                .isEqualTo(43_200);
        assertThat(MariaDbPreflight.expiry(Map.of("log_bin", "ON"))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "1, WARNING", "86399, WARNING", "86400, OK"})
    void aLogOfLessThanADayIsShort(long seconds, Finding.Level level) {
        new MariaDbPreflight(null, mapping, findings).checkExpiry(seconds, "expire_logs_days");

        assertThat(levels()).containsExactly(level);
        assertThat(findings.all().get(0).sentence().endsWith("; raise expire_logs_days."))
                .isEqualTo(level == Finding.Level.WARNING);
    }
}
