package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.Envelopes.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.PurposeVersion;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.Envelopes.Record;
import org.junit.jupiter.api.Test;

class SourceRowsTest {

    private static final String TOPIC = "cdc.acme.one";
    private static final String SNAPSHOT = "2026-11-01T00:00:00Z";

    private final SourceUnderTest gym = new SourceUnderTest(MappingsUnderTest.of("use: gym\n"));
    private final SourceUnderTest store = new SourceUnderTest(MappingsUnderTest.of("use: compreface\n"));

    private static String digest(int n) {
        return String.format("%032x", n);
    }

    private static String member(int n) {
        return "t1:member-no:k1:trim,upper:" + digest(n);
    }

    private static String local(int n) {
        return "t1:local-id:k1:none:" + digest(n);
    }

    private static String key(int n) {
        return "t1:credential:k1:none:" + digest(n);
    }

    private static Record row(String table, String after) {
        return record(TOPIC, "r", "public." + table, null, after)
                .at(SNAPSHOT)
                .lsn(100)
                .snapshot("true");
    }

    private static Record last(String table, String after) {
        return row(table, after).snapshot("last");
    }

    private static Record again(String table, String after, long lsn, String at) {
        return record(TOPIC, "r", "public." + table, null, after)
                .at(at)
                .lsn(lsn)
                .snapshot("true");
    }

    private static Record insert(String table, String after, long lsn, String at) {
        return record(TOPIC, "c", "public." + table, null, after)
                .at(at)
                .lsn(lsn)
                .tx(lsn);
    }

    private static Record update(String table, String after, long lsn, String at) {
        return record(TOPIC, "u", "public." + table, null, after)
                .at(at)
                .lsn(lsn)
                .tx(lsn);
    }

    private static Record delete(String table, String before, long lsn, String at) {
        return record(TOPIC, "d", "public." + table, before, null)
                .at(at)
                .lsn(lsn)
                .tx(lsn);
    }

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

