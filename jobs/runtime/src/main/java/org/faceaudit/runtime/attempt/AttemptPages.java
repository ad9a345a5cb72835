package org.faceaudit.runtime.attempt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.state.MapState;

/** The attempts of one access point or of one person, a page for each legal day. */
public final class AttemptPages {

    private final MapState<Integer, AttemptPage> pages;

    /** @param pages state of the current key */
    public AttemptPages(MapState<Integer, AttemptPage> pages) {
        this.pages = pages;
    }

    /**
     * Takes in what is new, in order.
     *
     * @return the legal days that changed
     */
    public TreeSet<Integer> take(List<AttemptNews> news) throws Exception {
        Map<Integer, List<AttemptNews>> byDay = new HashMap<>();
        for (AttemptNews each : news) {
            if (each.gone() != null) {
                byDay.computeIfAbsent(each.gone().day(), day -> new ArrayList<>())
                        .add(new AttemptNews(each.source(), each.scope(), null, null, each.gone()));
            }
            if (each.here() != null) {
                byDay.computeIfAbsent(each.here().day(), day -> new ArrayList<>())
                        .add(new AttemptNews(each.source(), each.scope(), null, each.here(), null));
            }
        }
        for (Map.Entry<Integer, List<AttemptNews>> day : byDay.entrySet()) {
            AttemptPage page = AttemptPage.replaced(pages.get(day.getKey()), day.getValue());
            if (page == null) {
                pages.remove(day.getKey());
            } else {
                pages.put(day.getKey(), page);
            }
        }
        return new TreeSet<>(byDay.keySet());
    }

    /** The page of a legal day, {@code null} if there is none. */
    public AttemptPage page(int day) throws Exception {
        return pages.get(day);
    }

    /** All pages by legal day. */
    public SortedMap<Integer, AttemptPage> all() throws Exception {
        TreeMap<Integer, AttemptPage> all = new TreeMap<>();
        for (Map.Entry<Integer, AttemptPage> entry : pages.entries()) {
            all.put(entry.getKey(), entry.getValue());
        }
        return all;
    }

    /** Forgets the pages of earlier legal days. */
    public void forgetBefore(int day) throws Exception {
        List<Integer> earlier = new ArrayList<>();
        for (int each : pages.keys()) {
            if (each < day) {
                earlier.add(each);
            }
        }
        for (int each : earlier) {
            pages.remove(each);
        }
    }
}
