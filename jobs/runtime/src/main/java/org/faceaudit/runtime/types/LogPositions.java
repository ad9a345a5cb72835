package org.faceaudit.runtime.types;

import java.util.Locale;

/** Log positions of PostgreSQL as texts: two halves, hexadecimal with large letters, without zeros before them. */
final class LogPositions {

    private static final int MOST_DIGITS = 8;

    /** Characters of the longest. */
    static final int LONGEST = 2 * MOST_DIGITS + 1;

    private LogPositions() {}

    static boolean isCanonical(String text) {
        int slash = text.indexOf('/');
        return slash >= 0 && isHalf(text, 0, slash) && isHalf(text, slash + 1, text.length());
    }

    private static boolean isHalf(String text, int from, int to) {
        if (to - from < 1 || to - from > MOST_DIGITS || (text.charAt(from) == '0' && to - from > 1)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'))) {
                return false;
            }
        }
        return true;
    }

    static long number(String text) {
        int slash = text.indexOf('/');
        return Long.parseLong(text, 0, slash, 16) << Integer.SIZE | Long.parseLong(text, slash + 1, text.length(), 16);
    }

    static String text(long number) {
        return (Long.toHexString(number >>> Integer.SIZE) + '/' + Long.toHexString(number & 0xffff_ffffL))
                .toUpperCase(Locale.ROOT);
    }
}
