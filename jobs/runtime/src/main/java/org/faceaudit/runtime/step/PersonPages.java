package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.faceaudit.core.counting.PersonHolding;

/**
 * The persons of one bucket on pages. In memory a page has a few dozen, so that a change copies little and a page's own cost is
 * shared: a small bucket is one page, kept by itself; a larger one gets page after page by linear hashing. On disk, where a page
 * is written whole for each row of a snapshot and merged again and again, everybody has one of their own. A bucket stays as it
 * was begun, wherever it is restored.
 */
final class PersonPages {

    /** Bytes of the only page of a small bucket, from which on it becomes two. */
    private static final int ONLY_FULL = 128 * PersonPage.PLAIN;

    /** Bytes of a page of a larger bucket, from which on there is one more. */
    private static final int FULL = 64 * PersonPage.PLAIN;

    /** The first byte of a root that holds the number of pages: no page has so many names. */
    private static final int NUMBER = 0xff;

    /** The number of pages of a bucket where everybody has one, but for those few whom chance puts together. */
    private static final int AS_MANY_AS_PERSONS = Integer.MAX_VALUE;

    /** Pages at hand: a few dozen megabytes. */
    static final int MOST_AT_HAND = 16_000;

    /** The only page of a small bucket, or the number of pages of a larger one. */
    private final ValueState<PersonPage> root;

    /** The pages of a larger bucket, from 1. */
    private final MapState<Integer, PersonPage> pages;

    private final Consumer<String> keys;
    private final boolean apart;

    /** Pages that were read or changed, by key: rows of one source come together, and a page is written once a cut. */
    private final Map<String, Bucket> atHand = new HashMap<>();

    private int pagesAtHand;

    /**
     * The pages of all buckets.
     *
     * @param store state of the current key
     * @param keys makes a key the current one
     * @param apart whether whoever is in a bucket that nobody was in yet gets a page of their own
     */
    PersonPages(KeyedStateStore store, Consumer<String> keys, boolean apart) {
        this.root = store.getState(new ValueStateDescriptor<>("person-page", PersonPage.TYPE));
        this.pages = store.getMapState(new MapStateDescriptor<>("person-pages", Types.INT, PersonPage.TYPE));
        this.keys = keys;
        this.apart = apart;
    }

    /** What is at hand of a bucket. */
    private static final class Bucket {
        private PersonPage root;
        private boolean rootChanged;
        /** Empty, and nobody's, in a bucket that is one page: most are. */
        private Map<Integer, PersonPage> pages = Map.of();

        private Set<Integer> changed = Set.of();

        /** Holds a page, none if it is {@code null}; how many more are held then. */
        private int hold(int place, PersonPage page) {
            if (page == null) {
                return pages.containsKey(place) && pages.remove(place) != null ? -1 : 0;
            }
            if (pages.isEmpty()) {
                pages = new HashMap<>(2);
            }
            return pages.put(place, page) == null ? 1 : 0;
        }

        private void change(int place) {
            if (changed.isEmpty()) {
                changed = new HashSet<>(2);
            }
            changed.add(place);
        }
    }

    /** All holdings of one person before and after a change, as {@link PersonPage#kept}. */
    record Change(List<PersonHolding> before, List<PersonHolding> after) {}

    /**
     * Puts a holding in the place of the earlier one of the same person and record; without presences it only takes that away.
     *
     * @param key the current key
     */
    Change put(String key, PersonHolding told) throws Exception {
        PersonHolding holding = PersonPage.kept(told);
        PersonDigest token = PersonDigest.of(told.person());
        Bucket bucket = bucket(key);
        int number = bucket.root == null ? 1 : number(bucket.root);
        int place = number == 1 ? 0 : place(token, number);
        PersonPage page = number == 1 ? bucket.root : page(bucket, place);
        List<PersonHolding> before = page == null ? List.of() : page.holdings(token, holding);
        List<PersonHolding> after = after(before, holding);
        if (!after.equals(before)) {
            PersonPage changed = (page == null ? PersonPage.EMPTY : page).with(token, after);
            if (number == 1) {
                setOnly(bucket, changed);
            } else {
                set(bucket, place, changed, number);
            }
        }
        return new Change(before, after);
    }

