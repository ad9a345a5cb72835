package org.faceaudit.local.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturedKeyTest {
    @TempDir
    private Path data;

    @Test
    void anotherKeyIsToldFromTheSameOneAlsoWhereOnlyTheConnectorKnowsTheEarlier() throws IOException {
        Mapping first = mapping("");
        Mapping second = mapping("  token-key: k2\n");
        CapturedKey key = new CapturedKey(data, first);

        assertThat(key.otherThan(first, null)).as("never captured").isEmpty();
        assertThat(key.otherThan(first, "k1")).isEmpty();
        assertThat(key.otherThan(second, "k1")).as("by an earlier version").contains("k1");
        key.keep(first);
        assertThat(key.otherThan(first, "k2")).as("told, and not yet read anew").isEmpty();
        assertThat(key.otherThan(second, "k2"))
                .as("interrupted, to be done again")
                .contains("k1");
        assertThat(key.otherThan(second, null))
                .as("its connector went and came back")
                .contains("k1");
        key.keep(second);
        assertThat(key.otherThan(second, "k1")).isEmpty();
        assertThat(key.otherThan(first, "k2")).as("back again").contains("k2");
    }

    @Test
    void aSourceWithoutTokensHasNoKey() {
        Mapping registry = Mapping.registry();
        CapturedKey key = new CapturedKey(data, registry);
        key.keep(registry);
        assertThat(key.otherThan(registry, "k1")).isEmpty();
        assertThat(data).isEmptyDirectory();
    }

    private Mapping mapping(String tokenKey) throws IOException {
        Path directory = Files.createTempDirectory(data, "files");
        Files.writeString(directory.resolve("one.yaml"), """
            operator: key-court
            system: faces
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:1/none
              user: nobody
              password: ${env:NOBODY}
              zone: Asia/Shanghai
              heartbeat: {table: public.beat}
            mapping:
            %s  tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: phone, column: phone}
                      image: {present: row}
                      template: {present: never}
            """.formatted(tokenKey));
        return Captures.read(directory).get(0).mapping();
    }
}
