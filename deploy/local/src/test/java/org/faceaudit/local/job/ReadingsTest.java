package org.faceaudit.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private static final Readings BEFORE = new Readings(Map.of("gym/doors", "a", "gym/pool", "b", "bank/vault", "c"));

    @Test
    void whoIsReadAsBeforeOrForTheFirstTimeGoesOn() {
        assertThat(BEFORE.changedOperators(BEFORE)).isEmpty();
        assertThat(BEFORE.changedOperators(
                        new Readings(Map.of("gym/doors", "a", "gym/pool", "b", "bank/vault", "c", "gym/sauna", "d"))))
                .isEmpty();
        assertThat(BEFORE.changedOperators(new Readings(Map.of("gym/doors", "a"))))
                .isEmpty();
    }

    @Test
    void whoIsReadOtherwiseDoesNot() {
        assertThat(BEFORE.changedOperators(new Readings(Map.of("gym/doors", "a", "gym/pool", "x", "bank/vault", "c"))))
                .containsExactly("gym");
    }

    @Test
    void whoComesBackDoesNotEvenReadAsBefore() {
        Readings without = BEFORE.goneOnWith(new Readings(Map.of("gym/doors", "a", "gym/pool", "b")));

        assertThat(without.bySource()).containsEntry("bank/vault", "");
        assertThat(without.changedOperators(BEFORE)).containsExactly("bank");
        assertThat(without.goneOnWith(BEFORE)).isEqualTo(BEFORE);
    }

    @Test
    void nobodyGoesOnFromARunThatDidNotSay() {
        assertThat(Readings.NONE.changedOperators(BEFORE)).containsExactlyInAnyOrder("gym", "bank");
        assertThat(Readings.NONE.changedOperators(Readings.NONE)).isEmpty();
    }
}
