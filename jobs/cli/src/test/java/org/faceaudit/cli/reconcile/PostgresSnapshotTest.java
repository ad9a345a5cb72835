package org.faceaudit.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.faceaudit.core.event.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSnapshotTest {

    @ParameterizedTest
    @CsvSource({"699, true", "700, false", "704, true", "705, false", "709, true", "710, false", "4294967295, true"})
    void itSeesWhatWasCompletedAndNothingElse(String transaction, boolean seen) {
        assertThat(PostgresSnapshot.parse("700:710:700,705", "0/0").sees(transaction))
                .isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({"4294967295, true", "2, false", "3, true", "4, false", "100, false"})
    void afterFourThousandMillionTransactionsTheNumbersOfTheLogBeginAnew(String transaction, boolean seen) {
        assertThat(PostgresSnapshot.parse("4294967298:4294967300:4294967298", "0/0")
                        .sees(transaction))
                .isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({"0/FFFFFFFF, false", "1/9FFFFFFF, false", "1/A0000000, true", "1/A0000001, true", "10/0, true"})
    void aPositionIsTwoHexadecimalHalvesAndNoText(String position, boolean past) {
        assertThat(PostgresSnapshot.parse("1:1:", "1/A0000000").isPassedBy(at(position)))
                .isEqualTo(past);
    }

    @Test
    void whatIsNoSnapshotIsRefused() {
        assertThatThrownBy(() -> PostgresSnapshot.parse("700:710", "0/0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PostgresSnapshot.parse("700:710:", "0")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Position at(String logPosition) {
        return new Position("cdc.a.b", 0, 1, logPosition, "1", "public.t", "k", Instant.EPOCH, false);
    }
}
