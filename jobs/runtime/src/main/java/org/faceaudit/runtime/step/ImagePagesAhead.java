package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.faceaudit.runtime.fact.Scopes;

/**
 * Which pages of images one parallel instance has to look at: at this cut those of whom something came, and so many at each cut
 * of all that are to be judged anew or have become due. Not kept in state: whoever restores looks at every page. Not thread-safe.
 */
final class ImagePagesAhead {

    private final DueDays due = new DueDays();
    /** At this cut. */
    private final Set<String> touched = new LinkedHashSet<>();
    /** Everybody on them is judged anew when their turn comes; whoever is added again keeps the turn. */
    private final Set<String> anew = new LinkedHashSet<>();
    /** What their findings rest on is to be told or forgotten when their turn comes. */
    private final Set<String> toTell = new LinkedHashSet<>();
    /** By operator, the pages that this generation has still to say or to judge for the first time. */
    private final Map<String, Set<String>> unsaid = new HashMap<>();

    private final Set<String> toldUnsaid = new HashSet<>();

    /** Somebody on a page must be judged at this cut. */
    void touch(String page) {
        touched.add(page);
    }

    /** Everybody on a page is to be judged anew. */
    void judgeAnew(String page) {
        anew.add(page);
    }

    /** Everybody on a page is to be judged, and until then nothing of older generations may be swept. */
    void judgeFirst(String page) {
        touched.remove(page);
        anew.add(page);
        unsaid.computeIfAbsent(Scopes.operator(page), operator -> new HashSet<>())
                .add(page);
    }

    /** What the findings of a page rest on may have to be told or forgotten. */
    void tell(String page) {
        toTell.add(page);
    }

    /** A page has something that becomes due. */
    void wake(String source, String page, Instant at) {
        due.wake(source, page, at);
    }

    /** Some who were on one page are on another now. */
    void moved(String from, String to) {
        touched.add(from);
        touched.add(to);
        if (anew.contains(from)) {
            anew.add(to);
        }
        if (toTell.contains(from)) {
            toTell.add(to);
        }
        Set<String> pages = unsaid.get(Scopes.operator(from));
        if (pages != null && pages.contains(from)) {
            pages.add(to);
        }
    }

    /** What is to be looked at in this cut because of facts; there may be more after each look. */
    String nextTouched() {
        return next(touched);
    }

    /** What is to be judged anew next, {@code null} for nothing. */
    String nextAnew() {
        return next(anew);
    }

    /** Of which page to tell next what its findings rest on, {@code null} for none. */
    String nextToTell() {
        return next(toTell);
    }

    private static String next(Set<String> pages) {
        Iterator<String> first = pages.iterator();
        if (!first.hasNext()) {
            return null;
        }
        String page = first.next();
        first.remove();
        return page;
    }

    /** The sources that have pages which become due. */
    Set<String> sources() {
        return due.sources();
    }

    /** Takes out pages that are due, see {@link DueDays#due}. */
    Set<String> due(String source, Instant known, int most) {
        return due.due(source, known, most);
    }

    /** A page is as this generation says it. */
    void said(String page) {
        Set<String> pages = unsaid.get(Scopes.operator(page));
        if (pages != null) {
            pages.remove(page);
        }
    }

    /**
     * Tells of each operator of whom that is news whether pages are unsaid.
     *
     * @param tell hears of the operator, and whether there are any
     */
    void tellUnsaid(BiConsumer<String, Boolean> tell) {
        unsaid.forEach((operator, pages) -> {
            boolean any = !pages.isEmpty();
            if (any ? toldUnsaid.add(operator) : toldUnsaid.remove(operator)) {
                tell.accept(operator, any);
            }
        });
        unsaid.values().removeIf(Set::isEmpty);
    }
}
