package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words that a page's entries repeat, by number; 0 is none. Words are only ever added. Not thread-safe. */
final class PageWords {

    private final List<String> words = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The number of a word, which is taken in if it is new. */
    int number(String word) {
        if (word == null) {
            return 0;
        }
        Integer known = numbers.get(word);
        if (known == null) {
            words.add(word);
            known = words.size();
            numbers.put(word, known);
        }
        return known;
    }

    String word(int number) {
        return number == 0 ? null : words.get(number - 1);
    }

    List<String> all() {
        return words;
    }
}
