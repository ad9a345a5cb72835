package org.faceaudit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import picocli.CommandLine;

/** Calls {@code doctor} as somebody at a terminal does, and keeps what it prints. */
final class DoctorCall {

    private final Path file;
    private final String head;
    private String password = "pw";
    private Clock clock = Clock.systemUTC();
    private String out = "";
    private String err = "";

    DoctorCall(Path directory, String kind, String url, String heartbeat) {
        this(directory, kind, url, heartbeat, "capture");
    }

    DoctorCall(Path directory, String kind, String url, String heartbeat, String user) {
        file = directory.resolve("one.yaml");
        head = """
                operator: acme
                system: one
                source:
                  kind: %s
                  url: %s
                  user: %s
                  password: ${env:ONE_PASSWORD}
                  zone: Asia/Shanghai
                  heartbeat: {table: %s}
                mapping:
                  tables:
                """.formatted(kind, url, user, heartbeat);
    }

    Path file() {
        return file;
    }

    void describe(String tables) throws IOException {
        Files.writeString(file, head + tables);
    }

    Mapping mapping() throws OperatorFileException {
        return OperatorFiles.read(file).mapping();
    }

    void password(String text) {
        password = text;
    }

    void at(Clock now) {
        clock = now;
    }

    int run() {
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        int status = new CommandLine(new DoctorCommand(name -> name.equals("ONE_PASSWORD") ? password : null, clock))
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained))
                .execute(file.toString());
        out = printed.toString();
        err = complained.toString();
        return status;
    }

    String out() {
        return out;
    }

    String err() {
        return err;
    }

    /** The sentences of a level, in their order. */
    List<String> lines(String level) {
        return out.lines()
                .filter(line -> line.startsWith(level + " "))
                .map(line -> line.substring(level.length()).strip())
                .toList();
    }

    @Override
    public String toString() {
        return out + err;
    }
}
