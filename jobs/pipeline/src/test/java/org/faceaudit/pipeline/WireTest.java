package org.faceaudit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.law.LawSet;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.KeyedJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.types.RecordTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From raw envelopes to revisions on a cluster in this process. */
@Timeout(120)
class WireTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final String OPERATOR = """
            operator: iron-gym
            system: gym
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:5432/gym
              user: faceaudit_capture
              password: ${env:GYM_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: public.beat, promise: 60s}
            mapping:
              tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: local-id, column: member}
                      image: {present: row}
                      template: {present: never}
                      stored-at: {column: taken_at, type: timestamptz}
                      retention: {days: 30}
                public.gate:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {flags: {by_face: FACE, by_card: CARD}}
            """;

    @TempDir
    Path directory;

    private Mapping gym;

    @BeforeEach
    void readOperator() throws Exception {
        gym = OperatorFiles.read(Files.writeString(directory.resolve("gym.yaml"), OPERATOR))
                .mapping();
    }

    @Test
    void countsPersonsAndOpensTheFilingClock() throws Exception {
        Run run = run(
                Set.of(Family.PERSONS), 1, gymTopic().records(), registryTopic().records());

        assertThat(run.newest())
                .contains("storage-reached iron-gym 1: NOTICE OPEN occurred 2026-03-10")
                .contains("filing-overdue iron-gym 1: VIOLATION OPEN occurred 2026-04-23");
        assertThat(run.rows(AuditTable.PERSON_COUNT))
                .anyMatch(row -> row.contains("\"day\":\"2026-03-10\"") && row.contains("\"persons_low\":3"));
        assertThat(run.rows(AuditTable.CLOCK)).anyMatch(row -> row.contains("\"state\":\"OVERDUE\""));
    }

    @Test
    void judgesWhatTheRegistryDeclaresAndRejectsWhatItCannotMean() throws Exception {
        RegistryFixture law = RegistryFixture.law()
                .threshold(3)
                .operator("iron-gym", "铁馆", "310000")
                .filing("f1", "iron-gym", "2026-03-12", "310000", "accepted_on", "2026-03-16", "declared_persons", "9")
                .change("c1", "iron-gym", "purpose", "2026-03-20")
                .use("door", "iron-gym", "2025-06-15", "2026-04-01");
        RegistryFixture nonsense = RegistryFixture.law().change("c2", "iron-gym", "purpose", "soon");
        RegistryChange slipped = nonsense.rows().stream()
                .filter(row -> row.key().equals("c2"))
                .findFirst()
                .orElseThrow();

        Run run = run(
                Set.of(Family.PERSONS),
                2,
                gymTopic().records(),
                new RegistryTopic(law, "2026-01-01T00:00:00Z")
                        .insert("2026-04-02T00:00:00Z", slipped)
                        .beat("2026-06-01T00:00:00Z")
                        .records());

        assertThat(run.newest())
                .contains("change-filing-overdue iron-gym c1: VIOLATION OPEN occurred 2026-05-08")
                .contains("deregistration-overdue iron-gym door: VIOLATION OPEN occurred 2026-05-19")
                .contains("faces-after-termination iron-gym door: WARNING OPEN occurred 2026-04-17")
                .contains("declared-count-mismatch iron-gym f1: SUSPECTED OPEN occurred 2026-03-12")
                .noneMatch(line -> line.startsWith("filing-overdue"));
        assertThat(run.rows(AuditTable.CLOCK))
                .anyMatch(row -> row.contains("\"CHANGE\"") && row.contains("\"OVERDUE\""))
                .anyMatch(row -> row.contains("\"DEREGISTRATION\"") && row.contains("\"trigger_id\":\"door\""));
        assertThat(run.rejects)
                .extracting(KeyedJson::json)
                .singleElement()
                .asString()
                .contains("\"unusable-row\"");
    }

    @Test
    void rejectsPoisonAndGoesOn() throws Exception {
        List<RawRecord> gymRecords =
                gymTopic().poison("2026-06-01T01:00:00Z", "no envelope").records();
        EvidenceTopic stranger = new EvidenceTopic("cdc.nobody.knows").poison("2026-06-01T01:00:00Z", "x");
        Run run = run(Set.of(Family.PERSONS), 1, gymRecords, registryTopic().records(), stranger.records());

        assertThat(run.rejects)
                .extracting(KeyedJson::json)
                .anyMatch(json -> json.contains("\"unknown-source\""))
                .anyMatch(json -> json.contains("\"not-json\""))
                .hasSize(2);
        assertThat(run.newest()).anyMatch(line -> line.startsWith("storage-reached"));
        assertThat(run.rows(AuditTable.SOURCE))
                .anyMatch(row -> row.contains("\"iron-gym\"") && row.contains("\"rejects\":1"));
    }

    @Test
    void withoutTheRegistryNothingIsJudged() throws Exception {
        Run run = run(Set.of(Family.PERSONS), 1, gymTopic().records());

        assertThat(run.revisions).isEmpty();
        assertThat(run.rows(AuditTable.SOURCE)).isNotEmpty();
    }

    @Test
    void theOrderAmongTopicsAndTheParallelismChangeNothing() throws Exception {
        Run one = run(
                Set.of(Family.PERSONS), 1, gymTopic().records(), registryTopic().records());
        Run other = run(
                Set.of(Family.PERSONS), 2, registryTopic().records(), gymTopic().records());

        assertThat(other.newest()).isEqualTo(one.newest()).isNotEmpty();
    }

    @Test
    void endsOldGenerationsAfterEverythingIsKnown() throws Exception {
        Run run = run(
                Set.of(Family.values()),
                1,
                gymTopic().records(),
                registryTopic().records());

        assertThat(run.rows(AuditTable.STALE))
                .containsExactlyInAnyOrder(
                        "{\"operator\":\"iron-gym\",\"generation\":4}", "{\"operator\":\"registry\",\"generation\":4}");
        assertThat(run.rows(AuditTable.PERSON_COUNT)).noneMatch(row -> row.contains("\"registry\""));
    }

    @Test
    void judgesGatesAndImagesAsWell() throws Exception {
        Run run = run(
                EnumSet.allOf(Family.class),
                2,
                gymTopic().records(),
                registryTopic().records());

        assertThat(run.newest())
                .anyMatch(line -> line.startsWith("sole-face-method gym/1 : VIOLATION OPEN"))
                .anyMatch(line -> line.startsWith("raw-image-retained gym/period-ended : VIOLATION OPEN"));
        assertThat(run.rows(AuditTable.IMAGE_FINDING))
                .anyMatch(row -> row.contains("\"cause\":\"period-ended\"") && row.contains("\"VIOLATION\""));
    }

    @Test
    void anotherSetOfLawSpeaksOfItsOwnRulesAloneAndEveryAlertBearsItsName() throws Exception {
        LawSet draft = new LawSet(
                "draft",
                "《征求意见稿》第十六条",
                "Art. 16 of the draft",
                List.of(
                        parameter("storage-reached.threshold", "2", "persons"),
                        Map.of(
                                "name",
                                "filing.legacy-until",
                                "scope",
                                "*",
                                "unit",
                                "date",
                                "valid_from",
                                "2025-06-01")),
                Map.of("storage-reached", "征求意见稿 第16条", "filing-overdue", "征求意见稿 第16条"));
        Run run = run(
                EnumSet.allOf(Family.class),
                1,
                new Standpoint(null, draft),
                gymTopic().records(),
                registryTopic().records());

        assertThat(run.newest())
                .containsExactly(
                        "filing-overdue iron-gym 1: VIOLATION OPEN occurred 2026-04-16",
                        "storage-reached iron-gym 1: NOTICE OPEN occurred 2026-03-03");
        assertThat(run.revisions)
                .allMatch(revision -> revision.episode().lawVersion().equals("draft"))
                .allMatch(revision -> revision.episode().explanationEn().contains("Art. 16 of the draft"));
        assertThat(run.rows(AuditTable.ALERT)).allMatch(row -> row.contains("征求意见稿 第16条"));
    }

    @Test
    void asOfADayAnAlertStandsAsItWouldHaveStood() throws Exception {
        Standpoint lastDay = new Standpoint(LegalDay.parse("2026-04-22").end(), LawSet.MEASURES);
        Standpoint dayAfter = new Standpoint(LegalDay.parse("2026-04-23").end(), LawSet.MEASURES);

        assertThat(run(
                                Set.of(Family.PERSONS),
                                1,
                                lastDay,
                                gymTopic().records(),
                                registryTopic().records())
                        .newest())
                .contains("filing-due-soon iron-gym 1: WARNING OPEN occurred 2026-04-07")
                .noneMatch(line -> line.startsWith("filing-overdue"));
        assertThat(run(
                                Set.of(Family.PERSONS),
                                1,
                                dayAfter,
                                gymTopic().records(),
                                registryTopic().records())
                        .newest())
                .contains("filing-overdue iron-gym 1: VIOLATION OPEN occurred 2026-04-23");
    }

    private static Map<String, String> parameter(String name, String value, String unit) {
        return Map.of("name", name, "scope", "*", "value", value, "unit", unit, "valid_from", "2025-06-01");
    }

    private static EvidenceTopic gymTopic() {
        return new EvidenceTopic("cdc.iron-gym.gym")
                .snapshot("2026-03-10T00:00:00Z", "public.face", face(1, "2026-03-02T01:00:00Z"), false)
                .snapshot("2026-03-10T00:00:00Z", "public.face", face(2, "2026-03-03T01:00:00Z"), false)
                .snapshot("2026-03-10T00:00:00Z", "public.gate", "{'id':1,'by_face':true,'by_card':false}", false)
                .snapshot("2026-03-10T00:00:00Z", "public.gate", "{'id':2,'by_face':true,'by_card':true}", true)
                .insert("2026-03-10T01:00:00Z", "public.face", face(3, "2026-03-04T01:00:00Z"))
                .update("2026-06-01T00:00:00Z", "public.beat", "{'id':1}");
    }

    private static String face(int id, String takenAt) {
        String token = "t1:local-id:k1:none:" + "0".repeat(31) + id;
        return "{'id':" + id + ",'member':'" + token + "','taken_at':'" + takenAt + "'}";
    }

    private static RegistryTopic registryTopic() {
        return new RegistryTopic(
                        RegistryFixture.law().threshold(3).operator("iron-gym", "铁馆", "310000"), "2026-01-01T00:00:00Z")
                .beat("2026-06-01T00:00:00Z");
    }

    @SafeVarargs
    private Run run(Set<Family> families, int parallelism, List<RawRecord>... topics) throws Exception {
        return run(families, parallelism, Standpoint.NOW, topics);
    }

    @SafeVarargs
    private Run run(Set<Family> families, int parallelism, Standpoint standpoint, List<RawRecord>... topics)
            throws Exception {
        Configuration configuration = FaceauditJob.configuration(200);
        // A bug must fail the test, not be tried for ever.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        List<RawRecord> records = new ArrayList<>();
        for (List<RawRecord> topic : topics) {
            records.addAll(topic);
        }
        DataStream<RawRecord> raw =
                env.fromData(records, RecordTypes.of(RawRecord.class)).uid("raw");
        Audit audit = Wire.alerts(
                env,
                raw,
                new WireSettings(List.of(gym), families, 4, Instant.parse("2026-05-01T00:00:00Z"), standpoint));
        Collected<AlertRevision> revisions = Collected.from(audit.revisions(), "revisions");
        Collected<TableRow> rows = Collected.from(audit.rows(), "table-rows");
        Collected<KeyedJson> messages = Collected.from(audit.alertMessages(), "alert-messages");
        Collected<KeyedJson> rejects = Collected.from(audit.rejectMessages(), "reject-messages");
        env.execute("wire-test");
        assertThat(messages.all()).hasSameSizeAs(revisions.all());
        return new Run(revisions.all(), rows.all(), rejects.all());
    }

    private record Run(List<AlertRevision> revisions, List<TableRow> rows, List<KeyedJson> rejects) {

        /** The newest revision of each alert and episode as one line each, sorted. */
        List<String> newest() {
            TreeMap<String, AlertRevision> newest = new TreeMap<>();
            for (AlertRevision revision : revisions) {
                newest.merge(
                        revision.key().id() + "/" + revision.episode().episode(),
                        revision,
                        (one, other) -> one.revision() > other.revision() ? one : other);
            }
            return newest.values().stream().map(Run::line).sorted().toList();
        }

        private static String line(AlertRevision revision) {
            return revision.key().ruleId() + " " + revision.key().subjectId() + " "
                    + revision.key().trigger() + ": " + revision.episode().verdict() + " "
                    + revision.episode().status() + " occurred "
                    + revision.episode().occurredOn();
        }

        List<String> rows(AuditTable table) {
            return rows.stream()
                    .filter(row -> row.table() == table)
                    .map(TableRow::json)
                    .toList();
        }
    }
}
