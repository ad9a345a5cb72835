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

import java.util.List;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.PurposeVersion;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.Envelopes.Record;
import org.junit.jupiter.api.Test;

class SourceRowsTest {

    private final SourceUnderTest gym = new SourceUnderTest(MappingsUnderTest.of("use: gym\n"));

    private static String image(int id, int member, String photo, String takenAt) {
        return "{'id':" + id + ",'member_id':" + member + ",'photo':'d1:" + photo + "','feature':null,'taken_at':"
                + (takenAt == null ? "null" : "'" + takenAt + "'") + ",'test_data':false}";
    }

    private static String memberRow(int id, int token) {
        return "{'id':" + id + ",'member_no':'" + member(token) + "'}";
    }

    private List<FaceRecordVersion> image(int id) {
        return gym.facts.records.get("public.member_image/" + id).versions();
    }

    private static final String JPEG = "present:image/jpeg:64k";
    private static final String NONE = "empty:-:-";

    @Test
    void aDeclaredDateIsLocalTimeOfTheSource() {
        gym.read(row("member", memberRow(1, 1)));
        gym.read(last("member_image", image(7, 1, JPEG, "2026-03-01T08:00:00Z")));

        assertThat(image(7)).singleElement().satisfies(version -> {
            assertThat(version.stored()).isTrue();
            assertThat(version.image()).isTrue();
            assertThat(version.template()).isFalse();
            assertThat(version.person().group()).isEqualTo("member-no|k1|trim,upper|");
            assertThat(version.person().digest()).isEqualTo(digest(1));
            assertThat(version.storedAt().earliest()).isEqualTo("2026-03-01T00:00:00Z");
            assertThat(version.storedAt().declared()).isTrue();
            assertThat(version.from()).isEqualTo(version.storedAt());
            assertThat(version.retentionDays()).isEqualTo(180);
        });
    }

