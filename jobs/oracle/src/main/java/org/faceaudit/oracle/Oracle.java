package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges a dump of all topics, slowly.
 *
 * <p>The order of the records across topics means nothing; within a topic it is the order of the log. Sources are told apart
 * by their topic, {@code cdc.<operator>.<system>}.
 */
public final class Oracle {

    private static final String REGISTRY = "cdc.registry";

    private final Map<String, RowBook> sources = new TreeMap<>();
    private final OracleRegistry registry;
    private final boolean judging;

    /**
     * @param dump records of all topics, each topic in its order
     */
    public Oracle(List<TopicRecord> dump) {
        Map<String, List<TopicRecord>> topics = new TreeMap<>();
        for (TopicRecord record : dump) {
            topics.computeIfAbsent(record.topic(), topic -> new ArrayList<>()).add(record);
        }
        RowBook registryBook = new RowBook(new ChangeReader().read(topics.getOrDefault(REGISTRY, List.of())));
        topics.remove(REGISTRY);
        topics.forEach((topic, records) -> sources.put(topic, new RowBook(new ChangeReader().read(records))));
        this.registry = new OracleRegistry(registryBook);
        this.judging = registryBook.snapshotComplete();
    }

    /** All alert rows but those withdrawn, by rule, operator, subject, trigger and episode. */
    public List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        if (!judging) {
            return alerts;
        }
        for (SourceFacts facts : facts()) {
            if (facts.book().knownThrough() != null) {
                alerts.addAll(new AccessOpinion(facts, registry).alerts());
                alerts.addAll(new ImageOpinion(facts, registry).alerts());
            }
        }
        for (String operator : operators()) {
            PersonLine line = PersonLine.of(presences(operator));
            if (line.isEmpty() || registry.operator(operator) == null || registry.knownThrough() == null) {
                continue;
            }
            List<Cycle> cycles = Cycle.of(operator, line, registry, known(operator));
            alerts.addAll(new StorageOpinion(operator, registry).alerts(cycles));
            alerts.addAll(new FilingOpinion(operator, registry).alerts(cycles));
        }
        alerts.sort(Comparator.comparing(OracleAlert::ruleId)
                .thenComparing(OracleAlert::operator)
                .thenComparing(OracleAlert::subjectId)
                .thenComparing(OracleAlert::trigger)
                .thenComparing(OracleAlert::episode));
        return alerts;
    }

    /**
     * Numbers of persons at the end of each legal day from {@code from} to {@code to}, both included. A source must be known
     * through the end of the day to speak for it; of the newest day of which any source tells, it is enough to be in it.
     */
    public List<PersonDay> personDays(String operator, LocalDate from, LocalDate to) {
        List<Presence> presences = presences(operator);
        LocalDate newest = newestDay(operator);
        List<PersonDay> days = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            Instant end = Values.start(day.plusDays(1));
            Instant through = day.equals(newest) ? Values.start(day) : end;
            Instant last = end.minusNanos(1);
            long low = PersonLine.look(
                            presences.stream()
                                    .filter(presence -> presence.isKnownAt(through))
                                    .toList(),
                            last)
                    .lowNarrowest();
            long high = PersonLine.look(presences, last).highWidest();
            boolean allKnown = facts().stream()
                    .filter(facts -> facts.operator().equals(operator))
                    .map(facts -> facts.book().knownThrough())
                    .allMatch(known -> known != null && !known.isBefore(through));
            days.add(new PersonDay(operator, day, low, high, low == high && allKnown));
        }
        return days;
    }

    /** The legal day of the newest instant up to which any of an operator's sources is known. */
    public LocalDate newestDay(String operator) {
        return Values.day(known(operator));
    }

    /** How far a topic's source is known, {@code null} before anything may be said of it. */
    public Instant knownThrough(String topic) {
        return topic.equals(REGISTRY)
                ? registry.knownThrough()
                : sources.get(topic).knownThrough();
    }

    /** The calendar by the notices in force. */
    public OracleCalendar calendar() {
        return registry.calendar();
    }

    /** Operators of whom there is a source. */
    public Set<String> operators() {
        Set<String> operators = new TreeSet<>();
        facts().forEach(facts -> operators.add(facts.operator()));
        return operators;
    }

    private List<SourceFacts> facts() {
        List<SourceFacts> facts = new ArrayList<>();
        sources.forEach((topic, book) -> {
            String[] parts = topic.split("\\.", -1);
            facts.add(new SourceFacts(parts[1], parts[2], book));
        });
        return facts;
    }

    /** How far the best known of an operator's sources is known. */
    private Instant known(String operator) {
        return facts().stream()
                .filter(facts -> facts.operator().equals(operator))
                .map(facts -> facts.book().knownThrough())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private List<Presence> presences(String operator) {
        List<Presence> presences = new ArrayList<>();
        for (SourceFacts facts : facts()) {
            if (facts.operator().equals(operator)
                    && facts.book().snapshotComplete()
                    && facts.book().knownThrough() != null) {
                presences.addAll(facts.presences());
            }
        }
        return presences;
    }
}
