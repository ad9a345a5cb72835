package org.faceaudit.runtime.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.counting.PersonCountDay;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.forecast.Forecast;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.judgement.ClockState;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.runtime.fact.UnjudgedCount;

/** How what the job says is spelled in JSON: keys are column names, days and instants ISO text, numbers plain. */
public final class AuditJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private AuditJson() {}

    /** One revision as its message on the alert topic. */
    public static ObjectNode alert(AlertRevision revision, String lawArticle) {
        Episode episode = revision.episode();
        ObjectNode json = MAPPER.createObjectNode();
        json.put("alert_id", revision.key().id().toString());
        json.put("rule_id", revision.key().ruleId());
        json.put("verdict", episode.verdict().name());
        json.put("status", episode.status().name());
        json.put("severity", episode.severity());
        json.put("operator_id", revision.key().operator());
        json.put("system_id", episode.systemId());
        json.put("subject_kind", revision.key().subjectKind());
        json.put("subject_id", revision.key().subjectId());
        json.put("trigger", revision.key().trigger());
        json.put("episode", episode.episode());
        json.put("occurred_on", text(episode.occurredOn()));
        json.put("opened_at", text(episode.openedAt()));
        json.put("resolved_at", text(episode.resolvedAt()));
        json.put("detected_at", text(revision.detectedAt()));
        json.put("due_on", text(episode.dueOn()));
        json.put("measured", episode.measured());
        json.put("threshold", episode.threshold());
        json.put("unit", episode.unit());
        json.put("provisional", episode.provisional());
        json.put("calendar_version", episode.calendarVersion());
        json.put("law_article", lawArticle);
        json.put("law_version", episode.lawVersion());
        json.put("mapping_version", episode.mappingVersion());
        json.put("exception_id", episode.exceptionId());
        json.put("explanation_zh", episode.explanationZh());
        json.put("explanation_en", episode.explanationEn());
        json.set("evidence", evidence(episode.evidence()));
        json.put("generation", revision.generation());
        json.put("revision", revision.revision());
        return json;
    }

    /** One revision as a row: the message and why it was made. */
    public static TableRow alertRow(AlertRevision revision, String lawArticle) {
        return new TableRow(AuditTable.ALERT, text(alert(revision, lawArticle).put("reason", revision.reason())));
    }

    private static ObjectNode evidence(Evidence evidence) {
        ObjectNode json = MAPPER.createObjectNode();
        ArrayNode source = json.putArray("source");
        ArrayNode kafka = json.putArray("kafka");
        for (Position position : evidence.positions()) {
            source.addObject()
                    .put("log_position", position.logPosition())
                    .put("transaction", position.transaction())
                    .put("table", position.table())
                    .put("key_hash", position.keyHash())
                    .put("committed_at", text(position.committedAt()));
            kafka.addObject()
                    .put("topic", position.topic())
                    .put("partition", position.partition())
                    .put("offset", position.offset());
        }
        if (evidence.rangeFrom() != null || evidence.rangeTo() != null) {
            source.addObject()
                    .put("from", text(evidence.rangeFrom()))
                    .put("to", text(evidence.rangeTo()))
                    .put("count", evidence.count())
                    .put("hash", evidence.hash());
        }
        return json;
    }

    /** A row of {@code clock_v1}. */
    public static RowDraft clock(ClockState clock) {
        ObjectNode identity = MAPPER.createObjectNode()
                .put("operator_id", clock.operator())
                .put("kind", clock.kind())
                .put("trigger_id", clock.triggerId());
        ObjectNode columns = MAPPER.createObjectNode()
                .put("trigger_on_low", text(clock.triggerOnLow()))
                .put("trigger_on_high", text(clock.triggerOnHigh()))
                .put("basis", clock.basis())
                .put("due_on", text(clock.dueOn()))
                .put("due_on_strict", text(clock.dueOnStrict()))
                .put("state", clock.state().name())
                .put("days_late", clock.daysLate())
                .put("calendar_version", clock.calendarVersion())
                .put("provisional", clock.provisional())
                .put("filed_on", text(clock.filedOn()));
        return new RowDraft(AuditTable.CLOCK, identity, columns);
    }

    /** A row of {@code person_count_v1} on a day on which a count changed. */
    public static RowDraft personCount(PersonCountDay day) {
        ObjectNode identity =
                MAPPER.createObjectNode().put("operator_id", day.operator()).put("day", text(day.day()));
        ObjectNode columns = MAPPER.createObjectNode()
                .put("persons_low", day.personsLow())
                .put("persons_high", day.personsHigh())
                .put("exact", day.exact())
                .put("records", day.records())
                .put("raw_images", day.rawImages())
                .put("added", day.added())
                .put("removed", day.removed());
        return new RowDraft(AuditTable.PERSON_COUNT, identity, columns);
    }

    /** The last legal day up to which an operator's counts are known. */
    public static RowDraft personCountKnown(String operator, LegalDay knownTo) {
        return new RowDraft(
                AuditTable.PERSON_COUNT,
                MAPPER.createObjectNode().put("operator_id", operator),
                MAPPER.createObjectNode().put("known_to", text(knownTo)));
    }

    /** A row of {@code forecast_v1}. */
    public static RowDraft forecast(Forecast forecast) {
        ObjectNode identity = MAPPER.createObjectNode()
                .put("operator_id", forecast.operator())
                .put("as_of", text(forecast.asOf()));
        ObjectNode columns = MAPPER.createObjectNode()
                .put("reaches_low", text(forecast.reachesLow()))
                .put("reaches_mid", text(forecast.reachesMid()))
                .put("reaches_high", text(forecast.reachesHigh()))
                .put("last_filing_day", text(forecast.lastFilingDay()))
                .put("method", forecast.method())
                .put(
                        "withheld_reason",
                        forecast.withheld() == null ? null : forecast.withheld().reason());
        return new RowDraft(AuditTable.FORECAST, identity, columns);
    }

    /**
     * A row of {@code image_finding_v1} as far as the source is known.
     *
     * @param cleared when the image was deleted; {@code null} while it is stored as far as known
     */
    public static RowDraft imageFinding(ImageFinding finding, Instant cleared) {
        ObjectNode identity = MAPPER.createObjectNode()
                .put("operator_id", finding.operator())
                .put("system_id", finding.system())
                .put("record_key", finding.recordKey())
                .put("cause", finding.cause());
        ObjectNode columns = MAPPER.createObjectNode()
                .put("person_token", finding.personToken())
                .put("stored_on_low", text(finding.storedOnLow()))
                .put("stored_on_high", text(finding.storedOnHigh()))
                .put("due_on", text(finding.dueOn()))
                .put("verdict", finding.rowVerdict().name())
                .put("cleared_at", text(cleared));
        return new RowDraft(AuditTable.IMAGE_FINDING, identity, columns);
    }

    /**
     * The very text of that row as it stands at a cut, written at once: of a day on which millions of images become due there
     * are as many.
     */
    public static TableRow imageFinding(ImageFinding finding, Instant cleared, long generation, long position) {
        StringBuilder row = new StringBuilder(400);
        field(row, '{', "operator_id", finding.operator());
        field(row, ',', "system_id", finding.system());
        field(row, ',', "record_key", finding.recordKey());
        field(row, ',', "cause", finding.cause());
        field(row, ',', "person_token", finding.personToken());
        field(row, ',', "stored_on_low", text(finding.storedOnLow()));
        field(row, ',', "stored_on_high", text(finding.storedOnHigh()));
        field(row, ',', "due_on", text(finding.dueOn()));
        field(row, ',', "verdict", finding.rowVerdict().name());
        field(row, ',', "cleared_at", text(cleared));
        row.append(",\"generation\":").append(generation);
        row.append(",\"position\":").append(position).append('}');
        return new TableRow(AuditTable.IMAGE_FINDING, row.toString());
    }

    private static void field(StringBuilder row, char before, String name, String value) {
        row.append(before).append('"').append(name).append("\":");
        if (value == null) {
            row.append("null");
        } else {
            row.append('"');
            JsonStringEncoder.getInstance().quoteAsString(value, row);
            row.append('"');
        }
    }

    /** A row of {@code source_v1}. */
    public static RowDraft source(SourceProgress progress) {
        ObjectNode identity = MAPPER.createObjectNode()
                .put("operator_id", progress.operator())
                .put("system_id", progress.system());
        ObjectNode columns = MAPPER.createObjectNode()
                .put("state", progress.snapshotComplete() ? "streaming" : "snapshot")
                .put("known_through", text(progress.knownThrough()))
                .put("changes", progress.changes())
                .put("rejects", progress.rejects())
                .put("unmapped", progress.unmapped())
                .put("last_change_at", text(progress.lastChangeAt()));
        return new RowDraft(AuditTable.SOURCE, identity, columns);
    }

    /**
     * A row of {@code judgeable_v1}.
     *
     * @param reason why the rule cannot be judged, or what is missing of it; {@code null} when nothing is
     */
    public static RowDraft judgeable(String operator, String system, String ruleId, boolean judgeable, String reason) {
        ObjectNode identity = MAPPER.createObjectNode()
                .put("operator_id", operator)
                .put("system_id", system)
                .put("rule_id", ruleId);
        ObjectNode columns =
                MAPPER.createObjectNode().put("judgeable", judgeable).put("reason", reason);
        return new RowDraft(AuditTable.JUDGEABLE, identity, columns);
    }

    /**
     * A row of {@code unjudged_v1}, or a part of one.
     *
     * @param part which of the places that counted it
     */
    public static RowDraft unjudged(
            String operator, String system, String part, String subject, String reason, UnjudgedCount count) {
        ObjectNode identity = MAPPER.createObjectNode()
                .put("operator_id", operator)
                .put("system_id", system)
                .put("subject", subject)
                .put("reason", reason)
                .put("part", part);
        ObjectNode columns = MAPPER.createObjectNode()
                .put("occurrences", count.occurrences())
                .put("last_at", text(count.lastAt()));
        return new RowDraft(AuditTable.UNJUDGED, identity, columns);
    }

    /** A reject as its message on the reject topic and as its row; where it stands in its topic never changes. */
    public static ObjectNode reject(Reject reject) {
        return MAPPER.createObjectNode()
                .put("topic", reject.topic())
                .put("partition", reject.partition())
                .put("offset", reject.offset())
                .put("reason", reject.reason())
                .put("sha256", reject.sha256())
                .put("rejected_at", text(Instant.ofEpochMilli(reject.appendedAtMillis())));
    }

    /** Ends an operator's old generations. */
    public static TableRow stale(String operator, long generation) {
        return new TableRow(
                AuditTable.STALE,
                text(MAPPER.createObjectNode().put("operator", operator).put("generation", generation)));
    }

    /** The JSON text of a node. */
    public static String text(ObjectNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always written", e);
        }
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the row was written by this class: " + json, e);
        }
    }

    private static String text(LegalDay day) {
        return day == null ? null : day.toString();
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
