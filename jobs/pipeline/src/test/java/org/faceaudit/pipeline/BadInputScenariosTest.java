package org.faceaudit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be meant or read accuses nobody, on the whole way from a row to an alert; beside it what can be is judged. */
@Timeout(180)
class BadInputScenariosTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final String MEANING = """
            mapping:
              tables:
                public.gate:
                  key: [id]
                  facts:
                    - event: access-point
                      id: {column: id}
                      methods: {column: modes, delimiter: ",", values: {face: FACE, ic: CARD}}
                public.image:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: member-no, column: member_no, via: [member_id -> public.member.id], normalise: [trim]}
                      image: {present: row}
                      template: {present: never}
                      stored-at: {column: taken_at, type: timestamptz}
                      retention: {until: keep_until, type: date}
                public.consent:
                  key: [id]
                  facts:
                    - event: consent
                      person: {identifies: member-no, column: member_no, via: [member_id -> public.member.id], normalise: [trim]}
                      separate: {column: separate}
                      legal-basis: {constant: CONSENT}
                      given-at: {column: given_at, type: timestamptz}
                      withdrawn-at: {column: withdrawn_at, type: timestamptz}
                      guardian: {column: guardian}
                      birth: {column: birth_on, via: [member_id -> public.member.id], type: date}
            """;

    private static final String BEFORE = "2026-05-01T00:00:00Z";
    private static final String LATER = "2026-08-01T00:00:00Z";
    private static final RegistryFixture LAW = RegistryFixture.law().operator("iron-gym", "铁馆", "310000");

    @TempDir
    private Path directory;

    private List<String> unjudged;

    /** And what could not be judged beside them. */
    private List<String> alerts(EvidenceTopic gym, Family family) throws Exception {
        Mapping mapping = OperatorFiles.read(Files.writeString(
                        directory.resolve("gym.yaml"), Scenario.SOURCE.formatted("iron-gym", "gym") + MEANING))
                .mapping();
        Scenario scenario = Scenario.of(mapping, gym, LAW, LATER, family);
        unjudged = scenario.unjudged();
        return scenario.episodes().stream()
                .map(revision -> revision.key().ruleId() + ' ' + revision.key().subjectId() + ": "
                        + revision.episode().verdict() + ' '
                        + revision.episode().measured())
                .toList();
    }

    private static EvidenceTopic gym(String table, String... rows) {
        EvidenceTopic gym = new EvidenceTopic("cdc.iron-gym.gym");
        for (int i = 0; i < rows.length; i++) {
            gym.snapshot(BEFORE, table, rows[i], i == rows.length - 1);
        }
        return gym;
    }

    private static String member(int id, String birthOn) {
        return "{'id':" + id + ",'member_no':'t1:member-no:k1:trim:%032x','birth_on':".formatted(id)
                + (birthOn == null ? "null" : "'" + birthOn + "'") + "}";
    }

    private static String image(int id, int member, String keepUntil) {
        return "{'id':" + id + ",'member_id':" + member + ",'taken_at':'" + BEFORE + "','keep_until':"
                + (keepUntil == null ? "null" : "'" + keepUntil + "'") + "}";
    }

    private static String consent(int id, int member, String withdrawnAt) {
        return "{'id':" + id + ",'member_id':" + member + ",'separate':true,'guardian':false,'given_at':'" + BEFORE
                + "','withdrawn_at':" + (withdrawnAt == null ? "null" : "'" + withdrawnAt + "'") + "}";
    }

    @Test
    void methodsThatNobodyMappedAndNoMethodAtAllAreNotTheFaceAlone() throws Exception {
        EvidenceTopic gates = gym(
                "public.gate",
                "{'id':'unmapped','modes':'face,gesture'}",
                "{'id':'empty','modes':''}",
                "{'id':'none','modes':null}",
                "{'id':'face','modes':'face'}");

        assertThat(alerts(gates, Family.ACCESS)).containsExactly("sole-face-method gym/face: VIOLATION null");
        assertThat(unjudged)
                .containsExactly(
                        "access-point empty no-method-offered: 1",
                        "access-point none no-method-offered: 1",
                        "public.gate.modes unmapped-method: 1");
    }

    @Test
    void anImageOfAPersonNeverSeenIsJudgedByItsOwnPeriodAlone() throws Exception {
        EvidenceTopic images = gym("public.image", image(1, 70, null), image(2, 71, "2026-06-30"));

        assertThat(alerts(images, Family.IMAGES))
                .as("whether a stranger consented nobody can tell")
                .containsExactly("raw-image-retained gym/period-ended: VIOLATION 1");
        assertThat(unjudged).containsExactly("public.image image-of-nobody-known: 2");
    }

    @Test
    void whoseAgeIsNegativeIsNoChild() throws Exception {
        EvidenceTopic children = gym("public.member", member(1, "2031-01-01"), member(2, "2020-01-01"))
                .insert("2026-05-02T00:00:00Z", "public.consent", consent(1, 1, null))
                .insert("2026-05-02T00:00:00Z", "public.consent", consent(2, 2, null))
                .insert("2026-05-03T00:00:00Z", "public.image", image(1, 1, null))
                .insert("2026-05-03T00:00:00Z", "public.image", image(2, 2, null));

        assertThat(alerts(children, Family.IMAGES))
                .as("one of the two")
                .containsExactly("minor-without-guardian-consent gym: VIOLATION 1");
        assertThat(unjudged).anyMatch(line -> line.endsWith("birth_on absurd-birth: 1"));
    }

    @Test
    void aConsentWithdrawnBeforeItWasGivenIsNotWithdrawn() throws Exception {
        EvidenceTopic consents = gym("public.member", member(1, null), member(2, null))
                .insert("2026-05-02T00:00:00Z", "public.consent", consent(1, 1, "2026-04-01T00:00:00Z"))
                .insert("2026-05-02T00:00:00Z", "public.consent", consent(2, 2, null))
                .insert("2026-05-03T00:00:00Z", "public.image", image(1, 1, null))
                .insert("2026-05-03T00:00:00Z", "public.image", image(2, 2, null))
                .update("2026-06-01T00:00:00Z", "public.consent", consent(2, 2, "2026-06-01T00:00:00Z"));

        assertThat(alerts(consents, Family.IMAGES))
                .containsExactly("raw-image-retained gym/consent-withdrawn: VIOLATION 1");
        assertThat(unjudged).containsExactly("public.consent.withdrawn_at withdrawn-before-given: 1");
    }
}
