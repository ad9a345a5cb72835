package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.intake.Envelopes.Record;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

/** A column that means a student or a member of staff; another one says which. */
class OneOfPersonsTest {

    private static final Mapping SCHOOL = MappingsUnderTest.of("""
            mapping:
              tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person:
                        one-of:
                          - identifies: member-no
                            column: student_no
                            normalise: [trim, upper]
                            via: [person_id -> public.student.id]
                            when: {column: kind, equals: "1"}
                          - identifies: local-id
                            column: staff_no
                            via: [person_id -> public.staff.id]
                            when: {column: kind, equals: "2"}
                      template: {present: row}
                public.passage:
                  key: [id]
                  facts:
                    - event: attempt
                      access-point: {column: gate}
                      person:
                        one-of:
                          - {identifies: local-id, column: staff_no, via: [person_id -> public.staff.id], when: {column: kind, equals: "2"}}
                          - {identifies: member-no, column: student_no, normalise: [trim, upper], via: [person_id -> public.student.id]}
            """);

    private final SourceUnderTest source = new SourceUnderTest(SCHOOL);

    private static String face(int id, int person, String kind) {
        return "{'id':" + id + ",'person_id':" + person + ",'kind':" + kind + "}";
    }

    private static List<Record> snapshot() {
        return List.of(
                row("face", face(1, 7, "'1'")),
                row("face", face(2, 7, "'2'")),
                row("face", face(3, 7, "'3'")),
                row("face", face(4, 7, "null")),
                row("face", face(5, 8, "'1'")),
                row("student", "{'id':7,'student_no':'" + member(1) + "'}"),
                row("staff", "{'id':7,'staff_no':'" + local(2) + "'}"),
                row("staff", "{'id':8,'staff_no':'" + local(3) + "'}"));
    }

    private static Map<String, String> persons(SourceUnderTest source) {
        Map<String, String> persons = new TreeMap<>();
        for (FaceRecord record : source.facts.records.values()) {
            FaceRecordVersion newest = record.versions().get(record.versions().size() - 1);
            PersonToken person = newest.person();
            persons.put(
                    record.recordKey().substring("public.face/".length()),
                    person == null
                            ? "nobody"
                            : person.identifies() + " " + person.digest().replaceFirst("^0+", ""));
        }
        return persons;
    }

    private static final Map<String, String> AS_THE_COLUMN_SAYS = Map.of(
            "1", "member-no 1",
            "2", "local-id 2",
            "3", "nobody",
            "4", "nobody",
            "5", "nobody");

    @Test
    void theColumnThatSaysWhichIsFollowedAndNoOtherTableIsTried() {
        snapshot().forEach(source::read);
        source.read(update("heartbeat", "{'id':1}", 150, "2026-11-02T00:00:00Z"));

        assertThat(persons(source)).isEqualTo(AS_THE_COLUMN_SAYS);
    }

    @Test
    void theOrderDoesNotMatter() {
        for (int seed = 0; seed < 40; seed++) {
            List<Record> shuffled = new ArrayList<>(snapshot());
            Collections.shuffle(shuffled, new Random(seed));
            SourceUnderTest other = new SourceUnderTest(SCHOOL);
            shuffled.forEach(other::read);
            other.read(update("heartbeat", "{'id':1}", 150, "2026-11-02T00:00:00Z"));

            assertThat(persons(other)).as("seed " + seed).isEqualTo(AS_THE_COLUMN_SAYS);
        }
    }

    @Test
    void aRowThatComesToMeanTheOtherIsTheOther() {
        snapshot().forEach(source::read);
        source.read(update("face", face(1, 7, "'2'"), 200, "2026-11-03T00:00:00Z"));

        assertThat(persons(source)).containsEntry("1", "local-id 2");
    }

    @Test
    void whileTheColumnIsUnknownNobodyIsNamed() {
        snapshot().forEach(source::read);
        source.read(insert("face", "{'id':6,'person_id':7}", 200, "2026-11-03T00:00:00Z"));

        assertThat(persons(source)).containsEntry("6", "nobody");
    }

    @Test
    void theLastStandsForAllOtherRows() {
        source.read(row("student", "{'id':7,'student_no':'" + member(1) + "'}"));
        source.read(last("staff", "{'id':7,'staff_no':'" + local(2) + "'}"));
        source.read(insert("passage", "{'id':1,'gate':'g','person_id':7,'kind':'2'}", 200, "2026-11-03T00:00:00Z"));
        source.read(insert("passage", "{'id':2,'gate':'g','person_id':7,'kind':'9'}", 201, "2026-11-03T00:00:00Z"));

        assertThat(source.facts.attempts)
                .extracting(told -> told.attempt().person().identifies())
                .containsExactly("local-id", "member-no");
    }
}
