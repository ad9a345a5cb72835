package org.faceaudit.intake.operator;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what was probably meant. */
final class NearestWord {

    private NearestWord() {}

    /** The word that differs least from what was written, if it differs little enough to be meant. */
    static Optional<String> to(String written, Collection<String> words) {
        int limit = Math.max(2, written.length() / 3);
        return words.stream()
                .filter(word -> distance(written, word) <= limit)
                .min(Comparator.<String>comparingInt(word -> distance(written, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code Write 'x'.} or {@code Write one of a, b.} */
    static String remedy(String written, Collection<String> words) {
        return to(written, words)
                .map(word -> "Write '" + word + "'.")
                .orElseGet(() -> "Write one of " + String.join(", ", words) + ".");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
