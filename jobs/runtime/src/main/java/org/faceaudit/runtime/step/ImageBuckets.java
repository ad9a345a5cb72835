package org.faceaudit.runtime.step;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * The persons of each bucket on pages of a few dozen, so that a change copies little and a page's own cost is shared. A small
 * bucket is one page; a larger one gets page after page by linear hashing, and they share a book.
 *
 * <p>In memory a page is written whole. On disk, where nearly every image of a snapshot is on another page, whole pages are read,
 * written and merged again and again: there a page has leaves, and a change reads and writes one. A bucket stays as it was begun,
 * wherever it is restored.
 */
final class ImageBuckets {

    static final MapStateDescriptor<Integer, ImagePage> PAGES =
            new MapStateDescriptor<>("image-pages", Types.INT, RecordTypes.of(ImagePage.class));
    static final MapStateDescriptor<Integer, ImagePage> HEADS =
            new MapStateDescriptor<>("image-page-heads", Types.INT, RecordTypes.of(ImagePage.class));

    /** Leaves of a page on disk. */
    static final int ON_DISK = 4;

    /** More persons on a page of one leaf, and the bucket gets one more page. */
    private static final int FULL = 48;

    /** The same of one leaf of several. */
    private static final int LEAF_FULL = 16;

    /** Where the only page of a small bucket is, or the number of pages of a larger one. */
    private static final int ROOT = 0;

    /** Where the pages' book is. */
    private static final int BOOK = -1;

    /** A root that holds a number of pages each with a book of its own: larger buckets had such once. */
    private static final int NUMBER = Integer.BYTES;

    /** A root that holds the number of pages and that of their leaves. No page is so short. */
    private static final int NUMBERS = Integer.BYTES + 1;

    /** Buckets whose numbers and book are at hand: a few megabytes. */
    private static final int MOST_AT_HAND = 1 << 10;

    /** Hears of what happens to pages. */
    interface Listener {

        /** A page has somebody on it who must be judged anew, and is at hand; it is written afterwards. */
        void taken(String key, int place, OpenImagePage page) throws Exception;

        /** Some who were on one page are on another now. */
        void moved(String key, int from, int to);
    }

    /** What is known of a bucket without its pages. */
    private static final class Bucket {
        private int number = 1;
        private int leaves = 1;
        /** {@code null} where each page has its own. */
        private PageBook book;
    }

    private final MapState<Integer, ImagePage> pages;
    private final MapState<Integer, ImagePage> heads;
    private final Consumer<String> keys;
    private final int leaves;
    private final Set<String> known = new LinkedHashSet<>();

