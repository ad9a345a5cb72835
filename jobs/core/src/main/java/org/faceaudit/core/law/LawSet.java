package org.faceaudit.core.law;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A set of legal rows to judge by instead of the law in force, such as a draft that never became law. It takes the place
 * of the registry's own rows for every parameter that it names; all others stay as they are.
 *
 * @param version its name, which every alert judged by it bears
 * @param filingZh the clause that the filing duty rests on, as a Chinese sentence cites it
 * @param filingEn the same in English
 * @param parameters rows of the registry's table {@code parameter}, by column; one without a value says that the set knows
 *     no such number
 * @param articles by rule id, the articles that the rule rests on in this set; no other rule speaks under it, and the empty
 *     map leaves all rules with their own articles
 */
public record LawSet(
        String version,
        String filingZh,
        String filingEn,
        List<Map<String, String>> parameters,
        Map<String, String> articles)
        implements Serializable {

    /** The law in force, whose rows are the registry's. */
    public static final LawSet MEASURES =
            new LawSet("measures-2025", "《人脸识别技术应用安全管理办法》第十五条第一款", "Art. 15 ¶1 of the Measures", List.of(), Map.of());

    public LawSet {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(filingZh, "filingZh");
        Objects.requireNonNull(filingEn, "filingEn");
        parameters = parameters.stream().map(Map::copyOf).toList();
        articles = Map.copyOf(articles);
    }

    /** Whether the set speaks of a parameter, with a value or by saying that there is none. */
    boolean speaksOf(String parameter) {
        return parameters.stream().anyMatch(row -> parameter.equals(row.get("name")));
    }

    /** Whether the set says that it has no such number. */
    boolean lacks(String parameter) {
        return speaksOf(parameter)
                && parameters.stream().noneMatch(row -> parameter.equals(row.get("name")) && row.containsKey("value"));
    }

    /** Whether the rule speaks under this set. */
    public boolean judgesBy(String ruleId) {
        return articles.isEmpty() || articles.containsKey(ruleId);
    }
}
