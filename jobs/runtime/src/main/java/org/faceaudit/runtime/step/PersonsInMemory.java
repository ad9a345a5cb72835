package org.faceaudit.runtime.step;

import java.util.Arrays;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * The bucket of the current key where state is objects on the heap: a page is asked of the state and put there at once. Of a
 * large operator nearly each record meets a page that no record met for long, so to keep pages at hand besides would mean to
 * look for each twice, far apart in memory.
 */
final class PersonsInMemory implements PersonBucket {

    /** Pages from there on have numbers of their own. */
    private static final int MOST_NUMBERS = 1 << 16;

    private final ValueState<PersonPage> root;
    private final MapState<Integer, PersonPage> pages;

    /** Numbers of pages, which all buckets share: an object of its own for each would be looked at for each record. */
    private Integer[] numbers = new Integer[0];

    PersonsInMemory(ValueState<PersonPage> root, MapState<Integer, PersonPage> pages) {
        this.root = root;
        this.pages = pages;
    }

    @Override
    public PersonPage root() throws Exception {
        return root.value();
    }

    @Override
    public void root(PersonPage page) throws Exception {
        root.update(page);
    }

    @Override
    public PersonPage page(int place) throws Exception {
        return pages.get(number(place));
    }

    @Override
    public void page(int place, PersonPage page) throws Exception {
        if (page == null) {
            pages.remove(number(place));
        } else {
            pages.put(number(place), page);
        }
    }

    private Integer number(int place) {
        if (place >= MOST_NUMBERS) {
            return place;
        }
        int known = numbers.length;
        if (place >= known) {
            numbers = Arrays.copyOf(numbers, Integer.highestOneBit(place | 1) << 1);
            for (int number = known; number < numbers.length; number++) {
                numbers[number] = number;
            }
        }
        return numbers[place];
    }
}