    private Bucket bucket(String key) throws Exception {
        if (pagesAtHand >= MOST_AT_HAND) {
            write();
            atHand.clear();
            pagesAtHand = 0;
            keys.accept(key);
        }
        Bucket bucket = atHand.get(key);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.root = root.value();
            if (bucket.root == null && apart) {
                setNumber(bucket, AS_MANY_AS_PERSONS);
            }
            atHand.put(key, bucket);
            pagesAtHand++;
        }
        return bucket;
    }

    private PersonPage page(Bucket bucket, int place) throws Exception {
        PersonPage page = bucket.pages.get(place);
        if (page == null && !bucket.changed.contains(place)) {
            page = pages.get(place);
            pagesAtHand += bucket.hold(place, page);
        }
        return page;
    }

    /** How many pages are at hand: {@link #MOST_AT_HAND}, and those that one change touches. */
    int atHand() {
        return pagesAtHand;
    }

    /** Writes what changed to the state. Another key than before is the current one then. */
    void write() throws Exception {
        for (Map.Entry<String, Bucket> entry : atHand.entrySet()) {
            Bucket bucket = entry.getValue();
            if (!bucket.rootChanged && bucket.changed.isEmpty()) {
                continue;
            }
            keys.accept(entry.getKey());
            if (bucket.rootChanged) {
                bucket.rootChanged = false;
                root.update(bucket.root);
            }
            Map<Integer, PersonPage> written = new HashMap<>();
            for (int place : bucket.changed) {
                PersonPage page = bucket.pages.get(place);
                if (page == null) {
                    pages.remove(place);
                } else {
                    written.put(place, page);
                }
            }
            if (!written.isEmpty()) {
                // All at once, which is less work for RocksDB.
                pages.putAll(written);
            }
            bucket.changed = Set.of();
        }
    }

    private static List<PersonHolding> after(List<PersonHolding> before, PersonHolding holding) {
        if (before.isEmpty()) {
            return holding.presences().isEmpty() ? before : List.of(holding);
        }
        List<PersonHolding> after = new ArrayList<>(before.size() + 1);
        for (PersonHolding held : before) {
            if (!held.holder().equals(holding.holder())) {
                after.add(held);
            }
        }
        if (!holding.presences().isEmpty()) {
            after.add(holding);
        }
        return after;
    }

    private void setOnly(Bucket bucket, PersonPage page) throws Exception {
        if (page == null || page.bytes().length <= ONLY_FULL) {
            bucket.root = page;
            bucket.rootChanged = true;
        } else {
            replace(bucket, 1, page);
            split(bucket, 1);
        }
    }

    private void set(Bucket bucket, int place, PersonPage page, int number) throws Exception {
        replace(bucket, place, page);
        if (page != null && page.bytes().length > FULL && number != AS_MANY_AS_PERSONS) {
            split(bucket, number);
        }
    }

    /** One page more: it takes half of the persons of the page whose turn it is. */
    private void split(Bucket bucket, int number) throws Exception {
        int added = number + 1;
        int turn = added - Integer.highestOneBit(number);
        PersonPage page = page(bucket, turn);
        if (page != null) {
            replace(bucket, turn, page.only(token -> place(token, added) == turn));
            replace(bucket, added, page.only(token -> place(token, added) == added));
        }
        setNumber(bucket, added);
    }

    private static void setNumber(Bucket bucket, int number) {
        bucket.root = new PersonPage(new byte[] {
            (byte) NUMBER, (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number
        });
        bucket.rootChanged = true;
    }

    private void replace(Bucket bucket, int place, PersonPage page) {
        bucket.change(place);
        pagesAtHand += bucket.hold(place, page);
    }

    private static int number(PersonPage root) {
        byte[] bytes = root.bytes();
        return (bytes[0] & 0xff) == NUMBER
                ? (bytes[1] & 0xff) << 24 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 8 | (bytes[4] & 0xff)
                : 1;
    }

    /** The page of a person among so many, from 1, or from 0 where everybody has one. */
    private static int place(PersonDigest token, int number) {
        if (number == AS_MANY_AS_PERSONS) {
            return token.spread();
        }
        int half = Integer.highestOneBit(number);
        int whole = token.spread() & (2 * half - 1);
        return 1 + (whole < number ? whole : whole & (half - 1));
    }
}
