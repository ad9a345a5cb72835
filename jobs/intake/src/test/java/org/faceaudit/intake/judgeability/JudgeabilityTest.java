package org.faceaudit.intake.judgeability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.judgement.RuleStanding;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mapping leaves unsaid about images, children and attempts is told, rule by rule. */
class JudgeabilityTest {

    private static final String IMAGE = """
                public.image:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: member-no, column: member_no}
                      image: {present: row}
            """;

    private static final String CONSENT = """
                public.consent:
                  key: [id]
                  facts:
                    - event: consent
                      person: {identifies: member-no, column: member_no}
                      separate: {column: separate}
            """;

    private static final String POINT = """
                public.gate:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {flags: {by_face: FACE, by_card: CARD}}
            """;

    private static final String ATTEMPT = """
                public.passage:
                  key: [id]
                  facts:
                    - event: attempt
                      person: {identifies: member-no, column: member_no}
                      access-point: {column: gate_id}
                      at: {column: at, type: timestamptz}
                      method: {column: method, values: {f: FACE, c: CARD}}
                      outcome: {column: outcome, values: {ok: PASSED, fail: FAILED, no: DECLINED}}
            """;

    @TempDir
    private Path directory;

    private Mapping mapping(String meaning) throws Exception {
        Path file = Files.writeString(directory.resolve("a.yaml"), """
                operator: acme
                system: one
                source:
                  kind: postgresql
                  url: jdbc:postgresql://127.0.0.1:5432/one
                  user: capture
                  password: ${env:ONE}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.heartbeat}
                """ + meaning);
        return OperatorFiles.read(file).mapping();
    }

    private RuleStanding standing(String rule, String tables) throws Exception {
        Mapping mapping = mapping("mapping:\n  tables:\n" + tables);
        return Judgeability.of(mapping, EnumSet.allOf(Family.class)).stream()
                .filter(standing -> standing.ruleId().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void imagesAreJudgedByTheCausesThatTheMappingTellsOf() throws Exception {
        String rule = "raw-image-retained";

        assertThat(standing(rule, CONSENT).judgeable()).isFalse();
        assertThat(standing(rule, IMAGE))
                .isEqualTo(new RuleStanding(
                        rule,
                        true,
                        "not by: period-ended (maps no retention); purpose-ended (maps no purpose-end);"
                                + " consent-withdrawn (maps no consent); kept-after-verification, unless the operator"
                                + " declares to keep no images (maps no consent)"));
        assertThat(standing(
                                rule,
                                IMAGE.replace(
                                        "person: {identifies: member-no, column: member_no}", "retention: {days: 9}"))
                        .reason())
                .isEqualTo("not by: purpose-ended, consent-withdrawn (face-record names no person);"
                        + " kept-after-verification, unless the operator declares to keep no images (face-record names"
                        + " no person)");
        assertThat(standing(rule, IMAGE + CONSENT).reason())
                .endsWith(
                        "consent-withdrawn (maps no withdrawn-at and no withdrawn); takes consents for such to the face"
                                + " (maps no scope); takes consent for what the processing rests on (maps no legal-basis)");
        assertThat(standing(rule, IMAGE + CONSENT + """
                                  scope: {constant: FACE}
                                  legal-basis: {constant: CONSENT}
                                  withdrawn: {column: status, in: ["9"]}
                                  expires-on: {column: ends}
                            public.membership:
                              key: [id]
                              facts:
                                - event: purpose-end
                                  person: {identifies: member-no, column: member_no}
                                  ends-on: {column: ended_on}
                        """)).isEqualTo(new RuleStanding(rule, true, null));
    }

    @Test
    void childrenAreJudgedWhereBasisGuardianAndBirthAreMapped() throws Exception {
        String rule = "minor-without-guardian-consent";

        assertThat(standing(rule, CONSENT).reason()).startsWith("does not map face-record with a person");
        assertThat(standing(rule, IMAGE).reason()).startsWith("does not map consent");
        assertThat(standing(rule, IMAGE + CONSENT))
                .isEqualTo(new RuleStanding(rule, false, "consent does not map legal-basis, birth, guardian"));
        assertThat(standing(rule, IMAGE + CONSENT + """
                                  legal-basis: {constant: CONSENT}
                                  guardian: {column: guardian}
                                  birth: {column: born_on}
                        """).judgeable()).isTrue();
    }

    @Test
    void attemptsAreJudgedWherePointMethodAndOutcomeAreMapped() throws Exception {
        for (String rule : List.of("refusal-without-alternative", "unusable-fallback", "repeated-prompt")) {
            assertThat(standing(rule, POINT + ATTEMPT)).isEqualTo(new RuleStanding(rule, true, null));
            assertThat(standing(rule, POINT).judgeable()).isFalse();
            assertThat(standing(rule, POINT).reason())
                    .isEqualTo("does not map attempt: who tried, and how it went, is not in this database");
        }
    }

    @Test
    void aLogThatTellsNoRefusalsTellsOnlyFailures() throws Exception {
        String passages = POINT + ATTEMPT.replace(", no: DECLINED", "");

        assertThat(standing("refusal-without-alternative", passages))
                .isEqualTo(new RuleStanding(
                        "refusal-without-alternative", true, "failures only: no mapped outcome is a refusal"));
        assertThat(standing("repeated-prompt", passages))
                .isEqualTo(new RuleStanding("repeated-prompt", false, "no mapped outcome is a refusal"));
        String nobody = passages.replace("          person: {identifies: member-no, column: member_no}\n", "");
        assertThat(standing("refusal-without-alternative", nobody))
                .isEqualTo(new RuleStanding("refusal-without-alternative", false, "no mapped outcome is a refusal"));
    }

    @Test
    void withoutConfiguredPointsAlertsAreSuspectedAtMost() throws Exception {
        assertThat(standing("refusal-without-alternative", ATTEMPT).judgeable()).isTrue();
        assertThat(standing("refusal-without-alternative", ATTEMPT).reason())
                .isEqualTo("suspected at most: does not map access-point, so which methods were offered is not in this"
                        + " database");
    }

    @Test
    void aConstantMethodTellsNoFallback() throws Exception {
        String faces = POINT + ATTEMPT.replace("{column: method, values: {f: FACE, c: CARD}}", "{constant: FACE}");

        assertThat(standing("unusable-fallback", faces).reason())
                .isEqualTo("maps no method of attempts that tells a face from another way");
        assertThat(standing("faces-after-termination", faces))
                .isEqualTo(new RuleStanding(
                        "faces-after-termination",
                        true,
                        "attempts only: " + standing("storage-reached", faces).reason()));
    }

    /** CompreFace stores faces and knows of no gate. */
    @Test
    void whoConfiguresNoGatesIsNotJudgedForThem() throws Exception {
        Mapping compreFace = mapping("use: compreface\n");

        assertThat(Judgeability.of(compreFace, EnumSet.allOf(Family.class)))
                .filteredOn(standing -> standing.ruleId().equals("sole-face-method")
                        || standing.ruleId().equals("refusal-without-alternative")
                        || standing.ruleId().equals("private-space-device"))
                .hasSize(3)
                .allSatisfy(standing -> {
                    assertThat(standing.judgeable()).isFalse();
                    assertThat(standing.reason()).contains("is not in this database");
                });
        assertThat(Judgeability.of(compreFace, EnumSet.allOf(Family.class)))
                .filteredOn(standing -> standing.ruleId().equals("storage-reached"))
                .allMatch(RuleStanding::judgeable);
    }
}
