package org.faceaudit.bench.topic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;

/** How the made-up operators keep faces: one table, one row per face, with a date of its own. */
final class FaceTables {

    private static final String FILE = """
            operator: %s
            system: %s
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:5432/faces
              user: faceaudit_capture
              password: ${env:FACES_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: public.faceaudit_heartbeat, promise: 60s}
            mapping:
              tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: id-card, column: id_card, normalise: [idcard]}
                      template: {present: row}
                      image: {present: never}
                      stored-at: {column: created_at, type: timestamptz}
            """;

    private FaceTables() {}

    static Mapping mapping(String operator) {
        try {
            Path file = Files.createTempFile("faceaudit-bench", ".yaml");
            try {
                return OperatorFiles.read(Files.writeString(file, String.format(FILE, operator, Topics.SYSTEM)))
                        .mapping();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorFileException e) {
            throw new IllegalStateException("the operator's file of the benchmark is sound", e);
        }
    }
}
