package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.Envelopes.record;
import static org.faceaudit.intake.rows.Logged.TOPIC;
import static org.faceaudit.intake.rows.Logged.again;
import static org.faceaudit.intake.rows.Logged.delete;
import static org.faceaudit.intake.rows.Logged.digest;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.local;
import static org.faceaudit.intake.rows.Logged.row;
import static org.faceaudit.intake.rows.Logged.update;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.intake.Envelopes.Record;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

class KeylessRowsTest {

    private static final Mapping CAMPUS = MappingsUnderTest.of("""
            mapping:
              tables:
                public.face_data:
                  keyless: true
                  facts:
                    - event: face-record
                      person: {identifies: local-id, column: person_id}
                      image: {column: image_path, as: path}
                      template: {column: feature_data}
                public.member:
                  keyless: true
                public.photo:
                  keyless: true
                  facts:
                    - event: face-record
                      person: {identifies: member-no, column: member_no, normalise: [trim, upper], via: [member_id -> public.member.id]}
                      image: {present: row}
                      template: {present: never}
                public.passage:
                  keyless: true
                  facts:
                    - event: attempt
                      access-point: {column: gate}
                      method: {constant: FACE}
                      outcome: {column: result}
            """);

    private static final String GONE = "empty:-:-";
    private static final String THERE = "present:image/jpeg:64k";
    private static final String ANN = face(1, THERE);
    private static final String ANN_WITHOUT = face(1, GONE);
    private static final String BEN = face(2, THERE);

    private final SourceUnderTest campus = new SourceUnderTest(CAMPUS);

    private static String face(int person, String image) {
        return "{'person_id':'" + local(person) + "','image_path':'d1:" + image
                + "','feature_data':'d1:present:template:4k'}";
    }

    private static String at(int day) {
        return String.format("2026-11-%02dT00:00:00Z", day);
    }

    /** The records stored now, in words: who, and since when. */
    private List<String> stored() {
        return stored(campus);
    }

    private static List<String> stored(SourceUnderTest source) {
        List<String> stored = new ArrayList<>();
        for (FaceRecord record : source.facts.records.values()) {
            FaceRecordVersion newest = record.versions().get(record.versions().size() - 1);
            if (newest.stored()) {
                stored.add((newest.person() == null
                                ? "-"
                                : newest.person().digest().replaceAll("^0+", ""))
                        + (newest.image() ? " image" : "") + " since "
                        + newest.storedAt().latest().toString().substring(0, 10));
            }
        }
        Collections.sort(stored);
        return stored;
    }

    @Test
    void equalRowsAreAsManyAsThereAre() {
        campus.read(row("face_data", ANN).readAt(1));
        campus.read(row("face_data", ANN).readAt(2));
        campus.read(last("face_data", BEN).readAt(3));
        campus.read(insert("face_data", ANN, 200, at(3)));

        assertThat(stored())
                .containsExactly(
                        "1 image since 2026-11-01",
                        "1 image since 2026-11-01",
                        "1 image since 2026-11-03",
                        "2 image since 2026-11-01");
        assertThat(campus.facts.records.keySet())
                .allMatch(key -> key.matches("public.face_data/%row:[0-9a-f]{32}/[0-9]"));
    }

    @Test
    void ofEqualRowsTheOldestGoesFirst() {
        campus.read(last("face_data", ANN).readAt(1));
        campus.read(insert("face_data", ANN, 200, at(3)));
        campus.read(delete("face_data", ANN, 201, at(4)));

        assertThat(stored()).containsExactly("1 image since 2026-11-03");
        campus.read(delete("face_data", ANN, 202, at(5)));
        assertThat(stored()).isEmpty();
        campus.read(delete("face_data", ANN, 203, at(6)));
        assertThat(campus.facts.notApplicable).contains("keyless-row-unknown");
    }

