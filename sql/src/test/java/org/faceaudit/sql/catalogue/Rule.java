package org.faceaudit.sql.catalogue;

import java.util.List;

/** One row of {@code rule.csv}. */
record Rule(String id, List<String> articles, String titleZh, String titleEn, List<String> needs, String knownGaps) {

    /** The simple name of its own test, by the convention that a rule is one class and one test. */
    String testType() {
        StringBuilder name = new StringBuilder();
        for (String word : id.split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.append("Test").toString();
    }
}
