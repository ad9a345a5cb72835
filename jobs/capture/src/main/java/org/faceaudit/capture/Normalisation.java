package org.faceaudit.capture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How an identifier's spellings are made one before it is tokenised: steps applied in order, named as in the configuration.
 *
 * <ul>
 *   <li>{@code none}: as it stands
 *   <li>{@code trim}: without leading and trailing blanks of any kind (also U+3000, U+00A0, zero-width)
 *   <li>{@code upper}, {@code lower}: letter case, independent of the machine's language
 *   <li>{@code digits}: decimal digits only, of any script, as 0–9
 *   <li>{@code half-width}: full-width forms (U+FF01–U+FF5E, U+3000) as ASCII
 *   <li>{@code idcard}: {@link IdCardNumber}
 *   <li>{@code phone}: {@code digits}, and of a mobile number of mainland China without the country's code in front
 *       ({@code +86}, {@code 0086} or {@code 86})
 * </ul>
 */
public final class Normalisation {
    private static final Pattern MOBILE_WITH_COUNTRY = Pattern.compile("^(?:00)?86(1[0-9]{10})$");

    private final List<Step> steps;

    private enum Step {
        NONE("none"),
        TRIM("trim"),
        UPPER("upper"),
        LOWER("lower"),
        DIGITS("digits"),
        HALF_WIDTH("half-width"),
        ID_CARD("idcard"),
        PHONE("phone");

        private final String spelling;

        Step(String spelling) {
            this.spelling = spelling;
        }

        String apply(String text) {
            return switch (this) {
                case NONE -> text;
                case TRIM -> trim(text);
                case UPPER -> text.toUpperCase(Locale.ROOT);
                case LOWER -> text.toLowerCase(Locale.ROOT);
                case DIGITS -> digits(text);
                case HALF_WIDTH -> halfWidth(text);
                case ID_CARD -> IdCardNumber.canonical(text);
                case PHONE -> withoutCountry(digits(text));
            };
        }
    }

    private Normalisation(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * Reads steps separated by {@code ,}.
     *
     * @throws IllegalArgumentException naming the unknown step and those there are
     */
    public static Normalisation parse(String text) {
        return new Normalisation(
                Arrays.stream(text.split(",", -1)).map(Normalisation::step).toList());
    }

    private static Step step(String name) {
        return Arrays.stream(Step.values())
                .filter(step -> step.spelling.equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name.strip() + "' is no normalisation; there are "
                        + Arrays.stream(Step.values())
                                .map(step -> step.spelling)
                                .collect(Collectors.joining(", "))
                        + ", chained by ','."));
    }

    /** The text with every step applied. */
    public String apply(String text) {
        String result = text;
        for (Step step : steps) {
            result = step.apply(result);
        }
        return result;
    }

    /** The steps' names joined by {@code ,}: part of every token, since tokens compare only under equal normalisation. */
    @Override
    public String toString() {
        return steps.stream().map(step -> step.spelling).collect(Collectors.joining(","));
    }

    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        // Control characters too: a char(n) column filled by an old program may end in NULs.
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    static String halfWidth(String text) {
        return text.codePoints()
                .map(c -> c == 0x3000 ? ' ' : c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String withoutCountry(String digits) {
        return MOBILE_WITH_COUNTRY.matcher(digits).replaceFirst("$1");
    }

    private static String digits(String text) {
        return text.codePoints()
                .filter(Character::isDigit)
                .map(c -> '0' + Character.digit(c, 10))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
