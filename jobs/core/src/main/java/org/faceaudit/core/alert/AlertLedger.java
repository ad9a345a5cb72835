package org.faceaudit.core.alert;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How alerts live: compares what is derived now with what was said last, and says what changed. */
public final class AlertLedger {

    private AlertLedger() {}

    /**
     * Takes an alert to its newest derivation. Only changed episodes give a revision, except in a new generation, where
     * all do; an episode that is missing becomes {@link Status#WITHDRAWN}.
     *
     * @param before what is remembered, {@code null} for an alert never seen
     * @param generation not less than the remembered one
     * @param now when the derivation was made; becomes {@code detectedAt}
     * @param calendarNews how the calendar has changed since the derivation before, {@code null} if it has not; told with
     *     every episode that knows a calendar
     */
    public static Advanced advance(
            LedgerEntry before, Derivation derivation, long generation, Instant now, String calendarNews) {
        Map<Integer, Episode> said = new TreeMap<>();
        if (before != null) {
            before.episodes().forEach(episode -> said.put(episode.episode(), episode));
        }
        Map<Integer, Episode> next = new TreeMap<>();
        said.forEach((ordinal, episode) -> next.put(ordinal, withdrawn(episode)));
        derivation.episodes().forEach(episode -> next.put(episode.episode(), episode));

        boolean newGeneration = before != null && before.generation() != generation;
        long revision = before == null ? 0 : before.revision();
        List<AlertRevision> revisions = new ArrayList<>();
        for (Episode episode : next.values()) {
            String reason = reason(said.get(episode.episode()), episode);
            if (reason == null && newGeneration) {
                reason = "rederived";
            }
            if (reason != null) {
                revision++;
                String because =
                        calendarNews == null || episode.calendarVersion() == null ? "" : " (" + calendarNews + ")";
                revisions.add(
                        new AlertRevision(derivation.key(), episode, generation, revision, now, reason + because));
            }
        }
        return new Advanced(new LedgerEntry(generation, revision, List.copyOf(next.values())), revisions);
    }

    private static String reason(Episode said, Episode episode) {
        if (said != null && said.status() == episode.status()) {
            List<String> changed = changed(said, episode);
            return changed.isEmpty() ? null : "amended: " + String.join(", ", changed);
        }
        return switch (episode.status()) {
            case OPEN -> said == null ? "opened" : "reopened";
            case RESOLVED -> "resolved";
            case EXEMPT -> "exempted";
            case WITHDRAWN -> "withdrawn";
        };
    }

    private static List<String> changed(Episode said, Episode episode) {
        List<String> changed = new ArrayList<>();
        compare(changed, "verdict", said.verdict(), episode.verdict());
        compare(changed, "severity", said.severity(), episode.severity());
        compare(changed, "occurred_on", said.occurredOn(), episode.occurredOn());
        compare(changed, "opened_at", said.openedAt(), episode.openedAt());
        compare(changed, "resolved_at", said.resolvedAt(), episode.resolvedAt());
        compare(changed, "due_on", said.dueOn(), episode.dueOn());
        compare(changed, "measured", number(said.measured()), number(episode.measured()));
        compare(changed, "threshold", number(said.threshold()), number(episode.threshold()));
        compare(changed, "unit", said.unit(), episode.unit());
        compare(changed, "provisional", said.provisional(), episode.provisional());
        compare(changed, "calendar_version", said.calendarVersion(), episode.calendarVersion());
        compare(changed, "law_version", said.lawVersion(), episode.lawVersion());
        compare(changed, "mapping_version", said.mappingVersion(), episode.mappingVersion());
        compare(changed, "exception_id", said.exceptionId(), episode.exceptionId());
        compare(changed, "system_id", said.systemId(), episode.systemId());
        compare(changed, "explanation_zh", said.explanationZh(), episode.explanationZh());
        compare(changed, "explanation_en", said.explanationEn(), episode.explanationEn());
        compare(changed, "evidence", said.evidence(), episode.evidence());
        return changed;
    }

    private static void compare(List<String> changed, String column, Object said, Object now) {
        if (!Objects.equals(said, now)) {
            changed.add(column);
        }
    }

    /** Numbers compare by value: 10 and 10.0 are the same measurement. */
    private static BigDecimal number(BigDecimal value) {
        return value == null ? null : value.stripTrailingZeros();
    }

    private static Episode withdrawn(Episode episode) {
        return new Episode(
                episode.episode(),
                episode.systemId(),
                episode.verdict(),
                Status.WITHDRAWN,
                episode.severity(),
                episode.occurredOn(),
                episode.openedAt(),
                null,
                episode.dueOn(),
                episode.measured(),
                episode.threshold(),
                episode.unit(),
                episode.provisional(),
                episode.calendarVersion(),
                episode.lawVersion(),
                episode.mappingVersion(),
                episode.exceptionId(),
                episode.explanationZh(),
                episode.explanationEn(),
                episode.evidence());
    }
}
