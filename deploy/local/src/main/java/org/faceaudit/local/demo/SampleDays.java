package org.faceaudit.local.demo;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.faceaudit.core.law.LegalDay;

/** The dates of one run: expressions over the legal day of its start, which is taken once. */
public final class SampleDays {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

    private final Function<String, LegalDay> evaluator;

    /** @param evaluator reads {@code day}, {@code day-3d}, {@code day-25wd} or an ISO date; refuses everything else */
    public SampleDays(Function<String, LegalDay> evaluator) {
        this.evaluator = Objects.requireNonNull(evaluator, "evaluator");
    }

    /**
     * The legal day that an expression means.
     *
     * @throws RuntimeException when it is none
     */
    public LegalDay day(String expression) {
        return evaluator.apply(expression);
    }

    /**
     * Fills a text's places: <code>${name}</code> with a given value, any other <code>${expression}</code> with its ISO date.
     *
     * @throws RuntimeException naming the place that is neither
     */
    public String fill(String template, Map<String, String> values) {
        Matcher place = PLACE.matcher(template);
        return place.replaceAll(found -> {
            String inside = found.group(1);
            String value = values.get(inside);
            return Matcher.quoteReplacement(value != null ? value : day(inside).toString());
        });
    }
}
