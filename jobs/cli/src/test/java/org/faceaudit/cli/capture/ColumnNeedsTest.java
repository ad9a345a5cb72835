package org.faceaudit.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnNeedsTest {
    private static final String FILE = """
        operator: need-court
        system: gates
        source:
          kind: postgresql
          url: jdbc:postgresql://127.0.0.1:1/none
          user: nobody
          password: ${env:NOBODY}
          zone: Asia/Shanghai
          heartbeat: {table: public.beat}
        mapping:
          tables:
            public.gate:
              key: [id]
              where: {column: kind, in: ["gate"]}
              facts:
                - event: access-point
                  methods: {flags: {face: FACE, card: CARD}}
            public.face:
              key: [id]
              facts:
                - event: face-record
                  person: {identifies: phone, column: phone, via: [member_id -> public.member.id]}
                  image: {column: photo, as: path}
                  template: {present: never}
            public.member:
              key: [id]
              left-out: {name: "a name"}
        """;

    @TempDir
    private Path directory;

    @Test
    void aFactNeedsItsKeyItsFilterWhatItReadsAndTheWayThere() throws Exception {
        assertThat(lost("public.gate.id")).containsExactly("access-point public.gate.id");
        assertThat(lost("public.gate.kind")).containsExactly("access-point public.gate.kind");
        assertThat(lost("public.gate.card")).containsExactly("access-point public.gate.card");
        assertThat(lost("public.face.photo")).containsExactly("face-record public.face.photo");
        assertThat(lost("public.face.member_id")).containsExactly("face-record public.face.member_id");
        assertThat(lost("public.member.id")).containsExactly("face-record public.member.id");
        assertThat(lost("public.member.phone")).containsExactly("face-record public.member.phone");
        assertThat(lost("public.member.name")).isEmpty();
        assertThat(lost("public.gate.face", "public.face.photo"))
                .containsExactly("access-point public.gate.face", "face-record public.face.photo");
    }

    private Iterable<String> lost(String... columns) throws IOException {
        Path file = Files.writeString(directory.resolve("need.yaml"), FILE);
        try {
            Mapping mapping = OperatorFiles.read(file).mapping();
            return ColumnNeeds.of(mapping, List.of(columns));
        } catch (org.faceaudit.intake.operator.OperatorFileException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
