package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.Envelopes.record;
import static org.faceaudit.intake.rows.Logged.TOPIC;
import static org.faceaudit.intake.rows.Logged.again;
import static org.faceaudit.intake.rows.Logged.delete;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.local;
import static org.faceaudit.intake.rows.Logged.member;
import static org.faceaudit.intake.rows.Logged.row;
import static org.faceaudit.intake.rows.Logged.update;

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
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

/** One entry of a mapping that stands for many tables of one shape. */
class ManyTablesTest {

    private static final Mapping SHARDS = MappingsUnderTest.of("""
            mapping:
              tables:
                public.face_{nn}:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: member-no, column: member_no, normalise: [trim, upper], via: ["owner -> public.owner_{nn}.id"]}
                      template: {present: row}
                public.photo:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: member-no, column: member_no, normalise: [trim, upper], via: ["owner -> public.owner_{nn}.id"]}
                      image: {present: row}
                public.人像_{nn}:
                  keyless: true
                  facts:
                    - event: face-record
                      person: {identifies: local-id, column: person_id}
                      template: {present: row}
                public.passage_{yyyyMM}:
                  key: [id]
                  facts:
                    - event: attempt
                      access-point: {column: gate}
                      method: {constant: FACE}
                      outcome: {column: result}
            """);

    private final SourceUnderTest source = new SourceUnderTest(SHARDS);

    private static String at(int day) {
        return String.format("2026-11-%02dT00:00:00Z", day);
    }

    private static String face(int id, int owner) {
        return "{'id':" + id + ",'owner':" + owner + "}";
    }

    private static String owner(int id, int member) {
        return "{'id':" + id + ",'member_no':'" + member(member) + "'}";
    }

    private static String person(int person) {
        return "{'person_id':'" + local(person) + "'}";
    }

    private Map<String, String> stored() {
        return stored(source);
    }

    /** By the record's name the person whose face is stored now. */
    private static Map<String, String> stored(SourceUnderTest source) {
        Map<String, String> stored = new TreeMap<>();
        for (FaceRecord record : source.facts.records.values()) {
            FaceRecordVersion newest = record.versions().get(record.versions().size() - 1);
            if (newest.stored()) {
                stored.put(
                        record.recordKey().replaceFirst("%row:[0-9a-f]+", "row"),
                        newest.person() == null
                                ? "nobody known"
                                : newest.person().digest().replaceFirst("^0+", ""));
            }
        }
        return stored;
    }

    @Test
    void rowsOfDifferentTablesWithOneKeyAreDifferentRowsAndNameTheirOwnTable() {
        source.read(row("face_01", face(1, 7)));
        source.read(row("face_02", face(1, 8)));
        source.read(row("owner_01", owner(7, 1)));
        source.read(last("owner_02", owner(8, 2)));

        assertThat(stored()).isEqualTo(Map.of("public.face_01/1", "1", "public.face_02/1", "2"));
        FaceRecordVersion version =
                source.facts.records.get("public.face_02/1").versions().get(0);
        assertThat(version.position().table()).isEqualTo("public.face_02");
        assertThat(version.position().keyHash()).isEqualTo(EnvelopeDecoder.keyHash("public.face_02", "1"));
    }

    @Test
    void aTableThatComesLaterIsReadLikeTheOthersAndOneOfAnotherNameIsNot() {
        source.read(last("face_01", face(1, 7)));
        source.read(insert("face_03", face(1, 9), 200, at(2)));
        source.read(insert("owner_03", owner(9, 3), 201, at(2)));
        source.read(insert("face_003", face(1, 9), 202, at(2)));

        assertThat(stored()).isEqualTo(Map.of("public.face_01/1", "nobody known", "public.face_03/1", "3"));
        assertThat(source.progress().unmapped()).isEqualTo(1);
    }

    @Test
    void aTruncateClearsTheRowsOfItsOwnTableOnly() {
        source.read(row("face_01", face(1, 7)));
        source.read(row("face_02", face(1, 8)));
        source.read(row("人像_01", person(5)));
        source.read(row("人像_02", person(5)));
        source.read(last("人像_02", person(5)));
        Record emptied = record(TOPIC, "t", "public.face_01", null, null)
                .at(at(2))
                .lsn(200)
                .tx(200);
        source.read(emptied);
        source.read(emptied);
        source.read(record(TOPIC, "t", "public.人像_02", null, null)
                .at(at(2))
                .lsn(201)
                .tx(201));

        assertThat(stored().keySet()).containsExactly("public.face_02/1", "public.人像_01/row/0");
    }

    @Test
    void aLaterSnapshotSweepsTheRowsOfATableThatWasDropped() {
        source.read(row("face_01", face(1, 7)));
        source.read(last("face_02", face(1, 8)));
        source.read(update("heartbeat", "{'id':1}", 150, at(2)));
        source.read(again("face_02", face(1, 8), 300, at(3)).snapshot("last"));

        assertThat(stored().keySet()).containsExactly("public.face_02/1");
    }

