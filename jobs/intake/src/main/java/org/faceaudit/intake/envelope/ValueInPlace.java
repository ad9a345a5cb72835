package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.mapping.ColumnForm;

/** Looks at a scalar where it stands in the record, and makes of it what {@link ColumnValues} would, when somebody asks. */
final class ValueInPlace {

    private static final byte[] UNAVAILABLE = ColumnValues.UNAVAILABLE.getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_DAY_DIGITS = 10;

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

    /** What a kept value is. */
    static FieldValue of(byte[] record, int from, int to, ColumnForm.Kind kind) {
        byte first = record[from];
        if (first == 'n') {
            return FieldValue.ABSENT;
        }
        if (first == '"') {
            if (isUnavailable(record, from, to)) {
                return FieldValue.UNCHANGED;
            }
            String text = text(record, from + 1, to - 1);
            return switch (kind) {
                case TOKEN -> ColumnValues.ofToken(text);
                case DATE -> ColumnValues.day(FieldValue.present(text));
                default -> FieldValue.present(text);
            };
        }
        String text = new String(record, from, to - from, StandardCharsets.ISO_8859_1);
        if (first >= 'a') {
            return FieldValue.present(text);
        }
        if (text.indexOf('.') >= 0) {
            FieldValue number = ColumnValues.decimal(text);
            return kind == ColumnForm.Kind.DATE ? ColumnValues.day(number) : number;
        }
        if (kind == ColumnForm.Kind.DATE && text.length() <= MOST_DAY_DIGITS + 1) {
            long day = Long.parseLong(text);
            if (day == (int) day) {
                return FieldValue.present(LocalDate.ofEpochDay(day).toString());
            }
        }
        return FieldValue.present(text.equals("-0") ? "0" : text);
    }

    private static String text(byte[] record, int from, int to) {
        return new String(record, from, to - from, StandardCharsets.UTF_8);
    }
}
