package org.faceaudit.runtime.step;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.images.ImageSlot;

/**
 * Knows of which slots one parallel instance tells the changes that its findings rest on: of those in which few of its
 * own begin. Where no more begin in all instances than an alert may list, none of them has more, so each tells all. What
 * was told stays told until twice as many have gathered, lest a count that sways be told and forgotten at every cut.
 *
 * <p>Not kept in state: whoever restores may hold other keys than whoever saved, and counts anew.
 */
final class ImageEvidence {

    private static final int MOST_TOLD = Evidence.MAX_POSITIONS;
    private static final int MOST_REMEMBERED = 2 * MOST_TOLD;

    /** A slot; {@code told} of its findings are in the evidence. */
    private static final class Slot {
        private int findings;
        private int told;
        private boolean tells = true;
    }

    private final Map<ImageSlot, Slot> slots = new HashMap<>();
    private final Set<ImageSlot> touched = new HashSet<>();

    void add(ImageSlot slot, boolean told) {
        count(slot, 1, told);
    }

    void remove(ImageSlot slot, boolean told) {
        count(slot, -1, told);
    }

    private void count(ImageSlot slot, int change, boolean told) {
        Slot counted = slots.computeIfAbsent(slot, key -> new Slot());
        counted.findings += change;
        counted.told += told ? change : 0;
        touched.add(slot);
    }

    /**
     * Decides anew about the slots whose findings changed.
     *
     * @param begun whether a slot is in the past of what is known; of others nothing is told
     * @return whether findings of keys that were not looked at must be told or forgotten
     */
    boolean decide(Predicate<ImageSlot> begun) {
        boolean othersConcerned = false;
        for (ImageSlot slot : touched) {
            Slot counted = slots.get(slot);
            if (counted.findings == 0) {
                slots.remove(slot);
                continue;
            }
            boolean told = counted.tells;
            boolean few = counted.findings <= MOST_TOLD;
            counted.tells = few || (told && counted.told > 0 && counted.findings <= MOST_REMEMBERED);
            boolean tellOthers = !told && counted.tells && begun.test(slot);
            boolean forgetOthers = !counted.tells && counted.told > 0;
            othersConcerned |= tellOthers || forgetOthers;
        }
        touched.clear();
        return othersConcerned;
    }

    /** Whether so few findings are in a slot, for now, that they may come to be told. */
    boolean few(ImageSlot slot) {
        Slot counted = slots.get(slot);
        return counted != null && counted.findings <= MOST_REMEMBERED;
    }

    /** Whether the findings of a slot that has begun are told; of one without findings there is nothing to tell. */
    boolean tells(ImageSlot slot) {
        Slot counted = slots.get(slot);
        return counted != null && counted.tells;
    }

    /** Takes note that one more finding was told, or one was forgotten. */
    void said(ImageSlot slot, boolean told) {
        slots.get(slot).told += told ? 1 : -1;
    }
}
