package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.RegistrySource;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;

class OracleTest {

    private static final LawRows LAW = LawRows.read(Path.of("../../sql/law"));
    private static final Instant REGISTRY_AT = shanghai("2025-05-01T08:00");

    private final RegistrySource registry = new RegistrySource(LAW);

    private static Instant shanghai(String local) {
        return Instant.parse(local + ":00Z").minusSeconds(8 * 3600);
    }

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    private void register(Consumer<SampleSource.Transaction> rows) {
        registry.source().unseen(transaction -> {
            transaction.insert("registry.operator", RegistrySource.operator("op", "320500"));
            transaction.insert(
                    "registry.parameter",
                    RegistrySource.parameter("storage-reached.threshold", "op", "10", "persons", day("2025-06-01")));
            rows.accept(transaction);
        });
        registry.source().snapshot(REGISTRY_AT);
    }

    private List<OracleAlert> alerts(String registryKnown, SampleSource... sources) {
        registry.beat(shanghai(registryKnown));
        List<TopicRecord> dump = new ArrayList<>(registry.source().records());
        for (SampleSource source : sources) {
            dump.addAll(source.records());
        }
        return new Oracle(dump).alerts();
    }

    private static SampleSource faces(String system) {
        SampleSource source = new SampleSource("cdc.op." + system, "faces", 900_000)
                .table("public.face", "id")
                .table("public.faceaudit_heartbeat", "id");
        source.unseen(transaction -> transaction.insert("public.faceaudit_heartbeat", row("id", 1, "beat_at", null)));
        return source;
    }

    private static void beat(SampleSource source, String at) {
        source.commit(
                shanghai(at),
                transaction -> transaction.update(
                        "public.faceaudit_heartbeat",
                        "1",
                        row("beat_at", shanghai(at).toString())));
    }

    private static void face(SampleSource.Transaction transaction, int id, String person, String localTime) {
        String token = person == null ? null : "t1:id-card:k1:upper:" + person;
        transaction.insert(
                "public.face",
                row("id", id, "id_card", token, "photo_url", null, "create_time", localTime + ":00Z", "is_deleted", 0));
    }

    private static void sixFaces(SampleSource source, String persons, String at) {
        source.commit(shanghai(at), transaction -> {
            for (int i = 0; i < 6; i++) {
                face(transaction, i, persons + i, at);
            }
        });
    }

    private static OracleAlert only(List<OracleAlert> alerts, String ruleId) {
        List<OracleAlert> found =
                alerts.stream().filter(alert -> alert.ruleId().equals(ruleId)).toList();
        assertThat(found).as(ruleId).hasSize(1);
        return found.get(0);
    }

    /** Nine persons since January, the tenth on 21 August 2026. */
    private static SampleSource tenFaces() {
        SampleSource source = faces("faces");
        source.unseen(transaction -> {
            for (int i = 0; i < 9; i++) {
                face(transaction, i, "p" + i, "2026-01-05T09:00");
            }
        });
        source.snapshot(shanghai("2026-06-01T00:00"));
        source.commit(shanghai("2026-08-21T10:00"), transaction -> face(transaction, 9, "p9", "2020-01-01T00:00"));
        beat(source, "2026-11-20T12:00");
        return source;
    }

    @Test
    void theTenthPersonReachesTheThresholdAndFilesNever() {
        register(transaction -> {});
        List<OracleAlert> alerts = alerts("2026-11-20T12:00", tenFaces());

        OracleAlert reached = only(alerts, "storage-reached");
        assertThat(reached.verdict()).isEqualTo("NOTICE");
        assertThat(reached.openedAt()).isEqualTo(shanghai("2026-08-21T10:00"));
        assertThat(reached.dueOn()).isEqualTo(day("2026-10-09"));
        assertThat(reached.measured()).isEqualTo(BigDecimal.TEN);
        OracleAlert approaching = only(alerts, "storage-approaching");
        assertThat(approaching.status()).isEqualTo("RESOLVED");
        assertThat(approaching.openedAt()).isEqualTo(shanghai("2026-01-05T09:00"));
        assertThat(approaching.resolvedAt()).isEqualTo(shanghai("2026-08-21T10:00"));
        assertThat(approaching.severity()).isEqualTo(3);
        OracleAlert overdue = only(alerts, "filing-overdue");
        assertThat(overdue.verdict()).isEqualTo("VIOLATION");
        assertThat(overdue.status()).isEqualTo("OPEN");
        assertThat(overdue.openedAt()).isEqualTo(shanghai("2026-10-10T00:00"));
        OracleAlert soon = only(alerts, "filing-due-soon");
        assertThat(soon.status()).isEqualTo("RESOLVED");
        assertThat(soon.severity()).isEqualTo(4);
        assertThat(soon.resolvedAt()).isEqualTo(shanghai("2026-10-10T00:00"));
        assertThat(soon.occurredOn()).isEqualTo(day("2026-09-17"));
    }

