package org.faceaudit.core.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.FaceRecordFixture.idCard;
import static org.faceaudit.core.counting.FaceRecordFixture.record;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.TimeBounds;
import org.junit.jupiter.api.Test;

class HoldingsTest {

    private static final String DAY_1 = "2026-01-01T00:00:00Z";
    private static final String DAY_2 = "2026-01-02T00:00:00Z";
    private static final String DAY_3 = "2026-01-03T00:00:00Z";

    @Test
    void theFirstVersionBeginsWhenTheArtefactWasStoredAndLaterOnesAtTheirCommit() {
        FaceRecord record = record("op", "sys", "face/1")
                .person("a")
                .stored(TimeBounds.committed(at(DAY_2)), TimeBounds.declared(at(DAY_1)))
                .person("b")
                .storedAt(DAY_3)
                .build();

        assertThat(Holdings.of(record))
                .containsExactly(
                        holding("a", new Presence(at(DAY_1), at(DAY_1), at(DAY_3), at(DAY_3))),
                        holding("b", new Presence(at(DAY_3), at(DAY_3), null, null)));
    }

    @Test
    void aDeletedRecordThatComesBackIsHeldTwice() {
        FaceRecord record = record("op", "sys", "face/1")
                .person("a")
                .storedAt(DAY_1)
                .deletedAt(DAY_2)
                .storedAt(DAY_3)
                .build();

        assertThat(Holdings.of(record))
                .containsExactly(holding(
                        "a",
                        new Presence(at(DAY_1), at(DAY_1), at(DAY_2), at(DAY_2)),
                        new Presence(at(DAY_3), at(DAY_3), null, null)));
    }

    @Test
    void anUpdateThatChangesNeitherPersonNorStorageDoesNotInterrupt() {
        FaceRecord record = record("op", "sys", "face/1")
                .person("a")
                .storedAt(DAY_1)
                .image(true)
                .storedAt(DAY_2)
                .build();

        assertThat(Holdings.of(record)).containsExactly(holding("a", new Presence(at(DAY_1), at(DAY_1), null, null)));
    }

    @Test
    void aRecordWithoutAPersonOrWithAFreeTextNameCountsForItself() {
        PersonToken name = new PersonToken("free-text", "k1", "text", "sys", "zhang");

        assertThat(Holdings.of(record("op", "sys", "face/1").storedAt(DAY_1).build()))
                .extracting(PersonHolding::group, PersonHolding::person)
                .containsExactly(tuple("", "sys/face/1"));
        assertThat(Holdings.of(record("op", "sys", "face/1")
                        .person(name)
                        .storedAt(DAY_1)
                        .build()))
                .extracting(PersonHolding::group, PersonHolding::person)
                .containsExactly(tuple("", "sys/face/1"));
    }

    @Test
    void aChangeRetractsThePersonThatTheRecordNoLongerTouches() {
        FaceRecord before =
                record("op", "sys", "face/1").person("a").storedAt(DAY_1).build();
        FaceRecord corrected =
                record("op", "sys", "face/1").person("b").storedAt(DAY_1).build();

        assertThat(Holdings.change(null, before))
                .containsExactly(holding("a", new Presence(at(DAY_1), at(DAY_1), null, null)));
        assertThat(Holdings.change(before, before)).isEmpty();
        assertThat(Holdings.change(before, corrected))
                .containsExactly(holding("b", new Presence(at(DAY_1), at(DAY_1), null, null)), holding("a"));
    }

    @Test
    void recordsAndImagesAreCountedWithTheirOwnBeginnings() {
        FaceRecord record = record("op", "sys", "face/1")
                .storedAt(DAY_1)
                .image(true)
                .storedAt(DAY_2)
                .deletedAt(DAY_3)
                .build();

        assertThat(Holdings.recordDeltas(null, record))
                .extracting(CountDelta::series, CountDelta::at, CountDelta::widestAdded, CountDelta::widestRemoved)
                .containsExactly(
                        tuple("records", at(DAY_1), 1, 0),
                        tuple("records", at(DAY_3), 0, 1),
                        tuple("raw-images", at(DAY_2), 1, 0),
                        tuple("raw-images", at(DAY_3), 0, 1));
        assertThat(Holdings.recordDeltas(record, record)).isEmpty();
    }

    private static PersonHolding holding(String person, Presence... presences) {
        return new PersonHolding("op", idCard(person).group(), person, "sys/face/1", List.of(presences));
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