    @Test
    void anUpdateLeavesTheRowItsPast() {
        campus.read(last("face_data", ANN_WITHOUT).readAt(1));
        campus.read(insert("face_data", BEN, 200, at(3)));
        // Two rows become equal.
        campus.read(update("face_data", BEN, ANN_WITHOUT, 201, at(4)));

        assertThat(stored()).containsExactly("1 since 2026-11-01", "1 since 2026-11-03");
        assertThat(campus.facts.records).hasSize(2);
        // The one that has been so for longer is written over, and then gone; it had no other name meanwhile.
        campus.read(update("face_data", ANN_WITHOUT, BEN, 202, at(5)));
        assertThat(stored()).containsExactly("1 since 2026-11-03", "2 image since 2026-11-01");
        campus.read(delete("face_data", BEN, 203, at(6)));
        assertThat(stored()).containsExactly("1 since 2026-11-03");
        assertThat(campus.facts.records).hasSize(2);
    }

    @Test
    void anUpdateOfWhatIsNotCapturedSaysNothing() {
        campus.read(last("face_data", ANN).readAt(1));
        campus.read(update("face_data", ANN, ANN, 200, at(3)));

        assertThat(stored()).containsExactly("1 image since 2026-11-01");
        assertThat(campus.facts.notApplicable).contains("no-fact-changed");
    }

    @Test
    void aRowThatNobodyKnewIsKnownOnceItIsWrittenOver() {
        campus.read(last("face_data", ANN).readAt(1));
        campus.read(update("face_data", BEN, face(3, GONE), 200, at(3)));

        assertThat(stored()).containsExactly("1 image since 2026-11-01", "3 since 2026-11-03");
    }

    @Test
    void whatTheLogDidNotCarryAgainIsWhatItWas() {
        campus.read(last("face_data", ANN).readAt(1));
        String after = face(2, THERE).replace("d1:present:template:4k", "__debezium_unavailable_value");
        campus.read(update("face_data", ANN, after, 200, at(3)));
        campus.read(delete("face_data", BEN, 201, at(4)));

        assertThat(stored()).isEmpty();
        assertThat(campus.facts.notApplicable).doesNotContain("keyless-row-unknown");
    }

    @Test
    void withoutTheWholeRowBeforeNothingIsFollowed() {
        campus.read(last("face_data", ANN).readAt(1));
        campus.read(record(TOPIC, "u", "public.face_data", null, BEN).at(at(3)).lsn(200));
        campus.read(record(TOPIC, "d", "public.face_data", null, null).at(at(3)).lsn(201));
        campus.read(
                delete("face_data", ANN.replace("d1:present:template:4k", "__debezium_unavailable_value"), 202, at(3)));

        assertThat(campus.rejects).containsExactly("missing-before", "missing-before", "missing-before");
        assertThat(stored()).containsExactly("1 image since 2026-11-01");
    }

    @Test
    void aRepetitionIsKnownByItsPosition() {
        List<Record> records = List.of(
                row("face_data", ANN).readAt(1),
                row("face_data", ANN).readAt(2),
                last("face_data", BEN).readAt(3),
                insert("face_data", ANN, 200, at(3)),
                // Rows that one statement wrote may share a position of the log.
                insert("face_data", BEN, 201, at(3)).order(1),
                insert("face_data", BEN, 201, at(3)).order(2),
                delete("face_data", ANN, 202, at(4)),
                update("face_data", ANN, BEN, 203, at(5)));
        for (int i = 0; i < records.size(); i++) {
            campus.read(records.get(i));
            for (int again = Math.max(0, i - 3); again <= i; again++) {
                campus.read(records.get(again));
            }
        }
        SourceUnderTest once = new SourceUnderTest(CAMPUS);
        records.forEach(once::read);

        assertThat(stored()).hasSize(5).isEqualTo(stored(once));
    }

    @Test
    void aSnapshotCountsEqualRowsAnewAndSweepsTheOldest() {
        campus.read(last("face_data", ANN).readAt(1));
        campus.read(insert("face_data", ANN, 200, at(3)));
        campus.read(insert("face_data", ANN, 201, at(4)));
        campus.read(insert("face_data", BEN, 202, at(4)));
        campus.read(again("face_data", ANN, 300, at(8)).readAt(4));
        campus.read(again("face_data", ANN, 300, at(8)).readAt(5).snapshot("last"));

        assertThat(stored()).containsExactly("1 image since 2026-11-03", "1 image since 2026-11-04");
        campus.read(delete("face_data", ANN, 400, at(9)));
        assertThat(stored()).containsExactly("1 image since 2026-11-04");
        campus.read(again("face_data", ANN, 500, at(10)).readAt(6));
        campus.read(again("face_data", ANN, 500, at(10)).readAt(7).snapshot("last"));
        assertThat(stored()).containsExactly("1 image since 2026-11-04", "1 image since 2026-11-10");
    }

