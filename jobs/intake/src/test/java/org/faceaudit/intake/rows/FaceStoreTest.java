package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.rows.Logged.SNAPSHOT;
import static org.faceaudit.intake.rows.Logged.bounds;
import static org.faceaudit.intake.rows.Logged.delete;
import static org.faceaudit.intake.rows.Logged.digest;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.key;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.local;
import static org.faceaudit.intake.rows.Logged.row;
import static org.faceaudit.intake.rows.Logged.update;
import static org.faceaudit.intake.rows.MappingsUnderTest.SHIPPED_TOKEN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.intake.Envelopes.Record;
import org.junit.jupiter.api.Test;

/** CompreFace: persons are found through rows that come in any order. */
class FaceStoreTest {

    private final SourceUnderTest store = new SourceUnderTest(MappingsUnderTest.of("use: compreface\n"));

    private static List<Record> faceStore() {
        List<Record> rows = new ArrayList<>();
        rows.add(row(
                "model", "{'id':11,'name':'Demo','api_key':'" + key(1) + "','created_date':'2025-09-01T09:00:00Z'}"));
        rows.add(row(
                "model",
                "{'id':1,'name':'celebrities','api_key':'" + SHIPPED_TOKEN
                        + "','created_date':'2025-08-01T09:00:00Z'}"));
        for (int n = 1; n <= 3; n++) {
            String collection = n == 3 ? SHIPPED_TOKEN : key(1);
            rows.add(row("subject", "{'id':'" + local(n) + "','api_key':'" + collection + "'}"));
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
    void aFaceStoreFindsItsPersonsThroughReferencesAndLeavesTheShippedCollectionOutByItsKey() {
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

    private static final String T1 = "2026-11-02T00:00:00Z";
    private static final String T2 = "2026-11-03T00:00:00Z";

    private void beat(long lsn, String at) {
        store.read(update("heartbeat", "{'id':1}", lsn, at));
    }

    private FaceRecordVersion onlyVersion(String record) {
        assertThat(store.facts.records).containsKey(record);
        assertThat(store.facts.records.get(record).versions()).hasSize(1);
        return store.facts.records.get(record).versions().get(0);
    }

    @Test
    void aPhotoThatNobodyRefersToIsSomebodysOnceTheSnapshotIsOver() {
        store.read(row("img", "{'id':'img-9'}"));
        faceStore().forEach(store::read);
        assertThat(store.facts.records).doesNotContainKey("public.img/img-9");

        store.read(last("subject", "{'id':'" + local(4) + "','api_key':'" + key(1) + "'}"));

        FaceRecordVersion photo = onlyVersion("public.img/img-9");
        assertThat(photo.stored()).isTrue();
        assertThat(photo.image()).isTrue();
        assertThat(photo.person()).isNull();
        assertThat(photo.storedAt()).isEqualTo(bounds("1970-01-01T00:00:00Z", SNAPSHOT));
        assertThat(store.facts.records).doesNotContainKey("public.img/img-3");
    }

    @Test
    void aPhotoOfTheLogWaitsUntilItsTransactionIsOver() {
        faceStore().forEach(store::read);
        beat(200, "2026-11-01T12:00:00Z");
        store.read(insert("img", "{'id':'img-9'}", 201, T1));
        beat(202, T1);
        assertThat(store.facts.records).as("the same instant").doesNotContainKey("public.img/img-9");

        beat(203, "2026-11-02T00:00:01Z");
        assertThat(onlyVersion("public.img/img-9").person()).isNull();
        assertThat(onlyVersion("public.img/img-9").from()).isEqualTo(bounds(T1, T1));
        int calls = store.facts.calls;
        beat(204, "2026-11-02T00:00:02Z");
        assertThat(store.facts.calls).as("told once").isEqualTo(calls);
    }

    @Test
    void aPhotoOfWhichATemplateIsMadeLaterWasThatPersonsAllAlong() {
        faceStore().forEach(store::read);
        store.read(insert("img", "{'id':'img-9'}", 201, T1));
        beat(202, "2026-11-02T12:00:00Z");
        store.read(insert("embedding", "{'id':'a9','subject_id':'" + local(1) + "','img_id':'img-9'}", 203, T2));

        assertThat(onlyVersion("public.img/img-9").person().digest()).isEqualTo(digest(1));
        assertThat(onlyVersion("public.img/img-9").from()).isEqualTo(bounds(T1, T1));
    }

    @Test
    void aPhotoOfWhichATemplateOfTheShippedCollectionIsMadeIsTakenBack() {
        faceStore().forEach(store::read);
        store.read(insert("img", "{'id':'img-9'}", 201, T1));
        beat(202, "2026-11-02T12:00:00Z");
        store.read(insert("embedding", "{'id':'a9','subject_id':'" + local(3) + "','img_id':'img-9'}", 203, T2));

        assertThat(onlyVersion("public.img/img-9").stored()).isFalse();
    }

    @Test
    void whenAHeartbeatIsReadChangesNothingInTheEnd() {
        List<Record> records = new ArrayList<>(faceStore());
        records.add(insert("img", "{'id':'img-8'}", 201, T1));
        records.add(insert("img", "{'id':'img-9'}", 202, T1));
        records.add(insert("embedding", "{'id':'a9','subject_id':'" + local(1) + "','img_id':'img-9'}", 203, T2));
        records.add(delete("img", "{'id':'img-8'}", 204, T2));
        List<Record> beats = List.of(
                update("heartbeat", "{'id':1}", 205, "2026-11-02T06:00:00Z"),
                update("heartbeat", "{'id':1}", 206, "2026-11-06T00:00:00Z"));
        records.forEach(store::read);
        beats.forEach(store::read);
        assertThat(store.facts.records.get("public.img/img-8").versions())
                .extracting(FaceRecordVersion::stored)
                .containsExactly(true, false);
        for (int at = faceStore().size(); at <= records.size(); at++) {
            List<Record> mixed = new ArrayList<>(records);
            mixed.add(at, beats.get(0));
            mixed.add(beats.get(1));
            SourceUnderTest other = new SourceUnderTest(MappingsUnderTest.of("use: compreface\n"));
            mixed.forEach(other::read);

            assertThat(other.facts.records)
                    .as("heartbeat " + at)
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
}
