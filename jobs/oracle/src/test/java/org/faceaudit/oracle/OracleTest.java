package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.beat;
import static org.faceaudit.oracle.Scene.day;
import static org.faceaudit.oracle.Scene.face;
import static org.faceaudit.oracle.Scene.faces;
import static org.faceaudit.oracle.Scene.only;
import static org.faceaudit.oracle.Scene.shanghai;
import static org.faceaudit.oracle.Scene.tenFaces;

import java.math.BigDecimal;
import java.util.List;
import org.faceaudit.oracle.history.RegistrySource;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;

class OracleTest {

    private final Scene scene = new Scene();

    @Test
    void aYearWithoutANoticeIsToldOnlyFromTheSixteenthOfNovemberOn() {
        scene.register(transaction -> {});

        assertThat(scene.alerts("2026-11-15T23:59")).isEmpty();
        assertThat(scene.alerts("2026-11-16T00:01")).singleElement().satisfies(alert -> {
            assertThat(alert.ruleId()).isEqualTo("calendar-notice-missing");
            assertThat(alert.operator()).isEqualTo("registry");
            assertThat(alert.subjectId()).isEqualTo("2027");
            assertThat(alert.status()).isEqualTo("OPEN");
            assertThat(alert.openedAt()).isEqualTo(shanghai("2026-11-16T00:00"));
        });
    }

    @Test
    void theTenthPersonReachesTheThresholdAndFilesNever() {
        scene.register(transaction -> {});
        List<OracleAlert> alerts = scene.alerts("2026-11-20T12:00", tenFaces());

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
        scene.register(transaction -> transaction.insert(
                "registry.filing",
                RegistrySource.filing("f1", "op", "INITIAL", day("2026-10-09"), "320000", List.of())));
        List<OracleAlert> alerts = scene.alerts("2026-11-20T12:00", tenFaces());

        assertThat(alerts).noneMatch(alert -> alert.ruleId().equals("filing-overdue"));
        assertThat(only(alerts, "filing-due-soon").resolvedAt()).isEqualTo(shanghai("2026-10-09T00:00"));
    }

    @Test
    void aFilingDatedInTheFutureResolvesNothing() {
        scene.register(transaction -> transaction.insert(
                "registry.filing",
                RegistrySource.filing("f1", "op", "INITIAL", day("2026-11-21"), "320000", List.of())));

        assertThat(only(scene.alerts("2026-11-20T12:00", tenFaces()), "filing-overdue")
                        .status())
                .isEqualTo("OPEN");
    }

    @Test
    void aLateFilingResolvesAndAWrongAuthorityIsSuspected() {
        scene.register(transaction -> {
            transaction.insert(
                    "registry.filing",
                    RegistrySource.filing("f1", "op", "INITIAL", day("2026-10-09"), "320500", List.of()));
            transaction.insert(
                    "registry.filing",
                    RegistrySource.filing("f2", "parent", "INITIAL", day("2026-10-12"), "000000", List.of("op")));
        });
        OracleAlert overdue = only(scene.alerts("2026-11-20T12:00", tenFaces()), "filing-overdue");

        assertThat(overdue.verdict()).isEqualTo("SUSPECTED");
        assertThat(overdue.status()).isEqualTo("RESOLVED");
        assertThat(overdue.resolvedAt()).isEqualTo(shanghai("2026-10-12T00:00"));
    }

    @Test
    void absenceIsClaimedOnlyAsFarAsTheRegistryIsKnown() {
        scene.register(transaction -> {});
        List<OracleAlert> alerts = scene.alerts("2026-10-09T23:59", tenFaces());

        assertThat(alerts).noneMatch(alert -> alert.ruleId().equals("filing-overdue"));
        assertThat(only(alerts, "filing-due-soon").status()).isEqualTo("OPEN");
    }

    @Test
    void whoFallsBelowBeforeTheLastDayIsSuspected() {
        scene.register(transaction -> {});
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

        assertThat(only(scene.alerts("2026-11-20T12:00", early), "filing-overdue")
                        .verdict())
                .isEqualTo("SUSPECTED");
        assertThat(only(scene.alerts("2026-11-20T12:01", source), "filing-overdue")
                        .verdict())
                .isEqualTo("VIOLATION");
    }

