package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.mapping.ColumnForm;

/** Looks at a scalar where it stands in the record, and makes of it what {@link ColumnValues} would, when somebody asks. */
final class ValueInPlace {

    private static final byte[] UNAVAILABLE = ColumnValues.UNAVAILABLE.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = ":empty".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_DAY_DIGITS = 10;
    private static final int DAY_LENGTH = "dddd-dd-dd".length();

    private ValueInPlace() {}

    /** Whether anything is there that is kept: neither null nor what the log left out. */
    static boolean isPresent(byte[] record, int from, int to) {
        return record[from] != 'n' && !isUnavailable(record, from, to);
    }

    private static boolean isUnavailable(byte[] record, int from, int to) {
        return to - from == UNAVAILABLE.length + 2
                && Arrays.equals(record, from + 1, to - 1, UNAVAILABLE, 0, UNAVAILABLE.length);
    }

    /**
     * Whether a value may be kept as a column's, without a doubt; whatever is doubtful is looked at by {@link ColumnValues}.
     *
     * @param like a value of the same column that was kept before; {@code null} if there is none
     */
    static boolean isKept(byte[] record, int from, int to, ColumnForm.Kind kind, byte[] like) {
        if (!isPresent(record, from, to)) {
            return true;
        }
        boolean text = record[from] == '"';
        return switch (kind) {
            case TOKEN -> text && (isTokenLike(record, from, to, like) || isToken(record, from, to));
            case DESCRIPTOR ->
                text
                        && ((like != null && Arrays.equals(record, from, to, like, 0, like.length))
                                || ColumnValues.isDescriptor(text(record, from + 1, to - 1)));
            case DATE, PLAIN -> passes(record, from, to);
        };
    }

    private static boolean isToken(byte[] record, int from, int to) {
        return to - from - 2 <= ColumnValues.LONGEST_TOKEN && ColumnValues.isToken(text(record, from + 1, to - 1));
    }

    /** Whether it differs from a token in nothing but its digest. */
    private static boolean isTokenLike(byte[] record, int from, int to, byte[] like) {
        int length = to - from;
        if (like == null || length != like.length || length < ColumnValues.DIGEST + 2) {
            return false;
        }
        int digest = length - 1 - ColumnValues.DIGEST;
        return Arrays.equals(record, from, from + digest, like, 0, digest)
                && PlainBytes.areHexadecimal(record, from + digest)
                && PlainBytes.areHexadecimal(record, from + digest + 8)
                && PlainBytes.areHexadecimal(record, from + digest + 16)
                && PlainBytes.areHexadecimal(record, from + digest + 24);
    }

    /** Whether a value passes the gate for biometrics, and is short enough to be kept. */
    static boolean passes(byte[] record, int from, int to) {
        return record[from] != '"'
                || (to - from - 2 <= ColumnValues.LONGEST_TEXT && BiometricGate.passes(record, from + 1, to - 1));
    }

    /** How a kept value stands in its record. */
    enum Standing {
        /** There is no such member. */
        MISSING(FieldState.UNKNOWN, 0, 0),
        ABSENT(FieldState.ABSENT, 0, 0),
        UNCHANGED(FieldState.UNCHANGED, 0, 0),
        /** As it is told. */
        SPELLED(FieldState.PRESENT, 0, 0),
        /** The same between quotes. */
        QUOTED(FieldState.PRESENT, 1, 1),
        /** A day between quotes, with a zone behind it or none. */
        DAY(FieldState.PRESENT, 1, 0),
        /** Told otherwise than it is spelled; {@link ValueInPlace#of} says how. */
        NOWHERE(null, 0, 0);

        private final FieldState state;
        private final int before;
        private final int behind;

        Standing(FieldState state, int before, int behind) {
            this.state = state;
            this.before = before;
            this.behind = behind;
        }

        /** What it is; {@code null} if only {@link ValueInPlace#of} says. */
        FieldState state() {
            return state;
        }

