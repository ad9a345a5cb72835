package org.faceaudit.capture;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The number of a resident identity card (GB 11643) in its one present form: half-width, without blanks and hyphens, upper
 * case X, 18 digits.
 *
 * <p>A number of the first generation (15 digits, a year without its century) gets the century 19 and its check digit, as every
 * such number did when the cards were exchanged. What is neither 15 nor 18 digits long (a passport, a permit) is kept, upper
 * case. A wrong check digit is kept too: it still tells persons apart, and is not ours to correct.
 */
final class IdCardNumber {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{15}|[0-9]{17}[0-9X]");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s-]");
    private static final Pattern FIRST_GENERATION = Pattern.compile("[0-9]{15}");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";

    private IdCardNumber() {}

    /** The present form of a number as somebody typed it. */
    static String canonical(String typed) {
        String text = Normalisation.trim(Normalisation.halfWidth(typed)).toUpperCase(Locale.ROOT);
        String together = SEPARATORS.matcher(text).replaceAll("");
        String number = NUMBER.matcher(together).matches() ? together : text;
        if (!FIRST_GENERATION.matcher(number).matches()) {
            return number;
        }
        String body = number.substring(0, 6) + "19" + number.substring(6);
        return body + checkDigit(body);
    }

    private static char checkDigit(String body) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK_DIGITS.charAt(sum % 11);
    }
}
