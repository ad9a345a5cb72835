package org.faceaudit.local.process;

import java.util.Locale;

/** Text as a terminal may be given it: ids come from sources, and no source shall move a cursor or turn a line around. */
public final class PlainText {
    private PlainText() {}

    /** The text with every line break, control character and direction mark (by its number) written out. */
    public static String onOneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (isSeen(point)) {
                        line.appendCodePoint(point);
                    } else {
                        line.append(String.format(Locale.ROOT, "\\u%04X", point));
                    }
                }
            }
        });
        return line.toString();
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> !isDirection(point);
            default -> true;
        };
    }

    /** Joiners of emoji and scripts are format characters too, and harmless. */
    private static boolean isDirection(int point) {
        return point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || point >= 0x202A && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069;
    }
}
