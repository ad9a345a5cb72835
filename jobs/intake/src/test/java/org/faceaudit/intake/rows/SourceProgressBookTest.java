package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.junit.jupiter.api.Test;

class SourceProgressBookTest {

    private SourceProgressState state = SourceProgressState.empty("acme", "one");
    private long offset;

    private static RowChange change(
            Kind kind, String table, String key, long identity, long snapshotId, String log, String at, long offset) {
        Instant instant = Instant.parse(at);
        boolean snapshot = snapshotId != 0 || kind == Kind.INCREMENTAL_ROW;
        return new RowChange(
                "acme",
                "one",
                kind,
                table,
                key,
                Map.of(),
                identity,
                snapshotId,
                new Position("cdc.acme.one", 0, offset, log, null, table, null, instant, snapshot),
                Instant.parse("2026-11-22T00:00:00Z").toEpochMilli());
    }

    private RowChange row(Kind kind, long snapshot, int key, String at) {
        return change(kind, "public.a", "k" + key, key, snapshot, "0/" + Long.toHexString(snapshot), at, offset++);
    }

    private RowChange logged(Kind kind, long lsn, String at) {
        String log = "0/" + Long.toHexString(lsn).toUpperCase(java.util.Locale.ROOT);
        return change(kind, "public.a", "k1", lsn, 0, log, at, offset++);
    }

    private List<String> accept(RowChange change) {
        SourceProgressBook book = new SourceProgressBook(state);
        List<RowChange> onward = book.accept(change);
        state = book.state();
        List<String> kinds = new ArrayList<>();
        onward.forEach(passed -> kinds.add(passed.kind().name()));
        return kinds;
    }

    private SourceProgress progress() {
        return new SourceProgressBook(state).progress();
    }

