package org.faceaudit.local;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.local.process.PlainText;

/** A table of text, its columns aligned on a terminal: Chinese characters are two columns wide there. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; the first one is the heading. */
    public void add(List<String> row) {
        rows.add(row.stream().map(PlainText::onOneLine).toList());
    }

    /** The lines to print, with a rule below the heading. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        for (int index = 0; index < rows.size(); index++) {
            lines.add(line(rows.get(index), widths));
            if (index == 0) {
                lines.add(rule(widths));
            }
        }
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(column == 0 ? "" : " | ").append(cell).append(" ".repeat(widths[column] - width(cell)));
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        List<String> parts = new ArrayList<>();
        for (int width : widths) {
            parts.add("-".repeat(width));
        }
        return String.join("-+-", parts);
    }

    /** How many columns a text takes on a terminal. */
    static int width(String text) {
        return text.codePoints().map(point -> isWide(point) ? 2 : 1).sum();
    }

    /** The wide blocks of Unicode's East Asian Width that occur in our texts: CJK, kana, hangul, full-width forms. */
    private static boolean isWide(int point) {
        return point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF && point != 0x303F
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0xFFE0 && point <= 0xFFE6
                || point >= 0x20000 && point <= 0x3FFFD;
    }
}
