package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.Envelopes.record;
import static org.faceaudit.intake.rows.Logged.SNAPSHOT;
import static org.faceaudit.intake.rows.Logged.TOPIC;
import static org.faceaudit.intake.rows.Logged.again;
import static org.faceaudit.intake.rows.Logged.delete;
import static org.faceaudit.intake.rows.Logged.digest;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.key;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.local;
import static org.faceaudit.intake.rows.Logged.member;
import static org.faceaudit.intake.rows.Logged.row;
import static org.faceaudit.intake.rows.Logged.update;

import java.util.List;
import org.faceaudit.intake.Envelopes.Record;
import org.junit.jupiter.api.Test;

/** Persons, not rows: what a change stream can do to their number. */
class PersonCountsTest {

    private static final String FACES = """
            mapping:
              tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: id-card, column: id_card, normalise: [idcard]}
                      image: {column: photo_url, as: url}
                      template: {present: row}
                      stored-at: {column: create_time, type: timestamp}
                  soft-delete: is_deleted
            """;

    private final CountedPersons persons = new CountedPersons();
    private final SourceUnderTest faces = new SourceUnderTest(MappingsUnderTest.of(FACES), persons);

    private static String face(int id, int person) {
        return face(id, "t1:id-card:k1:idcard:" + digest(person));
    }

    private static String face(int id, String token) {
        return "{'id':" + id + ",'id_card':" + (token == null ? "null" : "'" + token + "'")
                + ",'photo_url':null,'create_time':'2026-10-01T08:00:00Z','is_deleted':0}";
    }

    private static Record truncate(String table, long lsn, String at) {
        return record(TOPIC, "t", "public." + table, null, null).at(at).lsn(lsn);
    }

    @Test
    void aDeleteWithItsKeyAloneEndsAPersonWithItsLastRecord() {
        faces.read(row("face", face(1, 1)));
        faces.read(last("face", face(2, 1)));
        String invented = "{'id':1,'id_card':'t1:id-card:k1:idcard:" + digest(9)
                + "','photo_url':null,'create_time':'1970-01-01T00:00:00Z','is_deleted':0}";
        faces.read(delete("face", invented, 200, "2026-11-02T04:00:00Z"));
        faces.read(delete("face", invented.replace("'id':1,", "'id':2,"), 201, "2026-11-03T04:00:00Z"));

        assertThat(persons.on("2026-11-01")).isEqualTo("1..1 +0 -0 2");
        assertThat(persons.on("2026-11-02")).isEqualTo("1..1 +0 -0 1");
        assertThat(persons.on("2026-11-03")).isEqualTo("0..0 +0 -1 0");
    }

    @Test
    void aRowThatCarriesTwoTokensIsOnePersonUntilItNoLongerDoes() {
        SourceUnderTest members = new SourceUnderTest(MappingsUnderTest.of("""
                        mapping:
                          tables:
                            public.member:
                              key: [id]
                              facts:
                                - event: face-record
                                  persons:
                                    - {identifies: id-card, column: id_card, normalise: [idcard]}
                                    - {identifies: local-id, column: crm_id, of-system: crm}
                                  template: {present: row}
                        """), persons);
        members.read(last("member", named(1, "'t1:id-card:k1:idcard:" + digest(1) + "'", crm(7))));
        members.read(insert("member", named(2, "null", crm(8)), 200, "2026-11-02T04:00:00Z"));
        members.read(update(
                "member", named(2, "'t1:id-card:k1:idcard:" + digest(2) + "'", crm(8)), 201, "2026-11-03T04:00:00Z"));
        members.read(update("member", named(1, "null", crm(7)), 202, "2026-11-04T04:00:00Z"));

        assertThat(persons.on("2026-11-01")).isEqualTo("1..1 +0 -0 1");
        assertThat(persons.on("2026-11-02")).as("two of the other system").startsWith("2..2 ");
        assertThat(persons.on("2026-11-03")).as("the second has a card now").startsWith("2..2 ");
        assertThat(persons.on("2026-11-04")).as("the first has none").startsWith("2..2 ");
        assertThat(members.rejects).isEmpty();
    }

    /** A branch's member numbers begin at one in every branch. */
    private static final String BRANCHES = """
            mapping:
              tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: member-no, columns: [branch, number], normalise: [trim, upper]}
                      template: {present: row}
            """;

