package org.faceaudit.core.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.FaceRecordFixture.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class OperatorCountsTest {

    private static final LegalDay DAY = LegalDay.of(2026, 1, 1);

    @Test
    void onePersonInTwoSystemsIsOnePersonUntilTheLastRecordIsGone() {
        OperatorCounts counts = counted(
                record("op", "a", "1")
                        .person("p")
                        .storedAt("2026-01-01T01:00:00Z")
                        .deletedAt("2026-01-03T01:00:00Z")
                        .build(),
                record("op", "b", "1")
                        .person("p")
                        .storedAt("2026-01-02T01:00:00Z")
                        .deletedAt("2026-01-04T01:00:00Z")
                        .build());

        assertThat(counts.days(DAY, DAY.plusDays(3)))
                .extracting(
                        PersonCountDay::personsLow,
                        PersonCountDay::personsHigh,
                        PersonCountDay::records,
                        PersonCountDay::added,
                        PersonCountDay::removed)
                .containsExactly(
                        tuple(1L, 1L, 1L, 1L, 0L),
                        tuple(1L, 1L, 2L, 0L, 0L),
                        tuple(1L, 1L, 1L, 0L, 0L),
                        tuple(0L, 0L, 0L, 0L, 1L));
    }

    @Test
    void groupsThatDoNotCompareGiveAnInterval() {
        OperatorCounts counts = counted(
                record("op", "a", "1")
                        .person("p")
                        .storedAt("2026-01-01T01:00:00Z")
                        .build(),
                record("op", "a", "2")
                        .person("q")
                        .storedAt("2026-01-01T01:00:00Z")
                        .build(),
                record("op", "b", "1")
                        .person(FaceRecordFixture.localId("b", "7"))
                        .storedAt("2026-01-01T01:00:00Z")
                        .build(),
                record("op", "b", "2").storedAt("2026-01-01T01:00:00Z").build());

        PersonCountDay day = counts.days(DAY, DAY).get(0);

        assertThat(day.personsLow()).as("the largest group").isEqualTo(2);
        assertThat(day.personsHigh())
                .as("all groups and the record without a person")
                .isEqualTo(4);
        assertThat(day.exact()).isFalse();
    }

    @Test
    void boundsOfTheFirstSnapshotCountInHighFromTheEarliestAndInLowFromTheLatest() {
        OperatorCounts counts = counted(record("op", "a", "1")
                .person("p")
                .snapshot("2026-01-01T01:00:00Z", "2026-01-03T01:00:00Z")
                .build());

        assertThat(counts.firstDay()).contains(DAY);
        assertThat(counts.days(DAY, DAY.plusDays(2)))
                .extracting(PersonCountDay::personsLow, PersonCountDay::personsHigh)
                .containsExactly(tuple(0L, 1L), tuple(0L, 1L), tuple(1L, 1L));
    }

    @Test
    void theLegalDayEndsAtMidnightInShanghai() {
        OperatorCounts counts = counted(
                record("op", "a", "1")
                        .person("p")
                        .storedAt("2026-01-01T15:59:59Z")
                        .build(),
                record("op", "a", "2")
                        .person("q")
                        .storedAt("2026-01-01T16:00:00Z")
                        .build());

        assertThat(counts.days(DAY, DAY.plusDays(1)))
                .extracting(PersonCountDay::personsLow)
                .containsExactly(1L, 2L);
    }

    /** Records are told many times, corrected and in any order; the counts are those of the final facts. */
    @Test
    void countsDependOnTheFinalFactsAlone() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<FaceRecord> last = new ArrayList<>();
            List<List<FaceRecord>> tellings = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                FaceRecord record = history(random, Integer.toString(i));
                last.add(record);
                List<FaceRecord> telling = new ArrayList<>();
                for (int versions = 1; versions <= record.versions().size(); versions++) {
                    telling.add(new FaceRecord(
                            record.operator(),
                            record.system(),
                            record.recordKey(),
                            record.mappingVersion(),
                            record.versions().subList(0, versions)));
                }
                tellings.add(telling);
            }
            Counting counting = new Counting();
            List<Integer> turns = new ArrayList<>();
            for (int i = 0; i < tellings.size(); i++) {
                turns.addAll(Collections.nCopies(tellings.get(i).size(), i));
            }
            Collections.shuffle(turns, random);
            int[] told = new int[tellings.size()];
            for (int turn : turns) {
                counting.tell(tellings.get(turn).get(told[turn]++));
            }

            assertThat(counting.counts.days())
                    .as("seed %d", seed)
                    .isEqualTo(counted(last.toArray(FaceRecord[]::new)).days());
            assertThat(changes(counting.counts))
                    .as("seed %d", seed)
                    .isEqualTo(changes(counted(last.toArray(FaceRecord[]::new))));
            assertPlainly(seed, last, counting.counts);
        }
    }

    private static List<CountDelta> changes(OperatorCounts counts) {
        List<CountDelta> changes = new ArrayList<>();
        counts.series().forEach(series -> counts.changes(series).forEachRemaining(changes::add));
        return changes;
    }

    /** The same numbers by the slowest way there is: ask every record at the end of every day. */
    private static void assertPlainly(int seed, List<FaceRecord> records, OperatorCounts counts) {
        for (PersonCountDay day : counts.days(DAY, DAY.plusDays(12))) {
            Instant end = day.day().plusDays(1).start();
            Set<String> persons = new HashSet<>();
            long stored = 0;
            for (FaceRecord record : records) {
                FaceRecordVersion newest = null;
                for (FaceRecordVersion version : record.versions()) {
                    newest = version.from().latest().isBefore(end) ? version : newest;
                }
                if (newest != null && newest.stored()) {
                    stored++;
                    persons.add(newest.person().digest());
                }
            }
            assertThat(day.personsLow()).as("seed %d, %s", seed, day).isEqualTo(persons.size());
            assertThat(day.records()).as("seed %d, %s", seed, day).isEqualTo(stored);
        }
    }

    private static FaceRecord history(Random random, String key) {
        FaceRecordFixture record = record("op", random.nextBoolean() ? "a" : "b", key);
        Instant at = DAY.start().plusSeconds(random.nextInt(200_000));
        for (int i = 0; i <= random.nextInt(5); i++) {
            record.person("p" + random.nextInt(4)).image(random.nextBoolean());
            if (i > 0 && random.nextInt(3) == 0) {
                record.deletedAt(at.toString());
            } else {
                record.storedAt(at.toString());
            }
            at = at.plusSeconds(1 + random.nextInt(200_000));
        }
        return record.build();
    }

    @Test
    void personsOfASilentSourceAreNoLongerCertainAndTheDayIsNotExact() {
        OperatorCounts counts =
                counted(stored("a", "1", "p"), stored("a", "2", "q"), stored("b", "1", "q"), stored("b", "2", "r"));
        Map<String, Instant> known = Map.of(
                "a", DAY.plusDays(1).start(), "b", DAY.plusDays(4).start().plusSeconds(60));

        assertThat(counts.changedDays(DAY.plusDays(4), List.of("a", "b"), known))
                .extracting(
                        PersonCountDay::day,
                        PersonCountDay::personsLow,
                        PersonCountDay::personsHigh,
                        PersonCountDay::exact)
                .containsExactly(tuple(DAY, 3L, 3L, true), tuple(DAY.plusDays(1), 2L, 3L, false));
    }

    @Test
    void theNewestDayCountsAsFarAsItHasBeenToldAndAnEarlierOneWhenItsEndIsKnown() {
        OperatorCounts counts = counted(stored("a", "1", "p"), stored("b", "2", "r"));
        Map<String, Instant> noon =
                Map.of("a", DAY.start().plusSeconds(43_200), "b", DAY.start().plusSeconds(3_600));
        Map<String, Instant> tomorrow =
                Map.of("a", DAY.plusDays(1).start(), "b", DAY.start().plusSeconds(3_600));

        assertThat(counts.changedDays(DAY, List.of("a", "b"), noon))
                .extracting(PersonCountDay::personsLow, PersonCountDay::exact)
                .containsExactly(tuple(2L, true));
        assertThat(counts.changedDays(DAY.plusDays(1), List.of("a", "b"), tomorrow))
                .extracting(PersonCountDay::personsLow, PersonCountDay::exact)
                .containsExactly(tuple(1L, false));
    }

    @Test
    void onlyDaysOnWhichSomethingChangedAreTold() {
        OperatorCounts counts = counted(
                stored("a", "1", "p"),
                record("op", "a", "2")
                        .person("q")
                        .storedAt("2026-01-04T01:00:00Z")
                        .deletedAt("2026-01-04T02:00:00Z")
                        .build());
        Map<String, Instant> known = Map.of("a", DAY.plusDays(9).start());

        assertThat(counts.changedDays(DAY.plusDays(8), List.of("a"), known))
                .extracting(PersonCountDay::day, PersonCountDay::personsLow, PersonCountDay::added)
                .containsExactly(tuple(DAY, 1L, 1L), tuple(DAY.plusDays(3), 1L, 1L));
    }

    @Test
    void aSystemThatNeverSpokeKeepsEveryDayFromBeingExact() {
        OperatorCounts counts = counted(stored("a", "1", "p"));

        assertThat(counts.changedDays(
                        DAY, List.of("a", "b"), Map.of("a", DAY.plusDays(1).start())))
                .extracting(PersonCountDay::personsLow, PersonCountDay::personsHigh, PersonCountDay::exact)
                .containsExactly(tuple(1L, 1L, false));
    }

    private static FaceRecord stored(String system, String key, String person) {
        return record("op", system, key)
                .person(person)
                .storedAt("2026-01-01T01:00:00Z")
                .build();
    }

    private static OperatorCounts counted(FaceRecord... records) {
        Counting counting = new Counting();
        for (FaceRecord record : records) {
            counting.tell(record);
        }
        return counting.counts;
    }

    /** The road of a count as the job goes it: record, holdings, person, operator. */
    private static final class Counting {
        private final OperatorCounts counts = new OperatorCounts("op");
        private final Map<String, FaceRecord> records = new HashMap<>();
        private final Map<List<String>, Map<String, PersonHolding>> persons = new HashMap<>();

        private void tell(FaceRecord record) {
            FaceRecord before = records.put(record.system() + '/' + record.recordKey(), record);
            Holdings.recordDeltas(before, record).forEach(delta -> OperatorCountsFixture.add(counts, delta));
            for (PersonHolding holding : Holdings.change(before, record)) {
                Map<String, PersonHolding> holders =
                        persons.computeIfAbsent(List.of(holding.group(), holding.person()), key -> new HashMap<>());
                List<PersonHolding> held = List.copyOf(holders.values());
                holders.put(holding.holder(), holding);
                PersonUnion.persons("op", holding.group(), held, holders.values())
                        .forEach(delta -> OperatorCountsFixture.add(counts, delta));
            }
        }
    }
}