    @Test
    void aFilingOnTheLastDayIsInTime() {
        register(transaction -> transaction.insert(
                "registry.filing",
                RegistrySource.filing("f1", "op", "INITIAL", day("2026-10-09"), "320000", List.of())));
        List<OracleAlert> alerts = alerts("2026-11-20T12:00", tenFaces());

        assertThat(alerts).noneMatch(alert -> alert.ruleId().equals("filing-overdue"));
        assertThat(only(alerts, "filing-due-soon").resolvedAt()).isEqualTo(shanghai("2026-10-09T00:00"));
    }

    @Test
    void aFilingDatedInTheFutureResolvesNothing() {
        register(transaction -> transaction.insert(
                "registry.filing",
                RegistrySource.filing("f1", "op", "INITIAL", day("2026-11-21"), "320000", List.of())));

        assertThat(only(alerts("2026-11-20T12:00", tenFaces()), "filing-overdue")
                        .status())
                .isEqualTo("OPEN");
    }

    @Test
    void aLateFilingResolvesAndAWrongAuthorityIsSuspected() {
        register(transaction -> {
            transaction.insert(
                    "registry.filing",
                    RegistrySource.filing("f1", "op", "INITIAL", day("2026-10-09"), "320500", List.of()));
            transaction.insert(
                    "registry.filing",
                    RegistrySource.filing("f2", "parent", "INITIAL", day("2026-10-12"), "000000", List.of("op")));
        });
        OracleAlert overdue = only(alerts("2026-11-20T12:00", tenFaces()), "filing-overdue");

        assertThat(overdue.verdict()).isEqualTo("SUSPECTED");
        assertThat(overdue.status()).isEqualTo("RESOLVED");
        assertThat(overdue.resolvedAt()).isEqualTo(shanghai("2026-10-12T00:00"));
    }

    @Test
    void absenceIsClaimedOnlyAsFarAsTheRegistryIsKnown() {
        register(transaction -> {});
        List<OracleAlert> alerts = alerts("2026-10-09T23:59", tenFaces());

        assertThat(alerts).noneMatch(alert -> alert.ruleId().equals("filing-overdue"));
        assertThat(only(alerts, "filing-due-soon").status()).isEqualTo("OPEN");
    }

    @Test
    void whoFallsBelowBeforeTheLastDayIsSuspected() {
        register(transaction -> {});
        SampleSource source = tenFaces();
        source.commit(shanghai("2026-11-20T13:00"), transaction -> transaction.delete("public.face", "3"));
        SampleSource early = faces("faces");
        early.unseen(transaction -> {
            for (int i = 0; i < 10; i++) {
                face(transaction, i, "p" + i, "2026-08-21T10:00");
            }
        });
        early.snapshot(shanghai("2026-08-22T00:00"));
        early.commit(shanghai("2026-09-01T13:00"), transaction -> transaction.delete("public.face", "3"));

        assertThat(only(alerts("2026-11-20T12:00", early), "filing-overdue").verdict())
                .isEqualTo("SUSPECTED");
        assertThat(only(alerts("2026-11-20T12:01", source), "filing-overdue").verdict())
                .isEqualTo("VIOLATION");
    }

    @Test
    void personsAreCountedOnceAcrossSystemsAndTokenlessRecordsOnlyPerhaps() {
        register(transaction -> {});
        SampleSource one = faces("one");
        SampleSource two = faces("two");
        for (SampleSource source : List.of(one, two)) {
            source.snapshot(shanghai("2026-06-01T00:00"));
            source.commit(shanghai("2026-06-02T10:00"), transaction -> {
                for (int i = 0; i < 6; i++) {
                    face(transaction, i, "p" + i, "2026-06-02T10:00");
                }
                face(transaction, 6, null, "2026-06-02T10:00");
            });
            beat(source, "2026-06-03T10:00");
        }
        List<TopicRecord> dump = new ArrayList<>(registry.source().records());
        dump.addAll(one.records());
        dump.addAll(two.records());

        assertThat(new Oracle(dump).personDays("op", day("2026-06-01"), day("2026-06-02")))
                .containsExactly(
                        new PersonDay("op", day("2026-06-01"), 0, 0, true),
                        new PersonDay("op", day("2026-06-02"), 6, 8, false));
    }