    private static String branchFace(int id, String branch, String number) {
        return "{'id':" + id + ",'branch':" + branch + ",'number':" + number + "}";
    }

    private static String quoted(String token) {
        return "'" + token + "'";
    }

    @Test
    void twoColumnsTogetherNameAPerson() {
        SourceUnderTest branches = new SourceUnderTest(MappingsUnderTest.of(BRANCHES), persons);
        String north = quoted(member(1));
        String south = quoted(member(2));
        String seven = quoted(member(7));
        branches.read(row("face", branchFace(1, north, seven)));
        branches.read(row("face", branchFace(2, north, seven)));
        branches.read(last("face", branchFace(3, south, seven)));
        // The other way round is somebody else, and half a name is nobody's.
        branches.read(insert("face", branchFace(4, seven, north), 200, "2026-11-02T04:00:00Z"));
        branches.read(insert("face", branchFace(5, north, "null"), 201, "2026-11-03T04:00:00Z"));
        branches.read(update("face", branchFace(5, north, quoted(member(8))), 202, "2026-11-04T04:00:00Z"));

        assertThat(persons.on("2026-11-01")).isEqualTo("2..2 +0 -0 3");
        assertThat(persons.on("2026-11-02")).startsWith("3..3 ");
        assertThat(persons.on("2026-11-03")).startsWith("3..4 ");
        assertThat(persons.on("2026-11-04")).startsWith("4..4 ");
        assertThat(branches.rejects).isEmpty();
    }

    @Test
    void aTokenOverTwoColumnsComparesWithNoneOverOne() {
        SourceUnderTest both = new SourceUnderTest(MappingsUnderTest.of("""
                        mapping:
                          tables:
                            public.face:
                              key: [id]
                              facts:
                                - event: face-record
                                  person: {identifies: member-no, columns: [branch, number], normalise: [trim, upper]}
                                  template: {present: row}
                            public.guest:
                              key: [id]
                              facts:
                                - event: face-record
                                  person: {identifies: member-no, column: number, normalise: [trim, upper]}
                                  template: {present: row}
                        """), persons);
        both.read(row("face", branchFace(1, quoted(member(1)), quoted(member(7)))));
        both.read(last("guest", "{'id':1,'number':" + quoted(member(7)) + "}"));

        assertThat(persons.on("2026-11-01")).as("perhaps the same").startsWith("1..2 ");
    }

    @Test
    void tokensOfTwoKeysMakeNobodyTogether() {
        SourceUnderTest branches = new SourceUnderTest(MappingsUnderTest.of(BRANCHES));
        branches.read(
                last("face", branchFace(1, quoted(member(1)), quoted(member(7)).replace(":k1:", ":k2:"))));

        assertThat(branches.facts.unreadable).containsExactly("branch: mixed-tokens");
        assertThat(branches.facts.records.get("public.face/1").versions().get(0).person())
                .isNull();
    }

    @Test
    void aKeyThatIsChangedMidStreamGivesAnIntervalUntilTheNextSnapshot() {
        faces.read(row("face", face(1, 1)));
        faces.read(row("face", face(2, 2)));
        faces.read(last("face", face(3, 3)));
        // From here on the connector has another key: the same persons have other tokens.
        faces.read(update("face", face(1, rotated(1)), 200, "2026-11-02T04:00:00Z"));
        faces.read(insert("face", face(4, rotated(4)), 201, "2026-11-02T04:00:01Z"));
        assertThat(persons.on("2026-11-01")).isEqualTo("3..3 +0 -0 3");
        assertThat(persons.on("2026-11-02"))
                .as("two of each key, who may be the same")
                .startsWith("2..4 ");
        faces.read(insert("face", face(5, rotated(2)), 202, "2026-11-03T04:00:00Z"));
        assertThat(persons.on("2026-11-03"))
                .as("the second person has a token of each")
                .startsWith("3..5 ");

        for (int id = 1; id <= 4; id++) {
            faces.read(again("face", face(id, rotated(id)), 300, "2026-11-05T04:00:00Z"));
        }
        faces.read(
                again("face", face(5, rotated(2)), 300, "2026-11-05T04:00:00Z").snapshot("last"));
        assertThat(persons.on("2026-11-05")).as("one key again").startsWith("4..4 ");
        assertThat(faces.rejects).isEmpty();
    }

