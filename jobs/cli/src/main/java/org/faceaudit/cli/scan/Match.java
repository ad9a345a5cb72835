package org.faceaudit.cli.scan;

/**
 * A word of the vocabulary that was found.
 *
 * @param concept what it stands for, as {@code words.yaml} calls it
 * @param word as it stands there
 * @param inComment whether it was found in the comment and not in the name
 */
record Match(String concept, String word, boolean inComment) {

    /** Why it is believed. */
    String because() {
        return "'" + word + "' in its " + (inComment ? "comment" : "name") + " stands for " + concept;
    }

    /** How much it says: a Chinese character as much as some letters, a name more than a comment. */
    int weight() {
        int weight = 0;
        for (int i = 0; i < word.length(); i++) {
            weight += word.charAt(i) == '_' ? 0 : word.charAt(i) > 0x2E80 ? 6 : 2;
        }
        return inComment ? weight / 2 : weight;
    }
}
