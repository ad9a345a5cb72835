package org.faceaudit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happens at the gates of a gym, from the changes of its tables to alerts, on a cluster in this process. */
@Timeout(180)
class AccessScenariosTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final String GATES = """
            mapping:
              tables:
                public.gate:
                  key: [id]
                  facts:
                    - event: access-point
                      id: {column: id}
                      site: {column: site}
                      methods: {flags: {by_face: FACE, by_card: CARD}}
                public.setting:
                  key: [id]
                  facts:
                    - event: access-point
                      id: {column: gate}
                      methods: {flags: {by_face: FACE, by_card: CARD}}
                public.attempt:
                  key: [id]
                  facts:
                    - event: attempt
                      person: {identifies: member-no, column: member_no, normalise: [trim]}
                      access-point: {column: gate}
                      at: {column: at, type: timestamptz}
                      method: {column: method, values: {face: FACE, card: CARD}}
                      outcome: {column: outcome, values: {passed: PASSED, failed: FAILED, declined: DECLINED}}
            """;

    private static final String BEFORE = "2026-05-01T00:00:00Z";
    private static final RegistryFixture LAW = RegistryFixture.law().operator("iron-gym", "铁馆", "310000");

    @TempDir
    private Path directory;

    private Mapping mapping;
    private EvidenceTopic gym;
    private int attempts;

    @BeforeEach
    void twoGatesOfOneSite() throws Exception {
        mapping = OperatorFiles.read(Files.writeString(
                        directory.resolve("gym.yaml"), Scenario.SOURCE.formatted("iron-gym", "gym") + GATES))
                .mapping();
        gym = new EvidenceTopic("cdc.iron-gym.gym")
                .snapshot(BEFORE, "public.gate", gate("main", true), false)
                .snapshot(BEFORE, "public.gate", gate("side", true), true);
    }

    private static String gate(String id, boolean card) {
        return "{'id':'" + id + "','site':'hall','by_face':true,'by_card':" + card + "}";
    }

    private void switches(String at, String gate, boolean card) {
        gym.update(at, "public.gate", gate(gate, card));
    }

    private static String setting(int id, String gate, boolean card) {
        return "{'id':" + id + ",'gate':'" + gate + "','by_face':true,'by_card':" + card + "}";
    }

    /** One try, told as it happens: {@code member method outcome}. */
    private void tries(Instant at, String gate, String what) {
        String[] words = what.split(" ", -1);
        String member = words[0].equals("-")
                ? "null"
                : String.format("'t1:member-no:k1:trim:%032x'", Integer.parseInt(words[0]));
        gym.insert(
                at.toString(),
                "public.attempt",
                "{'id':" + ++attempts + ",'gate':'" + gate + "','at':'" + at + "','member_no':" + member + ",'method':'"
                        + words[1] + "','outcome':'" + words[2] + "'}");
    }

    private List<String> alerts(String known) throws Exception {
        List<String> lines = new ArrayList<>();
        for (AlertRevision revision :
                Scenario.of(mapping, gym, LAW, known, Family.ACCESS).episodes()) {
            Episode episode = revision.episode();
            lines.add(revision.key().ruleId() + ' ' + revision.key().subjectId() + ' ' + episode.episode() + ": "
                    + episode.verdict() + ' ' + episode.status() + " from " + episode.openedAt()
                    + (episode.resolvedAt() == null ? "" : " to " + episode.resolvedAt()));
        }
        return lines;
    }

    @Test
    void aSideGateIsFaceOnlyWhileTheMainGateHasCards() throws Exception {
        switches("2026-06-01T02:00:00Z", "side", false);

        assertThat(alerts("2026-06-01T02:59:59Z")).as("within the grace").isEmpty();
        assertThat(alerts("2026-06-01T03:00:01Z"))
                .containsExactly("sole-face-method gym/side 1: SUSPECTED OPEN from 2026-06-01T03:00:00Z");
    }

    @Test
    void everyOtherMethodIsOffForTenMinutesThenForTwoDays() throws Exception {
        switches("2026-06-01T02:00:00Z", "main", false);
        switches("2026-06-01T02:00:00Z", "side", false);
        switches("2026-06-01T02:10:00Z", "main", true);
        switches("2026-06-01T02:10:00Z", "side", true);
        assertThat(alerts("2026-06-01T08:00:00Z")).as("ten minutes").isEmpty();

        switches("2026-06-02T02:00:00Z", "side", false);
        switches("2026-06-02T02:00:00Z", "main", false);
        assertThat(alerts("2026-06-04T02:00:00Z"))
                .as("two days")
                .containsExactly(
                        "sole-face-method gym/main 1: VIOLATION OPEN from 2026-06-02T03:00:00Z",
                        "sole-face-method gym/side 1: VIOLATION OPEN from 2026-06-02T03:00:00Z");

        switches("2026-06-04T02:30:00Z", "main", true);
        switches("2026-06-04T02:30:00Z", "side", true);
        assertThat(alerts("2026-06-04T03:00:00Z"))
                .containsExactly(
                        "sole-face-method gym/main 1: VIOLATION RESOLVED from 2026-06-02T03:00:00Z to 2026-06-04T02:30:00Z",
                        "sole-face-method gym/side 1: VIOLATION RESOLVED from 2026-06-02T03:00:00Z to 2026-06-04T02:30:00Z");
    }

    @Test
    void aCardReaderAlwaysFails() throws Exception {
        Instant begin = Instant.parse("2026-06-01T02:00:00Z");
        for (int hour = 0; hour < 25; hour++) {
            Instant at = begin.plus(Duration.ofHours(hour));
            tries(at, "main", "- face passed");
            tries(at.plusSeconds(60), "main", "- card failed");
        }
        List<String> alerts = alerts("2026-06-03T00:00:00Z");
        assertThat(alerts)
                .as("from the twentieth try on, with twenty of the face")
                .containsExactly("unusable-fallback gym/main/CARD 1: SUSPECTED OPEN from 2026-06-01T21:01:00Z");

        // As many tries again, all let in: of forty-five twenty-five.
        for (int hour = 0; hour < 25; hour++) {
            tries(begin.plus(Duration.ofHours(48 + hour)), "main", "- card passed");
        }
        assertThat(alerts("2026-06-05T00:00:00Z"))
                .singleElement()
                .asString()
                .startsWith("unusable-fallback gym/main/CARD 1: SUSPECTED RESOLVED from 2026-06-01T21:01:00Z");
    }

    @Test
    void aCardReaderThatWorksAsWellAsTheFaceIsNone() throws Exception {
        Instant begin = Instant.parse("2026-06-01T02:00:00Z");
        for (int hour = 0; hour < 25; hour++) {
            tries(begin.plus(Duration.ofHours(hour)), "main", "- face failed");
            tries(begin.plus(Duration.ofHours(hour)).plusSeconds(60), "main", "- card failed");
        }

        assertThat(alerts("2026-06-03T00:00:00Z"))
                .as("the gate works for nobody")
                .isEmpty();
    }

    @Test
    void threeRefuseTheFaceWhereNothingElseIsOffered() throws Exception {
        switches("2026-06-01T00:00:00Z", "main", false);
        Instant first = Instant.parse("2026-06-01T00:10:00Z");
        tries(first, "main", "1 face declined");
        tries(first.plusSeconds(600), "main", "2 face declined");
        assertThat(alerts("2026-06-01T00:50:00Z")).as("two").isEmpty();

        tries(Instant.parse("2026-06-01T00:51:00Z"), "main", "3 face declined");
        assertThat(alerts("2026-06-01T00:59:00Z"))
                .as("the third may still be let in")
                .isEmpty();
        assertThat(alerts("2026-06-01T01:06:01Z"))
                .filteredOn(line -> line.startsWith("refusal"))
                .singleElement()
                .asString()
                .startsWith("refusal-without-alternative gym/main 1: VIOLATION OPEN");
    }

    @Test
    void whoRefusesAndIsLetInByCardWasServed() throws Exception {
        Instant first = Instant.parse("2026-06-01T00:10:00Z");
        for (int member = 1; member <= 3; member++) {
            tries(first.plusSeconds(600L * member), "main", member + " face declined");
            tries(first.plusSeconds(600L * member + 300), "main", member + " card passed");
        }

        assertThat(alerts("2026-06-01T03:00:00Z")).isEmpty();
    }

    @Test
    void attemptsAtAnUnknownGateAndOutcomesThatNobodyMappedAccuseNobody() throws Exception {
        Instant first = Instant.parse("2026-06-01T00:10:00Z");
        for (int member = 1; member <= 4; member++) {
            tries(first.plusSeconds(600L * member), "nowhere", member + " face declined");
            tries(first.plusSeconds(600L * member), "main", "1 palm vanished");
            tries(first.plusSeconds(600L * member), "side", member + " face vanished");
        }

        assertThat(alerts("2026-06-02T00:00:00Z")).isEmpty();
    }

    @Test
    void twoRowsThatConfigureOneGateOtherwiseAccuseNobody() throws Exception {
        gym.insert("2026-06-01T02:00:00Z", "public.setting", setting(1, "main", false));
        gym.insert("2026-06-01T02:00:00Z", "public.setting", setting(2, "side", true));
        switches("2026-06-02T02:00:00Z", "side", false);
        assertThat(alerts("2026-06-04T02:00:00Z"))
                .as("one row offers a card, the other none")
                .isEmpty();

        gym.delete("2026-06-05T02:00:00Z", "public.setting", "{'id':2}");
        assertThat(alerts("2026-06-05T04:00:00Z"))
                .as("of the side gate one row is left, and what the main gate offers nobody can tell")
                .containsExactly("sole-face-method gym/side 1: VIOLATION OPEN from 2026-06-05T03:00:00Z");
    }

    @Test
    void aSecondRowThatOffersACardEndsNothingUntilTheFirstIsGone() throws Exception {
        switches("2026-06-01T02:00:00Z", "main", false);
        switches("2026-06-01T02:00:00Z", "side", false);
        gym.insert("2026-06-02T02:00:00Z", "public.setting", setting(1, "main", true));
        String opened = " from 2026-06-01T03:00:00Z";
        assertThat(alerts("2026-06-03T02:00:00Z"))
                .containsExactly(
                        "sole-face-method gym/main 1: VIOLATION OPEN" + opened,
                        "sole-face-method gym/side 1: VIOLATION OPEN" + opened);

        gym.delete("2026-06-04T02:00:00Z", "public.gate", "{'id':'main'}");
        assertThat(alerts("2026-06-05T02:00:00Z"))
                .containsExactly(
                        "sole-face-method gym/main 1: VIOLATION RESOLVED" + opened + " to 2026-06-04T02:00:00Z",
                        "sole-face-method gym/side 1: VIOLATION OPEN" + opened);
    }
}
