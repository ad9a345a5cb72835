package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The SQL that onboard prints for an operator's file, with a password in its place. */
final class OnboardedSql {

    private OnboardedSql() {}

    /** Each statement by itself. */
    static String[] of(Path file) {
        StringWriter out = new StringWriter();
        assertThat(new CommandLine(new OnboardCommand())
                        .setOut(new PrintWriter(out))
                        .execute(file.toString()))
                .isZero();
        String printed = out.toString();
        String sql = printed.substring(0, printed.indexOf("# Connector"))
                .lines()
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n"))
                .replace("'…'", "'pw'");
        return Arrays.stream(sql.split(";\\n|;$"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toArray(String[]::new);
    }
}
