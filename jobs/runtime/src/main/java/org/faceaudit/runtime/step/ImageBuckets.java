package org.faceaudit.runtime.step;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.faceaudit.runtime.fact.ImageFact;

/**
 * The persons of one bucket on pages of a few dozen, so that a change copies little and a page's own cost is shared. A small
 * bucket is one page; a larger one gets page after page by linear hashing.
 */
final class ImageBuckets {

    /** More persons on a page, and the bucket gets one more page. */
    private static final int FULL = 48;

    /** Where the only page of a small bucket is, or the number of pages of a larger one. */
    private static final int ROOT = 0;

    /** A root that holds a number has no other length; no page is so short. */
    private static final int NUMBER = Integer.BYTES;

    private final MapState<Integer, ImagePage> pages;
    private final MapState<Integer, ImagePage> heads;

    /**
     * Both of the current key.
     *
     * @param pages who is on each page, and what was found
     * @param heads how far each page was said; apart, since that changes without the page
     */
    ImageBuckets(MapState<Integer, ImagePage> pages, MapState<Integer, ImagePage> heads) {
        this.pages = pages;
        this.heads = heads;
    }

    /**
     * Takes in facts of the current key's bucket.
     *
     * @param touched hears of every page that has somebody on it who must be judged anew
     */
    void take(Collection<ImageFact> facts, Consumer<Integer> touched) throws Exception {
        int number = number();
        Map<Integer, OpenImagePage> open = new HashMap<>();
        for (ImageFact fact : facts) {
            int place = number == 1 ? ROOT : place(fact.scope(), number);
            OpenImagePage page = open.get(place);
            if (page == null) {
                ImagePage stored = pages.get(place);
                page = stored == null
                        ? OpenImagePage.empty(fact.source(), PageBase.near(fact))
                        : OpenImagePage.of(stored, heads.get(place));
                open.put(place, page);
            }
            page.take(fact);
        }
        int splits = 0;
        for (Map.Entry<Integer, OpenImagePage> page : open.entrySet()) {
            put(page.getKey(), page.getValue());
            splits += page.getValue().persons() / (FULL + 1);
            touched.accept(page.getKey());
        }
        for (; splits > 0; splits--) {
            split(touched);
        }
    }

    /** The places of the pages of the current key's bucket. */
    List<Integer> places() throws Exception {
        int number = number();
        if (number == 1) {
            return List.of(ROOT);
        }
        List<Integer> places = new ArrayList<>(number);
        for (int place = 1; place <= number; place++) {
            places.add(place);
        }
        return places;
    }

    /** A page of the current key's bucket, {@code null} if nobody is on it. */
    OpenImagePage open(int place) throws Exception {
        ImagePage page = pages.get(place);
        return page == null || page.bytes().length == NUMBER ? null : OpenImagePage.of(page, heads.get(place));
    }

    /** Writes who is on a page, and how far it was said. */
    void put(int place, OpenImagePage page) throws Exception {
        ImagePage packed = page.packed();
        if (packed == null) {
            pages.remove(place);
            heads.remove(place);
        } else {
            pages.put(place, packed);
            putHead(place, page);
        }
    }

    /** Writes of a page that is otherwise as it was how far it was said, if that changed. */
    void putHead(int place, OpenImagePage page) throws Exception {
        if (page.headChanged()) {
            heads.put(place, page.head());
        }
    }

    /** One page more: it takes half of the persons of the page whose turn it is. */
    private void split(Consumer<Integer> touched) throws Exception {
        int number = number();
        if (number == 1) {
            // The only page makes room for the number of pages.
            pages.put(1, pages.get(ROOT));
            ImagePage head = heads.get(ROOT);
            if (head != null) {
                heads.put(1, head);
                heads.remove(ROOT);
            }
            touched.accept(1);
        }
        int added = number + 1;
        int turn = added - Integer.highestOneBit(number);
        OpenImagePage page = open(turn);
        if (page != null) {
            put(turn, page.only(scope -> place(scope, added) == turn));
            put(added, page.only(scope -> place(scope, added) == added));
            touched.accept(turn);
            touched.accept(added);
        }
        pages.put(ROOT, new ImagePage(ByteBuffer.allocate(NUMBER).putInt(added).array()));
    }

    private int number() throws Exception {
        ImagePage root = pages.get(ROOT);
        return root == null || root.bytes().length != NUMBER
                ? 1
                : ByteBuffer.wrap(root.bytes()).getInt();
    }

    /** The page of a person among so many, from 1. */
    private static int place(String scope, int number) {
        int half = Integer.highestOneBit(number);
        int whole = spread(scope) & (2 * half - 1);
        return 1 + (whole < number ? whole : whole & (half - 1));
    }

    private static int spread(String scope) {
        long mixed = (scope.hashCode() * 0x9e3779b97f4a7c15L) * 0xff51afd7ed558ccdL;
        return (int) (mixed >>> 33);
    }
}
