package org.faceaudit.intake.judgeability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.judgement.RuleStanding;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mapping leaves unsaid about images and children is told, rule by rule. */
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

    @TempDir
    private Path directory;

    private RuleStanding standing(String rule, String tables) throws Exception {
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
                mapping:
                  tables:
                """ + tables);
        return Judgeability.of(OperatorFiles.read(file).mapping(), EnumSet.allOf(Family.class)).stream()
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
                .endsWith("consent-withdrawn (maps no withdrawn-at and no withdrawn)");
        assertThat(standing(rule, IMAGE + CONSENT + """
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
}
