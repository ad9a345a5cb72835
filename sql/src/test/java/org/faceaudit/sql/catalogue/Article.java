package org.faceaudit.sql.catalogue;

/** One row of {@code article.csv}: a clause that rules cite. */
record Article(String law, String number, String paragraph, String textZh, String source, String status) {

    String reference() {
        return reference(law, number, paragraph);
    }

    /** The spelling of {@code audit.cited_article}, by which {@code rule.csv} cites. */
    static String reference(String law, String number, String paragraph) {
        if (number.matches("[0-9]+") && !law.startsWith("GB/T ")) {
            return law + " 第" + number + "条"
                    + (paragraph.isEmpty() ? "" : "第" + paragraph + (paragraph.startsWith("(") ? "项" : "款"));
        }
        return law + " §" + number + (paragraph.isEmpty() ? "" : " " + paragraph);
    }
}
