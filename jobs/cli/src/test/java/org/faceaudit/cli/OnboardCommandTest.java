package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OnboardCommandTest {

    private static final String FILE = """
            operator: acme
            system: one
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:5432/one
              user: capture
              password: ${env:ONE}
              zone: Asia/Shanghai
              heartbeat: {table: public.heartbeat}
            use: gym
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int onboard(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("acme.yaml"), text);
        return new CommandLine(new OnboardCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(file.toString());
    }

    @Test
    void whatIsPrintedWarnsOfWhatAColumnListKeepsTheOwnerFrom() throws IOException {
        assertThat(onboard(FILE)).isZero();

        assertThat(out.toString())
                .contains("CREATE PUBLICATION", "(\"id\", \"member_no\")", "# Connector cdc.acme.one")
                .containsSubsequence("PostgreSQL refuses to alter its type", "CREATE PUBLICATION");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aWrongFileEndsAsWithTheOtherCommands() throws IOException {
        assertThat(onboard(FILE.replace("use: gym", "use: gim"))).isEqualTo(2);

        assertThat(err.toString()).contains("gim");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMariaDbHasNoPublicationAndNoWarningOfOne() throws IOException {
        assertThat(onboard(
                        FILE.replace("kind: postgresql", "kind: mariadb").replace("jdbc:postgresql:", "jdbc:mariadb:")))
                .isZero();

        assertThat(out.toString()).contains("CREATE USER").doesNotContain("PUBLICATION");
    }
}