    /** Six persons in each of two systems, the second of which falls silent before the first grows. */
    @Test
    void aReachingThatLeansOnASilentSourceIsSuspectedUntilItSpeaksAgain() {
        register(transaction -> {});
        SampleSource alive = faces("alive");
        SampleSource silent = faces("silent");
        alive.snapshot(shanghai("2026-06-01T00:00"));
        silent.snapshot(shanghai("2026-06-01T00:00"));
        sixFaces(silent, "s", "2026-06-02T10:00");
        beat(silent, "2026-06-03T12:00");
        sixFaces(alive, "a", "2026-06-05T10:00");
        beat(alive, "2026-06-06T12:00");

        List<OracleAlert> leaning = alerts("2026-06-06T12:00", alive, silent);
        assertThat(only(leaning, "storage-reached").verdict()).isEqualTo("SUSPECTED");
        assertThat(only(leaning, "storage-reached").openedAt()).isEqualTo(shanghai("2026-06-05T10:00"));
        List<TopicRecord> dump = new ArrayList<>(registry.source().records());
        dump.addAll(alive.records());
        dump.addAll(silent.records());
        assertThat(new Oracle(dump).personDays("op", day("2026-06-02"), day("2026-06-06")))
                .containsExactly(
                        new PersonDay("op", day("2026-06-02"), 6, 6, true),
                        new PersonDay("op", day("2026-06-03"), 0, 6, false),
                        new PersonDay("op", day("2026-06-04"), 0, 6, false),
                        new PersonDay("op", day("2026-06-05"), 6, 12, false),
                        new PersonDay("op", day("2026-06-06"), 6, 12, false));

        beat(silent, "2026-06-05T10:00");
        assertThat(only(alerts("2026-06-06T12:00", alive, silent), "storage-reached")
                        .verdict())
                .isEqualTo("NOTICE");
    }

    @Test
    void aSourceThatComesBackWithoutThemWithdrawsTheReaching() {
        register(transaction -> {});
        SampleSource alive = faces("alive");
        SampleSource silent = faces("silent");
        alive.snapshot(shanghai("2026-06-01T00:00"));
        silent.snapshot(shanghai("2026-06-01T00:00"));
        sixFaces(silent, "s", "2026-06-02T10:00");
        sixFaces(alive, "a", "2026-06-05T10:00");
        silent.commit(shanghai("2026-06-04T10:00"), transaction -> transaction.truncate("public.face"));
        beat(silent, "2026-06-07T12:00");

        assertThat(alerts("2026-06-07T12:00", alive, silent))
                .noneMatch(alert -> alert.ruleId().equals("storage-reached"));
    }

    @Test
    void aSnapshotEndsWhatItDoesNotRepeatBetweenTheLastInstantKnownAndItself() {
        register(transaction -> {});
        SampleSource source = faces("faces");
        source.unseen(transaction -> {
            face(transaction, 1, "a", "2026-06-01T00:00");
            face(transaction, 2, "b", "2026-06-01T00:00");
        });
        source.snapshot(shanghai("2026-06-02T00:00"));
        beat(source, "2026-06-03T12:00");
        source.unseen(transaction -> transaction.delete("public.face", "2"));
        source.snapshot(shanghai("2026-06-06T12:00"));
        beat(source, "2026-06-07T12:00");
        List<TopicRecord> dump = new ArrayList<>(registry.source().records());
        dump.addAll(source.records());

        assertThat(new Oracle(dump).personDays("op", day("2026-06-02"), day("2026-06-06")))
                .extracting(PersonDay::personsLow, PersonDay::personsHigh)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, 2L),
                        org.assertj.core.groups.Tuple.tuple(1L, 2L),
                        org.assertj.core.groups.Tuple.tuple(1L, 2L),
                        org.assertj.core.groups.Tuple.tuple(1L, 2L),
                        org.assertj.core.groups.Tuple.tuple(1L, 1L));
    }

    @Test
    void whatIsReadTwiceOrCannotBeReadChangesNothing() {
        register(transaction -> {});
        SampleSource source = tenFaces();
        List<OracleAlert> once = alerts("2026-11-20T12:00", source);
        source.repeat(3);
        source.poison("{\"id\":3}", "{\"op\":\"u\"");
        source.poison(null, null);

        assertThat(alerts("2026-11-20T12:00", source)).isEqualTo(once);
    }
}
