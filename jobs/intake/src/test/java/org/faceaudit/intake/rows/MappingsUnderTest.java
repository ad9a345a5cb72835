package org.faceaudit.intake.rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;

/** Mappings of a sample operator, read from files as in life. */
final class MappingsUnderTest {

    private MappingsUnderTest() {}

    /** The mapping of operator {@code acme}, system {@code one}: {@code use: …} or {@code mapping: …}. */
    static Mapping of(String rows) {
        try {
            Path file = Files.createTempFile("operator", ".yaml");
            try {
                Files.writeString(file, """
                        operator: acme
                        system: one
                        source:
                          kind: postgresql
                          url: jdbc:postgresql://127.0.0.1:5432/one
                          user: capture
                          password: ${env:ONE}
                          zone: Asia/Shanghai
                          heartbeat: {table: public.heartbeat}
                        """ + rows);
                return OperatorFiles.read(file).mapping();
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (OperatorFileException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }
}
