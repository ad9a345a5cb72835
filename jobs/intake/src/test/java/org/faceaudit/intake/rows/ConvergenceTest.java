package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.Envelopes.record;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

/** Random histories of a gym, read as they are and with repetitions: the facts are the same. */
class ConvergenceTest {

    private static final String TOPIC = "cdc.acme.one";
    private static final Mapping GYM = MappingsUnderTest.of("use: gym\n");

    /** A database of a few rows that writes its own change log. */
    private static final class Gym {
        private final Random random;
        private final List<byte[]> log = new ArrayList<>();
        private final Map<Integer, String> members = new TreeMap<>();
        private final Map<Integer, String> images = new TreeMap<>();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private long lsn = 100;

        Gym(long seed) {
            random = new Random(seed);
        }

        private void add(String op, String table, String before, String after, String snapshot) {
            log.add(record(TOPIC, op, "public." + table, before, after)
                    .at(now.toString())
                    .lsn(lsn)
                    .tx(lsn)
                    .snapshot(snapshot)
                    .bytes());
        }

        private void tick() {
            now = now.plus(Duration.ofMinutes(1 + random.nextInt(1000)));
            lsn += 1 + random.nextInt(50);
        }

        void snapshot() {
            tick();
            List<String[]> rows = new ArrayList<>();
            members.forEach((id, row) -> rows.add(new String[] {"member", row}));
            images.forEach((id, row) -> rows.add(new String[] {"member_image", row}));
            for (int i = 0; i < rows.size(); i++) {
                add("r", rows.get(i)[0], null, rows.get(i)[1], i == rows.size() - 1 ? "last" : "true");
            }
            heartbeat();
        }

        private void heartbeat() {
            tick();
            add("u", "heartbeat", null, "{'id':1}", "false");
        }

        void change() {
            tick();
            int id = random.nextInt(6);
            switch (random.nextInt(8)) {
                case 0 ->
                    write(
                            members,
                            "member",
                            id,
                            "{'id':" + id + ",'member_no':'t1:member-no:k1:trim,upper:"
                                    + String.format("%032x", random.nextInt(4)) + "'}");
                case 1 -> remove(members, "member", id);
                case 2 -> remove(images, "member_image", id);
                case 3 -> {
                    if (random.nextInt(6) == 0) {
                        images.clear();
                        add("t", "member_image", null, null, "false");
                    }
                }
                case 4 -> heartbeat();
                default ->
                    write(
                            images,
                            "member_image",
                            id,
                            "{'id':" + id + ",'member_id':" + random.nextInt(6)
                                    + ",'photo':'d1:" + (random.nextBoolean() ? "present:image/jpeg:64k" : "empty:-:-")
                                    + "','feature':null,'taken_at':null,'test_data':" + (random.nextInt(5) == 0) + "}");
            }
        }

        private void write(Map<Integer, String> table, String name, int id, String row) {
            add(table.put(id, row) == null ? "c" : "u", name, null, row, "false");
        }

        private void remove(Map<Integer, String> table, String name, int id) {
            if (table.remove(id) != null) {
                add("d", name, "{'id':" + id + "}", null, "false");
            }
        }
    }

    private static List<byte[]> history(long seed) {
        Gym gym = new Gym(seed);
        for (int part = 0; part < 3; part++) {
            gym.snapshot();
            for (int i = 0; i < 25; i++) {
                gym.change();
            }
        }
        return gym.log;
    }

    /** Each record may come again, alone or with what followed it, at any later place. */
    private static List<byte[]> repeated(List<byte[]> history, Random random) {
        List<byte[]> result = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            result.add(history.get(i));
            if (random.nextInt(6) == 0) {
                int from = random.nextInt(i + 1);
                int to = Math.min(i + 1, from + 1 + random.nextInt(12));
                result.addAll(history.subList(from, to));
            }
        }
        return result;
    }

    private static SourceUnderTest read(List<byte[]> history) {
        SourceUnderTest source = new SourceUnderTest(GYM);
        history.forEach(source::read);
        assertThat(source.rejects).isEmpty();
        return source;
    }

    /** A repeated record stands at an offset of its own, and moves those behind it. */
    private static String withoutOffsets(SourceUnderTest source) {
        return source.facts.records.toString().replaceAll("offset=\\d+", "");
    }

    @Test
    void repetitionsChangeNoFact() {
        int told = 0;
        for (long seed = 0; seed < 150; seed++) {
            List<byte[]> history = history(seed);
            SourceUnderTest once = read(history);
            SourceUnderTest often = read(repeated(history, new Random(seed)));

            assertThat(withoutOffsets(often)).as("seed " + seed).isEqualTo(withoutOffsets(once));
            assertThat(often.progress().knownThrough())
                    .isEqualTo(once.progress().knownThrough());
            assertThat(often.progress().incarnation()).isEqualTo(once.progress().incarnation());
            told += once.facts.records.size();
        }
        assertThat(told).isGreaterThan(500);
    }

    @Test
    void theFactsAreThoseOfTheDatabase() {
        for (long seed = 0; seed < 80; seed++) {
            Gym gym = new Gym(seed);
            gym.snapshot();
            for (int i = 0; i < 60; i++) {
                gym.change();
            }
            SourceUnderTest source = read(gym.log);
            Map<String, String> stored = new TreeMap<>();
            source.facts.records.forEach((key, record) -> {
                var newest = record.versions().get(record.versions().size() - 1);
                if (newest.stored()) {
                    stored.put(key, newest.image() + " " + newest.template());
                }
            });
            Map<String, String> expected = new TreeMap<>();
            gym.images.forEach((id, row) -> {
                if (row.contains("d1:present") && row.contains("'test_data':false")) {
                    expected.put("public.member_image/" + id, "true false");
                }
            });
            assertThat(stored).as("seed " + seed).isEqualTo(expected);
        }
    }

    @Test
    void everyTimeLineRunsForward() {
        Comparator<Instant> order = Comparator.naturalOrder();
        for (long seed = 0; seed < 80; seed++) {
            read(history(seed)).facts.records.values().forEach(record -> {
                List<Instant> instants = record.versions().stream()
                        .map(version -> version.from().latest())
                        .toList();
                assertThat(instants).isSortedAccordingTo(order).doesNotHaveDuplicates();
            });
        }
    }

    @Test
    void historiesAreWhatTheySeem() {
        assertThat(new String(history(1).get(0), StandardCharsets.UTF_8)).contains("\"op\":");
        assertThat(history(1)).hasSizeGreaterThan(60);
    }
}