    @Test
    void aDateThatCannotBeMeantIsUnknownAndCounted() {
        for (String date :
                List.of("infinity", "0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "soon", "2027-01-01T00:00:00Z")) {
            SourceUnderTest source = new SourceUnderTest(MappingsUnderTest.of("use: gym\n"));
            source.read(last("member_image", image(7, 1, JPEG, date)));

            FaceRecordVersion version =
                    source.facts.records.get("public.member_image/7").versions().get(0);
            assertThat(version.storedAt()).isEqualTo(bounds("1970-01-01T00:00:00Z", SNAPSHOT));
            assertThat(source.facts.unreadable).singleElement().asString().startsWith("taken_at: ");
        }
    }

    @Test
    void anImportCountsFromItsCommit() {
        gym.read(insert("member_image", image(7, 1, JPEG, "2020-01-01T00:00:00Z"), 200, "2026-11-02T00:00:00Z"));

        assertThat(image(7).get(0).storedAt())
                .isEqualTo(TimeBounds.committed(java.time.Instant.parse("2026-11-02T00:00:00Z")));
    }

    @Test
    void aClearedImageIsGoneAndASoftDeletedRowIsNot() {
        gym.read(last("member_image", image(7, 1, JPEG, null)));
        gym.read(update(
                "member_image", image(7, 1, JPEG, null).replace("}", ",'deleted':true}"), 200, "2026-11-02T00:00:00Z"));
        assertThat(image(7)).hasSize(1);
        gym.read(update("member_image", image(7, 1, NONE, null), 201, "2026-11-03T00:00:00Z"));

        assertThat(image(7)).extracting(FaceRecordVersion::stored).containsExactly(true, false);
        assertThat(image(7).get(1).from().latest()).isEqualTo("2026-11-03T00:00:00Z");
        gym.read(update("member_image", image(7, 1, JPEG, null), 202, "2026-11-04T00:00:00Z"));
        assertThat(image(7)).extracting(FaceRecordVersion::stored).containsExactly(true, false, true);
        assertThat(image(7).get(2).storedAt().earliest()).isEqualTo("2026-11-04T00:00:00Z");
    }

    @Test
    void anUnchangedLargeValueKeepsItsEarlierState() {
        gym.read(last("member_image", image(7, 1, JPEG, null)));
        gym.read(update(
                "member_image",
                image(7, 2, JPEG, null).replace("d1:" + JPEG, "__debezium_unavailable_value"),
                200,
                "2026-11-02T00:00:00Z"));
        gym.read(update(
                "member_image",
                image(8, 2, JPEG, null).replace("d1:" + JPEG, "__debezium_unavailable_value"),
                201,
                "2026-11-02T00:00:00Z"));

        assertThat(image(7)).allMatch(FaceRecordVersion::image);
        assertThat(gym.facts.records).doesNotContainKey("public.member_image/8");
        assertThat(gym.facts.unreadable).containsExactly("photo: unreadable-image");
    }

    @Test
    void theNewMemberOfARecordIsANewVersion() {
        gym.read(row("member", memberRow(1, 1)));
        gym.read(row("member", memberRow(2, 2)));
        gym.read(last("member_image", image(7, 1, JPEG, null)));
        gym.read(update("member_image", image(7, 2, JPEG, null), 200, "2026-11-02T00:00:00Z"));

        assertThat(image(7)).extracting(version -> version.person().digest()).containsExactly(digest(1), digest(2));
        assertThat(image(7).get(1).storedAt()).isEqualTo(image(7).get(0).storedAt());
    }

    @Test
    void aChangedMemberNumberMovesTheRecordsThatReferToIt() {
        gym.read(row("member", memberRow(1, 1)));
        gym.read(last("member_image", image(7, 1, JPEG, null)));
        gym.read(update("member", memberRow(1, 5), 200, "2026-11-02T00:00:00Z"));

        assertThat(image(7)).extracting(version -> version.person().digest()).containsExactly(digest(1), digest(5));
        assertThat(image(7).get(1).position().table()).isEqualTo("public.member");
    }

    @Test
    void aPersonStaysKnownWhenTheRowThatNamedItIsDeleted() {
        gym.read(row("member", memberRow(1, 1)));
        gym.read(last("member_image", image(7, 1, JPEG, null)));
        gym.read(delete(
                "member", "{'id':1,'member_no':'t1:member-no:k1:trim,upper:empty'}", 200, "2026-11-02T00:00:00Z"));

        assertThat(image(7))
                .singleElement()
                .matches(version -> version.person().digest().equals(digest(1)));
    }

    @Test
    void aPersonUnknownAtFirstIsKnownWhenItsRowComes() {
        gym.read(insert("member_image", image(7, 1, JPEG, null), 200, "2026-11-02T00:00:00Z"));
        assertThat(image(7).get(0).person()).isNull();
        gym.read(insert("member", memberRow(1, 1), 201, "2026-11-03T00:00:00Z"));

        assertThat(image(7)).hasSize(2);
        assertThat(image(7).get(1).person().digest()).isEqualTo(digest(1));
        assertThat(image(7).get(1).from().latest()).isEqualTo("2026-11-03T00:00:00Z");
    }

    @Test
    void filteredRowsAreNeverTold() {
        gym.read(last("member_image", image(7, 1, JPEG, null).replace("'test_data':false", "'test_data':true")));

        assertThat(gym.facts.records).isEmpty();
        assertThat(gym.facts.notApplicable).containsExactly("filtered-row");
    }

    @Test
    void repeatedChangesChangeNothing() {
        Record insert = insert("member_image", image(7, 1, JPEG, null), 200, "2026-11-02T00:00:00Z");
        Record cleared = update("member_image", image(7, 1, NONE, null), 201, "2026-11-03T00:00:00Z");
        gym.read(insert);
        gym.read(cleared);
        List<FaceRecordVersion> before = image(7);
        int calls = gym.facts.calls;
        gym.read(insert);
        gym.read(cleared);

        assertThat(image(7)).isEqualTo(before);
        assertThat(gym.facts.calls).isEqualTo(calls);
        assertThat(gym.facts.notApplicable).containsExactly("duplicate", "duplicate");
    }

    @Test
    void aRowOfTheSameTransactionCountsByItsLastState() {
        gym.read(insert("member_image", image(7, 1, NONE, null), 200, "2026-11-02T00:00:00Z")
                .order(1));
        gym.read(update("member_image", image(7, 1, JPEG, null), 200, "2026-11-02T00:00:00Z")
                .order(2));
        gym.read(delete("member_image", "{'id':7}", 200, "2026-11-02T00:00:00Z").order(3));

        assertThat(image(7)).last().extracting(FaceRecordVersion::stored).isEqualTo(false);
    }

    @Test
    void truncateEmptiesATableOnce() {
        Record truncate = record(TOPIC, "t", "public.member_image", null, null)
                .at("2026-11-02T00:00:00Z")
                .lsn(200);
        gym.read(row("member_image", image(7, 1, JPEG, null)));
        gym.read(last("member_image", image(8, 1, JPEG, null)));
        gym.read(truncate);
        gym.read(insert("member_image", image(9, 1, JPEG, null), 201, "2026-11-03T00:00:00Z"));
        gym.read(truncate);

        assertThat(image(7)).extracting(FaceRecordVersion::stored).containsExactly(true, false);
        assertThat(image(8))
                .last()
                .matches(version -> version.from().latest().toString().equals("2026-11-02T00:00:00Z"));
        assertThat(image(9)).extracting(FaceRecordVersion::stored).containsExactly(true);
    }

    @Test
    void aReSnapshotMarksAndSweeps() {
        gym.read(row("member_image", image(1, 1, JPEG, null)));
        gym.read(row("member_image", image(2, 1, JPEG, null)));
        gym.read(last("member_image", image(3, 1, JPEG, null)));
        gym.read(update("heartbeat", "{'id':1}", 150, "2026-11-05T00:00:00Z"));
        int calls = gym.facts.calls;
        gym.read(again("member_image", image(1, 1, JPEG, null), 300, "2026-11-10T00:00:00Z"));
        assertThat(gym.facts.calls).isEqualTo(calls);
        gym.read(again("member_image", image(3, 1, NONE, null), 300, "2026-11-10T00:00:01Z"));
        gym.read(again("member_image", image(4, 1, JPEG, null), 300, "2026-11-10T00:00:02Z")
                .snapshot("last"));

        TimeBounds between = bounds("2026-11-05T00:00:00Z", "2026-11-10T00:00:00Z");
        assertThat(image(1)).hasSize(1);
        assertThat(image(2)).extracting(FaceRecordVersion::stored).containsExactly(true, false);
        assertThat(image(2).get(1).from()).isEqualTo(between);
        assertThat(image(3).get(1).from()).isEqualTo(between);
        assertThat(image(4).get(0).storedAt()).isEqualTo(between);
        gym.read(again("member_image", image(2, 1, JPEG, null), 100, SNAPSHOT));
        assertThat(image(2)).hasSize(2);
    }

    @Test
    void aReSnapshotBehindNewerChangesDoesNotUndoThem() {
        gym.read(last("member_image", image(1, 1, JPEG, null)));
        gym.read(update("member_image", image(1, 1, NONE, null), 200, "2026-11-05T00:00:00Z"));
        gym.read(row("member_image", image(1, 1, JPEG, null)));

        assertThat(image(1)).extracting(FaceRecordVersion::stored).containsExactly(true, false);
    }

    @Test
    void anIncrementalSnapshotAddsButNeverSweeps() {
        gym.read(last("member_image", image(1, 1, JPEG, null)));
        gym.read(record(TOPIC, "r", "public.member_image", null, image(2, 1, JPEG, null))
                .at("2026-11-05T00:00:00Z")
                .lsn(400)
                .snapshot("incremental"));
        gym.read(update("heartbeat", "{'id':1}", 500, "2026-11-06T00:00:00Z"));

        assertThat(image(1)).hasSize(1);
        assertThat(image(2).get(0).storedAt()).isEqualTo(bounds("1970-01-01T00:00:00Z", "2026-11-05T00:00:00Z"));
    }

    @Test
    void aChangeBetweenTheSnapshotAndItsClockIsNotLost() {
        gym.read(last("member_image", image(1, 1, JPEG, null)));
        gym.read(delete("member_image", "{'id':1}", 101, "2026-10-31T23:59:59Z"));

        assertThat(image(1)).extracting(FaceRecordVersion::stored).containsExactly(true, false);
        assertThat(image(1).get(0).storedAt()).isEqualTo(bounds("1970-01-01T00:00:00Z", "2026-10-31T23:59:58.999999Z"));
        assertThat(image(1).get(1).from().earliest()).isEqualTo("2026-10-31T23:59:59Z");
    }

    private static String point(String flags) {
        return "{'id':'north/1','site':'north','in_service':true,'installed_at':'2026-01-01T00:00:00Z'," + flags + "}";
    }

    @Test
    void accessPointsFollowTheirFlags() {
        gym.read(last("access_point", point("'by_face':true,'by_card':true,'by_qr':null")));
        gym.read(update("access_point", point("'by_face':1,'by_card':0,'by_qr':'N'"), 200, "2026-11-02T00:00:00Z"));
        gym.read(update(
                "access_point", point("'by_face':true,'by_card':'maybe','by_qr':false"), 201, "2026-11-03T00:00:00Z"));
        gym.read(delete("access_point", "{'id':'north/1'}", 202, "2026-11-04T00:00:00Z"));

        List<AccessPointVersion> versions =
                gym.facts.points.get("north%2F1 public.access_point/north%2F1").versions();
        assertThat(versions)
                .extracting(AccessPointVersion::methods)
                .containsExactly(List.of("CARD", "FACE"), List.of("FACE"), List.of(), List.of());
        assertThat(versions)
                .extracting(AccessPointVersion::methodsState)
                .containsExactly(FieldState.PRESENT, FieldState.PRESENT, FieldState.UNKNOWN, FieldState.ABSENT);
        assertThat(versions).extracting(AccessPointVersion::inForce).containsExactly(true, true, true, false);
        assertThat(versions.get(0).site()).isEqualTo("north");
        assertThat(versions.get(0).from())
                .isEqualTo(TimeBounds.declared(java.time.Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(gym.facts.unreadable).containsExactly("by_card: unreadable-flag");
    }

    private static final String LOCKERS = """
            mapping:
              tables:
                public.locker:
                  key: [id]
                  facts:
                    - event: access-point
                      space: {column: room, values: {changing: CHANGING_ROOM, lobby: OTHER}}
                      methods: {constant: [FACE, DEVICE]}
            """;

    private static String locker(String room) {
        return "{'id':1,'room':" + room + "}";
    }

    @Test
    void aSpaceIsKnownByTheSourcesNameForItAndUnknownByAnyOther() {
        SourceUnderTest pool = new SourceUnderTest(MappingsUnderTest.of(LOCKERS));
        pool.read(last("locker", locker("'changing'")));
        pool.read(update("locker", locker("'lobby'"), 200, "2026-11-02T00:00:00Z"));
        pool.read(update("locker", locker("'sauna'"), 201, "2026-11-03T00:00:00Z"));
        pool.read(update("locker", locker("null"), 202, "2026-11-04T00:00:00Z"));

        assertThat(pool.facts.points.get("1 public.locker/1").versions())
                .extracting(AccessPointVersion::space)
                .containsExactly("CHANGING_ROOM", "OTHER", "UNKNOWN", null);
        assertThat(pool.facts.points.get("1 public.locker/1").versions())
                .extracting(AccessPointVersion::methodsState)
                .as("the methods stay readable")
                .containsOnly(FieldState.PRESENT);
        assertThat(pool.facts.unreadable).containsExactly("room: unmapped-space");
    }

    @Test
    void aSpaceMayBeSpeltAsWeDoInAnyLetterCase() {
        SourceUnderTest pool = new SourceUnderTest(
                MappingsUnderTest.of(LOCKERS.replace(", values: {changing: CHANGING_ROOM, lobby: OTHER}", "")));
        pool.read(last("locker", locker("' guest_room '")));
        pool.read(update("locker", locker("'changing'"), 200, "2026-11-02T00:00:00Z"));

        assertThat(pool.facts.points.get("1 public.locker/1").versions())
                .extracting(AccessPointVersion::space)
                .containsExactly("GUEST_ROOM", "UNKNOWN");
    }

    @Test
    void purposesEndOnADay() {
        gym.read(row("member", memberRow(1, 1)));
        gym.read(last("membership", "{'id':1,'member_id':1,'ended_on':null}"));
        gym.read(update("membership", "{'id':1,'member_id':1,'ended_on':'2026-10-31Z'}", 200, "2026-11-02T00:00:00Z"));

        List<PurposeVersion> versions =
                gym.facts.purposes.get("public.membership/1").versions();
        assertThat(versions).extracting(PurposeVersion::endsOn).containsExactly(null, LegalDay.parse("2026-10-31"));
        assertThat(versions.get(1).person().digest()).isEqualTo(digest(1));
    }

    @Test
    void aRowThatGoesTogetherWithTheOneItRefersToIsEvidencedByItsOwnChange() {
        gym.read(row("member", memberRow(1, 1)));
        gym.read(last("membership", "{'id':1,'member_id':1,'ended_on':null}"));
        gym.read(delete("membership", "{'id':1}", 200, "2026-11-02T00:00:00Z").order(1));
        gym.read(delete("member", "{'id':1}", 200, "2026-11-02T00:00:00Z").order(2));

        assertThat(gym.facts.purposes.get("public.membership/1").versions())
                .last()
                .extracting(version -> version.position().table())
                .isEqualTo("public.membership");
    }

    @Test
    void aSnapshotMayEndWithTheHeartbeatOrWithATableOfNobody() {
        gym.read(row("member_image", image(7, 1, JPEG, null)));
        gym.read(last("heartbeat", "{'id':1}"));
        assertThat(gym.progress().snapshotComplete()).isTrue();

        gym.read(again("unmapped", "{'id':1}", 300, "2026-11-10T00:00:00Z").snapshot("last"));
        gym.read(update("heartbeat", "{'id':1}", 310, "2026-11-10T00:01:00Z"));

        assertThat(gym.progress().knownThrough()).isEqualTo("2026-11-10T00:01:00Z");
        assertThat(gym.progress().unmapped()).isEqualTo(1);
        assertThat(image(7)).last().extracting(FaceRecordVersion::stored).isEqualTo(false);
    }
}
