package org.faceaudit.capture;

import io.debezium.spi.converter.RelationalColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/**
 * Which columns a converter is for, and with which setting: the property {@code columns}, entries separated by {@code ;}, each
 * {@code schema.table.column:setting} (MySQL and MariaDB: {@code database.table.column}).
 *
 * <p>{@code *} stands for any run of characters without a dot. What stands in braces stands for digits, for tables split by
 * number: <code>{n}</code> for any number of them, other letters of {@code yMdn} for as many as there are. A leading database name in what
 * Debezium reports is ignored. Letter case is ignored where no entry matches exactly: a value tokenised although nobody asked
 * is better than one that leaks.
 *
 * @param <S> what is configured per column
 */
final class ColumnRules<S> {
    private static final Pattern PLACE = Pattern.compile("\\*|\\{([yMdn]+)\\}");

    private final List<Rule<S>> rules;

    private record Rule<S>(String text, Pattern exact, Pattern anyCase, S setting) {}

    private ColumnRules(List<Rule<S>> rules) {
        this.rules = rules;
    }

    /**
     * Reads the property.
     *
     * @param property the property's name as the user wrote it, for error messages
     * @param text its value
     * @param parts how many {@code :}-separated parts follow the column's name
     * @param setting reads those parts; its {@code IllegalArgumentException} messages become part of the error
     * @throws ConfigException listing everything that is wrong, if something is
     */
    static <S> ColumnRules<S> parse(String property, String text, int parts, Function<List<String>, S> setting) {
        if (text == null || text.isBlank()) {
            throw new ConfigException(property + " is missing: name the columns to convert.");
        }
        List<Rule<S>> rules = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String entry : text.split("[;\\n]", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            try {
                rules.add(rule(entry.strip(), parts, setting));
            } catch (IllegalArgumentException problem) {
                problems.add("'" + entry.strip() + "': " + problem.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(property + " cannot be read. " + String.join(" ", problems));
        }
        return new ColumnRules<>(List.copyOf(rules));
    }

    private static <S> Rule<S> rule(String entry, int parts, Function<List<String>, S> setting) {
        List<String> split = new ArrayList<>(Arrays.asList(entry.split(":", -1)));
        if (split.size() <= parts) {
            throw new IllegalArgumentException(
                    "expected the column's name and " + parts + " part(s) after it, each after ':'.");
        }
        // From the right, because a column's name may itself hold a colon.
        int nameParts = split.size() - parts;
        String name = String.join(":", split.subList(0, nameParts)).strip();
        if (name.chars().filter(c -> c == '.').count() < 2 || name.startsWith(".") || name.endsWith(".")) {
            throw new IllegalArgumentException(
                    "the column's name needs three parts, schema.table.column or database.table.column.");
        }
        List<String> settings = split.subList(nameParts, split.size()).stream()
                .map(String::strip)
                .toList();
        return new Rule<>(
                name,
                pattern(name, 0),
                pattern(name, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
                setting.apply(settings));
    }

    private static Pattern pattern(String name, int flags) {
        StringBuilder regex = new StringBuilder("(?:.*\\.)?");
        int from = 0;
        Matcher place = PLACE.matcher(name);
        while (place.find()) {
            regex.append(Pattern.quote(name.substring(from, place.start())));
            String letters = place.group(1);
            regex.append(
                    letters == null ? "[^.]*" : letters.equals("n") ? "[0-9]+" : "[0-9]{" + letters.length() + "}");
            from = place.end();
        }
        regex.append(Pattern.quote(name.substring(from)));
        return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
    }

    /**
     * The setting for a column, or empty if it is none of ours.
     *
     * @throws ConfigException if several entries claim the column
     */
    Optional<S> settingFor(RelationalColumn column) {
        String name = nameOf(column);
        List<Rule<S>> matching = rules.stream()
                .filter(rule -> rule.exact().matcher(name).matches())
                .toList();
        if (matching.isEmpty()) {
            matching = rules.stream()
                    .filter(rule -> rule.anyCase().matcher(name).matches())
                    .toList();
        }
        if (matching.size() > 1) {
            throw new ConfigException("Column " + name + " is named by several entries: "
                    + String.join(", ", matching.stream().map(Rule::text).toList()) + ".");
        }
        return matching.stream().map(Rule::setting).findFirst();
    }

    /** The column's full name as Debezium reports it. */
    static String nameOf(RelationalColumn column) {
        return column.dataCollection() + "." + column.name();
    }
}
