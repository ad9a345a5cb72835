package org.faceaudit.runtime.attempt;

import java.time.Instant;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;

/**
 * What is remembered of one bucket's attempts, on pages of a few dozen, so that a change copies little and a page's own cost is
 * shared. A small bucket is one page; a larger one gets page after page by linear hashing.
 */
public final class RememberedAttempts {

    /** More attempts on a page, and the bucket gets one more page. */
    private static final int FULL = 32;

    private final MapState<Integer, MemoryPage> pages;

    /** @param pages state of the current key */
    public RememberedAttempts(MapState<Integer, MemoryPage> pages) {
        this.pages = pages;
    }

    /** What is remembered of a row, {@code null} for nothing. */
    public RememberedAttempt of(String table, String rowKey, int number) throws Exception {
        MemoryPage page = pages.get(place(MemoryPage.spread(rowKey), number));
        return page == null ? null : page.of(table, rowKey);
    }

    /**
     * Remembers an attempt in the place of what was remembered of the same row.
     *
     * @param number how many pages there are, from 1
     * @param before attempts of earlier instants may be forgotten
     * @return how many pages there are now
     */
    public int remember(RememberedAttempt attempt, int number, Instant before) throws Exception {
        int place = place(MemoryPage.spread(attempt.rowKey()), number);
        MemoryPage page = MemoryPage.remembering(pages.get(place), attempt, before);
        pages.put(place, page);
        if (page.size() <= FULL) {
            return number;
        }
        int added = number + 1;
        int turn = added - Integer.highestOneBit(number);
        MemoryPage split = pages.get(turn);
        if (split != null) {
            replace(turn, split.only(spread -> place(spread, added) == turn));
            replace(added, split.only(spread -> place(spread, added) == added));
        }
        return added;
    }

    public void forEach(Consumer<RememberedAttempt> visitor) throws Exception {
        for (MemoryPage page : pages.values()) {
            page.forEach(visitor);
        }
    }

    private void replace(int place, MemoryPage page) throws Exception {
        if (page == null) {
            pages.remove(place);
        } else {
            pages.put(place, page);
        }
    }

    /** The page of a key among so many, from 1. */
    private static int place(int spread, int number) {
        int half = Integer.highestOneBit(number);
        int whole = spread & (2 * half - 1);
        return 1 + (whole < number ? whole : whole & (half - 1));
    }
}
