package org.faceaudit.sql.catalogue;

import java.util.List;

/**
 * One clause of a text, and what the catalogue says of it: the rules that cover it, the tests that show it, and why a machine
 * cannot check it, or not all of it.
 *
 * @param law title of the text as in {@code article.csv}
 * @param part a sentence or item of the paragraph, named in Chinese; empty: the whole
 * @param status how the wording was read: S, S2, P or M, as in {@code article.csv}
 * @param tests as {@code Type#method} or {@code Type.Nested#method}
 */
record Clause(
        String law,
        String number,
        String paragraph,
        String part,
        String textZh,
        String status,
        String source,
        String textEn,
        List<String> rules,
        List<String> tests,
        String reasonZh,
        String reasonEn) {

    /** As rules cite it: with its paragraph when it has one, never with its part. */
    String reference() {
        return Article.reference(law, number, paragraph);
    }

    /** As people cite it, in Chinese, without the law. */
    String placeZh() {
        String place = Article.reference("", number, paragraph).strip();
        return part.isEmpty() ? place : place + ' ' + part;
    }

    boolean hasReason() {
        return !reasonZh.isBlank() && !reasonEn.isBlank();
    }
}
