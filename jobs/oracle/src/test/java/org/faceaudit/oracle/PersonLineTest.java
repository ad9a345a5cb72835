package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonLineTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void sweepingSeesWhatLookingSees(long seed) {
        Random random = new Random(seed);
        List<Presence> presences = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Instant start = Instant.ofEpochSecond(random.nextInt(100));
            Instant startLatest = start.plusSeconds(random.nextInt(3) * 5L);
            Instant endEarliest = random.nextInt(4) == 0 ? null : startLatest.plusSeconds(random.nextInt(30) - 5L);
            presences.add(new Presence(
                    List.of("", "a", "b").get(random.nextInt(3)),
                    "p" + random.nextInt(15),
                    start,
                    startLatest,
                    endEarliest,
                    endEarliest == null ? null : endEarliest.plusSeconds(random.nextInt(2) * 10L + 5),
                    Instant.ofEpochSecond(random.nextInt(3) * 50L)));
        }
        Set<Instant> instants = PersonLine.instantsOf(presences);

        assertThat(PersonLine.swept(presences, instants).counts())
                .isEqualTo(PersonLine.looked(presences, Set.of(), instants).counts());
    }
}
