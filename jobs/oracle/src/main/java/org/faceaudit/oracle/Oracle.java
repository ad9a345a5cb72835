package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Judges a dump of all topics, slowly.
 *
 * <p>The order of the records across topics means nothing; within a topic it is the order of the log. Sources are told apart
 * by their topic, {@code cdc.<operator>.<system>}.
 */
public final class Oracle {

    /** The rules of whose alerts the oracle says on which changes they rest. */
    public static final Set<String> EVIDENCED = Set.of(ImageOpinion.RULE);

    private static final String REGISTRY = "cdc.registry";

    private final Map<String, RowBook> sources = new TreeMap<>();
    private final Map<String, List<Change>> heard = new TreeMap<>();
    private final Function<String, Listening> promises;
    private final Function<String, Map<String, Set<String>>> mapped;
    private final Instant asOf;
    private final OracleRegistry registry;
    private final UnaryOperator<String> shippedKey;
    private final boolean judging;

    /**
     * @param dump records of all topics, each topic in its order
     */
    public Oracle(List<TopicRecord> dump) {
        this(dump, operator -> null);
    }

    /**
     * @param dump records of all topics, each topic in its order
     * @param shippedKey what an operator's key makes of the key of the collection that ships with CompreFace
     */
    public Oracle(List<TopicRecord> dump, UnaryOperator<String> shippedKey) {
        this(dump, shippedKey, null);
    }

    /**
     * The same as it would have been judged at an earlier instant.
     *
     * @param asOf what was committed later is left out; {@code null} for the whole dump
     */
    public Oracle(List<TopicRecord> dump, UnaryOperator<String> shippedKey, Instant asOf) {
        this(dump, shippedKey, asOf, topic -> Listening.UNSAID);
    }

    /**
     * The same, with what the sources promise.
     *
     * @param promises by topic, when heartbeats are promised
     */
    public Oracle(
            List<TopicRecord> dump,
            UnaryOperator<String> shippedKey,
            Instant asOf,
            Function<String, Listening> promises) {
        this(dump, shippedKey, asOf, promises, topic -> Map.of());
    }

    /**
     * The same, with what the operators' files name.
     *
     * @param mapped by topic, the mapped columns of each table, {@code schema.table}; none of a source whose rows are not asked
     *     for columns that are gone
     */
    public Oracle(
            List<TopicRecord> dump,
            UnaryOperator<String> shippedKey,
            Instant asOf,
            Function<String, Listening> promises,
            Function<String, Map<String, Set<String>>> mapped) {
        this.mapped = mapped;
        this.shippedKey = shippedKey;
        this.promises = promises;
        this.asOf = asOf;
        Map<String, List<TopicRecord>> topics = new TreeMap<>();
        for (TopicRecord record : dump) {
            topics.computeIfAbsent(record.topic(), topic -> new ArrayList<>()).add(record);
        }
        RowBook registryBook = new RowBook(new ChangeReader().read(topics.getOrDefault(REGISTRY, List.of())), asOf);
        topics.remove(REGISTRY);
        topics.forEach((topic, records) -> {
            List<Change> changes = new ChangeReader().read(records);
            heard.put(topic, changes);
            sources.put(topic, new RowBook(changes, asOf));
        });
        LocalDate today = asOf == null ? LocalDate.MAX : Values.day(asOf);
        this.registry = new OracleRegistry(registryBook, today, new OwnRecords(sources, today));
        this.judging = registryBook.snapshotComplete();
    }

