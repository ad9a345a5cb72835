package org.faceaudit.oracle.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.faceaudit.oracle.TopicRecord;

/**
 * The topics of many make-believe operators and of the one registry that knows them.
 *
 * @param seed what it grew from
 * @param now the newest instant anybody tells of
 * @param topics topic to records in the order of their offsets
 */
public record World(long seed, Instant now, Map<String, List<TopicRecord>> topics) {

    /** How many records one crash of Kafka Connect makes it write again, at most. */
    private static final int LONGEST_REPETITION = 12;

    public World {
        topics = Map.copyOf(new TreeMap<>(topics));
    }

    /** What an operator's token key makes of the key of the collection that ships with every CompreFace. */
    public static String shippedKey(String operator) {
        return CompreFaceTale.shippedKey(operator);
    }

    /** All records, topic by topic. */
    public List<TopicRecord> dump() {
        List<TopicRecord> dump = new ArrayList<>();
        new TreeMap<>(topics).values().forEach(dump::addAll);
        return dump;
    }

    /** All records, topics mixed at random; each topic keeps its order. */
    public List<TopicRecord> interleaved(Random random) {
        List<List<TopicRecord>> left = new ArrayList<>(new TreeMap<>(topics).values());
        int[] next = new int[left.size()];
        // Drawing a topic by its length lets all of them end at about the same time; a burst now and then does not.
        List<Integer> draws = new ArrayList<>();
        for (int topic = 0; topic < left.size(); topic++) {
            draws.addAll(java.util.Collections.nCopies(left.get(topic).size(), topic));
        }
        java.util.Collections.shuffle(draws, random);
        List<TopicRecord> mixed = new ArrayList<>();
        for (int topic : draws) {
            int burst = random.nextInt(50) == 0 ? 20 : 1;
            for (; burst > 0 && next[topic] < left.get(topic).size(); burst--) {
                mixed.add(left.get(topic).get(next[topic]++));
            }
        }
        return mixed;
    }

    /** The registry last of all, or first of all: facts wait for the law. */
    public List<TopicRecord> registryLast() {
        List<TopicRecord> records = new ArrayList<>();
        new TreeMap<>(topics).forEach((topic, part) -> {
            if (!topic.equals("cdc.registry")) {
                records.addAll(part);
            }
        });
        records.addAll(topics.get("cdc.registry"));
        return records;
    }

    /** The same world, in which capture crashed now and then and wrote its newest records again. */
    public World repeated(Random random) {
        Map<String, List<TopicRecord>> repeated = new TreeMap<>();
        new TreeMap<>(topics).forEach((topic, part) -> {
            List<TopicRecord> records = new ArrayList<>();
            for (TopicRecord record : part) {
                records.add(moved(record, records.size(), record.appendedAt()));
                if (random.nextInt(15) == 0) {
                    int from = Math.max(0, records.size() - 1 - random.nextInt(LONGEST_REPETITION));
                    for (TopicRecord again : List.copyOf(records.subList(from, records.size()))) {
                        records.add(moved(again, records.size(), record.appendedAt()));
                    }
                }
            }
            repeated.put(topic, records);
        });
        return new World(seed, now, repeated);
    }

    private static TopicRecord moved(TopicRecord record, long offset, Instant appendedAt) {
        return new TopicRecord(record.topic(), offset, appendedAt, record.key(), record.value());
    }
}
