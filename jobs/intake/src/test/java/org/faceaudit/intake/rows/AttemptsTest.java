package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.Envelopes.record;
import static org.faceaudit.intake.rows.Logged.SNAPSHOT;
import static org.faceaudit.intake.rows.Logged.TOPIC;
import static org.faceaudit.intake.rows.Logged.again;
import static org.faceaudit.intake.rows.Logged.bounds;
import static org.faceaudit.intake.rows.Logged.delete;
import static org.faceaudit.intake.rows.Logged.digest;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.member;
import static org.faceaudit.intake.rows.Logged.row;
import static org.faceaudit.intake.rows.Logged.update;

import java.time.Instant;
import java.util.Set;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.rows.AttemptTold.Part;
import org.faceaudit.intake.rows.AttemptTold.Told;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final String COMMIT = "2026-11-02T00:00:10Z";
    private static final String OWN = "2026-11-02T00:00:00Z";

    /** A log that says everything itself. */
    private static final String PASSAGE = """
            mapping:
              tables:
                public.passage:
                  key: [id]
                  facts:
                    - event: attempt
                      access-point: {column: gate}
                      person: {identifies: member-no, column: member_no, normalise: [trim, upper]}
                      at: {column: at, type: timestamptz}
                      method: {column: result, values: {face_ok: FACE, face_no: FACE, card_ok: CARD, "door held": STAFF}}
                      outcome: {column: result, values: {face_ok: PASSED, face_no: DECLINED, card_ok: PASSED}}
                  where: {column: test, not: "true"}
            """;

    /** A log that refers to a member, of a product that has but one way in and keeps no time. */
    private static final String VISIT = """
            mapping:
              tables:
                public.visit:
                  key: [id]
                  facts:
                    - event: attempt
                      access-point: {column: gate}
                      person: {identifies: member-no, column: member_no, normalise: [trim, upper], via: [member_id -> public.member.id]}
                      method: {constant: FACE}
                      outcome: {column: ok, values: {"true": PASSED, "false": FAILED}}
            """;

    private SourceUnderTest source = new SourceUnderTest(MappingsUnderTest.of(PASSAGE));

    private static String passage(String gate, String member, String at, String result) {
        return "{'id':1,'gate':" + gate + ",'member_no':" + (member == null ? "null" : "'" + member + "'") + ",'at':"
                + (at == null ? "null" : "'" + at + "'") + ",'result':'" + result + "','test':false}";
    }

    private AttemptTold told() {
        assertThat(source.facts.attempts).isNotEmpty();
        return source.facts.attempts.get(source.facts.attempts.size() - 1);
    }

    private Attempt attempt() {
        return told().attempt();
    }

    @Test
    void aRowSaysWhoTriedWhereWhenAndHowItWent() {
        source.read(insert("passage", passage("'n/1%'", member(7), OWN, "face_no"), 200, COMMIT));

        assertThat(told().told()).isEqualTo(Told.INSERTED);
        assertThat(told().unchanged()).isEmpty();
        assertThat(told().kept()).isTrue();
        assertThat(attempt().attemptKey()).isEqualTo("public.passage/1");
        assertThat(attempt().pointId()).as("as an access point's id").isEqualTo("n%2F1%25");
        assertThat(attempt().person().digest()).isEqualTo(digest(7));
        assertThat(attempt().at()).isEqualTo(TimeBounds.declared(Instant.parse(OWN)));
        assertThat(attempt().method()).isEqualTo("FACE");
        assertThat(attempt().outcome()).isEqualTo(AttemptOutcome.DECLINED);
        assertThat(attempt().position().committedAt()).isEqualTo(COMMIT);
        assertThat(source.rowsKept()).as("nothing is remembered here").isZero();
    }

    @Test
    void whatCannotBeReadIsCountedAndTheAttemptKeptWithoutIt() {
        source.read(insert("passage", passage("7", null, OWN, "so-so"), 200, COMMIT));

        assertThat(attempt().pointId()).isEqualTo("7");
        assertThat(attempt().method()).isNull();
        assertThat(attempt().outcome()).isNull();
        assertThat(source.facts.unreadable).containsExactly("result: unmapped-method");

        source.read(insert("passage", passage("7", null, OWN, "door held"), 201, COMMIT));

        assertThat(attempt().method()).isEqualTo("STAFF");
        assertThat(attempt().outcome()).isNull();
        assertThat(source.facts.unreadable).hasSize(2).endsWith("result: unmapped-outcome");
    }

    @Test
    void wordsThatSayNothingAreNoComplaint() {
        source.read(insert("passage", passage("null", null, OWN, " "), 200, COMMIT));

        assertThat(attempt().pointId()).isNull();
        assertThat(attempt().person()).isNull();
        assertThat(attempt().method()).isNull();
        assertThat(source.facts.unreadable).isEmpty();
    }

    @Test
    void aTimeThatCannotBeIsTheCommit() {
        source.read(insert("passage", passage("7", null, "2026-11-02T00:00:11Z", "face_ok"), 200, COMMIT));

        assertThat(attempt().at()).isEqualTo(TimeBounds.committed(Instant.parse(COMMIT)));
        assertThat(told().unchanged()).containsExactly(Part.TIME);
        assertThat(source.facts.unreadable).containsExactly("at: future-time");

        source.read(insert("passage", passage("7", null, COMMIT, "face_ok"), 201, COMMIT));

        assertThat(attempt().at()).as("at the commit itself").isEqualTo(TimeBounds.declared(Instant.parse(COMMIT)));
    }

    @Test
    void aRowOfASnapshotWithoutATimeIsOfNobodyKnowsWhen() {
        source.read(row("passage", passage("7", null, null, "face_ok")));
        assertThat(told().told()).isEqualTo(Told.INHERITED);
        assertThat(attempt().at()).isEqualTo(bounds("1970-01-01T00:00:00Z", SNAPSHOT));

        source.read(last("passage", passage("7", null, "2026-03-01T08:00:00+08:00", "face_ok")));
        assertThat(attempt().at()).isEqualTo(TimeBounds.declared(Instant.parse("2026-03-01T00:00:00Z")));
    }

    @Test
    void whatTheFirstSnapshotFindsIsToldFromWhatALaterOneFinds() {
        source.read(last("passage", passage("7", null, OWN, "face_ok")));
        assertThat(told().told()).isEqualTo(Told.INHERITED);

        source.read(again("passage", passage("7", null, OWN, "face_ok"), 300, "2026-11-05T00:00:00Z"));
        assertThat(told().told()).isEqualTo(Told.FOUND);
    }

    @Test
    void aRowThatIsKeptIsInheritedAlsoWhenWhatItRefersToComesLater() {
        String pictured = "- event: face-record\n          image: {column: photo, as: path}\n        ";
        source = new SourceUnderTest(
                MappingsUnderTest.of(VISIT.replace("- event: attempt", pictured + "- event: attempt")));
        source.read(row("visit", visit(5).replace("}", ",'photo':'d1:present:image/jpeg:64k'}")));
        source.read(last("member", memberRow(1)));

        assertThat(source.facts.attempts).extracting(AttemptTold::told).containsOnly(Told.INHERITED);
        assertThat(attempt().person()).isNotNull();
    }

    @Test
    void anUpdateWithoutATimeDoesNotSayWhenItWas() {
        source.read(update("passage", passage("7", null, null, "face_ok"), 200, COMMIT));

        assertThat(told().told()).isEqualTo(Told.UPDATED);
        assertThat(told().unchanged()).containsExactly(Part.TIME);
        assertThat(attempt().at().exact()).isFalse();
    }

    @Test
    void whatTheLogDoesNotCarryIsAsItWas() {
        String unavailable = "__debezium_unavailable_value";
        source.read(update(
                "passage",
                "{'id':1,'gate':'" + unavailable + "','member_no':'" + unavailable + "','at':'" + OWN + "','result':'"
                        + unavailable + "','test':'" + unavailable + "'}",
                200,
                COMMIT));

        assertThat(told().unchanged()).isEqualTo(Set.of(Part.POINT, Part.PERSON, Part.METHOD, Part.OUTCOME));
        assertThat(told().kept()).isNull();
        assertThat(source.facts.unreadable).isEmpty();
    }

    @Test
    void neitherADeletedRowNorAnEmptiedTableUndoesAnAttempt() {
        source.read(insert("passage", passage("7", null, OWN, "face_ok"), 200, COMMIT));
        source.read(delete("passage", "{'id':1}", 201, COMMIT));
        source.read(record(TOPIC, "t", "public.passage", null, null)
                .at(COMMIT)
                .lsn(202)
                .tx(202));

        assertThat(source.facts.attempts).hasSize(1);
        assertThat(source.facts.notApplicable).containsExactly("attempt-outlives-its-row", "attempt-outlives-its-row");
        assertThat(source.rowsKept()).isZero();
    }

    @Test
    void aRowThatIsNotTheOperatorsIsNoAttempt() {
        String test = passage("7", null, OWN, "face_ok").replace("'test':false", "'test':true");
        source.read(insert("passage", test, 200, COMMIT));
        assertThat(source.facts.attempts).isEmpty();
        assertThat(source.facts.notApplicable).containsExactly("filtered-row");

        source.read(update("passage", test, 201, COMMIT));
        assertThat(told().kept()).as("it may have been one before").isFalse();
    }

    @Test
    void aReferenceIsReadAsOfTheCommit() {
        source = new SourceUnderTest(MappingsUnderTest.of(VISIT));
        source.read(insert("member", memberRow(1), 199, OWN));
        source.read(insert("visit", visit(5), 200, COMMIT));

        assertThat(attempt().person().digest()).isEqualTo(digest(1));
        assertThat(attempt().method()).isEqualTo("FACE");
        assertThat(attempt().outcome()).isEqualTo(AttemptOutcome.FAILED);
        assertThat(attempt().at()).isEqualTo(TimeBounds.committed(Instant.parse(COMMIT)));
        int members = source.rowsKept();

        source.read(update("member", memberRow(2), 201, "2026-11-03T00:00:00Z"));
        assertThat(source.facts.attempts).as("what came later changes nothing").hasSize(1);
        assertThat(source.rowsKept()).as("the visit is not kept").isEqualTo(members);
    }

    @Test
    void anAttemptWaitsForWhomItRefersTo() {
        source = new SourceUnderTest(MappingsUnderTest.of(VISIT));
        source.read(insert("visit", visit(5), 200, COMMIT));
        source.read(update("visit", visit(5).replace("false", "true"), 201, COMMIT));
        assertThat(source.facts.attempts).isEmpty();

        source.read(insert("member", memberRow(1), 202, COMMIT));
        assertThat(source.facts.attempts).isEmpty();
        source.read(update("heartbeat", "{'id':1}", 203, "2026-11-02T00:01:00Z"));

        assertThat(source.facts.attempts).extracting(AttemptTold::told).containsExactly(Told.INSERTED, Told.UPDATED);
        assertThat(source.facts.attempts)
                .allSatisfy(told -> assertThat(told.attempt().person().digest()).isEqualTo(digest(1)));
    }

    @Test
    void anAttemptOfNobodyIsToldOnceNobodyCanCome() {
        source = new SourceUnderTest(MappingsUnderTest.of(VISIT));
        source.read(row("visit", visit(4)));
        source.read(row("member", memberRow(1)));
        assertThat(source.facts.attempts).as("known at once").isEmpty();
        source.read(last("visit", visit(5)));

        assertThat(source.facts.attempts)
                .extracting(told -> told.attempt().person().digest())
                .containsExactlyInAnyOrder(digest(1), digest(1));

        source.read(insert("visit", visit(6).replace("'member_id':3", "'member_id':9"), 200, COMMIT));
        assertThat(source.facts.attempts).hasSize(2);
        source.read(update("heartbeat", "{'id':1}", 201, "2026-11-02T00:01:00Z"));
        assertThat(attempt().attemptKey()).isEqualTo("public.visit/6");
        assertThat(attempt().person()).isNull();

        source.read(insert("member", memberRow(1).replace("'id':3", "'id':9"), 202, "2026-11-03T00:00:00Z"));
        assertThat(source.facts.attempts).as("who comes later is somebody else").hasSize(3);
    }

    /** The picture of a passage is stored with it: the row is kept for the picture, and tells the attempt besides. */
    @Test
    void aRowMayBeAFaceRecordToo() {
        String pictured = "- event: face-record\n          image: {column: photo, as: path}\n        ";
        source = new SourceUnderTest(
                MappingsUnderTest.of(VISIT.replace("- event: attempt", pictured + "- event: attempt")));
        source.read(insert("member", memberRow(1), 199, OWN));
        String picture = visit(5).replace("}", ",'photo':'d1:present:image/jpeg:64k'}");
        source.read(insert("visit", picture, 200, COMMIT));
        source.read(insert("visit", picture, 200, COMMIT));
        assertThat(source.facts.attempts).hasSize(1);
        assertThat(source.facts.notApplicable).endsWith("duplicate");

        source.read(update("visit", picture.replace("false", "true"), 201, COMMIT));
        assertThat(told().told()).isEqualTo(Told.UPDATED);
        assertThat(attempt().outcome()).isEqualTo(AttemptOutcome.PASSED);
        source.read(delete("visit", "{'id':5}", 202, COMMIT));

        assertThat(source.facts.attempts).hasSize(2);
        assertThat(source.facts.records.get("public.visit/5").versions())
                .extracting(version -> version.stored())
                .endsWith(false);
    }

    private static String visit(int id) {
        return "{'id':" + id + ",'gate':'g','member_id':3,'ok':false}";
    }

    private static String memberRow(int token) {
        return "{'id':3,'member_no':'" + member(token) + "'}";
    }
}
