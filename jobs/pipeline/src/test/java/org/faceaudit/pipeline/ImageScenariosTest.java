package org.faceaudit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.TableRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happens to images in a gym, from the changes of its tables to alerts and rows, on a cluster in this process. */
@Timeout(180)
class ImageScenariosTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final String GYM = """
            mapping:
              tables:
                public.image:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: local-id, column: member}
                      image: {present: row}
                      template: {present: never}
                      stored-at: {column: taken_at, type: timestamptz}
                      retention: {until: keep_until, type: date}
                public.membership:
                  key: [id]
                  facts:
                    - event: purpose-end
                      person: {identifies: local-id, column: member}
                      ends-on: {column: ended_on, type: date}
            """;

    private static final String CONSENTS = """
                public.consent:
                  key: [id]
                  facts:
                    - event: consent
                      person: {identifies: local-id, column: member}
                      separate: {constant: true}
                      legal-basis: {constant: CONSENT}
                      given-at: {column: given_at, type: timestamptz}
                      withdrawn-at: {column: withdrawn_at, type: timestamptz}
            """;

    private static final String BEFORE = "2026-05-01T00:00:00Z";
    private static final String MEMBER = "'t1:local-id:k1:none:00000000000000000000000000000001'";

    @TempDir
    Path directory;

    private static EvidenceTopic gym() {
        return new EvidenceTopic("cdc.iron-gym.gym");
    }

    private static String image(int id, String takenAt, String keepUntil) {
        return "{'id':" + id + ",'member':" + MEMBER + ",'taken_at':'" + takenAt + "','keep_until':"
                + (keepUntil == null ? "null" : "'" + keepUntil + "'") + "}";
    }

    private static String membership(String endedOn) {
        return "{'id':1,'member':" + MEMBER + ",'ended_on':" + (endedOn == null ? "null" : "'" + endedOn + "'") + "}";
    }

    private static String consent(String givenAt, String withdrawnAt) {
        return "{'id':1,'member':" + MEMBER + ",'given_at':'" + givenAt + "','withdrawn_at':"
                + (withdrawnAt == null ? "null" : "'" + withdrawnAt + "'") + "}";
    }

    private static RegistryFixture law() {
        return RegistryFixture.law().operator("iron-gym", "铁馆", "310000");
    }

    private Mapping gym(String more) throws Exception {
        return OperatorFiles.read(Files.writeString(
                        directory.resolve("gym.yaml"), Scenario.SOURCE.formatted("iron-gym", "gym") + GYM + more))
                .mapping();
    }

    @Test
    void aMembershipEndsTheImageOutlivesTheGraceIsDeletedAndComesBack() throws Exception {
        EvidenceTopic gym = gym().snapshot(BEFORE, "public.image", image(1, BEFORE, null), false)
                .snapshot(BEFORE, "public.membership", membership(null), true)
                .update("2026-06-01T02:00:00Z", "public.membership", membership("2026-05-31"));
        Mapping mapping = gym("");

        assertThat(run(mapping, gym, law(), "2026-06-15T15:59:59Z").episodes())
                .as("the last second of the grace")
                .containsExactly("purpose-ended 1: WARNING OPEN due 2026-06-15 from 2026-06-01T02:00:00Z");
        assertThat(run(mapping, gym, law(), "2026-06-15T16:00:00Z").episodes())
                .as("midnight in Shanghai")
                .containsExactly("purpose-ended 1: VIOLATION OPEN due 2026-06-15 from 2026-06-01T02:00:00Z");

        gym.delete("2026-06-20T02:00:00Z", "public.image", "{'id':1}");
        Run deleted = run(mapping, gym, law(), "2026-06-21T00:00:00Z");
        assertThat(deleted.episodes())
                .containsExactly("purpose-ended 1: VIOLATION RESOLVED due 2026-06-15 from 2026-06-01T02:00:00Z");
        assertThat(deleted.imageRows()).singleElement().asString().contains("\"cleared_at\":\"2026-06-20T02:00:00Z\"");

        gym.insert("2026-06-25T02:00:00Z", "public.image", image(1, "2026-06-25T02:00:00Z", null));
        Run back = run(mapping, gym, law(), "2026-06-26T00:00:00Z");
        assertThat(back.episodes())
                .containsExactly(
                        "purpose-ended 1: VIOLATION RESOLVED due 2026-06-15 from 2026-06-01T02:00:00Z",
                        "purpose-ended 2: VIOLATION OPEN due 2026-06-15 from 2026-06-25T02:00:00Z");
        assertThat(back.imageRows()).singleElement().asString().contains("\"cleared_at\":null");
    }

    @Test
    void aConsentIsWithdrawnAndGivenAgainWithinTheDeletionDays() throws Exception {
        EvidenceTopic gym = gym().snapshot(BEFORE, "public.image", image(1, BEFORE, null), false)
                .snapshot(BEFORE, "public.consent", consent(BEFORE, null), true)
                .update("2026-06-01T02:00:00Z", "public.consent", consent(BEFORE, "2026-06-01T02:00:00Z"));
        Mapping mapping = gym(CONSENTS);

        Run withdrawn = run(mapping, gym, law(), "2026-06-10T00:00:00Z");
        assertThat(withdrawn.episodes())
                .containsExactly("consent-withdrawn 1: WARNING OPEN due 2026-06-16 from 2026-06-01T02:00:00Z");
        assertThat(withdrawn.imageRows()).singleElement().asString().contains("\"WARNING\"");

        gym.update("2026-06-16T15:59:59Z", "public.consent", consent("2026-06-16T15:59:59Z", null));
        Run again = run(mapping, gym, law(), "2026-07-10T00:00:00Z");
        assertThat(again.episodes())
                .as("given again in the last second of the last day")
                .containsExactly("consent-withdrawn 1: WARNING RESOLVED due 2026-06-16 from 2026-06-01T02:00:00Z");
        assertThat(again.imageRows()).isEmpty();
    }

    @Test
    void anExceptionExpiresAtMidnightInShanghai() throws Exception {
        EvidenceTopic gym = gym().snapshot(BEFORE, "public.image", image(1, BEFORE, "2026-05-31"), true);
        RegistryFixture law = law().exception(
                        "hold-7",
                        "raw-image-retained",
                        "iron-gym",
                        "gym/period-ended",
                        "2026-05-01",
                        "2026-06-30",
                        "citation",
                        "hold: dispute 7");
        Mapping mapping = gym("");

        Run held = run(mapping, gym, law, "2026-06-30T15:59:59Z");
        assertThat(held.episodes())
                .as("the last second of the hold")
                .containsExactly("period-ended 1: VIOLATION EXEMPT due 2026-06-30 from 2026-05-31T16:00:00Z");
        assertThat(held.imageRows())
                .singleElement()
                .asString()
                .contains("\"verdict\":\"WARNING\"", "\"due_on\":\"2026-06-30\"");

        Run over = run(mapping, gym, law, "2026-06-30T16:00:00Z");
        assertThat(over.episodes())
                .containsExactly("period-ended 1: VIOLATION OPEN due 2026-06-30 from 2026-06-30T16:00:00Z");
        assertThat(over.imageRows()).singleElement().asString().contains("\"verdict\":\"VIOLATION\"");
    }

    /** CompreFace keeps images although told not to (its issue 723). */
    @Test
    void compreFaceIsToldToKeepNoImagesAndKeepsThem() throws Exception {
        String file = Scenario.SOURCE.formatted("green-court", "compreface") + "use: compreface\n";
        Path path = Files.writeString(directory.resolve("compreface.yaml"), file);
        String shipped = "t1:credential:k1:none:ffffffffffffffffffffffffffffffff";
        Files.writeString(path, OperatorFiles.prepared(path, (column, keyId, text) -> shipped));
        Mapping mapping = OperatorFiles.read(path).mapping();
        String key = "'t1:credential:k1:none:0000000000000000000000000000000a'";
        String subject = "'t1:local-id:k1:none:00000000000000000000000000000001'";
        EvidenceTopic store = new EvidenceTopic("cdc.green-court.compreface")
                .snapshot(
                        BEFORE,
                        "public.model",
                        "{'id':1,'api_key':" + key + ",'created_date':'2026-03-02T01:00:00Z'}",
                        false)
                .snapshot(BEFORE, "public.subject", "{'id':" + subject + ",'api_key':" + key + "}", true)
                .insert("2026-06-03T02:00:00Z", "public.img", "{'id':'i1'}")
                .insert(
                        "2026-06-03T02:00:00Z",
                        "public.embedding",
                        "{'id':'e1','subject_id':" + subject + ",'img_id':'i1'}");
        RegistryFixture law = RegistryFixture.law()
                .operator("green-court", "绿庭", "510000")
                .parameter("raw-image-retained.declared-none", "green-court", "1", "count", "2026-06-01");

        assertThat(run(mapping, store, law, "2026-06-04T15:59:59Z").episodes())
                .as("within the cache grace")
                .isEmpty();
        Run kept = run(mapping, store, law, "2026-06-04T16:00:00Z");
        assertThat(kept.episodes())
                .containsExactly("kept-after-verification 1: SUSPECTED OPEN due 2026-06-04 from 2026-06-04T16:00:00Z");
        assertThat(kept.newest().get(0).evidence().positions())
                .as("what is declared, and what is stored")
                .extracting(position -> position.topic())
                .contains("cdc.registry", "cdc.green-court.compreface");
        assertThat(kept.newest().get(0).explanationEn()).contains("declares to keep no face images");
        assertThat(run(
                                mapping,
                                store,
                                RegistryFixture.law().operator("green-court", "绿庭", "510000"),
                                "2026-07-01T00:00:00Z")
                        .episodes())
                .as("nothing is declared, and no consents are mapped")
                .isEmpty();
    }

    private static Run run(Mapping mapping, EvidenceTopic source, RegistryFixture law, String known) throws Exception {
        return new Run(Scenario.of(mapping, source, law, known, Family.IMAGES));
    }

    private record Run(Scenario scenario) {

        /** Each episode as it stands in the end. */
        List<Episode> newest() {
            return scenario.episodes().stream().map(AlertRevision::episode).toList();
        }

        List<String> episodes() {
            List<String> lines = new ArrayList<>();
            for (AlertRevision revision : scenario.episodes()) {
                Episode episode = revision.episode();
                String subject = revision.key().subjectId();
                lines.add(subject.substring(subject.indexOf('/') + 1) + ' ' + episode.episode() + ": "
                        + episode.verdict() + ' ' + episode.status() + " due " + episode.dueOn() + " from "
                        + episode.openedAt());
            }
            return lines;
        }

        /** The rows of images as they stand in the end. */
        List<String> imageRows() {
            TreeMap<String, String> newest = new TreeMap<>();
            for (TableRow row : scenario.rows()) {
                if (row.table() == AuditTable.IMAGE_FINDING) {
                    newest.put(
                            row.json().replaceAll(".*\"record_key\":(\"[^\"]*\").*\"cause\":(\"[^\"]*\").*", "$1$2"),
                            row.json());
                }
            }
            return newest.values().stream()
                    .filter(json -> !json.contains("\"deleted\":true"))
                    .toList();
        }
    }
}
