package org.faceaudit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import picocli.CommandLine;

/** Calls {@code scan} as somebody at a terminal does, and keeps what it prints. */
final class ScanCall {

    static final String PASSWORD = "of-the-scan";

    private String out = "";
    private String err = "";

    int run(String url, String... further) {
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(url));
        arguments.addAll(List.of(further));
        int status = new CommandLine(
                        new ScanCommand(name -> name.equals("FACEAUDIT_SOURCE_PASSWORD") ? PASSWORD : null))
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained))
                .execute(arguments.toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return status;
    }

    String err() {
        return err;
    }

    /** What is proposed, read as an operator's file. */
    Mapping mapping(Path directory) throws IOException, OperatorFileException {
        return OperatorFiles.read(Files.writeString(directory.resolve("proposed.yaml"), out))
                .mapping();
    }

    /** The lines without their comments and without indentation. */
    List<String> lines() {
        return out.lines()
                .map(line -> line.replaceFirst(" *# .*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The lines of one table's section, likewise. */
    List<String> table(String name) {
        List<String> lines = lines();
        int from = lines.indexOf(name + ":");
        if (from < 0) {
            return List.of();
        }
        List<String> section = new ArrayList<>();
        for (String line : lines.subList(from + 1, lines.size())) {
            if (line.matches("\"?[^ .{]+\\.[^ .]+:")) {
                break;
            }
            section.add(line);
        }
        return section;
    }

    List<String> lacks() {
        return out.lines()
                .filter(line -> line.startsWith("# lacks: "))
                .map(line -> line.substring("# lacks: ".length()))
                .toList();
    }

    /** Why a line is guessed; empty for none. */
    String reason(String beginning) {
        return out.lines()
                .filter(line -> line.strip().startsWith(beginning) && line.contains("# guess: "))
                .map(line -> line.replaceFirst(".*# guess: ", ""))
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return out + err;
    }
}
