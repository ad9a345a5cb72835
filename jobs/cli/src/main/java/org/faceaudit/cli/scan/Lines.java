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
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    /** A name as YAML takes it for text, whatever it is. */
    static String quoted(String name) {
        boolean plain =
                name.matches("[\\p{L}_][\\p{L}\\p{N}_.]*") && !name.matches("(?i)true|false|yes|no|on|off|null|y|n");
        return plain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String quoted(List<String> names) {
        return "[" + String.join(", ", names.stream().map(Lines::quoted).toList()) + "]";
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
