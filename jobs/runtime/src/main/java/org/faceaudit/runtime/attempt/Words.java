package org.faceaudit.runtime.attempt;

import java.util.ArrayList;
import java.util.List;

/** The texts that the entries of a page repeat, written once at its head; entries name them by number, 0 for none. */
final class Words {

    private final List<String> words = new ArrayList<>();

    static Words read(PageReader in) {
        Words words = new Words();
        for (long count = in.number(); count > 0; count--) {
            words.words.add(in.text());
        }
        return words;
    }

    void write(PageWriter out) {
        out.number(words.size());
        words.forEach(out::text);
    }

    int size() {
        return words.size();
    }

    /** The number of a word, which is added if it is new; 0 for {@code null}. */
    int number(String word) {
        if (word == null) {
            return 0;
        }
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(word)) {
                return i + 1;
            }
        }
        words.add(word);
        return words.size();
    }

    /** {@code null} for 0. */
    String word(int number) {
        return number == 0 ? null : words.get(number - 1);
    }
}