    @Test
    void equalRowsWithoutAKeyAreCountedTableByTable() {
        source.read(row("人像_01", person(5)));
        source.read(last("人像_02", person(5)));
        source.read(insert("人像_01", person(5), 200, at(2)));
        source.read(delete("人像_02", person(5), 201, at(2)));
        source.read(delete("人像_02", person(5), 202, at(2)));
        source.read(update("人像_01", person(5), person(6), 203, at(2)));

        assertThat(stored()).isEqualTo(Map.of("public.人像_01/row/0", "6", "public.人像_01/row/1", "5"));
    }

    @Test
    void ofTablesThatAreNumberedAlikeARowMeansTheOneOfItsOwnNumber() {
        source.read(row("face_01", face(1, 7)));
        source.read(row("face_02", face(1, 7)));
        source.read(row("owner_01", owner(7, 1)));
        source.read(last("owner_02", owner(7, 2)));

        assertThat(stored()).isEqualTo(Map.of("public.face_01/1", "1", "public.face_02/1", "2"));
    }

    @Test
    void whereTablesSayDifferentThingsOfOneIdNobodyIsMeant() {
        source.read(row("photo", face(1, 7)));
        source.read(row("photo", face(2, 8)));
        source.read(row("owner_01", owner(7, 1)));
        source.read(last("owner_02", owner(8, 2)));
        assertThat(stored()).isEqualTo(Map.of("public.photo/1", "1", "public.photo/2", "2"));

        source.read(insert("owner_02", owner(7, 3), 200, at(2)));
        assertThat(stored()).isEqualTo(Map.of("public.photo/1", "nobody known", "public.photo/2", "2"));

        // Moved from one table to the other: the one that is there counts.
        source.read(delete("owner_01", "{'id':7}", 201, at(3)));
        assertThat(stored()).isEqualTo(Map.of("public.photo/1", "3", "public.photo/2", "2"));
    }

    @Test
    void attemptsNameTheirMonth() {
        source.read(last("heartbeat", "{'id':1}"));
        source.read(insert("passage_202611", "{'id':4,'gate':'g1','result':'PASSED'}", 200, at(2)));
        source.read(insert("passage_202612", "{'id':4,'gate':'g1','result':'FAILED'}", 201, at(3)));

        List<Attempt> attempts =
                source.facts.attempts.stream().map(AttemptTold::attempt).toList();
        assertThat(attempts)
                .extracting(Attempt::attemptKey)
                .containsExactly("public.passage_202611/4", "public.passage_202612/4");
        assertThat(attempts)
                .extracting(attempt -> attempt.position().table())
                .containsExactly("public.passage_202611", "public.passage_202612");
    }

    @Test
    void theOrderOfASnapshotDoesNotMatter() {
        List<Record> rows = List.of(
                row("face_01", face(1, 7)),
                row("face_02", face(1, 7)),
                row("photo", face(1, 7)),
                row("photo", face(2, 9)),
                row("owner_01", owner(7, 1)),
                row("owner_02", owner(7, 2)),
                row("owner_02", owner(9, 4)));
        for (int seed = 0; seed < 40; seed++) {
            List<Record> shuffled = new ArrayList<>(rows);
            Collections.shuffle(shuffled, new Random(seed));
            SourceUnderTest other = new SourceUnderTest(SHARDS);
            shuffled.forEach(other::read);
            other.read(update("heartbeat", "{'id':1}", 500, at(6)));

            assertThat(stored(other))
                    .as("seed " + seed)
                    .isEqualTo(Map.of(
                            "public.face_01/1", "1",
                            "public.face_02/1", "2",
                            "public.photo/1", "nobody known",
                            "public.photo/2", "4"));
        }
    }

    @Test
    void theWatchOfColumnsLooksAtEachTable() {
        ColumnWatch watch = new ColumnWatch(SHARDS, ColumnsSeen.NOTHING);
        EnvelopeDecoder decoder = new EnvelopeDecoder(SHARDS);
        watch.accept(change(decoder, insert("face_01", face(1, 7), 200, at(2))), List.of());
        watch.accept(change(decoder, insert("face_02", "{'id':1}", 201, at(2))), List.of("owner"));
        assertThat(watch.news()).isNull();

        watch.accept(change(decoder, insert("face_01", "{'id':2}", 202, at(3))), List.of("owner"));
        assertThat(watch.news().absences())
                .extracting(absence -> absence.name())
                .containsExactly("public.face_01.owner");

        ColumnWatch goingOn = new ColumnWatch(SHARDS, watch.changedState());
        goingOn.accept(change(decoder, insert("face_01", face(3, 7), 203, at(4))), List.of());
        assertThat(goingOn.news().absences()).allMatch(absence -> absence.to() != null);
    }

    private static RowChange change(EnvelopeDecoder decoder, Record record) {
        return decoder.decode(TOPIC, 0, 1, SourceUnderTest.APPENDED.toEpochMilli(), null, record.bytes())
                .change();
    }
}
