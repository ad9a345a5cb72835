package org.faceaudit.intake.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.operator.WrittenFile.HEAD;

import java.nio.file.Path;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TokenColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a file says who somebody is. */
class NamedPersonsTest {

    @TempDir
    private Path directory;

    @Test
    void severalTokensOfOnePersonLeaveAsTokensAll() throws Exception {
        Mapping mapping =
                OperatorFiles.read(WrittenFile.in(directory, HEAD + """
                        mapping:
                          tables:
                            public.member:
                              key: [id]
                              facts:
                                - event: face-record
                                  persons:
                                    - {identifies: phone, column: mobile, normalise: [digits]}
                                    - {identifies: local-id, column: crm_id, of-system: crm}
                                  template: {present: row}
                        """)).mapping();

        assertThat(mapping.tokenColumns())
                .containsExactly(
                        new TokenColumn("public.member", "crm_id", "local-id", "none"),
                        new TokenColumn("public.member", "mobile", "phone", "digits"));
    }

    @Test
    void whatSaysWhichOfTwoIsMeantLeavesAsItStandsAndMustBeSaid() throws Exception {
        String tables = """
                mapping:
                  tables:
                    public.face:
                      key: [id]
                      facts:
                        - event: face-record
                          person:
                            one-of:
                              - {identifies: phone, column: mobile, when: {column: kind, equals: "1"}}
                              - {identifies: local-id, column: staff_id}
                          template: {present: row}
                """;
        Mapping mapping =
                OperatorFiles.read(WrittenFile.in(directory, HEAD + tables)).mapping();
        assertThat(mapping.capturedColumns("public.face")).containsExactly("id", "kind", "mobile", "staff_id");
        assertThat(mapping.tokenColumns())
                .containsExactly(
                        new TokenColumn("public.face", "mobile", "phone", "none"),
                        new TokenColumn("public.face", "staff_id", "local-id", "none"));

        assertThat(WrittenFile.problems(directory, HEAD + tables.replace(", when: {column: kind, equals: \"1\"}", "")))
                .containsExactly(
                        "18:17 Nothing says of which rows this alternative is. Add 'when: {column: …, equals: …}';"
                                + " only the last may stand for all other rows.");
        assertThat(WrittenFile.problems(directory, HEAD + tables.replace("{column: kind", "{column: staff_id")))
                .containsExactly(
                        "12:5 'when' compares public.face.staff_id, which does not leave the source as it stands"
                                + " there. Let another column say which person is meant.");
        assertThat(WrittenFile.problems(
                        directory, HEAD + tables.replace("person:", "person:\n            identifies: phone")))
                .anyMatch(problem -> problem.contains("'identifies' means nothing in"));
    }

    @Test
    void columnsThatOnlyTogetherIdentifySomebodyLeaveAsTokensEach() throws Exception {
        Mapping mapping =
                OperatorFiles.read(WrittenFile.in(directory, HEAD + """
                        mapping:
                          tables:
                            public.face:
                              key: [id]
                              facts:
                                - event: face-record
                                  person:
                                    identifies: id-card
                                    columns: [country, passport_no]
                                    normalise: [trim, upper]
                                    via: [guest_id -> public.guest.id]
                                  template: {present: row}
                        """)).mapping();

        assertThat(mapping.tokenColumns())
                .containsExactly(
                        new TokenColumn("public.guest", "country", "id-card", "trim,upper"),
                        new TokenColumn("public.guest", "passport_no", "id-card", "trim,upper"));
        assertThat(mapping.capturedColumns("public.guest")).containsExactly("country", "id", "passport_no");
    }

    @Test
    void severalColumnsAreAtLeastTwoAndEachOnce() throws Exception {
        String face = HEAD + """
                        mapping:
                          tables:
                            public.face:
                              key: [id]
                              facts:
                                - event: face-record
                                  person: {identifies: id-card, PART}
                                  template: {present: row}
                        """;
        String few = "16:41 'columns' needs 2 to 8 columns, each once. Name the columns that only together identify"
                + " somebody, in order; write 'column' for a single one.";
        assertThat(WrittenFile.problems(directory, face.replace("PART", "columns: [a]")))
                .containsExactly(few);
        assertThat(WrittenFile.problems(directory, face.replace("PART", "columns: [a, b, a]")))
                .containsExactly(few);
        assertThat(WrittenFile.problems(directory, face.replace("PART", "columns: [a, b, c, d, e, f, g, h, i]")))
                .containsExactly(few);
        assertThat(WrittenFile.problems(directory, face.replace("PART", "columns: [a, b], column: c")))
                .containsExactly("16:41 Both 'column' and 'columns' stand here. Keep one of the two.");
        assertThat(WrittenFile.problems(directory, face.replace("PART", "normalise: [trim]")))
                .containsExactly("16:19 'column' is missing in 'person'. Add 'column:'.");
    }

    @Test
    void theOrderOfTheColumnsIsPartOfTheMapping() throws Exception {
        String face = HEAD + """
                        mapping:
                          tables:
                            public.face:
                              key: [id]
                              facts:
                                - event: face-record
                                  person: {identifies: id-card, columns: [a, b]}
                                  template: {present: row}
                        """;
        assertThat(OperatorFiles.read(WrittenFile.in(directory, face)).mapping().version())
                .isNotEqualTo(OperatorFiles.read(WrittenFile.in(directory, face.replace("[a, b]", "[b, a]")))
                        .mapping()
                        .version());
    }

    @Test
    void whoIsWrittenInTwoWaysIsAProblem() throws Exception {
        assertThat(WrittenFile.problems(directory, HEAD + """
                        mapping:
                          tables:
                            public.member:
                              key: [id]
                              facts:
                                - event: face-record
                                  person: {identifies: phone, column: mobile, of-system: crm}
                                  persons: [{identifies: local-id, column: crm_id, of-system: CRM}]
                                  template: {present: row}
                        """))
                .containsExactlyInAnyOrder(
                        "17:11 Both 'person' and 'persons' stand here. Keep one of the two.",
                        "16:55 A phone compares everywhere. Remove it; only local-id and free-text have a scope.",
                        "17:60 'CRM' is no id of a system. Write the other file's 'system'.");
    }

    @Test
    void tokenisesBothSidesOfAJoinAlike() throws Exception {
        Mapping mapping = OperatorFiles.read(WrittenFile.in(directory, HEAD + "use: compreface\n"))
                .mapping();

        assertThat(mapping.tokenColumns())
                .containsExactly(
                        new TokenColumn("public.embedding", "subject_id", "local-id", "none"),
                        new TokenColumn("public.model", "api_key", "credential", "none"),
                        new TokenColumn("public.subject", "api_key", "credential", "none"),
                        new TokenColumn("public.subject", "id", "local-id", "none"));
        assertThat(mapping.capturedColumns("public.img")).containsExactly("id");
        assertThat(mapping.isJoined("public.img")).isTrue();
    }
}
