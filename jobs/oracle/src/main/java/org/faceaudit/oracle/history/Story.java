package org.faceaudit.oracle.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One make-believe operator: its numbers, its sources, and what the registry is told of it. */
final class Story {

    /** Something that happens to the registry. */
    record RegistryAct(Instant at, Consumer<SampleSource.Transaction> work) {}

    final Random random;
    final String operator;
    final int threshold;
    final Instant from;
    final Instant now;
    final List<SampleSource> sources = new ArrayList<>();
    final List<RegistryAct> registry = new ArrayList<>();
    /** When a source first stored as many persons as oblige to file; {@code null} if none did. */
    Instant reachedAt;

    private final Map<String, TreeMap<Instant, Integer>> counts = new TreeMap<>();
    /** Ids of access points, as an exception names them. */
    final List<String> subjects = new ArrayList<>();

    Story(Random random, String operator, int threshold, Instant from, Instant now) {
        this.random = random;
        this.operator = operator;
        this.threshold = threshold;
        this.from = from;
        this.now = now;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    /** When the source falls silent: mostly at the end, sometimes long before. */
    Instant end() {
        return now.minusSeconds(chance(75) ? random.nextInt(3_600) : random.nextInt(60 * 86_400));
    }

    /** Some time between the first and the last thing that happens. */
    Instant someTime() {
        long seconds = java.time.Duration.between(from, now).toSeconds();
        return from.plusSeconds((long) (random.nextDouble() * seconds));
    }

    /** The registry's people act, at the latest now. */
    void tellRegistry(Instant at, Consumer<SampleSource.Transaction> work) {
        registry.add(new RegistryAct(at.isBefore(now) ? at : now, work));
    }

    /** A source stores so many persons from an instant on. */
    void counted(SampleSource source, Instant at, int persons) {
        counts.computeIfAbsent(source.topic(), topic -> new TreeMap<>()).put(at, persons);
    }

    /** About how many persons were stored at the end of a day: as many as in the source that had most. */
    int personsOn(LocalDate day) {
        int most = 0;
        for (TreeMap<Instant, Integer> line : counts.values()) {
            var entry = line.lowerEntry(Clock.start(day.plusDays(1)));
            most = entry == null ? most : Math.max(most, entry.getValue());
        }
        return most;
    }

    void reached(Instant at) {
        if (reachedAt == null || at.isBefore(reachedAt)) {
            reachedAt = at;
        }
    }

    /** A keyed token of the story's {@code number}-th person. */
    String token(String identifies, String keyId, String normalisation, int number) {
        return token(operator, identifies, keyId, normalisation, number);
    }

    static String token(String operator, String identifies, String keyId, String normalisation, int number) {
        return "t1:" + identifies + ':' + keyId + ':' + normalisation + ':'
                + String.format(java.util.Locale.ROOT, "%08x%024x", operator.hashCode(), number);
    }

    SampleSource source(String system, String database) {
        return source(system, database, random);
    }

    SampleSource source(String system, String database, Random dice) {
        SampleSource source =
                new SampleSource("cdc." + operator + '.' + system, database, 1_000_000 + dice.nextInt(1_000_000) * 8L);
        source.table("public.faceaudit_heartbeat", "id");
        source.unseen(transaction -> transaction.insert(
                "public.faceaudit_heartbeat", RegistrySource.row("id", 1, "beat_at", RegistrySource.zoned(from))));
        sources.add(source);
        return source;
    }

    static void beat(SampleSource source, Instant at) {
        source.commit(
                at,
                transaction -> transaction.update(
                        "public.faceaudit_heartbeat", "1", RegistrySource.row("beat_at", RegistrySource.zoned(at))));
    }

    /** What goes wrong in any topic. */
    void noise(SampleSource source) {
        if (chance(6)) {
            source.repeat(1 + random.nextInt(8));
        }
        if (chance(3)) {
            source.poison("{\"id\":1}", any(List.of("no json", "{\"before\":null,\"after\":{\"id\":", "[]", "\"r\"")));
        }
    }
}
