package org.faceaudit.intake.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The last gate before anything is kept: knows bytes, base64 and vectors of numbers that a connector let through where an
 * identifier, a day or a word should stand. What is recognised is refused with the whole record, and nothing of it is kept.
 *
 * <p>Refused are, as {@code unmasked-bytes}: hexadecimal after {@code \x}, a run of {@value #LONGEST_RUN} hexadecimal digits, the
 * first bytes of an image as hexadecimal or as characters, text with {@value #MOST_CONTROLS} characters that no text has; as
 * {@code unmasked-base64}: a data URL of an image or in base64, the beginning of a JPEG, PNG, GIF, WebP, HEIC or MP4 file, a run
 * of {@value #LONGEST_RUN} characters of base64, wrapped or not; as {@code unmasked-vector}: {@value #MOST_NUMBERS} numbers in
 * sequence, as an array or as text.
 *
 * <p>Not recognised: what is shorter than these and does not begin as an image does. Such a value is no template: the smallest
 * in use have 128 numbers.
 */
final class BiometricGate {

    /** 192 bytes in base64, 128 in hexadecimal; a digest or an address stays below. */
    private static final int LONGEST_RUN = 256;

    private static final int MOST_NUMBERS = 32;
    private static final int MOST_CONTROLS = 8;

    /** Shorter text holds neither: {@link #MOST_NUMBERS} digits with something between each two are the shortest. */
    private static final int SCANNED_FROM = 2 * MOST_NUMBERS - 1;

    private static final int SHORTEST_START = 8;
    private static final int SHORTEST_IMAGE = 16;
    private static final int LONGEST_HEADER = 256;

    private static final String BYTES = "unmasked-bytes";
    private static final String BASE64 = "unmasked-base64";
    private static final String VECTOR = "unmasked-vector";

    private BiometricGate() {}

    /**
     * Passes a text, or refuses it.
     *
     * @throws RejectedException if it holds what must not have left the source
     */
    static String passed(String text) throws RejectedException {
        if (text.length() < SHORTEST_START) {
            return text;
        }
        String start = startOfAnImage(text);
        if (start != null) {
            throw new RejectedException(start);
        }
        if (text.length() >= SCANNED_FROM) {
            scan(text);
        }
        return text;
    }

    /** The same of a text that stands in a record, sound and without escapes; only whether it passes. */
    static boolean passes(byte[] record, int from, int to) {
        int length = to - from;
        // No text has more characters than bytes.
        if (length < SHORTEST_START || (length < SCANNED_FROM && !mayStartAnImage(record[from]))) {
            return true;
        }
        try {
            passed(new String(record, from, length, StandardCharsets.UTF_8));
            return true;
        } catch (RejectedException refused) {
            return false;
        }
    }

    private static boolean mayStartAnImage(byte first) {
        return first < 0
                || switch (first) {
                    case 'd', 'D', '/', 'i', 'R', 'U', 'A', '\\', 'f', 'F', '8', '0' -> true;
                    default -> false;
                };
    }

    /** The same of a record's key, whatever is written there; {@code null} passes. */
    static void passKey(byte[] key) throws RejectedException {
        if (key != null && key.length >= SCANNED_FROM) {
            scan(new String(key, StandardCharsets.UTF_8));
        }
    }

    /** The same; only whether it passes. */
    static boolean passesKey(byte[] key) {
        try {
            passKey(key);
            return true;
        } catch (RejectedException refused) {
            return false;
        }
    }

    /** The same of a whole value of which nothing is read; the parser ends at its last token. */
    static void passUnread(JsonParser parser, JsonToken value) throws IOException, RejectedException {
        if (value == JsonToken.VALUE_STRING) {
            passed(parser.getText());
        }
        if (!value.isStructStart()) {
            return;
        }
        int depth = 1;
        int numbers = 0;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return;
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isNumeric()) {
                numbers++;
            } else if (token == JsonToken.VALUE_STRING) {
                String text = passed(parser.getText());
                numbers = isNumber(text) ? numbers + 1 : 0;
            } else {
                numbers = 0;
            }
            if (numbers >= MOST_NUMBERS) {
                throw new RejectedException(VECTOR);
            }
        }
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isDigit(c) && ".-+eE".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The reason to refuse a text by how it begins; {@code null} if it begins harmlessly. */
    private static String startOfAnImage(String text) {
        return switch (text.charAt(0)) {
            case 'd', 'D' -> isDataUrl(text) ? BASE64 : null;
            case '/', 'i', 'R', 'U', 'A' -> isImageInBase64(text) ? BASE64 : null;
            case '\\' -> text.startsWith("\\x") && isHexadecimal(text, 2) ? BYTES : null;
            case 'f', 'F', '8', '0' -> isImageInHexadecimal(text) ? BYTES : null;
            case '\u00ff' -> text.startsWith("\u00ff\u00d8\u00ff") ? BYTES : null;
            case '\u0089' -> text.startsWith("\u0089PNG") ? BYTES : null;
            default -> null;
        };
    }

    private static boolean isDataUrl(String text) {
        if (!text.regionMatches(true, 0, "data:", 0, 5)) {
            return false;
        }
        String header =
                text.substring(5, Math.min(text.length(), LONGEST_HEADER)).toLowerCase(Locale.ROOT);
        return header.startsWith("image/") || header.startsWith("video/") || header.contains(";base64,");
    }

    private static boolean isImageInBase64(String text) {
        boolean start = text.startsWith("/9j/")
                || text.startsWith("iVBORw0KGgo")
                || text.startsWith("R0lGODdh")
                || text.startsWith("R0lGODlh")
                || (text.startsWith("UklGR") && text.startsWith("RUJQ", 12))
                || (text.startsWith("AAAA") && text.startsWith("Z0eXB", 6));
        return start && text.length() >= SHORTEST_IMAGE && isBase64(text);
    }

    private static boolean isImageInHexadecimal(String text) {
        int from = text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
        boolean start = text.regionMatches(true, from, "ffd8ff", 0, 6)
                || text.regionMatches(true, from, "89504e470d0a1a0a", 0, 16)
                || text.regionMatches(true, from, "66747970", 0, 8)
                || text.regionMatches(true, from + 8, "66747970", 0, 8);
        return start && text.length() - from >= SHORTEST_IMAGE && isHexadecimal(text, from);
    }

    private static boolean isBase64(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isBase64(c) && c != '\r' && c != '\n') {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || isDigit(c)
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_'
                || c == '=';
    }

    /** Sixteen digits at the least, and nothing else. */
    private static boolean isHexadecimal(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!isHexadecimal(text.charAt(i))) {
                return false;
            }
        }
        return text.length() - from >= SHORTEST_IMAGE;
    }

    private static boolean isHexadecimal(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static void scan(String text) throws RejectedException {
        int run = 0;
        boolean digitsOnly = true;
        int numbers = 0;
        boolean inNumber = false;
        int controls = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isBase64(c)) {
                digitsOnly = (run == 0 || digitsOnly) && isHexadecimal(c);
                if (++run >= LONGEST_RUN) {
                    throw new RejectedException(digitsOnly ? BYTES : BASE64);
                }
            } else if (c != '\r' && c != '\n' && c != '\\') {
                // Lines of base64 are one run, also where the line's end is written as an escape.
                run = 0;
            }
            if (isDigit(c)) {
                numbers += inNumber ? 0 : 1;
                inNumber = true;
                if (numbers >= MOST_NUMBERS) {
                    throw new RejectedException(VECTOR);
                }
            } else if (isBetweenNumbers(c)) {
                inNumber = false;
            } else if (!(c == '.' || c == '-' || c == '+' || (inNumber && (c == 'e' || c == 'E')))) {
                numbers = 0;
                inNumber = false;
            }
            if (isControl(c) && ++controls >= MOST_CONTROLS) {
                throw new RejectedException(BYTES);
            }
        }
    }

    private static boolean isBetweenNumbers(char c) {
        return switch (c) {
            case ',', ';', ' ', '\t', '\r', '\n', '[', ']', '{', '}', '(', ')', '"' -> true;
            default -> false;
        };
    }

    /** No database's text has them; bytes that were taken for text do. */
    private static boolean isControl(char c) {
        return (c < ' ' && c != '\t' && c != '\r' && c != '\n') || (c >= 0x7f && c < 0xa0) || c == '\ufffd';
    }
}
