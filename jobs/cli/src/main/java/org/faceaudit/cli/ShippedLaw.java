package org.faceaudit.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.faceaudit.core.law.LawSet;

/**
 * A set of law that ships beside the one in force.
 *
 * @param law what judges
 * @param titleZh its title in Chinese
 * @param titleEn its title in English
 * @param note what must be known of it before it is read
 */
public record ShippedLaw(LawSet law, String titleZh, String titleEn, String note) {

    private static final String SETS = "sets/set.csv";

    /** The set of that id; nothing if none ships under it. */
    public static Optional<ShippedLaw> of(String id) {
        return LawCsv.rows(SETS).stream()
                .filter(row -> row.get("id").equals(id))
                .map(ShippedLaw::read)
                .findFirst();
    }

    /** The ids of all sets, in the order of their file. */
    public static List<String> ids() {
        return LawCsv.rows(SETS).stream().map(row -> row.get("id")).toList();
    }

    private static ShippedLaw read(Map<String, String> set) {
        String directory = "sets/" + set.get("id") + "/";
        Map<String, String> articles = new HashMap<>();
        LawCsv.rows(directory + "rule.csv").forEach(rule -> articles.put(rule.get("id"), rule.get("article")));
        LawSet law = new LawSet(
                set.get("id"),
                set.get("filing_zh"),
                set.get("filing_en"),
                LawCsv.rows(directory + "parameter.csv"),
                articles);
        return new ShippedLaw(law, set.get("title_zh"), set.get("title_en"), set.get("note"));
    }
}
