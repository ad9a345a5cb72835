package org.faceaudit.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAlignedAlsoWithChineseText() {
        TextTable table = new TextTable();
        table.add(List.of("rule", "title"));
        table.add(List.of("sole-face-method", "唯一验证方式"));
        table.add(List.of("x", ""));

        assertThat(table.lines())
                .containsExactly(
                        "rule             | title",
                        "-----------------+-------------",
                        "sole-face-method | 唯一验证方式",
                        "x                |");
    }

    @Test
    void aRowStaysOnOneLine() {
        TextTable table = new TextTable();
        table.add(List.of("a"));
        table.add(List.of("one\ntwo\tthree"));

        assertThat(table.lines()).last().isEqualTo("one\\ntwo\\tthree");
    }

    @Test
    void noSourceMovesTheCursorOrTurnsALineAround() {
        TextTable table = new TextTable();
        table.add(List.of("id"));
        table.add(List.of("gate\u001B[2J\u202E1\u2028 👨\u200D👩 门"));

        assertThat(table.lines()).last().isEqualTo("gate\\u001B[2J\\u202E1\\u2028 👨\u200D👩 门");
    }

    @Test
    void aTableWithoutRowsHasItsHeading() {
        TextTable table = new TextTable();
        table.add(List.of("name"));

        assertThat(table.lines()).containsExactly("name", "----");
    }
}
