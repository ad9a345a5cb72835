package org.faceaudit.intake.rows;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a source's log: a log sequence number of PostgreSQL, or a file and a position in it of MariaDB's binary log.
 *
 * @param number orders the places of one log, unsigned; of a binary log the file's number before the position
 * @param text as the database itself writes it
 * @param inBinaryLog whether the log is one of those that date their changes by whole seconds
 */
public record LogPosition(long number, String text, boolean inBinaryLog) {

    private static final long LOW = 0xFFFF_FFFFL;
    private static final int MOST_DIGITS = 8;
    private static final Pattern BINARY_LOG = Pattern.compile("(.{1,200}\\.\\d{1,9}):(\\d{1,10})");
    private static final Pattern FILE = Pattern.compile(".{1,200}\\.(\\d{1,9})");

    public LogPosition {
        Objects.requireNonNull(text, "text");
    }

    /** The place with a log sequence number, spelled as PostgreSQL does. */
    public static LogPosition ofSequenceNumber(long lsn) {
        byte[] text = new byte[2 * MOST_DIGITS + 1];
        int from = digits(lsn & LOW, text, text.length);
        text[--from] = '/';
        from = digits(lsn >>> Integer.SIZE, text, from);
        return new LogPosition(lsn, new String(text, from, text.length - from, StandardCharsets.ISO_8859_1), false);
    }

    /** Writes hexadecimal digits that end before a place; gives the place of the first. */
    private static int digits(long number, byte[] text, int end) {
        int from = end;
        long rest = number;
        do {
            int digit = (int) rest & 0xf;
            text[--from] = (byte) (digit < 10 ? '0' + digit : 'A' - 10 + digit);
            rest >>>= 4;
        } while (rest != 0);
        return from;
    }

    /** The place in a file of a binary log; empty if the file has no number or the position is none. */
    public static Optional<LogPosition> inFile(String file, long position) {
        Matcher numbered = FILE.matcher(file);
        if (!numbered.matches() || position < 0 || position > LOW) {
            return Optional.empty();
        }
        long number = Long.parseLong(numbered.group(1)) << Integer.SIZE | position;
        return Optional.of(new LogPosition(number, file + ":" + position, true));
    }

    /** The place that a text of {@link #text} names; empty for any other text. */
    public static Optional<LogPosition> parse(String text) {
        if (isSequenceNumber(text)) {
            return Optional.of(new LogPosition(sequenceNumber(text), text, false));
        }
        Matcher place = BINARY_LOG.matcher(text);
        return place.matches() ? inFile(place.group(1), Long.parseLong(place.group(2))) : Optional.empty();
    }

    /** Whether a text is a log sequence number exactly as PostgreSQL writes it: large letters, no zeros before them. */
    public static boolean isSequenceNumber(String text) {
        int slash = text.indexOf('/');
        return slash >= 0 && isHalf(text, 0, slash) && isHalf(text, slash + 1, text.length());
    }

    /**
     * The number that a log sequence number names.
     *
     * @param text of which {@link #isSequenceNumber} is true
     */
    public static long sequenceNumber(String text) {
        int slash = text.indexOf('/');
        return Long.parseLong(text, 0, slash, 16) << Integer.SIZE | Long.parseLong(text, slash + 1, text.length(), 16);
    }

    /** By hand: every change of a log is asked. */
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

    /** Whether this stands before a place of the same log. */
    public boolean isBefore(long otherNumber) {
        return Long.compareUnsigned(number, otherNumber) < 0;
    }
}
