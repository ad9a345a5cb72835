package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPositionTest {

    @Test
    void aSequenceNumberIsSpelledAsPostgresqlDoes() {
        LogPosition place = LogPosition.ofSequenceNumber(0x1_6B37_4D48L);
        assertThat(place.text()).isEqualTo("1/6B374D48");
        assertThat(LogPosition.parse("1/6B374D48")).contains(place);
        assertThat(place.inBinaryLog()).isFalse();
    }

    @Test
    void theLastSequenceNumberIsNotBeforeTheFirst() {
        assertThat(LogPosition.ofSequenceNumber(-1).isBefore(1)).isFalse();
        assertThat(LogPosition.ofSequenceNumber(1).isBefore(-1)).isTrue();
        assertThat(LogPosition.parse("FFFFFFFF/FFFFFFFF")).contains(LogPosition.ofSequenceNumber(-1));
    }

    @Test
    void aLaterFileComesAfterEveryPositionOfAnEarlierOne() {
        LogPosition end = LogPosition.inFile("binlog.000009", 0xFFFF_FFFFL).orElseThrow();
        LogPosition next = LogPosition.inFile("binlog.000010", 4).orElseThrow();
        assertThat(end.isBefore(next.number())).isTrue();
        assertThat(next.isBefore(end.number())).isFalse();
        assertThat(next.isBefore(next.number())).isFalse();
        assertThat(next.text()).isEqualTo("binlog.000010:4");
        assertThat(LogPosition.parse("binlog.000010:4")).contains(next);
        assertThat(next.inBinaryLog()).isTrue();
    }

    @Test
    void aNameOfManyPartsIsAFile() {
        assertThat(LogPosition.parse("db1.example-bin.000002:77"))
                .map(LogPosition::number)
                .contains(2L << 32 | 77);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "binlog:4",
                "binlog.x:4",
                "binlog.000001:4294967296",
                "1/123456789",
                "g/1",
                "01/1",
                "1/0A",
                "a/1",
                "1/"
            })
    void anythingElseIsNoPlace(String text) {
        assertThat(LogPosition.parse(text)).isEmpty();
    }

    @Test
    void aPositionThatNoFileHasIsNone() {
        assertThat(LogPosition.inFile("binlog.000001", -1)).isEmpty();
        assertThat(LogPosition.inFile("binlog", 4)).isEmpty();
    }
}