    /** All alert rows but those withdrawn, by rule, operator, subject, trigger and episode. */
    public List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        if (!judging) {
            return alerts;
        }
        alerts.addAll(new CalendarOpinion(registry).alerts());
        for (SourceFacts facts : facts()) {
            if (facts.book().knownThrough() != null) {
                alerts.addAll(ofAccess(facts));
                alerts.addAll(new ImageOpinion(facts, registry).alerts());
                alerts.addAll(new MinorOpinion(facts, registry).alerts());
            }
        }
        if (registry.knownThrough() != null) {
            heard.forEach((topic, changes) -> {
                String[] parts = topic.split("\\.", -1);
                alerts.addAll(
                        new SilenceOpinion(parts[1], parts[2], promises.apply(topic), registry).alerts(changes, asOf));
                if (!isHeard(changes)) {
                    return;
                }
                alerts.addAll(new GapOpinion(parts[1], parts[2], registry)
                        .alerts(sources.get(topic).relearned()));
                alerts.addAll(new DriftOpinion(parts[1], parts[2], registry)
                        .alerts(changes, mapped.apply(topic), sources.get(topic).relearned(), asOf));
            });
        }
        Map<String, OperatorPersons> persons = persons();
        persons.forEach((operator, stored) -> {
            if (registry.operator(operator) != null
                    && registry.knownThrough() != null
                    && stored.knownThrough() != null) {
                alerts.addAll(ofOperator(operator, persons));
            }
        });
        alerts.sort(Comparator.comparing(OracleAlert::ruleId)
                .thenComparing(OracleAlert::operator)
                .thenComparing(OracleAlert::subjectId)
                .thenComparing(OracleAlert::trigger)
                .thenComparing(OracleAlert::episode));
        return alerts;
    }

    /** Of a source that has not said anything yet nothing is said, whatever the registry holds of it. */
    private boolean isHeard(List<Change> changes) {
        return changes.stream()
                .anyMatch(change -> asOf == null
                        || !Values.earlier(change.committedAt(), change.appendedAt())
                                .isAfter(asOf));
    }

    /** What is said of access points, and of those who tried to get in. */
    private List<OracleAlert> ofAccess(SourceFacts facts) {
        Doors doors = new Doors(facts, registry);
        FallbackOpinion fallbacks = new FallbackOpinion(facts, registry, doors);
        List<OracleAlert> alerts = new ArrayList<>(new AccessOpinion(facts, registry, doors).alerts());
        alerts.addAll(new SpaceOpinion(facts, registry, doors).alerts());
        alerts.addAll(fallbacks.alerts());
        alerts.addAll(new RefusalOpinion(facts, registry, doors, fallbacks).alerts());
        alerts.addAll(new PromptOpinion(facts, registry, doors).alerts());
        return alerts;
    }

    /** What is said of an operator as a whole, by the persons it stores and by what the registry holds of it. */
    private List<OracleAlert> ofOperator(String operator, Map<String, OperatorPersons> persons) {
        OperatorPersons stored = persons.get(operator);
        List<Cycle> cycles = Cycle.of(operator, stored.line(), registry, stored.knownThrough());
        List<OracleAlert> alerts = new ArrayList<>();
        alerts.addAll(new StorageOpinion(operator, registry).alerts(cycles));
        alerts.addAll(new FilingOpinion(operator, registry).alerts(cycles));
        alerts.addAll(new ChangeOpinion(operator, registry, cycles).alerts());
        alerts.addAll(new DeregistrationOpinion(operator, registry, cycles).alerts());
        alerts.addAll(new FacesLeftOpinion(operator, registry, stored).alerts());
        alerts.addAll(new DeclaredCountOpinion(operator, registry, stored).alerts());
        return alerts;
    }

    private Map<String, OperatorPersons> persons() {
        Map<String, List<SourceFacts>> sourcesOf = new TreeMap<>();
        for (SourceFacts source : facts()) {
            sourcesOf
                    .computeIfAbsent(source.operator(), operator -> new ArrayList<>())
                    .add(source);
        }
        Map<String, OperatorPersons> persons = new TreeMap<>();
        sourcesOf.forEach((operator, own) -> persons.put(operator, OperatorPersons.of(own)));
        return persons;
    }

    /**
     * Numbers of persons at the end of each legal day from {@code from} to {@code to}, both included. A source must be known
     * through the end of the day to speak for it; of the newest day of which any source tells, it is enough to be in it.
     */
    public List<PersonDay> personDays(String operator, LocalDate from, LocalDate to) {
        List<Presence> presences = persons(operator).presences();
        List<TokenLink> links = persons(operator).links();
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
                            links,
                            last)
                    .lowNarrowest();
            long high = PersonLine.look(presences, links, last).highWidest();
            boolean allKnown = facts().stream()
                    .filter(facts -> facts.operator().equals(operator))
                    .map(facts -> facts.book().knownThrough())
                    .allMatch(known -> known != null && !known.isBefore(through));
            days.add(new PersonDay(operator, day, low, high, low == high && allKnown));
        }
        return days;
    }

    private OperatorPersons persons(String operator) {
        return persons().getOrDefault(operator, OperatorPersons.of(List.of()));
    }

    /** The legal day of the newest instant up to which any of an operator's sources is known. */
    public LocalDate newestDay(String operator) {
        return Values.day(persons(operator).knownThrough());
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
            facts.add(new SourceFacts(parts[1], parts[2], book, shippedKey.apply(parts[1])));
        });
        return facts;
    }
}
