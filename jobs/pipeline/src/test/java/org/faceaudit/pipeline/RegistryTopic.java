package org.faceaudit.pipeline;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.runtime.source.RawRecord;

/** The registry's evidence topic: core's fixture as the snapshot of a database, then heartbeats. */
public final class RegistryTopic {

    private static final Set<String> DATES = Set.of(
            "submitted_on",
            "accepted_on",
            "changed_on",
            "started_on",
            "terminated_on",
            "valid_from",
            "valid_to",
            "published_on",
            "covers_from",
            "covers_to",
            "day");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final EvidenceTopic topic = new EvidenceTopic("cdc.registry");

    /** The fixture's rows as a snapshot found them at an instant. */
    public RegistryTopic(RegistryFixture law, String at) {
        Iterator<RegistryChange> rows = law.rows().iterator();
        while (rows.hasNext()) {
            RegistryChange row = rows.next();
            topic.snapshot(at, "registry." + row.table(), json(row), !rows.hasNext());
        }
    }

    public RegistryTopic beat(String at) {
        topic.update(at, "registry.heartbeat", "{'id':1}");
        return this;
    }

    RegistryTopic insert(String at, RegistryChange row) {
        topic.insert(at, "registry." + row.table(), json(row));
        return this;
    }

    public List<RawRecord> records() {
        return topic.records();
    }

    /** Dates as Debezium writes them, days since 1970. */
    private static String json(RegistryChange row) {
        return row.values().entrySet().stream().map(RegistryTopic::json).collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(Map.Entry<String, String> column) {
        String value = DATES.contains(column.getKey())
                        && DAY.matcher(column.getValue()).matches()
                ? Integer.toString(LegalDay.parse(column.getValue()).epochDay())
                : "'" + column.getValue() + "'";
        return "'" + column.getKey() + "':" + value;
    }
}
