package org.faceaudit.local.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.oracle.TopicRecord;

/**
 * Puts the changes of {@link RouteSource} into the words of the tables that the oracle can read: names of tables and columns
 * change, and nothing else. What is no change of these tables stays as it is, poison too.
 */
final class OracleWords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> TABLES = Map.of(
            "住户人脸", "face",
            "门禁", "access_point",
            "访客", "member",
            "访客照片", "member_image",
            "到访", "membership",
            "route_heartbeat", "faceaudit_heartbeat");

    private static final Map<String, Map<String, String>> COLUMNS = Map.of(
            "住户人脸", Map.of("身份证", "id_card", "建档时间", "create_time"),
            "门禁", Map.of("启用", "in_service", "刷脸", "by_face", "刷卡", "by_card", "变更时间", "changed_at"),
            "访客", Map.of("证件", "member_no"),
            "访客照片", Map.of("访客编号", "member_id", "拍摄时间", "taken_at", "留存至", "keep_until"),
            "到访", Map.of("访客编号", "member_id", "离开日", "ended_on"));

    private OracleWords() {}

    /** The records of one topic, in their order. */
    static List<TopicRecord> of(List<ConsumerRecord<byte[], byte[]>> records) {
        List<TopicRecord> words = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            words.add(new TopicRecord(
                    record.topic(),
                    record.offset(),
                    Instant.ofEpochMilli(record.timestamp()),
                    record.key(),
                    value(record.value())));
        }
        return words;
    }

    private static byte[] value(byte[] value) {
        try {
            if (value == null || !(JSON.readTree(value) instanceof ObjectNode change)) {
                return value;
            }
            JsonNode source = change.path("source");
            String table = source.path("table").asText();
            if (!TABLES.containsKey(table)) {
                return value;
            }
            ((ObjectNode) source).put("table", TABLES.get(table));
            for (String row : List.of("before", "after")) {
                if (change.get(row) instanceof ObjectNode columns) {
                    change.set(row, row(columns, COLUMNS.getOrDefault(table, Map.of())));
                }
            }
            return JSON.writeValueAsBytes(change);
        } catch (IOException e) {
            // Poison: the oracle must see that itself.
            return value;
        }
    }

    private static ObjectNode row(ObjectNode columns, Map<String, String> names) {
        ObjectNode row = JSON.createObjectNode();
        columns.fields().forEachRemaining(column -> {
            String name = names.getOrDefault(column.getKey(), column.getKey());
            row.set(name, name.equals("create_time") ? local(column.getValue()) : column.getValue());
        });
        return row;
    }

    /** The oracle's table of faces has local times, spelt with a {@code Z} that means nothing. */
    private static JsonNode local(JsonNode zoned) {
        return zoned.isTextual()
                ? JSON.getNodeFactory()
                        .textNode(OffsetDateTime.parse(zoned.asText())
                                        .atZoneSameInstant(LegalDay.ZONE)
                                        .toLocalDateTime()
                                + "Z")
                : zoned;
    }
}
