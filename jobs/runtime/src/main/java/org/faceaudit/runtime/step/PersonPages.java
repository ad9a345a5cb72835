package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.faceaudit.core.counting.PersonHolding;

/**
 * The persons of one bucket on pages of a few dozen, so that a change copies little and a page's own cost is shared. A small
 * bucket is one page; a larger one gets page after page by linear hashing.
 */
final class PersonPages {

    /** More persons on a page, and the bucket gets one more page. */
    private static final int FULL = 48;

    /** Where the only page of a small bucket is, or the number of pages of a larger one. */
    private static final int ROOT = 0;

    /** The first byte of a root that holds a number: no page has so many systems. */
    private static final int NUMBER = 0xff;

    private final MapState<Integer, PersonPage> pages;

    /** @param pages state of the current key */
    PersonPages(MapState<Integer, PersonPage> pages) {
        this.pages = pages;
    }

    /** All holdings of one person before and after a change, as {@link PersonPage#kept}. */
    record Change(List<PersonHolding> before, List<PersonHolding> after) {}

    /** Puts a holding in the place of the earlier one of the same person and record; without presences it only takes that away. */
    Change put(PersonHolding told) throws Exception {
        PersonHolding holding = PersonPage.kept(told);
        PersonDigest token = PersonDigest.of(told.person());
        PersonPage root = pages.get(ROOT);
        int number = root == null ? 1 : number(root);
        int place = number == 1 ? ROOT : place(token, number);
        PersonPage page = number == 1 ? root : pages.get(place);
        List<PersonHolding> before = page == null ? List.of() : page.holdings(token, holding);
        List<PersonHolding> after = new ArrayList<>(before.size() + 1);
        for (PersonHolding held : before) {
            if (!held.holder().equals(holding.holder())) {
                after.add(held);
            }
        }
        if (!holding.presences().isEmpty()) {
            after.add(holding);
        }
        if (!after.equals(before)) {
            set(place, (page == null ? PersonPage.EMPTY : page).with(token, after), number);
        }
        return new Change(before, after);
    }

    private void set(int place, PersonPage page, int number) throws Exception {
        if (page == null) {
            pages.remove(place);
            return;
        }
        pages.put(place, page);
        if (page.persons() > FULL) {
            if (number == 1) {
                // The only page makes room for the number of pages.
                pages.put(1, page);
            }
            split(number);
        }
    }

    /** One page more: it takes half of the persons of the page whose turn it is. */
    private void split(int number) throws Exception {
        int added = number + 1;
        int turn = added - Integer.highestOneBit(number);
        PersonPage page = pages.get(turn);
        if (page != null) {
            replace(turn, page.only(token -> place(token, added) == turn));
            replace(added, page.only(token -> place(token, added) == added));
        }
        pages.put(ROOT, new PersonPage(new byte[] {
            (byte) NUMBER, (byte) (added >> 24), (byte) (added >> 16), (byte) (added >> 8), (byte) added
        }));
    }

    private void replace(int place, PersonPage page) throws Exception {
        if (page == null) {
            pages.remove(place);
        } else {
            pages.put(place, page);
        }
    }

    private static int number(PersonPage root) {
        byte[] bytes = root.bytes();
        return (bytes[0] & 0xff) == NUMBER
                ? (bytes[1] & 0xff) << 24 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 8 | (bytes[4] & 0xff)
                : 1;
    }

    /** The page of a person among so many, from 1. */
    private static int place(PersonDigest token, int number) {
        int half = Integer.highestOneBit(number);
        int whole = token.spread() & (2 * half - 1);
        return 1 + (whole < number ? whole : whole & (half - 1));
    }
}