        boolean inPlace() {
            return state == FieldState.PRESENT;
        }

        /** Where its text begins whose value begins there. */
        int from(int from) {
            return from + before;
        }

        /** Where its text ends. */
        int to(int from, int to) {
            return this == DAY ? from + 1 + DAY_LENGTH : to - behind;
        }
    }

    /** How a kept value stands. */
    static Standing standing(byte[] record, int from, int to, ColumnForm.Kind kind) {
        byte first = record[from];
        if (first == '"') {
            if (isUnavailable(record, from, to)) {
                return Standing.UNCHANGED;
            }
            return switch (kind) {
                case TOKEN -> isOfNobody(record, to) ? Standing.ABSENT : Standing.QUOTED;
                case DATE -> isDay(record, from + 1, to - 1) ? Standing.DAY : Standing.QUOTED;
                default -> Standing.QUOTED;
            };
        }
        if (first == 'n') {
            return Standing.ABSENT;
        }
        if (first >= 'a') {
            return Standing.SPELLED;
        }
        boolean ofDay = kind == ColumnForm.Kind.DATE && to - from <= MOST_DAY_DIGITS + 1;
        return ofDay || (first == '-' && record[from + 1] == '0') || !areDigits(record, from + 1, to)
                ? Standing.NOWHERE
                : Standing.SPELLED;
    }

    /** Whether a token ends as one of nothing does. */
    private static boolean isOfNobody(byte[] record, int to) {
        return record[to - 2] == 'y' && Arrays.equals(record, to - 1 - EMPTY.length, to - 1, EMPTY, 0, EMPTY.length);
    }

    private static boolean areDigits(byte[] record, int from, int to) {
        return PlainBytes.endOfDigits(record, from) >= to;
    }

    /** What {@link ColumnValues#day} takes for a day: {@code dddd-dd-dd}, and perhaps Z, or a sign, dd, perhaps a colon, and dd. */
    private static boolean isDay(byte[] record, int from, int to) {
        int zone = from + DAY_LENGTH;
        if (to < zone
                || record[from + 4] != '-'
                || record[from + 7] != '-'
                || !areDigits(record, from, from + 4)
                || !areDigits(record, from + 5, from + 7)
                || !areDigits(record, from + 8, zone)) {
            return false;
        }
        if (to - zone <= 1) {
            return to == zone || record[zone] == 'Z';
        }
        int minutes = to - 2;
        boolean colon = to - zone == 6 && record[zone + 3] == ':';
        return (record[zone] == '+' || record[zone] == '-')
                && (colon || to - zone == 5)
                && areDigits(record, zone + 1, zone + 3)
                && areDigits(record, minutes, to);
    }

    /** What a kept value is. */
    static FieldValue of(byte[] record, int from, int to, ColumnForm.Kind kind) {
        Standing standing = standing(record, from, to, kind);
        return switch (standing) {
            case MISSING -> FieldValue.UNKNOWN;
            case ABSENT -> FieldValue.ABSENT;
            case UNCHANGED -> FieldValue.UNCHANGED;
            case SPELLED, QUOTED, DAY -> FieldValue.present(text(record, standing.from(from), standing.to(from, to)));
            case NOWHERE -> number(text(record, from, to), kind);
        };
    }

    private static FieldValue number(String spelled, ColumnForm.Kind kind) {
        if (spelled.indexOf('.') >= 0) {
            return ColumnValues.decimal(spelled);
        }
        if (kind == ColumnForm.Kind.DATE && spelled.length() <= MOST_DAY_DIGITS + 1) {
            long day = Long.parseLong(spelled);
            if (day == (int) day) {
                return FieldValue.present(LocalDate.ofEpochDay(day).toString());
            }
        }
        return FieldValue.present(spelled.equals("-0") ? "0" : spelled);
    }

    private static String text(byte[] record, int from, int to) {
        return new String(record, from, to - from, StandardCharsets.UTF_8);
    }
}