    private static String rotated(int person) {
        return "t1:id-card:k2:idcard:" + digest(1_000 + person);
    }

    private static String named(int id, String card, String crm) {
        return "{'id':" + id + ",'id_card':" + card + ",'crm_id':" + crm + "}";
    }

    private static String crm(int id) {
        return "'t1:local-id:k1:none:" + digest(id) + "'";
    }

    @Test
    void aTruncateEndsAllOfItsTable() {
        faces.read(row("face", face(1, 1)));
        faces.read(last("face", face(2, 2)));
        faces.read(truncate("face", 200, "2026-11-02T04:00:00Z"));
        faces.read(insert("face", face(3, 2), 201, "2026-11-03T04:00:00Z"));

        assertThat(persons.on("2026-11-02")).isEqualTo("0..0 +0 -2 0");
        assertThat(persons.on("2026-11-03")).isEqualTo("1..1 +1 -0 1");
    }

    @Test
    void aReSnapshotCountsNobodyTwiceAndWidensWhatItMisses() {
        faces.read(row("face", face(1, 1)));
        faces.read(last("face", face(2, 2)));
        faces.read(update("heartbeat", "{'id':1}", 150, "2026-11-05T04:00:00Z"));
        faces.read(again("face", face(1, 1), 300, "2026-11-07T04:00:00Z").snapshot("last"));

        assertThat(persons.on("2026-11-04")).isEqualTo("2..2 +0 -0 2");
        assertThat(persons.on("2026-11-06"))
                .as("the second went at some time since the last instant known")
                .isEqualTo("1..2 +0 -0 2");
        assertThat(persons.on("2026-11-07")).isEqualTo("1..1 +0 -1 1");
    }

    @Test
    void duplicatesChangeNothing() {
        List<Record> told = List.of(
                last("face", face(1, 1)),
                insert("face", face(2, 2), 200, "2026-11-02T04:00:00Z"),
                delete("face", "{'id':1}", 201, "2026-11-03T04:00:00Z"),
                insert("face", face(3, 1), 202, "2026-11-03T05:00:00Z"));
        told.forEach(faces::read);
        String once = persons.on("2026-11-02") + " / " + persons.on("2026-11-03");
        told.subList(1, 4).forEach(faces::read);

        assertThat(once).isEqualTo("2..2 +1 -0 2 / 2..2 +1 -1 2");
        assertThat(persons.on("2026-11-02") + " / " + persons.on("2026-11-03")).isEqualTo(once);
    }

    @Test
    void anUpdateMovesARecordFromOnePersonToAnother() {
        faces.read(row("face", face(1, 1)));
        faces.read(last("face", face(2, 1)));
        faces.read(update("face", face(1, 5), 200, "2026-11-02T04:00:00Z"));
        faces.read(update("face", face(2, 5), 201, "2026-11-03T04:00:00Z"));

        assertThat(persons.on("2026-11-02")).isEqualTo("2..2 +1 -0 2");
        assertThat(persons.on("2026-11-03")).isEqualTo("1..1 +0 -1 2");
    }

    @Test
    void aSoftDeletedPersonIsStillStored() {
        faces.read(last("face", face(1, 1)));
        faces.read(update("face", face(1, 1).replace("'is_deleted':0", "'is_deleted':1"), 200, "2026-11-02T04:00:00Z"));

        assertThat(persons.on("2026-11-02")).isEqualTo("1..1 +0 -0 1");
    }

    @Test
    void tokensOfAnotherKeyDoNotCompareAndThoseWithoutOneCountPerhaps() {
        faces.read(row("face", face(1, 1)));
        faces.read(row("face", face(2, 2)));
        faces.read(row("face", face(3, "t1:id-card:k2:idcard:" + digest(1))));
        faces.read(last("face", face(4, null)));

        assertThat(persons.on("2026-11-01"))
                .as("the largest group, and all together")
                .isEqualTo("2..4 +0 -0 4");
    }

