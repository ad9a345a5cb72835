package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words that entries repeat, by number; 0 is none. Words are only ever added. Beside shared words, which are no more than so
 * many, stand those of one place alone: their numbers are below zero. Not thread-safe.
 */
final class PageWords {

    /** So many words are shared at the most: what comes later stands where it is used. */
    private static final int MOST_SHARED = 256;

    private final PageWords shared;
    private final List<String> words = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Words that nothing else knows. */
    PageWords() {
        this(null);
    }

    private PageWords(PageWords shared) {
        this.shared = shared;
    }

    /** Words beside these, which are added to while there is room. */
    PageWords beside() {
        return new PageWords(this);
    }

    /** The number of a word, which is taken in if it is new. */
    int number(String word) {
        if (word == null) {
            return 0;
        }
        if (shared == null) {
            return own(word);
        }
        Integer known = shared.numbers.get(word);
        if (known == null && !numbers.containsKey(word) && shared.words.size() < MOST_SHARED) {
            known = shared.own(word);
        }
        return known == null ? -own(word) : known;
    }

    private int own(String word) {
        Integer known = numbers.get(word);
        if (known == null) {
            words.add(word);
            known = words.size();
            numbers.put(word, known);
        }
        return known;
    }

    /** Takes in one of those that are not shared, in the order of {@link #all}. */
    void restore(String word) {
        own(word);
    }

    String word(int number) {
        if (number < 0) {
            return words.get(-number - 1);
        }
        return number == 0 ? null : (shared == null ? this : shared).words.get(number - 1);
    }

    /** Those that are not shared. */
    List<String> all() {
        return words;
    }
}
