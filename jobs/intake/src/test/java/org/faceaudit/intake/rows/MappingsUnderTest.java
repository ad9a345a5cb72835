package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

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

    /** The key of the collection that ships with CompreFace, and its token under the key of these tests. */
    private static final String SHIPPED_KEY = "00000000-0000-0000-0000-000000000002";

    static final String SHIPPED_TOKEN = "t1:credential:k1:none:dddddddddddddddddddddddddddddddd";

    /**
     * The mapping of operator {@code acme}, system {@code one}, as the job reads it: {@code use: …} or {@code mapping: …}.
     */
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
                Files.writeString(file, OperatorFiles.prepared(file, (column, keyId, text) -> {
                    assertThat(text).isEqualTo(SHIPPED_KEY);
                    return SHIPPED_TOKEN;
                }));
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