    private static TimeBounds bounds(String earliest, String latest) {
        return TimeBounds.between(java.time.Instant.parse(earliest), java.time.Instant.parse(latest));
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

        List<AccessPointVersion> versions = gym.facts.points.get("north%2F1").versions();
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
    void attemptsAreCountedAndNotKept() {
        gym.read(insert(
                "passage",
                "{'id':1,'point_id':3,'method':'FACE','outcome':1,'passed_at':'2026-11-02T00:00:00Z'}",
                200,
                "2026-11-02T00:00:00Z"));

        assertThat(gym.facts.notApplicable).containsExactly("attempt-not-judged-yet");
    }

    private static List<Record> faceStore() {
        List<Record> rows = new ArrayList<>();
        rows.add(row(
                "model", "{'id':11,'name':'staff','api_key':'" + key(1) + "','created_date':'2025-09-01T09:00:00Z'}"));
        rows.add(row(
                "model", "{'id':1,'name':'Demo','api_key':'" + key(2) + "','created_date':'2025-08-01T09:00:00Z'}"));
        for (int n = 1; n <= 3; n++) {
            int collection = n == 3 ? 2 : 1;
            rows.add(row("subject", "{'id':'" + local(n) + "','api_key':'" + key(collection) + "'}"));
            rows.add(row("img", "{'id':'img-" + n + "'}"));
            for (String calculator : List.of("a", "b")) {
                rows.add(row(
                        "embedding",
                        "{'id':'" + calculator + n + "','subject_id':'" + local(n) + "','img_id':'img-" + n + "'}"));
            }
        }
        return rows;
    }

    @Test
    void aFaceStoreFindsItsPersonsThroughReferences() {
        faceStore().forEach(store::read);

        assertThat(store.facts.records)
                .containsOnlyKeys(
                        "public.embedding/a1",
                        "public.embedding/a2",
                        "public.embedding/b1",
                        "public.embedding/b2",
                        "public.img/img-1",
                        "public.img/img-2");
        FaceRecordVersion photo =
                store.facts.records.get("public.img/img-1").versions().get(0);
        assertThat(photo.image()).isTrue();
        assertThat(photo.person().scope()).isEqualTo("one/11");
        assertThat(photo.person().digest()).isEqualTo(digest(1));
        assertThat(photo.storedAt()).isEqualTo(bounds("2025-09-01T01:00:00Z", SNAPSHOT));
        FaceRecordVersion template =
                store.facts.records.get("public.embedding/a1").versions().get(0);
        assertThat(template.template()).isTrue();
        assertThat(template.image()).isFalse();
        assertThat(template.person()).isEqualTo(photo.person());
    }

    @Test
    void theOrderOfASnapshotDoesNotMatter() {
        List<Record> rows = faceStore();
        rows.forEach(store::read);
        store.read(update("heartbeat", "{'id':1}", 500, "2026-11-06T00:00:00Z"));
        for (int seed = 0; seed < 60; seed++) {
            List<Record> shuffled = new ArrayList<>(rows);
            Collections.shuffle(shuffled, new Random(seed));
            SourceUnderTest other = new SourceUnderTest(MappingsUnderTest.of("use: compreface\n"));
            shuffled.forEach(other::read);
            other.read(update("heartbeat", "{'id':1}", 500, "2026-11-06T00:00:00Z"));

            assertThat(other.facts.records)
                    .as("seed " + seed)
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*offset")
                    .isEqualTo(store.facts.records);
        }
    }

    @Test
    void aPhotoWhoseTemplateIsDeletedIsStillItsPersons() {
        faceStore().forEach(store::read);
        store.read(delete(
                "embedding", "{'id':'a1','subject_id':'t1:local-id:k1:none:empty'}", 200, "2026-11-02T00:00:00Z"));
        store.read(delete(
                "embedding", "{'id':'b1','subject_id':'t1:local-id:k1:none:empty'}", 201, "2026-11-02T00:00:00Z"));

        assertThat(store.facts.records.get("public.embedding/a1").versions())
                .extracting(FaceRecordVersion::stored)
                .containsExactly(true, false);
        assertThat(store.facts.records.get("public.img/img-1").versions())
                .singleElement()
                .matches(version -> version.person().digest().equals(digest(1)));
        store.read(delete("img", "{'id':'img-1'}", 202, "2026-11-03T00:00:00Z"));
        assertThat(store.facts.records.get("public.img/img-1").versions())
                .extracting(FaceRecordVersion::stored)
                .containsExactly(true, false);
    }

    @Test
    void theRegistryIsTheNewestStateOfEachRow() {
        SourceUnderTest registry = new SourceUnderTest(org.faceaudit.intake.mapping.Mapping.registry());
        String parameter =
                "{'name':'filing.days','scope':'*','value':'30','unit':'workday','valid_from':'2025-06-01Z','source':'x'}";
        registry.read(record("cdc.registry", "r", "registry.parameter", null, parameter)
                .at(SNAPSHOT)
                .lsn(100)
                .snapshot("last"));
        registry.read(record("cdc.registry", "u", "registry.heartbeat", null, "{'id':1}")
                .at("2026-11-02T00:00:00Z")
                .lsn(200));
        registry.read(record(
                        "cdc.registry",
                        "c",
                        "registry.filing",
                        null,
                        "{'id':'f1','operator_id':'acme','submitted_on':20300,'covers':['a','b'],'authority':null}")
                .at("2026-11-02T00:00:00Z")
                .lsn(201));
        registry.read(record(
                        "cdc.registry",
                        "d",
                        "registry.parameter",
                        "{'name':'filing.days','scope':'*','valid_from':'2025-06-01Z'}",
                        null)
                .at("2026-11-03T00:00:00Z")
                .lsn(202));

        assertThat(registry.rejects).isEmpty();
        assertThat(registry.progress().knownThrough()).isEqualTo("2026-11-03T00:00:00Z");
        assertThat(registry.facts
                        .registry
                        .get("parameter/filing.days/*/2025-06-01")
                        .present())
                .isFalse();
        assertThat(registry.facts.registry.get("filing/f1").values())
                .containsEntry("submitted_on", "2025-07-31")
                .containsEntry("covers", "[\"a\",\"b\"]")
                .doesNotContainKey("authority");
    }
}
