package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.state.MapState;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.ImageFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageBucketsTest {

    private static final Instant AT = Instant.parse("2026-05-01T02:00:00Z");
    private static final String KEY = "op/sys/0";

    private final Memory pages = new Memory();
    private final Memory heads = new Memory();
    private final Moves moves = new Moves();

    /** One bucket's state. */
    private static final class Memory implements MapState<Integer, ImagePage> {
        private final Map<Integer, ImagePage> map = new HashMap<>();
        private final Set<Integer> written = new TreeSet<>();
        private final Set<Integer> read = new TreeSet<>();

        @Override
        public ImagePage get(Integer key) {
            read.add(key);
            return map.get(key);
        }

        @Override
        public void put(Integer key, ImagePage value) {
            written.add(key);
            map.put(key, value);
        }

        @Override
        public void putAll(Map<Integer, ImagePage> more) {
            written.addAll(more.keySet());
            map.putAll(more);
        }

        @Override
        public void remove(Integer key) {
            map.remove(key);
        }

        @Override
        public boolean contains(Integer key) {
            return map.containsKey(key);
        }

        @Override
        public Iterable<Map.Entry<Integer, ImagePage>> entries() {
            return map.entrySet();
        }

        @Override
        public Iterable<Integer> keys() {
            return map.keySet();
        }

        @Override
        public Iterable<ImagePage> values() {
            return map.values();
        }

        @Override
        public java.util.Iterator<Map.Entry<Integer, ImagePage>> iterator() {
            return map.entrySet().iterator();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    /** Follows who is where by what is told of moves. */
    private static final class Moves implements ImageBuckets.Listener {
        private final Set<Integer> heardOf = new HashSet<>();

        @Override
        public void taken(String key, int place, OpenImagePage page) {
            heardOf.add(place);
        }

        @Override
        public void moved(String key, int from, int to) {
            if (heardOf.contains(from)) {
                heardOf.add(to);
            }
        }
    }

    private ImageBuckets buckets(int leaves) {
        return new ImageBuckets(pages, heads, key -> assertThat(key).isEqualTo(KEY), leaves);
    }

    private static ImageFact fact(int number, String mappingVersion) {
        PersonToken person = new PersonToken("local-id", "k1", "none", "sys", "%032x".formatted(number));
        FaceRecordVersion version = new FaceRecordVersion(
                TimeBounds.committed(AT),
                true,
                person,
                false,
                true,
                TimeBounds.declared(AT),
                30,
                null,
                ImageFindingsScene.stored(number));
        return ImageFacts.of(
                        null,
                        new FaceRecord("op", "sys", "public.face/" + number, mappingVersion, List.of(version)),
                        false)
                .get(0);
    }

    private static List<ImageFact> facts(int from, int to) {
        List<ImageFact> facts = new ArrayList<>();
        for (int number = from; number < to; number++) {
            facts.add(fact(number, "m1"));
        }
        return facts;
    }

    private static List<String> scopes(ImageBuckets buckets) throws Exception {
        List<String> scopes = new ArrayList<>();
        for (int place : buckets.places(KEY)) {
            OpenImagePage page = buckets.open(KEY, place);
            if (page != null) {
                page.entries().forEach(entry -> {
                    assertThat(entry.person().facts()).hasSize(1);
                    scopes.add(entry.scope());
                });
            }
        }
        return scopes;
    }

    private void assertAllOf(List<ImageFact> facts, ImageBuckets buckets) throws Exception {
        assertThat(scopes(buckets))
                .containsExactlyInAnyOrderElementsOf(
                        facts.stream().map(ImageFact::scope).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void everybodyIsFoundHoweverTheBucketGrowsAndIsRestored(int leaves) throws Exception {
        ImageBuckets buckets = buckets(leaves);
        int known = 0;
        for (int more : new int[] {1, 30, 60, 400, 2_000}) {
            buckets.take(KEY, facts(known, known + more), moves);
            known += more;
            assertAllOf(facts(0, known), buckets);
            assertAllOf(facts(0, known), buckets(leaves));
            // As it was begun, wherever it is restored.
            assertAllOf(facts(0, known), buckets(5 - leaves));
            assertThat(moves.heardOf).containsAll(buckets.places(KEY));
        }
        int number = buckets.places(KEY).size();
        assertThat(known / number).as("on a page").isBetween(16, 48);

        // Who is known already makes no page more.
        buckets.take(KEY, facts(0, known), moves);
        assertThat(buckets.places(KEY)).hasSize(number);
        assertAllOf(facts(0, known), buckets);
    }

    @Test
    void onDiskAChangeReadsAndWritesOneLeafOfMany() throws Exception {
        ImageBuckets buckets = buckets(ImageBuckets.ON_DISK);
        buckets.take(KEY, facts(0, 2_000), moves);
        pages.written.clear();
        pages.read.clear();
        heads.written.clear();

        buckets.take(KEY, facts(7, 8), moves);
        assertThat(pages.written).as("a leaf").hasSize(1);
        assertThat(pages.read).isEqualTo(pages.written);
        assertThat(heads.written).isEmpty();
        assertThat(pages.map.get(pages.written.iterator().next()).bytes()).hasSizeLessThan(16 * 60);

        // What is new in the words is kept as well.
        buckets.take(KEY, List.of(fact(7, "m2")), moves);
        assertThat(pages.written).as("and the book").hasSize(2);
        assertAllOf(facts(0, 2_000), buckets(ImageBuckets.ON_DISK));
    }

    @Test
    void theBookOfABucketTakesInNoMoreThanSoMuch() throws Exception {
        ImageBuckets buckets = buckets(ImageBuckets.ON_DISK);
        buckets.take(KEY, facts(0, 1_000), moves);
        for (int version = 0; version < 1_000; version++) {
            buckets.take(KEY, List.of(fact(version, "mapping version " + version)), moves);
        }
        assertAllOf(facts(0, 1_000), buckets(ImageBuckets.ON_DISK));
        assertThat(pages.map.get(-1).bytes()).hasSizeLessThan(20_000);
        OpenImagePage page = buckets(ImageBuckets.ON_DISK).open(KEY, 1);
        assertThat(page.entries()).allSatisfy(entry -> {
            ImageFact known = entry.person().facts().values().iterator().next();
            assertThat(known.record().mappingVersion()).startsWith("mapping version");
        });
    }

    @Test
    void aBucketWhosePagesHaveBooksOfTheirOwnStaysSo() throws Exception {
        // As larger buckets once were: the number of pages, and pages like that of a small bucket.
        int number = 3;
        pages.put(0, new ImagePage(ByteBuffer.allocate(4).putInt(number).array()));
        for (ImageFact fact : facts(0, 60)) {
            int place = ImageBuckets.place(fact.scope(), number);
            ImageLeaf leaf = pages.map.containsKey(place)
                    ? ImageLeaf.read(pages.map.get(place))
                    : ImageLeaf.empty(new PageBook("op/sys", PageBase.near(fact), new PageWords()));
            leaf.take(fact);
            pages.put(place, leaf.packed());
        }
        ImageBuckets buckets = buckets(ImageBuckets.ON_DISK);
        assertAllOf(facts(0, 60), buckets);

        buckets.take(KEY, facts(60, 500), moves);
        assertAllOf(facts(0, 500), buckets);
        assertAllOf(facts(0, 500), buckets(1));
        assertThat(pages.map).doesNotContainKey(-1);
        assertThat(pages.map.get(0).bytes()).hasSize(4);
    }
}
