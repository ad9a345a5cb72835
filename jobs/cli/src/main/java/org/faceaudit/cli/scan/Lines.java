package org.faceaudit.cli.scan;

import java.util.ArrayList;
import java.util.List;

/** The lines of a YAML file in the making, each with the reason why it is guessed so, if it is. */
final class Lines {

    private static final int COMMENTS_FROM = 60;

    private final List<String> lines = new ArrayList<>();

    void add(int indent, String text) {
        lines.add(" ".repeat(indent) + text);
    }

    /** With why it is believed; the sentence stays on its line. */
    void guess(int indent, String text, String because) {
        String line = " ".repeat(indent) + text;
        lines.add(line + " ".repeat(Math.max(2, COMMENTS_FROM - line.length())) + "# guess: " + oneLine(because));
    }

    void comment(int indent, String text) {
        add(indent, "# " + oneLine(text));
    }

    void addAll(Lines others) {
        lines.addAll(others.lines);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}\\x{feff}]+", " ");
    }

    /** A name as YAML takes it for text, whatever it is. */
    static String quoted(String name) {
        boolean plain =
                name.matches("[\\p{L}_][\\p{L}\\p{N}_.]*") && !name.matches("(?i)true|false|yes|no|on|off|null|y|n");
        return plain ? name : text(name);
    }

    /** A text between quotation marks. What YAML would take for the end of a line, or not take at all, is written as its number. */
    static String text(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (isUnprintable(c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    }

    static String quoted(List<String> names) {
        return "[" + String.join(", ", names.stream().map(Lines::quoted).toList()) + "]";
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