    @Test
    void nothingIsKnownBeforeTheFirstSnapshotEnds() {
        assertThat(accept(row(Kind.SNAPSHOT_ROW, 100, 1, "2026-11-01T00:00:00Z")))
                .containsExactly("SNAPSHOT_BEGAN", "FIRST_SNAPSHOT_ROW");
        assertThat(progress().knownThrough()).isNull();
        assertThat(accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 2, "2026-11-01T00:00:09Z")))
                .containsExactly("FIRST_SNAPSHOT_ROW", "SNAPSHOT_ENDED");
        assertThat(progress().snapshotComplete()).isTrue();
        assertThat(progress().knownThrough()).isNull();
        accept(logged(Kind.HEARTBEAT, 101, "2026-11-01T00:01:00Z"));
        assertThat(progress().knownThrough()).isEqualTo("2026-11-01T00:01:00Z");
        assertThat(progress().changes()).isEqualTo(3);
        assertThat(progress().lastChangeAt()).isEqualTo("2026-11-01T00:00:00Z");
    }

    @Test
    void allRowsOfASnapshotAreOneInstant() {
        SourceProgressBook book = new SourceProgressBook(state);
        book.accept(row(Kind.SNAPSHOT_ROW, 100, 1, "2026-11-01T00:00:00Z"));

        List<RowChange> last = book.accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 2, "2026-11-01T00:00:09Z"));

        assertThat(last)
                .extracting(change -> change.position().committedAt().toString())
                .containsOnly("2026-11-01T00:00:00Z");
    }

    @Test
    void theFirstChangeOfTheLogEndsASnapshotThatLostItsEnd() {
        accept(row(Kind.SNAPSHOT_ROW, 0x64, 1, "2026-11-01T00:00:00Z"));

        assertThat(accept(logged(Kind.UPSERT, 0x64, "2026-11-01T00:00:01Z")))
                .containsExactly("SNAPSHOT_ENDED", "UPSERT");
        assertThat(progress().knownThrough()).isEqualTo("2026-11-01T00:00:01Z");
    }

    @Test
    void aRepeatedChangeOlderThanTheSnapshotDoesNotEndIt() {
        accept(logged(Kind.UPSERT, 0x10, "2026-10-01T00:00:00Z"));
        accept(row(Kind.SNAPSHOT_ROW, 0x64, 1, "2026-11-01T00:00:00Z"));

        assertThat(accept(logged(Kind.UPSERT, 0x10, "2026-10-01T00:00:00Z"))).containsExactly("UPSERT");
        assertThat(accept(row(Kind.LAST_SNAPSHOT_ROW, 0x64, 2, "2026-11-01T00:00:01Z")))
                .containsExactly("SNAPSHOT_ROW", "SNAPSHOT_ENDED");
        assertThat(progress().changes()).isEqualTo(3);
    }

    @Test
    void aRepeatedSnapshotBeginsNothing() {
        RowChange first = row(Kind.SNAPSHOT_ROW, 100, 1, "2026-11-01T00:00:00Z");
        RowChange last = row(Kind.LAST_SNAPSHOT_ROW, 100, 2, "2026-11-01T00:00:01Z");
        accept(first);
        accept(last);
        accept(logged(Kind.UPSERT, 0x100, "2026-11-01T00:00:02Z"));

        assertThat(accept(first)).isEmpty();
        assertThat(accept(last)).isEmpty();
        assertThat(progress().incarnation()).isEqualTo(1);
    }

    @Test
    void aSecondSnapshotCountsAndRemembersHowFarTheSourceWasKnown() {
        accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 1, "2026-11-01T00:00:00Z"));
        accept(logged(Kind.UPSERT, 0x100, "2026-11-02T00:00:00Z"));
        SourceProgressBook book = new SourceProgressBook(state);

        List<RowChange> onward = book.accept(row(Kind.SNAPSHOT_ROW, 0x200, 1, "2026-11-03T00:00:00Z"));

        assertThat(kinds(onward)).containsExactly("SNAPSHOT_BEGAN", "SNAPSHOT_ROW");
        assertThat(onward.get(0).fields())
                .containsEntry(SourceProgressBook.KNOWN_THROUGH, FieldValue.present("2026-11-02T00:00:00Z"));
        assertThat(book.progress().incarnation()).isEqualTo(2);
        assertThat(book.progress().knownThrough()).isEqualTo("2026-11-02T00:00:00Z");
    }

    @Test
    void anAbandonedSnapshotGivesWayToTheNext() {
        accept(row(Kind.SNAPSHOT_ROW, 100, 1, "2026-11-01T00:00:00Z"));

        assertThat(accept(row(Kind.SNAPSHOT_ROW, 200, 1, "2026-11-01T01:00:00Z")))
                .containsExactly("SNAPSHOT_BEGAN", "FIRST_SNAPSHOT_ROW");
        assertThat(accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 3, "2026-11-01T00:00:00Z")))
                .isEmpty();
        assertThat(accept(row(Kind.LAST_SNAPSHOT_ROW, 200, 2, "2026-11-01T01:00:00Z")))
                .containsExactly("FIRST_SNAPSHOT_ROW", "SNAPSHOT_ENDED");
    }

    @Test
    void aSecondThatABinaryLogHasBegunToTellOfIsNotKnownYet() {
        Position place = new Position(
                "cdc.iron-gym.gym",
                0,
                9,
                "binlog.000003:77",
                "0-7-20",
                "gym.beat",
                null,
                Instant.parse("2026-11-01T00:00:05Z"),
                false);
        SourceProgressBook book = new SourceProgressBook(SourceProgressState.empty("iron-gym", "gym"));
        book.accept(new RowChange(
                "iron-gym",
                "gym",
                Kind.HEARTBEAT,
                "gym.beat",
                null,
                Map.of(),
                9,
                0,
                place,
                Instant.parse("2026-11-01T00:00:06Z").toEpochMilli()));
        assertThat(book.progress().knownThrough()).isEqualTo("2026-11-01T00:00:04Z");
    }

    @Test
    void knownThroughStopsAtTheAppendTimeAndNeverGoesBack() {
        accept(logged(Kind.UPSERT, 0x10, "2026-11-22T03:00:00Z"));
        assertThat(progress().knownThrough()).isEqualTo("2026-11-22T00:00:00Z");
        accept(logged(Kind.UPSERT, 0x11, "2026-11-01T00:00:00Z"));
        assertThat(progress().knownThrough()).isEqualTo("2026-11-22T00:00:00Z");
    }

    @Test
    void markersAndIncrementalRowsMoveNothing() {
        accept(change(Kind.NOT_APPLICABLE, null, null, 1, 0, null, "2026-11-01T00:00:00Z", 1));
        accept(change(Kind.INCREMENTAL_ROW, "public.a", "k", 2, 0, null, "2026-11-01T00:00:00Z", 2));

        assertThat(progress().knownThrough()).isNull();
        assertThat(progress().snapshotComplete()).isFalse();
    }

    @Test
    void unmappedTablesAndRejectsAreCounted() {
        accept(change(Kind.NOT_APPLICABLE, "public.z", null, 1, 0, "0/1", "2026-11-01T00:00:00Z", 1));
        SourceProgressBook book = new SourceProgressBook(state);
        book.rejected();

        assertThat(book.progress().unmapped()).isEqualTo(1);
        assertThat(book.progress().rejects()).isEqualTo(1);
        assertThat(book.progress().changes()).isEqualTo(1);
    }

    private static List<String> kinds(List<RowChange> onward) {
        return onward.stream().map(passed -> passed.kind().name()).toList();
    }

    private SourceProgressBook asOf(String instant) {
        return new SourceProgressBook(state, Instant.parse(instant));
    }

    @Test
    void asOfAnInstantLaterChangesOnlyShowThatEverythingBeforeWasRead() {
        SourceProgressBook book = asOf("2026-11-01T15:59:59.999999Z");
        book.accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 1, "2026-10-01T00:00:00Z"));

        assertThat(kinds(book.accept(logged(Kind.UPSERT, 0x100, "2026-11-01T15:59:59.999999Z"))))
                .containsExactly("UPSERT");
        assertThat(kinds(book.accept(logged(Kind.UPSERT, 0x101, "2026-11-01T16:00:00Z"))))
                .isEmpty();
        assertThat(book.progress().knownThrough()).isEqualTo("2026-11-01T15:59:59.999999Z");
        assertThat(book.progress().changes()).isEqualTo(2);
        assertThat(book.progress().lastChangeAt()).isEqualTo("2026-11-01T15:59:59.999999Z");
    }

    @Test
    void asOfAnInstantASourceThatFellSilentIsKnownOnlyToItsLastWord() {
        SourceProgressBook book = asOf("2026-11-01T15:59:59.999999Z");
        book.accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 1, "2026-10-01T00:00:00Z"));
        book.accept(logged(Kind.HEARTBEAT, 0x100, "2026-10-20T00:00:00Z"));

        assertThat(book.progress().knownThrough()).isEqualTo("2026-10-20T00:00:00Z");
    }

    @Test
    void asOfAnInstantTheFirstSnapshotIsTakenHoweverLateItCame() {
        SourceProgressBook book = asOf("2026-08-20T15:59:59.999999Z");

        assertThat(kinds(book.accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 1, "2026-11-01T00:00:00Z"))))
                .containsExactly("SNAPSHOT_BEGAN", "FIRST_SNAPSHOT_ROW", "SNAPSHOT_ENDED");
        assertThat(book.accept(logged(Kind.UPSERT, 0x100, "2026-11-01T00:00:01Z")))
                .as("what proves that nothing more comes up to the instant")
                .singleElement()
                .satisfies(proof -> {
                    assertThat(proof.kind()).isEqualTo(Kind.HEARTBEAT);
                    assertThat(proof.position().committedAt()).isEqualTo("2026-08-20T15:59:59.999999Z");
                });
        assertThat(book.accept(logged(Kind.HEARTBEAT, 0x101, "2026-11-01T00:00:02Z")))
                .isEmpty();
        assertThat(book.progress().knownThrough()).isEqualTo("2026-08-20T15:59:59.999999Z");
    }

    @Test
    void asOfAnInstantALaterSnapshotAfterAWholeOneIsLeftOutAndTellsNothingOfTheGapBeforeIt() {
        SourceProgressBook book = asOf("2026-11-01T15:59:59.999999Z");
        book.accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 1, "2026-10-01T00:00:00Z"));
        book.accept(logged(Kind.HEARTBEAT, 0x100, "2026-10-20T00:00:00Z"));

        assertThat(book.accept(row(Kind.SNAPSHOT_ROW, 0x200, 1, "2026-11-05T00:00:00Z")))
                .isEmpty();
        assertThat(book.accept(row(Kind.LAST_SNAPSHOT_ROW, 0x200, 2, "2026-11-05T00:00:01Z")))
                .isEmpty();
        assertThat(book.accept(logged(Kind.UPSERT, 0x300, "2026-11-06T00:00:00Z")))
                .isEmpty();
        assertThat(book.progress().knownThrough()).isEqualTo("2026-10-20T00:00:00Z");
        assertThat(book.progress().incarnation()).isEqualTo(1);
    }

    @Test
    void asOfAnInstantASnapshotThatNeverEndedEndsNothing() {
        SourceProgressBook book = asOf("2026-11-01T15:59:59.999999Z");
        book.accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 1, "2026-10-01T00:00:00Z"));
        book.accept(row(Kind.SNAPSHOT_ROW, 0x200, 1, "2026-10-05T00:00:00Z"));
        book.accept(row(Kind.SNAPSHOT_ROW, 0x300, 1, "2026-11-05T00:00:00Z"));

        assertThat(book.accept(logged(Kind.UPSERT, 0x400, "2026-11-06T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void asOfAnInstantBeforeAllSnapshotsALossBetweenThemHidesNothing() {
        SourceProgressBook book = asOf("2026-08-20T15:59:59.999999Z");
        book.accept(row(Kind.LAST_SNAPSHOT_ROW, 100, 1, "2026-11-01T00:00:00Z"));
        book.accept(row(Kind.LAST_SNAPSHOT_ROW, 0x200, 1, "2026-11-05T00:00:00Z"));
        book.accept(logged(Kind.HEARTBEAT, 0x300, "2026-11-06T00:00:00Z"));

        assertThat(book.progress().knownThrough()).isEqualTo("2026-08-20T15:59:59.999999Z");
        assertThat(book.progress().incarnation()).isEqualTo(1);
    }
}
