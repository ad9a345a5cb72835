package org.faceaudit.intake.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.DeclaredFilingMapping;
import org.faceaudit.intake.mapping.FactMapping.TechnologyUseMapping;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TimeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredFactsFileTest {

    private static final String HEAD = """
            operator: acme
            system: books
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:5432/books
              user: capture
              password: ${env:BOOKS}
              zone: Asia/Shanghai
              heartbeat: {table: public.heartbeat}
            mapping:
              tables:
                public.t:
                  key: [id]
                  facts:
            """;

    @TempDir
    private Path directory;

    private Path file(String facts) throws IOException {
        return Files.writeString(directory.resolve("acme.yaml"), HEAD + facts);
    }

    private FactMapping fact(String facts) throws Exception {
        return mapping(facts).table("public.t").orElseThrow().facts().get(0);
    }

    private Mapping mapping(String facts) throws Exception {
        return OperatorFiles.read(file(facts)).mapping();
    }

    private List<String> problems(String facts) throws IOException {
        Path file = file(facts);
        return catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file)).problems().stream()
                .map(problem ->
                        problem.line() + ":" + problem.column() + " " + problem.sentence() + " " + problem.remedy())
                .toList();
    }

    @Test
    void aUseIsReadWithDaysUnlessAnotherTypeIsSaid() throws Exception {
        TechnologyUseMapping use = (TechnologyUseMapping) fact("""
                        - event: technology-use
                          scene: {constant: 小区门禁}
                          started-on: {column: begun, type: timestamp}
                          terminated-on: {column: ended}
                """);

        assertThat(use.scene().constant()).isEqualTo("小区门禁");
        assertThat(use.startedOn().type()).isEqualTo(TimeType.TIMESTAMP);
        assertThat(use.terminatedOn().type()).isEqualTo(TimeType.DATE);
        assertThat(use.readings()).extracting("column").containsExactly("begun", "ended");
    }

    @Test
    void aFilingIsReadAndItsColumnsAreCaptured() throws Exception {
        String facts = """
                        - event: declared-filing
                          kind: {column: what, values: {首次: INITIAL, 变更: CHANGE, 注销: DEREGISTRATION}}
                          submitted-on: {column: sent}
                          withdrawn-on: {column: back}
                          authority: {constant: 330000}
                          declared-persons: {column: persons}
                """;
        DeclaredFilingMapping filing = (DeclaredFilingMapping) fact(facts);

        assertThat(filing.kind().values()).containsEntry("变更", "CHANGE");
        assertThat(filing.authority().constant()).isEqualTo("330000");
        assertThat(filing.returnedOn()).isNull();
        var columns = mapping(facts).table("public.t").orElseThrow().columns();
        assertThat(columns).containsOnlyKeys("id", "what", "sent", "back", "persons");
        assertThat(columns.get("sent")).isEqualTo(ColumnForm.DATE);
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceAndARemedy() throws Exception {
        assertThat(problems("""
                        - event: technology-use
                          scen: {column: a}
                        - event: declared-filing
                          kind: {constant: FIRST}
                          authority: {constant: 杭州}
                        - event: declared-filings
                """))
                .containsExactlyInAnyOrder(
                        "15:11 'terminated-on' is missing in a fact of public.t. Add 'terminated-on:'.",
                        "16:11 'scen' means nothing in a fact of public.t. Write 'scene'.",
                        "17:11 'submitted-on' is missing in a fact of public.t. Add 'submitted-on:'.",
                        "18:17 'FIRST' is no kind. Write one of INITIAL, CHANGE, DEREGISTRATION.",
                        "19:11 '杭州' is no code of an authority. Write its GB/T 2260 code of six digits in quotes, for example"
                                + " '330000', or '000000'.",
                        "20:11 'declared-filings' is no kind of event. Write 'declared-filing'.");
    }
}
