package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.List;
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

    /** {@code null} where pages are put into the state at once. */
    private final PersonsAtHand atHand;

    /** Of the current key; {@code null} where pages are kept at hand. */
    private final PersonsInMemory inMemory;

    /**
     * The pages of all buckets.
     *
     * @param store state of the current key
     * @param keys makes a key the current one
     * @param onDisk whether pages are kept at hand, and whoever is in a bucket that nobody was in yet gets a page of their own
     */
    PersonPages(KeyedStateStore store, Consumer<String> keys, boolean onDisk) {
        ValueState<PersonPage> root = store.getState(new ValueStateDescriptor<>("person-page", PersonPage.TYPE));
        MapState<Integer, PersonPage> pages =
                store.getMapState(new MapStateDescriptor<>("person-pages", Types.INT, PersonPage.TYPE));
        this.atHand = onDisk ? new PersonsAtHand(root, pages, keys) : null;
        this.inMemory = onDisk ? null : new PersonsInMemory(root, pages);
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
        PersonBucket bucket = bucket(key);
        PersonPage root = bucket.root();
        int number = root == null ? 1 : number(root);
        int place = number == 1 ? 0 : place(token, number);
        PersonPage held = number == 1 ? root : bucket.page(place);
        PersonPage page = held == null ? PersonPage.EMPTY : held;
        int at = page.find(token);
        List<PersonHolding> before = page.holdings(at, holding);
        List<PersonHolding> after = after(before, holding);
        if (!after.equals(before)) {
            PersonPage changed = page.with(at, token, after);
            if (changed == held && atHand == null && changed.length() <= (number == 1 ? ONLY_FULL : FULL)) {
                // It is where it was: to put it there again would be to look for its place once more, far apart in
                // memory.
                return new Change(before, after);
            }
            if (number == 1) {
                setOnly(bucket, changed);
            } else {
                set(bucket, place, changed, number);
            }
        }
        return new Change(before, after);
    }

    private PersonBucket bucket(String key) throws Exception {
        if (atHand == null) {
            return inMemory;
        }
        PersonBucket bucket = atHand.bucket(key);
        if (bucket.root() == null) {
            setNumber(bucket, AS_MANY_AS_PERSONS);
        }
        return bucket;
    }

    /** How many pages are kept at hand, besides the state. */
    int atHand() {
        return atHand == null ? 0 : atHand.size();
    }

    /** Writes what changed to the state. Another key than before may be the current one then. */
    void write() throws Exception {
        if (atHand != null) {
            atHand.write();
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

    private static void setOnly(PersonBucket bucket, PersonPage page) throws Exception {
        if (page == null || page.length() <= ONLY_FULL) {
            bucket.root(page);
        } else {
            bucket.page(1, page);
            split(bucket, 1);
        }
    }

    private static void set(PersonBucket bucket, int place, PersonPage page, int number) throws Exception {
        bucket.page(place, page);
        if (page != null && page.length() > FULL && number != AS_MANY_AS_PERSONS) {
            split(bucket, number);
        }
    }

    /** One page more: it takes half of the persons of the page whose turn it is. */
    private static void split(PersonBucket bucket, int number) throws Exception {
        int added = number + 1;
        int turn = added - Integer.highestOneBit(number);
        PersonPage page = bucket.page(turn);
        if (page != null) {
            bucket.page(turn, page.only(token -> place(token, added) == turn));
            bucket.page(added, page.only(token -> place(token, added) == added));
        }
        setNumber(bucket, added);
    }

    private static void setNumber(PersonBucket bucket, int number) throws Exception {
        bucket.root(new PersonPage(new byte[] {
            (byte) NUMBER, (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number
        }));
    }

    private static int number(PersonPage root) {
        if (root.firstByte() != NUMBER) {
            return 1;
        }
        byte[] bytes = root.bytes();
        return (bytes[1] & 0xff) << 24 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 8 | (bytes[4] & 0xff);
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