    @Test
    void personsAreCountedOnceAcrossSystemsAndTokenlessRecordsOnlyPerhaps() {
        scene.register(transaction -> {});
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

        assertThat(new Oracle(scene.dump(one, two)).personDays("op", day("2026-06-01"), day("2026-06-02")))
                .containsExactly(
                        new PersonDay("op", day("2026-06-01"), 0, 0, true),
                        new PersonDay("op", day("2026-06-02"), 6, 8, false));
    }

    /** Six persons in each of two systems, the second of which falls silent before the first grows. */
    @Test
    void aReachingThatLeansOnASilentSourceIsSuspectedUntilItSpeaksAgain() {
        scene.register(transaction -> {});
        SampleSource alive = faces("alive");
        SampleSource silent = faces("silent");
        alive.snapshot(shanghai("2026-06-01T00:00"));
        silent.snapshot(shanghai("2026-06-01T00:00"));
        sixFaces(silent, "s", "2026-06-02T10:00");
        beat(silent, "2026-06-03T12:00");
        sixFaces(alive, "a", "2026-06-05T10:00");
        beat(alive, "2026-06-06T12:00");

        List<OracleAlert> leaning = scene.alerts("2026-06-06T12:00", alive, silent);
        assertThat(only(leaning, "storage-reached").verdict()).isEqualTo("SUSPECTED");
        assertThat(only(leaning, "storage-reached").openedAt()).isEqualTo(shanghai("2026-06-05T10:00"));
        assertThat(new Oracle(scene.dump(alive, silent)).personDays("op", day("2026-06-02"), day("2026-06-06")))
                .containsExactly(
                        new PersonDay("op", day("2026-06-02"), 6, 6, true),
                        new PersonDay("op", day("2026-06-03"), 0, 6, false),
                        new PersonDay("op", day("2026-06-04"), 0, 6, false),
                        new PersonDay("op", day("2026-06-05"), 6, 12, false),
                        new PersonDay("op", day("2026-06-06"), 6, 12, false));

        beat(silent, "2026-06-05T10:00");
        assertThat(only(scene.alerts("2026-06-06T12:00", alive, silent), "storage-reached")
                        .verdict())
                .isEqualTo("NOTICE");
    }

    @Test
    void aSourceThatComesBackWithoutThemWithdrawsTheReaching() {
        scene.register(transaction -> {});
        SampleSource alive = faces("alive");
        SampleSource silent = faces("silent");
        alive.snapshot(shanghai("2026-06-01T00:00"));
        silent.snapshot(shanghai("2026-06-01T00:00"));
        sixFaces(silent, "s", "2026-06-02T10:00");
        sixFaces(alive, "a", "2026-06-05T10:00");
        silent.commit(shanghai("2026-06-04T10:00"), transaction -> transaction.truncate("public.face"));
        beat(silent, "2026-06-07T12:00");

        assertThat(scene.alerts("2026-06-07T12:00", alive, silent))
                .noneMatch(alert -> alert.ruleId().equals("storage-reached"));
    }

    @Test
    void aSnapshotEndsWhatItDoesNotRepeatBetweenTheLastInstantKnownAndItself() {
        scene.register(transaction -> {});
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

        assertThat(new Oracle(scene.dump(source)).personDays("op", day("2026-06-02"), day("2026-06-06")))
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
        scene.register(transaction -> {});
        SampleSource source = tenFaces();
        List<OracleAlert> once = scene.alerts("2026-11-20T12:00", source);
        source.repeat(3);
        source.poison("{\"id\":3}", "{\"op\":\"u\"");
        source.poison(null, null);

        assertThat(scene.alerts("2026-11-20T12:00", source)).isEqualTo(once);
    }

    private static void sixFaces(SampleSource source, String persons, String at) {
        source.commit(shanghai(at), transaction -> {
            for (int i = 0; i < 6; i++) {
                face(transaction, i, persons + i, at);
            }
        });
    }
}
