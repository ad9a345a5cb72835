package org.faceaudit.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FaceauditMainTest {

    private static final Pattern COMMAND = Pattern.compile("\\./faceaudit ([a-z]+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandThatTheReadmeNamesIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = COMMAND.matcher(Files.readString(Path.of("..", "..", "README.md")));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        assertThat(named).contains("demo", "up", "sql", "status", "deadline", "replay", "onboard");
        assertThat(FaceauditMain.commandLine().getSubcommands().keySet()).containsAll(named);
    }

    @Test
    void theAuthoritysOwnDateIsPrintedWithoutAStack() {
        assertThat(run("deadline", "2025-06-01")).isZero();
        assertThat(out.toString().strip()).isEqualTo("2025-06-01,2025-07-14,2025-07-14,false,gov-2025+gov-2026");
    }

    @Test
    void aDayThatDoesNotExistIsAnErrorAndOneSentence() {
        assertThat(run("deadline", "2026-02-30")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).singleElement().asString().contains("2026-02-30");
    }

    @Test
    void aStatementMayBeginWithACommentButAWrongOptionIsNoStatement() {
        assertThat(run("sql", "-- of nobody\nSELECT 1", "--data", "nowhere")).isEqualTo(1);
        assertThat(err.toString()).startsWith("No stack was started in nowhere");
        assertThat(run("sql", "SELECT 1", "--dbb", "gym")).isEqualTo(2);
        assertThat(err.toString()).contains("--dbb");
    }

    @Test
    void whatCannotBeComparedIsNeitherTheSameNorDifferent() {
        assertThat(run("reconcile", "acme.yaml", "--data", "nowhere")).isEqualTo(2);
        assertThat(err.toString()).startsWith("No stack was started in nowhere");
        assertThat(run("reconcile")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatCannotBeVerifiedIsNeitherTheSameNorDifferent() {
        assertThat(run("verify", "filing-overdue")).isEqualTo(2);
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .startsWith("NOT_VERIFIABLE  filing-overdue is no");
        assertThat(run("verify", "018f3d3e-0000-5000-8000-000000000000", "--data", "nowhere"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("NOT_VERIFIABLE  No stack was started in nowhere");
        assertThat(run("verify")).isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine commandLine = FaceauditMain.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