    @Test
    void aSnapshotThatIsReadTwiceFromItsBeginningIsOne() {
        campus.read(row("face_data", ANN).readAt(1));
        campus.read(row("face_data", ANN).readAt(2));
        // The connector died; nothing was written meanwhile, so the log stands where it stood.
        campus.read(row("face_data", ANN).at("2026-11-01T00:00:09Z").readAt(3));
        campus.read(row("face_data", ANN).at("2026-11-01T00:00:09Z").readAt(4));
        campus.read(last("face_data", ANN).at("2026-11-01T00:00:09Z").readAt(5));

        assertThat(stored()).hasSize(3);
        campus.read(again("face_data", ANN, 300, at(8)).readAt(6).snapshot("last"));
        assertThat(stored()).hasSize(1);
    }

    @Test
    void aTruncateTakesAllOfThem() {
        campus.read(row("face_data", ANN).readAt(1));
        campus.read(last("face_data", ANN).readAt(2));
        campus.read(update("face_data", ANN, BEN, 200, at(3)));
        Record emptied = record(TOPIC, "t", "public.face_data", null, null)
                .at(at(4))
                .lsn(201)
                .tx(201);
        campus.read(emptied);
        assertThat(stored()).isEmpty();
        campus.read(insert("face_data", BEN, 202, at(5)));
        campus.read(emptied);
        assertThat(stored()).containsExactly("2 image since 2026-11-05");
        campus.read(delete("face_data", BEN, 203, at(6)));
        assertThat(stored()).isEmpty();
    }

    @Test
    void aRowOfAnIncrementalSnapshotCountsNothing() {
        campus.read(last("face_data", ANN).readAt(1));
        campus.read(record(TOPIC, "r", "public.face_data", null, ANN)
                .at(at(3))
                .lsn(200)
                .snapshot("incremental"));

        assertThat(stored()).hasSize(1);
        assertThat(campus.facts.notApplicable).contains("keyless-incremental-row");
    }

    @Test
    void rowsWithoutAKeyFindEachOther() {
        campus.read(insert("photo", "{'member_id':7}", 200, at(3)));
        campus.read(insert("photo", "{'member_id':7}", 201, at(3)));
        String before = "{'id':7,'member_no':'" + Logged.member(1) + "'}";
        String after = "{'id':7,'member_no':'" + Logged.member(2) + "'}";
        campus.read(insert("member", before, 202, at(4)));
        assertThat(stored()).containsExactly("1 image since 2026-11-03", "1 image since 2026-11-03");
        campus.read(update("member", before, after, 203, at(5)));

        assertThat(stored()).containsExactly("2 image since 2026-11-03", "2 image since 2026-11-03");
        assertThat(campus.facts.records.values())
                .allSatisfy(record -> assertThat(record.versions())
                        .filteredOn(version -> version.person() != null)
                        .extracting(version -> version.person().digest())
                        .containsExactly(digest(1), digest(2)));
    }

    @Test
    void equalAttemptsAreSeveral() {
        campus.read(insert("passage", "{'gate':'g1','result':'passed'}", 200, at(3)));
        campus.read(insert("passage", "{'gate':'g1','result':'passed'}", 201, at(3)));
        campus.read(
                update("passage", "{'gate':'g1','result':'passed'}", "{'gate':'g1','result':'failed'}", 202, at(4)));

        assertThat(campus.facts.attempts.stream()
                        .map(told -> told.attempt())
                        .map(Attempt::attemptKey)
                        .distinct())
                .hasSize(2);
    }

