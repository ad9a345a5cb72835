package org.faceaudit.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.law.LawSet;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.types.RecordTypes;

/** What the wired job makes of one source and the registry, both known up to an instant. Needs a cluster in this process. */
record Scenario(List<AlertRevision> revisions, List<TableRow> rows) {

    /** What a file says before it says what the rows mean; operator and system are to be filled in. */
    static final String SOURCE = """
            operator: %s
            system: %s
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:5432/sample
              user: faceaudit_capture
              password: ${env:SAMPLE_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: public.beat, promise: 60s}
            """;

    /** Runs the job over both topics; the source's topic keeps the heartbeat that makes it known. */
    static Scenario of(Mapping mapping, EvidenceTopic source, RegistryFixture law, String known, Family family)
            throws Exception {
        List<RawRecord> records =
                new ArrayList<>(source.update(known, "public.beat", "{'id':1}").records());
        records.addAll(
                new RegistryTopic(law, "2026-01-01T00:00:00Z").beat(known).records());
        Configuration configuration = FaceauditJob.configuration(200);
        // A bug must fail the test, not be tried for ever.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        DataStream<RawRecord> raw =
                env.fromData(records, RecordTypes.of(RawRecord.class)).uid("raw");
        Audit audit = Wire.alerts(
                env,
                raw,
                new WireSettings(
                        List.of(mapping), Set.of(family), 1, Instant.EPOCH, new Standpoint(null, LawSet.MEASURES)));
        Collected<AlertRevision> revisions = Collected.from(audit.revisions(), "revisions");
        Collected<TableRow> rows = Collected.from(audit.rows(), "table-rows");
        Collected.from(audit.alertMessages(), "alert-messages");
        Collected.from(audit.rejectMessages(), "reject-messages");
        env.execute("scenario");
        return new Scenario(revisions.all(), rows.all());
    }

    /** What could not be judged, as it stands in the end, all parts of a row together: {@code subject reason: occurrences}. */
    List<String> unjudged() throws IOException {
        TreeMap<String, JsonNode> newest = new TreeMap<>();
        for (TableRow row : rows) {
            if (row.table() == AuditTable.UNJUDGED) {
                JsonNode json = new ObjectMapper().readTree(row.json());
                newest.merge(
                        json.path("subject").asText()
                                + ' '
                                + json.path("reason").asText()
                                + '/'
                                + json.path("part").asText(),
                        json,
                        (one, other) -> one.path("position").asLong()
                                        > other.path("position").asLong()
                                ? one
                                : other);
            }
        }
        TreeMap<String, Long> together = new TreeMap<>();
        newest.forEach((part, json) -> together.merge(
                part.substring(0, part.indexOf('/')), json.path("occurrences").asLong(), Long::sum));
        return together.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    /** Every episode as it stands in the end, by rule, subject and ordinal. */
    List<AlertRevision> episodes() {
        TreeMap<String, AlertRevision> newest = new TreeMap<>();
        for (AlertRevision revision : revisions) {
            newest.merge(
                    revision.key().ruleId()
                            + ' '
                            + revision.key().subjectId()
                            + ' '
                            + revision.episode().episode(),
                    revision,
                    (one, other) -> one.revision() > other.revision() ? one : other);
        }
        return List.copyOf(newest.values());
    }
}
