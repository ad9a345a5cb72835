package org.faceaudit.oracle.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.faceaudit.oracle.TopicRecord;

/**
 * Makes worlds from seeds. The {@code n}-th operator of a seed is the same in every world that holds it, so that a failing
 * one can be looked at alone.
 */
public final class HistoryGenerator {

    private static final LocalDate EARLIEST_NOW = LocalDate.of(2025, 9, 1);

    /** Until after the last day of the notices that the seed rows know. */
    private static final int DAYS = 530;

    private final long seed;
    private final LawRows law;

    /**
     * @param seed the same seed gives the same histories
     * @param law the rows every registry begins with
     */
    public HistoryGenerator(long seed, LawRows law) {
        this.seed = seed;
        this.law = law;
    }

    /** The world of operators {@code 0} to {@code count - 1}. */
    public World world(int count) {
        return world(java.util.stream.IntStream.range(0, count).boxed().toList());
    }

    /** The world of some operators of this seed, by their numbers. */
    public World world(List<Integer> numbers) {
        Random random = new Random(seed);
        Instant now = Clock.start(EARLIEST_NOW.plusDays(random.nextInt(DAYS))).plusSeconds(1 + random.nextInt(86_000));
        Instant registryAt = now.minusSeconds(86_400L * (1 + random.nextInt(500)));
        Map<String, List<TopicRecord>> topics = new TreeMap<>();
        List<Story.RegistryAct> acts = new ArrayList<>(new CalendarTale(random, now).tell());
        for (int number : numbers) {
            Story story = story(number, now);
            story.sources.forEach(source -> topics.put(source.topic(), source.records()));
            acts.addAll(story.registry);
        }
        topics.put("cdc.registry", registry(random, registryAt, now, acts).records());
        return new World(seed, now, topics);
    }

    private SampleSource registry(Random random, Instant registryAt, Instant now, List<Story.RegistryAct> acts) {
        RegistrySource registry = new RegistrySource(law);
        acts.sort(Comparator.comparing(Story.RegistryAct::at));
        Instant again = registryAt.plusSeconds(random.nextInt(400 * 86_400));
        boolean snapshotTaken = false;
        for (Story.RegistryAct act : acts) {
            if (!snapshotTaken && act.at().isAfter(registryAt)) {
                registry.source().snapshot(registryAt);
                snapshotTaken = true;
            }
            if (!snapshotTaken) {
                registry.source().unseen(act.work());
                continue;
            }
            if (again != null && act.at().isAfter(again.plusSeconds(1))) {
                registry.source().snapshot(again);
                again = null;
            }
            registry.source().commit(act.at(), act.work());
            if (random.nextInt(10) == 0) {
                registry.source().repeat(1 + random.nextInt(5));
            }
        }
        if (!snapshotTaken) {
            registry.source().snapshot(registryAt);
        }
        registry.beat(now);
        return registry.source();
    }

    private Story story(int number, Instant now) {
        Random random = new Random(seed * 1_000_003L + number * 7_919L + 17);
        random.nextInt();
        int threshold = 6 + random.nextInt(10);
        Instant from = now.minusSeconds(86_400L * (20 + random.nextInt(260)));
        Story story = new Story(random, "op-" + number, threshold, from, now);
        switch (random.nextInt(8)) {
            case 0, 1 -> new FaceTale(story, "faces", "k1", story.chance(40) ? 20 : 0).tell();
            case 2 -> {
                new FaceTale(story, "faces", "k1", 0).tell();
                new FaceTale(story, "branch", "k1", story.chance(30) ? 15 : 0).tell();
            }
            case 3 -> {
                new FaceTale(story, "faces", "k1", 0).tell();
                new FaceTale(story, "branch", "k2", 0).tell();
            }
            case 4 -> new CompreFaceTale(story).tell();
            case 5 -> {
                new FaceTale(story, "faces", "k1", 0).tell();
                new CompreFaceTale(story).tell();
            }
            case 6 -> new GymTale(story).tell();
            default -> {
                new GymTale(story).tell();
                new FaceTale(story, "faces", "k1", 5).tell();
            }
        }
        Random dice = new Random(seed * 31L + number * 104_729L + 5);
        if (dice.nextInt(5) == 0) {
            new NamedFaceTale(story, dice).tell();
        }
        Random more = new Random(seed * 37L + number * 15_485_863L + 11);
        if (more.nextInt(5) == 0) {
            new KeylessFaceTale(story, more).tell();
        }
        Random shards = new Random(seed * 41L + number * 32_452_843L + 13);
        if (shards.nextInt(5) == 0) {
            new ShardedFaceTale(story, shards).tell();
        }
        Random own = new Random(seed * 43L + number * 49_979_687L + 19);
        if (own.nextInt(4) == 0) {
            new OwnRecordsTale(story, own).tell();
        }
        Random turnstiles = new Random(seed * 47L + number * 67_867_967L + 23);
        if (turnstiles.nextInt(4) == 0) {
            new TurnstileTale(story, turnstiles).tell();
        }
        new RegistryTale(story).tell();
        return story;
    }
}
