package org.faceaudit.local.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.operator.SourceAddress;
import org.faceaudit.intake.operator.SourceKind;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {
    private static final SourceAddress GYM = new SourceAddress(
            SourceKind.POSTGRESQL,
            "jdbc:postgresql://127.0.0.1:5432/gym",
            "capture",
            "GYM_PASSWORD",
            LegalDay.ZONE,
            "public.heartbeat",
            Duration.ofSeconds(1));

    @TempDir
    private Path directory;

    @Test
    void whatStandsInTheEnvironmentIsNeverWrittenToDisk() {
        Secrets secrets = new Secrets(directory.resolve("secrets"));
        Passwords passwords = new Passwords(Map.of("GYM_PASSWORD", "of-the-environment"), null);

        assertThat(passwords.of(GYM)).contains("of-the-environment");
        assertThat(passwords.reference(secrets, "cdc.gym.doors", GYM)).isEqualTo("${env:GYM_PASSWORD}");
        assertThat(directory.resolve("secrets")).isEmptyDirectory();
    }

    @Test
    void aFileTellsOnesThatCameLater() throws Exception {
        Secrets secrets = new Secrets(directory.resolve("secrets"));
        Path file = Files.writeString(directory.resolve("passwords"), "# of sources\n\nOTHER=x\n");
        Passwords passwords = new Passwords(Map.of(), file);
        assertThat(passwords.of(GYM)).isEmpty();
        assertThat(passwords.remedy(GYM)).contains("GYM_PASSWORD=…", file.toString());

        Files.writeString(file, "OTHER=x\nGYM_PASSWORD= a = b \n");

        assertThat(passwords.of(GYM)).contains(" a = b");
        assertThat(passwords.reference(secrets, "cdc.gym.doors", GYM))
                .startsWith("${file:")
                .endsWith(":password.cdc.gym.doors}")
                .doesNotContain("a = b");
    }

    @Test
    void aLineThatIsNoneIsToldByItsNumberAlone() throws Exception {
        Path file = Files.writeString(directory.resolve("passwords"), "OTHER=x\nsecret\n");

        assertThatThrownBy(() -> new Passwords(Map.of(), file).of(GYM))
                .isInstanceOf(StackException.class)
                .hasMessage(file + ":2: this line is not NAME=value.");
    }
}