    /** A table of faces without a key under random changes, as the database holds it. */
    private static final class Table {
        private final Random random;
        private final List<String> rows = new ArrayList<>();
        private final List<byte[]> log = new ArrayList<>();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private long lsn = 100;
        private long read;

        Table(long seed) {
            random = new Random(seed);
        }

        private String row() {
            return face(random.nextInt(3), random.nextBoolean() ? THERE : GONE);
        }

        private void add(String op, String before, String after, String snapshot) {
            log.add(record(TOPIC, op, "public.face_data", before, after)
                    .at(now.toString())
                    .lsn(lsn)
                    .tx(lsn)
                    .order(log.size())
                    .snapshot(snapshot)
                    .readAt(++read)
                    .bytes());
        }

        private void tick() {
            now = now.plus(Duration.ofMinutes(1 + random.nextInt(1000)));
            lsn += random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(50);
        }

        /** Sometimes the log loses what came before, and sometimes the snapshot is begun twice. */
        void snapshot() {
            if (random.nextBoolean()) {
                for (int lost = random.nextInt(6); lost > 0; lost--) {
                    change();
                    log.remove(log.size() - 1);
                }
            }
            lsn++;
            tick();
            if (rows.isEmpty()) {
                rows.add(row());
            }
            if (random.nextBoolean()) {
                List<String> some = rows.subList(0, random.nextInt(rows.size() + 1));
                some.forEach(row -> add("r", null, row, "true"));
                now = now.plusSeconds(5);
            }
            for (int i = 0; i < rows.size(); i++) {
                add("r", null, rows.get(i), i == rows.size() - 1 ? "last" : "true");
            }
            lsn++;
        }

        void change() {
            tick();
            int choice = random.nextInt(20);
            int at = rows.isEmpty() ? 0 : random.nextInt(rows.size());
            if (choice == 0) {
                rows.clear();
                add("t", null, null, "false");
            } else if (choice < 8 || rows.isEmpty()) {
                rows.add(row());
                add("c", null, rows.get(rows.size() - 1), "false");
            } else if (choice < 13) {
                add("d", rows.remove(at), null, "false");
            } else {
                String after = row();
                add("u", rows.set(at, after), after, "false");
            }
        }
    }

    private static List<byte[]> repeated(List<byte[]> log, Random random) {
        List<byte[]> repeated = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            repeated.add(log.get(i));
            if (random.nextInt(6) == 0) {
                repeated.addAll(log.subList(Math.max(0, i - random.nextInt(12)), i + 1));
            }
        }
        return repeated;
    }

    private static Map<String, Long> byKind(List<String> rows) {
        Map<String, Long> kinds = new TreeMap<>();
        rows.forEach(row -> kinds.merge(row, 1L, Long::sum));
        return kinds;
    }

    @Test
    void theFactsAreThoseOfTheDatabaseHoweverOftenItsLogIsRead() {
        int told = 0;
        for (long seed = 0; seed < 150; seed++) {
            Table table = new Table(seed);
            for (int part = 0; part < 3; part++) {
                table.snapshot();
                for (int i = 0; i < 30; i++) {
                    table.change();
                }
            }
            SourceUnderTest once = new SourceUnderTest(CAMPUS);
            table.log.forEach(once::read);
            SourceUnderTest often = new SourceUnderTest(CAMPUS);
            repeated(table.log, new Random(seed)).forEach(often::read);

            List<String> expected = table.rows.stream()
                    .map(row ->
                            row.replaceAll("\\{'person_id':'.*:0*(\\d?)','image_path':'d1:(present|empty).*", "$1 $2"))
                    .map(row -> row.replace(" present", " image").replace(" empty", ""))
                    .toList();
            assertThat(byKind(stored(once).stream()
                            .map(row -> row.replaceAll(" since .*", ""))
                            .toList()))
                    .as("seed " + seed)
                    .isEqualTo(byKind(expected));
            assertThat(often.facts.records.toString().replaceAll("offset=\\d+", ""))
                    .as("seed " + seed)
                    .isEqualTo(once.facts.records.toString().replaceAll("offset=\\d+", ""));
            told += expected.size();
        }
        assertThat(told).isGreaterThan(500);
    }
}