    @Test
    void anImportThatIsRolledBackIsSeenInBothDirections() {
        faces.read(last("face", face(1, 1)));
        for (int id = 2; id <= 40; id++) {
            faces.read(insert("face", face(id, id), 200, "2026-11-02T04:00:00Z").order(id));
        }
        for (int id = 2; id <= 40; id++) {
            faces.read(delete("face", "{'id':" + id + "}", 300, "2026-11-04T04:00:00Z")
                    .order(id));
        }

        assertThat(persons.on("2026-11-03")).isEqualTo("40..40 +0 -0 40");
        assertThat(persons.on("2026-11-04")).isEqualTo("1..1 +0 -39 1");
    }

    @Test
    void anImportRolledBackInItsOwnTransactionNeverWas() {
        faces.read(last("face", face(1, 1)));
        faces.read(insert("face", face(2, 2), 200, "2026-11-02T04:00:00Z").order(1));
        faces.read(delete("face", "{'id':2}", 200, "2026-11-02T04:00:00Z").order(2));

        assertThat(persons.on("2026-11-02")).isEqualTo("1..1 +0 -0 1");
    }

    @Test
    void aRecordFindsItsPersonThoughTheRowThatNamesItComesLater() {
        SourceUnderTest gym = new SourceUnderTest(MappingsUnderTest.of("use: gym\n"), persons);
        gym.read(last("member", "{'id':1,'member_no':'" + member(1) + "'}"));
        gym.read(insert("member_image", image(7, 1), 200, "2026-11-02T04:00:00Z"));
        gym.read(insert("member_image", image(8, 2), 201, "2026-11-02T05:00:00Z"));
        assertThat(persons.on("2026-11-02")).isEqualTo("1..2 +2 -0 2");
        gym.read(insert("member", "{'id':2,'member_no':'" + member(1) + "'}", 202, "2026-11-03T04:00:00Z"));

        assertThat(persons.on("2026-11-02"))
                .as("who it is was not known that day")
                .isEqualTo("1..2 +2 -0 2");
        assertThat(persons.on("2026-11-03")).as("the same person").isEqualTo("1..1 +0 -1 2");
    }

    @Test
    void aLateFactCorrectsPastDays() {
        SourceUnderTest gym = new SourceUnderTest(MappingsUnderTest.of("use: gym\n"), persons);
        gym.read(row("member_image", image(7, 1)));
        gym.read(last("member_image", image(8, 2)));
        assertThat(persons.on("2026-11-02")).isEqualTo("0..2 +0 -0 2");
        for (int member = 1; member <= 2; member++) {
            gym.read(record(TOPIC, "r", "public.member", null, "{'id':" + member + ",'member_no':'" + member(3) + "'}")
                    .at("2026-11-05T04:00:00Z")
                    .lsn(400 + member)
                    .snapshot("incremental"));
        }

        assertThat(persons.on("2026-11-02"))
                .as("both images show one member, all along")
                .isEqualTo("1..1 +0 -0 2");
    }

    @Test
    void idsOfTheProductItselfAreDistinctPersonsInsideTheirCollection() {
        SourceUnderTest store = new SourceUnderTest(MappingsUnderTest.of("use: compreface\n"), persons);
        for (int collection = 1; collection <= 2; collection++) {
            store.read(row(
                    "model",
                    "{'id':" + collection + ",'name':'staff','api_key':'" + key(collection)
                            + "','created_date':'2026-10-20T09:00:00Z'}"));
            for (int n = 1; n <= 2 + collection; n++) {
                int subject = 10 * collection + n;
                store.read(row("subject", "{'id':'" + local(subject) + "','api_key':'" + key(collection) + "'}"));
                store.read(row(
                        "embedding", "{'id':'e" + subject + "','subject_id':'" + local(subject) + "','img_id':null}"));
            }
        }
        store.read(last("img", "{'id':'img-0'}"));

        // The photo that no template refers to may be of an eighth.
        assertThat(persons.on("2026-10-25")).as("stored at the earliest").startsWith("0..8");
        assertThat(persons.on("2026-11-01")).as(SNAPSHOT).startsWith("4..8");
    }

    private static String image(int id, int member) {
        return "{'id':" + id + ",'member_id':" + member + ",'photo':'d1:present:image/jpeg:64k','feature':null,"
                + "'taken_at':'2026-10-01T08:00:00Z','test_data':false}";
    }
}
