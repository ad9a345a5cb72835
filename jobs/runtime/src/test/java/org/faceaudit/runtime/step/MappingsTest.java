package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingsTest {

    @TempDir
    private Path directory;

    @Test
    void aFilterOnTokensThatNobodyResolvedIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("store.yaml"), """
                operator: acme
                system: one
                source:
                  kind: postgresql
                  url: jdbc:postgresql://127.0.0.1:5432/one
                  user: capture
                  password: ${env:ONE}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.heartbeat}
                use: compreface
                """);
        Mapping written = OperatorFiles.read(file).mapping();

        assertThatThrownBy(() -> new Mappings(List.of(written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the filter of public.embedding on public.subject.api_key")
                .hasMessageContaining("./faceaudit up prepares");

        Files.writeString(
                file, OperatorFiles.prepared(file, (column, keyId, text) -> "t1:credential:k1:none:" + "0".repeat(32)));
        Mapping prepared = OperatorFiles.read(file).mapping();
        assertThat(new Mappings(List.of(prepared)).operators()).containsExactly(prepared);
    }
}
