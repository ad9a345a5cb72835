package org.faceaudit.intake.envelope;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.mapping.ColumnForm;

/** Reads the mapped columns of one row image as the connector spells them. */
final class ColumnValues {

    /** What Debezium sends for a value that the log did not carry. */
    static final String UNAVAILABLE = "__debezium_unavailable_value";

    /** More than any identifier, name, day or list of methods needs: longer text is none of these and is not kept. */
    static final int LONGEST_TEXT = 16_384;

    private static final int MOST_DIGITS = 400;
    private static final String TOKEN = "t1:";
    private static final String EMPTY = ":empty";
    static final int DIGEST = 32;

    /** Kind, key id and normalisation are short words; a longer one would carry something else. */
    static final int LONGEST_TOKEN = 200;

    private static final String DESCRIPTOR = "d1:";
    private static final Set<String> PRESENCES = Set.of("present", "empty", "unreadable");
    private static final int LONGEST_MEDIA = 64;
    private static final int LONGEST_SIZE = 8;
    private static final Pattern DAY = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:Z|[+-]\\d{2}:?\\d{2})?");

    private ColumnValues() {}

    /**
     * Reads the captured columns of the object that the parser is about to enter. None may hold raw biometrics, kept or not.
     *
     * @param before whether the row is one as it was before its change, of which little is to be believed
     * @return by the columns' numbers the values of those that the object has; {@code null} for the others
     */
    static FieldValue[] read(JsonParser parser, RowColumns columns, boolean before)
            throws IOException, RejectedException {
        FieldValue[] values = new FieldValue[columns.size()];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int number = columns.number(parser.currentName());
            JsonToken token = parser.nextToken();
            if (number < 0) {
                parser.skipChildren();
            } else if (before && !columns.isBelievedBefore(number)) {
                BiometricGate.passUnread(parser, token);
            } else {
                values[number] = value(parser, token, columns.form(number));
            }
        }
        return values;
    }

    /** Passes the image of a row of which nothing is kept. */
    static void passUnread(JsonParser parser, RowColumns columns) throws IOException, RejectedException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int number = columns.number(parser.currentName());
            JsonToken token = parser.nextToken();
            if (number < 0) {
                parser.skipChildren();
            } else {
                BiometricGate.passUnread(parser, token);
            }
        }
    }

    private static FieldValue value(JsonParser parser, JsonToken token, ColumnForm form)
            throws IOException, RejectedException {
        if (token == JsonToken.VALUE_NULL) {
            return FieldValue.ABSENT;
        }
        String text = token == JsonToken.VALUE_STRING ? parser.getText() : null;
        if (UNAVAILABLE.equals(text)) {
            return FieldValue.UNCHANGED;
        }
        return switch (form.kind()) {
            case TOKEN -> token(text);
            case DESCRIPTOR -> descriptor(text);
            case DATE -> day(parser, token, text);
            case PLAIN -> plain(parser, token, text);
        };
    }

    private static FieldValue token(String text) throws RejectedException {
        if (text == null || text.length() > LONGEST_TOKEN || !isToken(text)) {
            throw new RejectedException("untokenised-identifier");
        }
        return ofToken(text);
    }

    /** An identifier of which nothing is left names nobody. */
    static FieldValue ofToken(String text) {
        return text.endsWith(EMPTY) ? FieldValue.ABSENT : FieldValue.present(text);
    }

    /** {@code t1:[a-z-]+:[a-z0-9-]+:[a-z,-]+:([0-9a-f]{32}|empty)}, which every record is asked for. */
    static boolean isToken(String text) {
        int kind = TOKEN.length();
        int key = text.startsWith(TOKEN) ? text.indexOf(':', kind) + 1 : 0;
        int normalisation = key > kind + 1 ? text.indexOf(':', key) + 1 : 0;
        int digest = normalisation > key + 1 ? text.indexOf(':', normalisation) + 1 : 0;
        if (digest <= normalisation + 1) {
            return false;
        }
        for (int i = kind; i < digest - 1; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || c == '-';
            boolean fits = i < key
                    ? letter || i == key - 1
                    : i < normalisation
                            ? letter || (c >= '0' && c <= '9') || i == normalisation - 1
                            : letter || c == ',';
            if (!fits) {
                return false;
            }
        }
        return text.length() == digest + DIGEST
                ? isHexadecimal(text, digest)
                : text.startsWith("empty", digest) && text.length() == digest + "empty".length();
    }

    private static boolean isHexadecimal(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static FieldValue descriptor(String text) throws RejectedException {
        if (text == null || !isDescriptor(text)) {
            throw new RejectedException("undescribed-image");
        }
        return FieldValue.present(text);
    }

    /** {@code d1:(present|empty|unreadable):[a-z0-9./+-]{1,64}:[a-z0-9-]{1,8}}, by hand as tokens are. */
    static boolean isDescriptor(String text) {
        int media = text.indexOf(':', DESCRIPTOR.length()) + 1;
        int size = media == 0 ? 0 : text.indexOf(':', media) + 1;
        if (!text.startsWith(DESCRIPTOR)
                || size == 0
                || !PRESENCES.contains(text.substring(DESCRIPTOR.length(), media - 1))
                || !isBetween(1, size - 1 - media, LONGEST_MEDIA)
                || !isBetween(1, text.length() - size, LONGEST_SIZE)) {
            return false;
        }
        for (int i = media; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
            if (!word && i != size - 1 && (i >= size || (c != '.' && c != '/' && c != '+'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBetween(int least, int number, int most) {
        return number >= least && number <= most;
    }

    private static FieldValue day(JsonParser parser, JsonToken token, String written)
            throws IOException, RejectedException {
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT) {
            return FieldValue.present(LocalDate.ofEpochDay(parser.getIntValue()).toString());
        }
        return day(plain(parser, token, written));
    }

    /** The day that a text begins with if it says nothing but a day and a zone; else the text. */
    static FieldValue day(FieldValue text) {
        if (text.text() == null) {
            return text;
        }
        Matcher day = DAY.matcher(text.text());
        return day.matches() ? FieldValue.present(day.group(1)) : text;
    }

    private static FieldValue plain(JsonParser parser, JsonToken token, String text)
            throws IOException, RejectedException {
        return switch (token) {
            case VALUE_STRING -> bounded(BiometricGate.passed(sound(text)));
            case VALUE_TRUE -> FieldValue.present("true");
            case VALUE_FALSE -> FieldValue.present("false");
            case VALUE_NUMBER_INT -> {
                String number = parser.getText();
                yield bounded(number.equals("-0") ? "0" : number);
            }
            case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
            case START_ARRAY -> array(parser);
            default -> {
                BiometricGate.passUnread(parser, token);
                yield FieldValue.UNKNOWN;
            }
        };
    }

    private static FieldValue bounded(String text) {
        return text.length() > LONGEST_TEXT ? FieldValue.UNKNOWN : FieldValue.present(text);
    }

    static FieldValue decimal(String text) {
        if (text.length() > MOST_DIGITS) {
            return FieldValue.UNKNOWN;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException beyondAnyNumber) {
            // JSON bounds no exponent, a BigDecimal's has 32 bits.
            return FieldValue.UNKNOWN;
        }
        // Scale first: an exponent of a thousand million would be written out digit by digit.
        if (Math.abs((long) number.scale()) > MOST_DIGITS) {
            return FieldValue.UNKNOWN;
        }
        return FieldValue.present(
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    }

    private static FieldValue array(JsonParser parser) throws IOException, RejectedException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = EnvelopeDecoder.JSON.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        String compact = text.toString();
        if (compact.equals("[\"" + UNAVAILABLE + "\"]")) {
            return FieldValue.UNCHANGED;
        }
        if (compact.contains("\\u0000")) {
            throw new RejectedException("invalid-text");
        }
        return bounded(BiometricGate.passed(sound(compact)));
    }

    /**
     * The text if it is text: no database keeps U+0000 or half a surrogate pair, and no encoder can pass them on.
     *
     * @throws RejectedException otherwise
     */
    static String sound(String text) throws RejectedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                throw new RejectedException("invalid-text");
            }
            if (pair) {
                i++;
            }
        }
        return text;
    }
}
