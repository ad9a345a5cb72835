package org.faceaudit.core.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonUnionTest {

    private static final Instant AT = Instant.parse("2026-03-01T01:00:00Z");

    /** Whoever is held once is counted a shorter way, which a holding that holds nothing closes. */
    @ParameterizedTest
    @CsvSource({"0, ", "5, ", "0, 9", "5, 9"})
    void whoeverIsHeldOnceIsCountedLikeAnybody(int uncertain, Integer end) {
        Instant ended = end == null ? null : AT.plusSeconds(end);
        PersonHolding holding = holding("gym/face/1", new Presence(AT, AT.plusSeconds(uncertain), ended, ended));
        PersonHolding nothing = new PersonHolding("op", "g", "p", "gym/face/2", List.of());

        assertThat(PersonUnion.persons("op", "g", List.of(), List.of(holding)))
                .isNotEmpty()
                .isEqualTo(PersonUnion.persons("op", "g", List.of(nothing), List.of(holding)));
        assertThat(PersonUnion.persons("op", "g", List.of(holding), List.of()))
                .isNotEmpty()
                .isEqualTo(PersonUnion.persons("op", "g", List.of(holding), List.of(nothing)));
        assertThat(PersonUnion.things("op", "records", List.of(), List.of(holding)))
                .isNotEmpty()
                .isEqualTo(PersonUnion.things("op", "records", List.of(nothing), List.of(holding)));
    }

    @Test
    void whatIsTakenBackIsTheNegativeOfWhatWasSaid() {
        PersonHolding holding = holding("gym/face/1", new Presence(AT, AT.plusSeconds(5), null, null));

        assertThat(PersonUnion.persons("op", "g", List.of(holding), List.of()))
                .isEqualTo(PersonUnion.persons("op", "g", List.of(), List.of(holding)).stream()
                        .map(CountDelta::negated)
                        .toList());
    }

    @Test
    void aLinkIsNeverPassedOver() {
        Presence stored = new Presence(AT, AT, null, null);
        PersonHolding linked = new PersonHolding(
                "op",
                "phone|k1|trim|",
                "p",
                "gym/face/1",
                List.of(stored),
                List.of(new PersonLink("id-card|k1|idcard|", "q", stored)));

        assertThat(PersonUnion.persons("op", "phone|k1|trim|", List.of(), List.of(linked)))
                .extracting(CountDelta::series)
                .contains(CountSeries.SAME_PERSONS);
    }

    @Test
    void nobodyIsNoChange() {
        PersonHolding nothing = new PersonHolding("op", "g", "p", "gym/face/2", List.of());

        assertThat(PersonUnion.persons("op", "g", List.of(nothing), List.of())).isEmpty();
        assertThat(PersonUnion.things("op", "records", List.of(nothing), List.of(nothing)))
                .isEmpty();
    }

    private static PersonHolding holding(String holder, Presence presence) {
        return new PersonHolding("op", "g", "p", holder, List.of(presence));
    }
}