    private final Map<String, Bucket> atHand = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_AT_HAND;
        }
    };

    /**
     * The pages of all buckets.
     *
     * @param pages who is on each page, and what was found, of the current key
     * @param heads how far each page was said; apart, since that changes without the page
     * @param keys makes a key the current one
     * @param leaves of each page of a larger bucket that is begun
     */
    ImageBuckets(
            MapState<Integer, ImagePage> pages, MapState<Integer, ImagePage> heads, Consumer<String> keys, int leaves) {
        this.pages = pages;
        this.heads = heads;
        this.keys = keys;
        this.leaves = leaves;
    }

    private Bucket bucket(String key) throws Exception {
        keys.accept(key);
        Bucket bucket = atHand.get(key);
        if (bucket == null) {
            bucket = new Bucket();
            ImagePage root = pages.get(ROOT);
            int length = root == null ? 0 : root.bytes().length;
            if (length == NUMBER || length == NUMBERS) {
                ByteBuffer numbers = ByteBuffer.wrap(root.bytes());
                bucket.number = numbers.getInt();
                if (length == NUMBERS) {
                    bucket.leaves = numbers.get();
                    bucket.book = PageBook.of(pages.get(BOOK));
                }
            }
            atHand.put(key, bucket);
        }
        return bucket;
    }

    /** Takes in facts of one bucket. */
    void take(String key, Collection<ImageFact> facts, Listener listener) throws Exception {
        Bucket bucket = bucket(key);
        known.add(key);
        Map<Integer, OpenImagePage> open = new HashMap<>();
        int splits = 0;
        for (ImageFact fact : facts) {
            int place = bucket.number == 1 ? ROOT : place(fact.scope(), bucket.number);
            OpenImagePage page = open.get(place);
            if (page == null) {
                page = open(bucket, place);
                if (page == null) {
                    PageBook own = new PageBook(fact.source(), PageBase.near(fact), new PageWords());
                    page = OpenImagePage.of(ImageLeaf.empty(own), null);
                }
                open.put(place, page);
            }
            page.take(fact);
        }
        Map<Integer, ImagePage> written = new TreeMap<>();
        for (Map.Entry<Integer, OpenImagePage> page : open.entrySet()) {
            splits += page.getValue().overflow(bucket.leaves == 1 ? FULL : LEAF_FULL);
            listener.taken(key, page.getKey(), page.getValue());
            put(bucket, page.getKey(), page.getValue(), written);
        }
        write(bucket, written);
        for (; splits > 0; splits--) {
            split(key, bucket, listener);
        }
    }

    /** Every bucket in which somebody ever was, as far as it was restored or written here. */
    Set<String> keys() {
        return Collections.unmodifiableSet(known);
    }

    /** There is something of a bucket. */
    void restore(String key) {
        known.add(key);
    }

    /** The places of the pages of a bucket. */
    List<Integer> places(String key) throws Exception {
        int number = bucket(key).number;
        if (number == 1) {
            return List.of(ROOT);
        }
        List<Integer> places = new ArrayList<>(number);
        for (int place = 1; place <= number; place++) {
            places.add(place);
        }
        return places;
    }

    /** A page of a bucket, {@code null} if nobody is on it. It is read while the bucket's key is the current one. */
    OpenImagePage open(String key, int place) throws Exception {
        return open(bucket(key), place);
    }

    private OpenImagePage open(Bucket bucket, int place) throws Exception {
        if (bucket.book != null) {
            // The only page of the bucket, as it once was, is gone.
            return place == ROOT
                    ? null
                    : OpenImagePage.of(bucket.book, bucket.leaves, leaf -> leaf(bucket, place, leaf), heads.get(place));
        }
        ImagePage page = place == ROOT && bucket.number > 1 ? null : pages.get(place);
        return page == null ? null : OpenImagePage.of(ImageLeaf.read(page), heads.get(place));
    }

    private ImageLeaf leaf(Bucket bucket, int place, int number) {
        try {
            ImagePage leaf = pages.get(place * bucket.leaves + number);
            return leaf == null ? ImageLeaf.sharing(bucket.book) : ImageLeaf.read(bucket.book, leaf);
        } catch (Exception e) {
            throw new IllegalStateException("a state can be read", e);
        }
    }

    /** Writes what changed of a page: who is on its leaves, and how far it was said. */
    void put(String key, int place, OpenImagePage page) throws Exception {
        Bucket bucket = bucket(key);
        Map<Integer, ImagePage> written = new HashMap<>();
        put(bucket, place, page, written);
        write(bucket, written);
    }

    private void put(Bucket bucket, int place, OpenImagePage page, Map<Integer, ImagePage> written) throws Exception {
        int gone = 0;
        for (int number = 0; number < page.leaves(); number++) {
            ImageLeaf leaf = page.opened(number);
            if (leaf == null) {
                continue;
            }
            ImagePage packed = leaf.changed() ? leaf.packed() : null;
            if (packed != null) {
                written.put(place * bucket.leaves + number, packed);
            } else if (leaf.changed()) {
                pages.remove(place * bucket.leaves + number);
            }
            gone += leaf.persons() == 0 ? 1 : 0;
        }
        if (gone == page.leaves()) {
            heads.remove(place);
        } else if (page.headChanged()) {
            heads.put(place, page.head());
        }
    }

    private void write(Bucket bucket, Map<Integer, ImagePage> written) throws Exception {
        if (!written.isEmpty()) {
            // All at once, which is less work for RocksDB.
            pages.putAll(written);
        }
        if (bucket.book != null && bucket.book.changed()) {
            pages.put(BOOK, bucket.book.packed());
        }
    }

    /** One page more: it takes half of the persons of the page whose turn it is. */
    private void split(String key, Bucket bucket, Listener listener) throws Exception {
        int added = bucket.number + 1;
        int turn = added - Integer.highestOneBit(bucket.number);
        OpenImagePage page;
        if (bucket.number == 1) {
            OpenImagePage only = open(bucket, ROOT);
            if (only == null) {
                return;
            }
            page = share(bucket, only);
            heads.remove(ROOT);
            listener.moved(key, ROOT, turn);
            listener.moved(key, ROOT, added);
        } else {
            page = open(bucket, turn);
        }
        bucket.number = added;
        pages.put(ROOT, root(bucket));
        if (page != null) {
            Map<Integer, ImagePage> written = new HashMap<>();
            put(bucket, turn, page.only(scope -> place(scope, added) == turn), written);
            put(bucket, added, page.only(scope -> place(scope, added) == added), written);
            write(bucket, written);
            listener.moved(key, turn, added);
        }
    }

    /** A bucket's only page as the first of several, which share a book. */
    private OpenImagePage share(Bucket bucket, OpenImagePage only) throws IOException {
        PageBook own = only.opened(0).book();
        bucket.book = new PageBook(own.source(), own.base(), new PageWords());
        bucket.leaves = leaves;
        return only.sharing(bucket.book, leaves);
    }

    private static ImagePage root(Bucket bucket) {
        ByteBuffer numbers =
                ByteBuffer.allocate(bucket.book == null ? NUMBER : NUMBERS).putInt(bucket.number);
        return new ImagePage(
                bucket.book == null
                        ? numbers.array()
                        : numbers.put((byte) bucket.leaves).array());
    }

    /** The page of a person among so many, from 1. */
    static int place(String scope, int number) {
        int half = Integer.highestOneBit(number);
        int whole = (int) spread(scope) & (2 * half - 1);
        return 1 + (whole < number ? whole : whole & (half - 1));
    }

    /** The leaf of a person among so many of a page, from 0: by other bits than the page. */
    static int leaf(String scope, int number) {
        return (int) (spread(scope) >>> Integer.SIZE - 1 - Byte.SIZE) & (number - 1);
    }

    private static long spread(String scope) {
        return (scope.hashCode() * 0x9e3779b97f4a7c15L) * 0xff51afd7ed558ccdL >>> 33;
    }
}
