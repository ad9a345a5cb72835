package org.faceaudit.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.faceaudit.cli.source.ForeignKey;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.cli.source.ValueKind;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.intake.operator.SourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that nobody should give, and that are given all the same: what is proposed is read as it was meant. */
class ProposalTest {

    @TempDir
    private Path directory;

    private OperatorFile read(Proposal proposal) throws Exception {
        return OperatorFiles.read(Files.writeString(directory.resolve("proposed.yaml"), proposal.text()));
    }

    private static Proposal.Address address(String database, String user) {
        return new Proposal.Address(
                SourceKind.POSTGRESQL,
                "jdbc:postgresql://127.0.0.1:5432/" + database,
                user,
                "FACEAUDIT_SOURCE_PASSWORD");
    }

    private static SourceColumn column(String name, ValueKind kind) {
        return new SourceColumn(name, kind, kind.name().toLowerCase(Locale.ROOT), true, null, "");
    }

    private static SourceTable table(String name, String key, ForeignKey reference, SourceColumn... columns) {
        return new SourceTable(
                name,
                false,
                "",
                List.of(columns),
                List.of(key),
                List.of(Set.of(key)),
                reference == null ? List.of() : List.of(reference));
    }

    private static SourceTable faces(String schema) {
        return table(
                schema + ".face",
                "id",
                null,
                column("id", ValueKind.INTEGER),
                column("phone", ValueKind.TEXT),
                column("photo", ValueKind.BYTES));
    }

    @ParameterizedTest
    @CsvSource({"人脸库, my-system", "_face_, face", "Face_DB, face-db", "db2025, db2025", "人脸v2, v2", "2025, 2025"})
    void aSystemIsCalledAsItsDatabaseIsWhereThatIsAnId(String database, String system) throws Exception {
        Proposal proposal = Proposal.of(address(database, "reader"), List.of(faces("public")));

        assertThat(proposal.lacks()).isEmpty();
        assertThat(read(proposal).system()).isEqualTo(system);
    }

    @ParameterizedTest
    @ValueSource(strings = {"face-audit", "yes", "a: b", "x # y", "'quoted'", "{flow}", "*star", "审计"})
    void whoAskedIsNamedAsHeIsCalled(String user) throws Exception {
        Proposal proposal = Proposal.of(address("face", user), List.of(faces("public")));

        assertThat(proposal.lacks()).isEmpty();
        assertThat(read(proposal).source().user()).isEqualTo(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"人脸", "FACE-DB", "{x", "x}", "#one", "a:b", "[1]", "'q'", "\"q\"", "null"})
    void theHeartbeatsTableStandsInTheSchemaWhateverThatIsCalled(String schema) throws Exception {
        Proposal proposal = Proposal.of(address("face", "reader"), List.of(faces(schema)));

        assertThat(proposal.lacks()).isEmpty();
        assertThat(read(proposal).source().heartbeatTable()).isEqualTo(schema + ".faceaudit_heartbeat");
        assertThat(read(proposal).mapping().tables()).containsExactly(schema + ".face");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo",
                "photo #1",
                "photo: x",
                "photo \"of\" him",
                "photo\u2028x",
                "photo\u0085x",
                "photo\\n",
                "photo}",
                "照片 地址",
                "photo'",
                "photo\ud83d\ude00"
            })
    void aColumnIsNamedAsItIsCalled(String odd) throws Exception {
        Proposal proposal = Proposal.of(
                address("face", "reader"),
                List.of(table(
                        "public.face",
                        "id",
                        null,
                        column("id", ValueKind.INTEGER),
                        column("phone", ValueKind.TEXT),
                        column(odd, ValueKind.TEXT),
                        column("x" + odd + "x", ValueKind.OTHER),
                        column("image " + odd, ValueKind.BYTES))));

        assertThat(proposal.lacks()).as(proposal.text()).isEmpty();
        assertThat(read(proposal).mapping().capturedColumns("public.face"))
                .contains("id", "phone")
                .hasSize(3);
        assertThat(read(proposal).mapping().capturedColumns("public.face")).containsAnyOf(odd, "image " + odd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo\nx", "photo\tx", "photo, x", "photo\u0007"})
    void aNameThatNoConnectorTakesIsLackedOnItsLine(String odd) throws Exception {
        Proposal proposal = Proposal.of(
                address("face", "reader"),
                List.of(table(
                        "public.face", "id", null, column("id", ValueKind.INTEGER), column(odd, ValueKind.TEXT))));

        assertThat(proposal.lacks())
                .singleElement()
                .asString()
                .contains("cannot be captured")
                .contains("rename it");
        assertThat(proposal.text().lines().filter(line -> line.contains("# lacks: ")))
                .hasSize(1);
    }

    @Test
    void aBirthIsFoundThroughAColumnOfAnyName() throws Exception {
        SourceTable members = table(
                "public.member",
                "id \"x\"",
                null,
                column("id \"x\"", ValueKind.INTEGER),
                column("phone", ValueKind.TEXT),
                column("birthday", ValueKind.DATE));
        SourceTable consents = table(
                "public.consent",
                "id",
                new ForeignKey(List.of("member\"s"), "public.member", List.of("id"), false),
                column("id", ValueKind.INTEGER),
                column("phone", ValueKind.TEXT),
                column("member\"s", ValueKind.INTEGER),
                column("separate_consent", ValueKind.BOOLEAN),
                column("given_at", ValueKind.INSTANT));

        Proposal proposal = Proposal.of(address("face", "reader"), List.of(consents, members));

        assertThat(proposal.lacks()).as(proposal.text()).isEmpty();
        assertThat(read(proposal).mapping().capturedColumns("public.consent")).contains("member\"s");
    }

    @Test
    void whoSeesNoTableIsToldSo() throws Exception {
        assertThat(Proposal.of(address("face", "stranger"), List.of()).lacks())
                .containsExactly("a table: stranger may see none there");
    }

    @Test
    void hundredsOfTablesAreLookedThrough() throws Exception {
        List<SourceTable> tables = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String letters = "" + (char) ('a' + i % 26) + (char) ('a' + i / 26);
            List<SourceColumn> columns = new ArrayList<>();
            columns.add(column("id", ValueKind.INTEGER));
            for (int c = 0; c < 25; c++) {
                columns.add(column("field_" + (char) ('a' + c) + "_id", ValueKind.INTEGER));
            }
            if (i % 10 == 0) {
                columns.add(column("photo", ValueKind.BYTES));
            }
            tables.add(table("public.thing_" + letters, "id", null, columns.toArray(SourceColumn[]::new)));
        }

        Proposal proposal = Proposal.of(address("face", "reader"), tables);

        assertThat(read(proposal).mapping().tables()).hasSize(50);
    }
}
