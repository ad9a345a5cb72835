package org.faceaudit.local.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.stack.Ports;
import org.faceaudit.local.stack.Secrets;
import org.faceaudit.local.stack.StackState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturesTest {

    private static final String FILE = """
            operator: %s
            system: faces
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:5432/one
              user: capture
              password: ${env:ONE}
              zone: Asia/Shanghai
              heartbeat: {table: public.heartbeat}
            use: compreface
            """;

    @Test
    void whoeverIsNoLongerCapturedIsToldWhatToDrop() {
        assertThat(Captures.farewell(
                        "cdc.old-court.faces",
                        Map.of(
                                "database.hostname",
                                "db.example.org",
                                "database.port",
                                "5432",
                                "database.dbname",
                                "faces",
                                "slot.name",
                                "faceaudit_old_court_faces_1",
                                "publication.name",
                                "faceaudit_old_court_faces_1")))
                .isEqualTo(
                        "no operator's file describes this source any more; topic cdc.old-court.faces stays, and slot"
                                + " faceaudit_old_court_faces_1 still holds the log of db.example.org:5432/faces: unless the file"
                                + " comes back, run there: SELECT pg_drop_replication_slot('faceaudit_old_court_faces_1');"
                                + " DROP PUBLICATION faceaudit_old_court_faces_1;");
    }

    @TempDir
    private Path directory;

    @Test
    void theJobReadsFilesWithoutLiteralsEachUnderItsOperatorsKey() throws Exception {
        Path written = Files.createDirectories(directory.resolve("written"));
        Path job = Files.createDirectories(directory.resolve("job"));
        Secrets secrets = new Secrets(directory.resolve("secrets"));
        Files.writeString(job.resolve("gone-court.faces.yaml"), "of an earlier start");
        for (String operator : List.of("one-court", "two-court")) {
            Files.writeString(written.resolve(operator + ".yaml"), FILE.formatted(operator));
        }

        Captures.prepare(job, secrets, Captures.read(written));

        List<OperatorFile> read = OperatorFiles.readDirectory(job);
        assertThat(read).extracting(OperatorFile::operator).containsExactly("one-court", "two-court");
        assertThat(read).allSatisfy(file -> {
            assertThat(file.mapping().unresolvedFilters()).isEmpty();
            assertThat(Files.readString(Path.of(file.file()))).doesNotContain("000000000002");
        });
        assertThat(read.get(0).mapping().version())
                .as("one key each")
                .isNotEqualTo(read.get(1).mapping().version());
        Captures.prepare(job, secrets, Captures.read(written));
        assertThat(OperatorFiles.readDirectory(job).get(0).mapping().version())
                .as("the same at every start")
                .isEqualTo(read.get(0).mapping().version());
    }

    @Test
    void anotherKeyIdIsAnotherKeyAndTheFirstComesBack() throws Exception {
        Secrets secrets = new Secrets(directory.resolve("secrets"));
        String first = key(secrets, "one-court", "");
        String second = key(secrets, "one-court", "mapping: {token-key: k2}\n");

        assertThat(second).isNotEqualTo(first);
        assertThat(key(secrets, "two-court", "mapping: {token-key: k2}\n")).isNotEqualTo(second);
        assertThat(key(secrets, "one-court", "mapping: {token-key: k1}\n")).isEqualTo(first);
        assertThat(key(secrets, "one-court", "mapping: {token-key: k2}\n")).isEqualTo(second);
    }

    private String key(Secrets secrets, String operator, String tokenKey) throws Exception {
        Path file = Files.writeString(directory.resolve("operator.yaml"), FILE.formatted(operator) + tokenKey);
        return Captures.tokenKey(secrets, OperatorFiles.read(file).mapping());
    }

    @Test
    void aFileThatHasChangedSinceTheStartIsNotWhatTheStackCaptures() throws Exception {
        Path written = Files.createDirectories(directory.resolve("written"));
        Path job = Files.createDirectories(directory.resolve("job").resolve("operators"));
        StackState stack = new StackState(directory, Ports.standard(), List.of());
        Path file = Files.writeString(written.resolve("one.yaml"), FILE.formatted("one-court"));
        assertThat(Captures.prepared(stack, OperatorFiles.read(file))).isEmpty();

        Captures.prepare(job, stack.secrets(), Captures.read(written));
        assertThat(Captures.prepared(stack, OperatorFiles.read(file))).contains(job.resolve("one-court.faces.yaml"));

        Files.writeString(file, FILE.formatted("one-court").replace("Asia/Shanghai", "Asia/Urumqi"));
        assertThat(Captures.prepared(stack, OperatorFiles.read(file))).isEmpty();
    }
}
