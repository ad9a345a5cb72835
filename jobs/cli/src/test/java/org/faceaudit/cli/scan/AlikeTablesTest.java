package org.faceaudit.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.faceaudit.cli.source.ForeignKey;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.cli.source.ValueKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlikeTablesTest {

    private static SourceTable table(String name, String refersTo, String... columns) {
        return new SourceTable(
                name,
                false,
                "",
                Stream.of(columns)
                        .map(column -> new SourceColumn(column, ValueKind.TEXT, "text", true, null, ""))
                        .toList(),
                List.of("id"),
                List.of(Set.of("id")),
                refersTo == null
                        ? List.of()
                        : List.of(new ForeignKey(List.of("owner"), refersTo, List.of("id"), false)));
    }

    @ParameterizedTest
    @CsvSource({
        "log_202505 log_202506, log_{yyyyMM}",
        "log_202513 log_202506, log_{nnnnnn}",
        "log_20250506 log_20250507, log_{yyyyMMdd}",
        "log_2025 log_2026, log_{yyyy}",
        "log_2025_05 log_2025_06, log_{yyyy}_{MM}",
        "log_2025_0 log_2025_1, log_{yyyy}_{n}",
        "face_07 face_08, face_{nn}",
        "face_9 face_10, face_{n}",
        "face_1 face_2, face_{n}",
        "人脸07表 人脸08表, 人脸{nn}表",
        "v2_face_01 v2_face_02, v2_face_{nn}",
    })
    void namesThatDifferInDigitsGetOneThatStandsForAll(String names, String pattern) {
        AlikeTables alike = AlikeTables.of(Stream.of(names.split(" "))
                .map(name -> table("public." + name, null, "id", "at"))
                .toList());

        assertThat(alike.tables()).extracting(SourceTable::name).containsExactly("public." + pattern);
        assertThat(alike.because("public." + pattern)).startsWith("2 tables of one shape");
    }

    @Test
    void tablesOfOtherShapesAndSingleOnesStandForThemselvesAndReferencesFollow() {
        AlikeTables alike = AlikeTables.of(List.of(
                table("public.face_01", "public.owner_01", "id", "owner"),
                table("public.face_02", "public.owner_02", "id", "owner"),
                table("public.face_03", null, "id", "owner", "photo"),
                table("archive.face_04", null, "id", "owner"),
                table("public.owner_01", null, "id", "name"),
                table("public.owner_02", null, "id", "name")));

        assertThat(alike.tables())
                .extracting(SourceTable::name)
                .containsExactly("public.face_{nn}", "public.face_03", "archive.face_04", "public.owner_{nn}");
        assertThat(alike.tables().get(0).foreignKeys())
                .extracting(ForeignKey::table)
                .containsExactly("public.owner_{nn}");
        assertThat(alike.because("public.face_03")).isEmpty();
    }
}
