package org.faceaudit.runtime.step;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * Pages that were read or changed, by key, where state is on disk: rows of one source come together, and a page is written once
 * a cut.
 */
final class PersonsAtHand {

    /** Pages at hand: a few dozen megabytes. */
    static final int MOST = 16_000;

    private final ValueState<PersonPage> root;
    private final MapState<Integer, PersonPage> pages;
    private final Consumer<String> keys;
    private final Map<String, Bucket> buckets = new HashMap<>();

    private int size;

    /** @param keys makes a key the current one */
    PersonsAtHand(ValueState<PersonPage> root, MapState<Integer, PersonPage> pages, Consumer<String> keys) {
        this.root = root;
        this.pages = pages;
        this.keys = keys;
    }

    /** What is at hand of a bucket. */
    private final class Bucket implements PersonBucket {
        private PersonPage own;
        private boolean rootChanged;
        /** Empty, and nobody's, in a bucket that is one page: most are. */
        private Map<Integer, PersonPage> held = Map.of();

        private Set<Integer> changed = Set.of();

        private Bucket(PersonPage own) {
            this.own = own;
        }

        @Override
        public PersonPage root() {
            return own;
        }

        @Override
        public void root(PersonPage page) {
            own = page;
            rootChanged = true;
        }

        @Override
        public PersonPage page(int place) throws Exception {
            PersonPage page = held.get(place);
            if (page == null && !changed.contains(place)) {
                page = pages.get(place);
                hold(place, page);
            }
            return page;
        }

        @Override
        public void page(int place, PersonPage page) {
            if (changed.isEmpty()) {
                changed = new HashSet<>(2);
            }
            changed.add(place);
            hold(place, page);
        }

        /** Holds a page, none if it is {@code null}. */
        private void hold(int place, PersonPage page) {
            if (page == null) {
                if (held.containsKey(place)) {
                    held.remove(place);
                    size--;
                }
                return;
            }
            if (held.isEmpty()) {
                held = new HashMap<>(2);
            }
            if (held.put(place, page) == null) {
                size++;
            }
        }

        private void write() throws Exception {
            if (rootChanged) {
                rootChanged = false;
                root.update(own);
            }
            Map<Integer, PersonPage> written = new HashMap<>();
            for (int place : changed) {
                PersonPage page = held.get(place);
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
            changed = Set.of();
        }
    }

    /** The bucket of the current key. */
    PersonBucket bucket(String key) throws Exception {
        if (size >= MOST) {
            write();
            buckets.clear();
            size = 0;
            keys.accept(key);
        }
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            bucket = new Bucket(root.value());
            buckets.put(key, bucket);
            size++;
        }
        return bucket;
    }

    /** How many pages are at hand: {@link #MOST}, and those that one change touches. */
    int size() {
        return size;
    }

    /** Writes what changed to the state. Another key than before is the current one then. */
    void write() throws Exception {
        for (Map.Entry<String, Bucket> entry : buckets.entrySet()) {
            Bucket bucket = entry.getValue();
            if (bucket.rootChanged || !bucket.changed.isEmpty()) {
                keys.accept(entry.getKey());
                bucket.write();
            }
        }
    }
}
