package org.faceaudit.intake.rows;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a source's log: a log sequence number of PostgreSQL, or a file and a position in it of MariaDB's binary log.
 *
 * @param number orders the places of one log, unsigned; of a binary log the file's number before the position
 * @param text as the database itself writes it
 */
public record LogPosition(long number, String text) {

    private static final long LOW = 0xFFFF_FFFFL;
    private static final Pattern LSN = Pattern.compile("([0-9A-F]{1,8})/([0-9A-F]{1,8})");
    private static final Pattern BINARY_LOG = Pattern.compile("(.{1,200}\\.(\\d{1,9})):(\\d{1,10})");
    private static final Pattern FILE = Pattern.compile(".{1,200}\\.(\\d{1,9})");

    public LogPosition {
        Objects.requireNonNull(text, "text");
    }

    /** The place with a log sequence number, spelled as PostgreSQL does. */
    public static LogPosition ofSequenceNumber(long lsn) {
        return new LogPosition(lsn, hexadecimal(lsn >>> Integer.SIZE) + '/' + hexadecimal(lsn & LOW));
    }

    private static String hexadecimal(long number) {
        return Long.toHexString(number).toUpperCase(Locale.ROOT);
    }

    /** The place in a file of a binary log; empty if the file has no number or the position is none. */
    public static Optional<LogPosition> inFile(String file, long position) {
        Matcher numbered = FILE.matcher(file);
        if (!numbered.matches() || position < 0 || position > LOW) {
            return Optional.empty();
        }
        long number = Long.parseLong(numbered.group(1)) << Integer.SIZE | position;
        return Optional.of(new LogPosition(number, file + ":" + position));
    }

    /** The place that a text of {@link #text} names; empty for any other text. */
    public static Optional<LogPosition> parse(String text) {
        Matcher lsn = LSN.matcher(text);
        if (lsn.matches()) {
            return Optional.of(ofSequenceNumber(
                    Long.parseLong(lsn.group(1), 16) << Integer.SIZE | Long.parseLong(lsn.group(2), 16)));
        }
        Matcher place = BINARY_LOG.matcher(text);
        return place.matches() ? inFile(place.group(1), Long.parseLong(place.group(3))) : Optional.empty();
    }

    /** Whether the log is one of those that date their changes by whole seconds. */
    public boolean inBinaryLog() {
        return BINARY_LOG.matcher(text).matches();
    }

    /** Whether this stands before a place of the same log. */
    public boolean isBefore(long otherNumber) {
        return Long.compareUnsigned(number, otherNumber) < 0;
    }
}
