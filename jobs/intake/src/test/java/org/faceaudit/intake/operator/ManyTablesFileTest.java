package org.faceaudit.intake.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.operator.WrittenFile.HEAD;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TokenColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a file says that one entry stands for many tables. */
class ManyTablesFileTest {

    private static final String FACES = """
            mapping:
              tables:
                public.face_{nn}:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: phone, column: mobile, via: ["owner -> public.owner_{nn}.id"]}
                      template: {present: row}
            """;

    @TempDir
    private Path directory;

    private Mapping read(String text) throws Exception {
        return OperatorFiles.read(WrittenFile.in(directory, text)).mapping();
    }

    private List<String> problems(String tables) throws Exception {
        return WrittenFile.problems(directory, HEAD + "mapping:\n  tables:\n" + tables);
    }

    @Test
    void anEntryStandsForEveryTableOfItsName() throws Exception {
        Mapping mapping = read(HEAD + FACES);

        assertThat(mapping.tables()).containsExactly("public.face_{nn}", "public.owner_{nn}");
        assertThat(mapping.tableHolding("public.face_07").orElseThrow().name()).isEqualTo("public.face_{nn}");
        assertThat(mapping.tableHolding("public.face_7")).isEmpty();
        assertThat(mapping.tokenColumns())
                .containsExactly(new TokenColumn("public.owner_{nn}", "mobile", "phone", "none"));
        assertThat(mapping.mayMean("public.face_07", "public.owner_07")).isTrue();
        assertThat(mapping.mayMean("public.face_07", "public.owner_08")).isFalse();
    }

    @Test
    void overTheTablesThatAreThereEachHasItsOwn() throws Exception {
        Mapping each = read(HEAD + FACES).over(List.of("public.face_07", "public.face_08", "public.face", "x.face_09"));

        assertThat(each.tables()).containsExactly("public.face_07", "public.face_08", "public.owner_{nn}");
        assertThat(each.capturedColumns("public.face_08")).containsExactly("id", "owner");
    }

    @Test
    void itTravelsToOtherProcesses() throws Exception {
        Mapping mapping = read(HEAD + FACES);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(mapping);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Mapping arrived = (Mapping) in.readObject();
            assertThat(arrived.tableHolding("public.face_07")).isPresent();
        }
    }

    @Test
    void whatCannotBeReadIsSaidWithItsPlaceAndRemedy() throws Exception {
        String remedy = "Write digits as {yyyyMM}, {yyyyMMdd}, {yyyy}, {MM}, {dd}, {nn} (as many as letters) or {n}"
                + " (any number), in the table's part of schema.table.";

        assertThat(problems("""
                            public.face_{yyyymm}: {key: [id]}
                            public.face_{nn: {key: [id]}
                        """))
                .containsExactly(
                        "12:5 public.face_{yyyymm}: '{yyyymm}' stands for no digits of a table's name. " + remedy,
                        "13:5 public.face_{nn: The name of many tables holds no '/' and no '%', and its braces come in"
                                + " pairs. " + remedy);
    }

    @Test
    void noTableMayBelongToTwoEntries() throws Exception {
        String remedy = " Write the digits more exactly, or give all those tables one entry.";

        assertThat(problems("""
                            public.face_{nn}: {key: [id]}
                            public.face_{n}: {key: [id]}
                            public.face_07: {key: [id]}
                        """))
                .containsExactlyInAnyOrder(
                        "13:5 A table may be called so that both public.face_{nn} and public.face_{n} stand for it."
                                + remedy,
                        "14:5 public.face_07 is one of the tables that public.face_{n} stands for." + remedy,
                        "14:5 public.face_07 is one of the tables that public.face_{nn} stands for." + remedy);
    }
}
