package org.faceaudit.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.rows.LogPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryLogSnapshotTest {

    private static final BinaryLogSnapshot SNAPSHOT = BinaryLogSnapshot.at("binlog.000009", 4_000);

    @ParameterizedTest
    @CsvSource({
        "binlog.000009:3999, true",
        "binlog.000009:4000, false",
        "binlog.000009:10000, false",
        "binlog.000008:999999, true",
        "binlog.000010:4, false"
    })
    void itSeesWhatWasLoggedBeforeAndThatAloneIsNotPastIt(String position, boolean seen) {
        assertThat(SNAPSHOT.sees(at(position))).isEqualTo(seen);
        assertThat(SNAPSHOT.isPassedBy(at(position))).isNotEqualTo(seen);
    }

    @Test
    void aSnapshotOfTheConnectorIsComparedByItsPlace() {
        assertThat(SNAPSHOT.isBefore(number("binlog.000010", 4))).isTrue();
        assertThat(SNAPSHOT.isBefore(number("binlog.000009", 3_999))).isFalse();
        assertThat(SNAPSHOT.logPosition()).isEqualTo("binlog.000009:4000");
    }

    @Test
    void whatNamesNoPlaceOfABinaryLogIsNeitherSeenNorPast() {
        assertThat(SNAPSHOT.sees(at(null))).isFalse();
        assertThat(SNAPSHOT.isPassedBy(at(null))).isFalse();
        assertThatThrownBy(() -> BinaryLogSnapshot.at("binlog", 4)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long number(String file, long position) {
        return LogPosition.inFile(file, position).orElseThrow().number();
    }

    private static Position at(String logPosition) {
        return new Position("cdc.a.b", 0, 1, logPosition, "0-1-7", "d.t", "k", Instant.EPOCH, false);
    }
}
