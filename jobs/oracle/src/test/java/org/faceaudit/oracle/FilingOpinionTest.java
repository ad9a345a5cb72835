package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.oracle.Scene.day;
import static org.faceaudit.oracle.Scene.episodes;
import static org.faceaudit.oracle.Scene.face;
import static org.faceaudit.oracle.Scene.filing;
import static org.faceaudit.oracle.Scene.filingBy;
import static org.faceaudit.oracle.Scene.of;
import static org.faceaudit.oracle.Scene.only;
import static org.faceaudit.oracle.Scene.operator;
import static org.faceaudit.oracle.Scene.shanghai;
import static org.faceaudit.oracle.Scene.stored;
import static org.faceaudit.oracle.Scene.tenFaces;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tenth person came on 2026-08-21; the last day is 2026-10-09, by the cautious count 2026-10-08. */
class FilingOpinionTest {

    private static final String NOW = "2026-11-20T12:00";

    private static List<OracleAlert> alerts(Consumer<SampleSource.Transaction> rows) {
        return new Scene().register(rows).alerts(NOW, tenFaces());
    }

    private static List<String> overdue(Consumer<SampleSource.Transaction> rows) {
        return episodes(alerts(rows), "filing-overdue");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # submitted | returned   | withdrawn  | authority | expected
            2026-10-09  |            |            | 320000    |
            2026-10-09  |            |            | 000000    |
            2026-10-09  |            |            | 320500    | SUSPECTED 2026-10-10 -
            2026-10-09  |            |            | 110000    | SUSPECTED 2026-10-10 -
            2026-10-10  |            |            | 320000    | VIOLATION 2026-10-10 2026-10-10
            2026-10-10  |            |            | 110000    | VIOLATION 2026-10-10 -
            2026-09-01  | 2026-10-09 |            | 320000    | SUSPECTED 2026-10-10 -
            2026-10-09  | 2026-10-12 |            | 320000    | SUSPECTED 2026-10-13 -
            2026-10-09  | 2026-11-19 |            | 320000    | SUSPECTED 2026-11-20 -
            2026-10-09  | 2026-11-20 |            | 320000    |
            2026-10-09  | 2026-11-21 |            | 320000    |
            2026-09-01  |            | 2026-10-09 | 320000    | VIOLATION 2026-10-10 -
            2026-09-01  |            | 2026-10-12 | 320000    | SUSPECTED 2026-10-13 -
            2026-09-01  |            | 2026-11-21 | 320000    |
            2026-11-20  |            |            | 320000    | VIOLATION 2026-10-10 2026-11-20
            2026-11-21  |            |            | 320000    | VIOLATION 2026-10-10 -
            2026-07-01  |            |            | 320000    |
            """)
    void everyDayOfAFilingCountsFromItselfOn(
            String submitted, String returned, String withdrawn, String authority, String expected) {
        List<String> overdue = overdue(transaction -> filingBy(
                transaction,
                "op",
                "f1",
                "INITIAL",
                submitted,
                authority,
                "returned_on",
                returned,
                "withdrawn_on",
                withdrawn));

        assertThat(overdue).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void whoeverFilesAgainAfterAReturnIsInTimeOnlyOnTheSameDay() {
        Consumer<SampleSource.Transaction> returned =
                transaction -> filing(transaction, "f1", "INITIAL", "2026-10-09", "returned_on", "2026-10-12");

        assertThat(overdue(returned.andThen(transaction -> filing(transaction, "f2", "INITIAL", "2026-10-12"))))
                .isEmpty();
        assertThat(overdue(returned.andThen(transaction -> filing(transaction, "f2", "INITIAL", "2026-10-20"))))
                .containsExactly("SUSPECTED 2026-10-13 2026-10-20");
    }

    @Test
    void aLateFilingThatIsSentBackOpensTheNextEpisode() {
        assertThat(overdue(transaction -> {
                    filing(transaction, "f1", "INITIAL", "2026-10-12", "returned_on", "2026-10-15");
                    filing(transaction, "f2", "INITIAL", "2026-11-02");
                }))
                .containsExactly("VIOLATION 2026-10-10 2026-10-12", "SUSPECTED 2026-10-16 2026-11-02");
    }

    @Test
    void aFilingSentBackWhileTheLastDayIsNearWarnsAgain() {
        List<OracleAlert> soon = of(
                alerts(transaction -> filing(transaction, "f1", "INITIAL", "2026-09-21", "returned_on", "2026-09-23")),
                "filing-due-soon");

        assertThat(episodes(soon, "filing-due-soon"))
                .containsExactly("WARNING 2026-09-17 2026-09-21", "WARNING 2026-09-23 2026-10-10");
        // On Sunday 20 September, a working day, eight are left: 21-24, 28-30, and 8 October.
        assertThat(soon.get(0).severity()).isEqualTo(2);
        assertThat(soon.get(0).measured()).isEqualTo(BigDecimal.TEN);
        assertThat(soon.get(1).severity()).isEqualTo(4);
    }

    @Test
    void aFilingBeforeTheTriggerSparesTheWarningToo() {
        assertThat(alerts(transaction -> filing(transaction, "f1", "INITIAL", "2026-07-01")))
                .filteredOn(alert -> alert.operator().equals("op"))
                .extracting(OracleAlert::ruleId)
                .containsOnly("storage-approaching", "storage-reached");
    }

    @ParameterizedTest
    @CsvSource({"110000, 0", "320000, 1", "000000, 0"})
    void aSuccessorFilesWithItsOwnProvince(String authority, int alerts) {
        assertThat(overdue(transaction -> {
                    operator(transaction, "heir", "110105");
                    transaction.update("registry.operator", "op", row("successor_id", "heir"));
                    filingBy(transaction, "heir", "f1", "INITIAL", "2026-10-09", authority);
                }))
                .hasSize(alerts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # kind         | submitted  | returned   | expected
            INITIAL        | 2026-08-21 |            |
            CHANGE         | 2026-10-09 |            |
            CHANGE         | 2026-10-10 |            | VIOLATION 2026-10-10 2026-10-10
            DEREGISTRATION | 2026-10-09 |            | VIOLATION 2026-10-10 -
            INITIAL        | 2026-08-20 |            | SUSPECTED 2026-10-10 -
            CHANGE         | 2026-08-20 |            | SUSPECTED 2026-10-10 -
            CHANGE         | 2026-08-20 | 2026-11-20 | VIOLATION 2026-10-10 -
            INITIAL        | 2026-08-20 | 2026-11-21 | SUSPECTED 2026-10-10 -
            """)
    void whatAnyLaterSuccessorFilesFromTheTriggerOnCountsAndWhatItHadFiledBeforeLeavesADoubt(
            String kind, String submitted, String returned, String expected) {
        List<String> overdue = overdue(transaction -> {
            operator(transaction, "heir", "110105");
            operator(transaction, "grandchild", "330100");
            transaction.update("registry.operator", "heir", row("successor_id", "grandchild"));
            transaction.update("registry.operator", "op", row("successor_id", "heir"));
            filingBy(transaction, "grandchild", "f1", kind, submitted, "330000", "returned_on", returned);
        });

        assertThat(overdue).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "110000,            , SUSPECTED 2026-10-10 -",
        "110100,            , VIOLATION 2026-10-10 -",
        "110000, 2026-03-02 , VIOLATION 2026-10-10 -",
        "110000, 2026-08-21 , SUSPECTED 2026-10-10 -"
    })
    void onlyASuccessorThatIsOnFileLeavesADoubt(String authority, String deregisteredOn, String expected) {
        assertThat(overdue(transaction -> {
                    operator(transaction, "heir", "110105");
                    transaction.update("registry.operator", "op", row("successor_id", "heir"));
                    filingBy(transaction, "heir", "f1", "INITIAL", "2026-02-02", authority);
                    if (deregisteredOn != null) {
                        filingBy(transaction, "heir", "f2", "DEREGISTRATION", deregisteredOn, "110000");
                    }
                }))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # filer        | kind           | submitted  | authority | expected
            heir           | INITIAL        | 2026-07-01 | 320000    |
            heir           | INITIAL        | 2026-07-01 | 110000    | SUSPECTED 2026-10-10 -
            heir           | INITIAL        | 2026-09-01 | 110000    |
            heir           | CHANGE         | 2026-08-21 | 320000    |
            heir           | CHANGE         | 2026-10-09 | 110000    |
            heir           | CHANGE         | 2026-10-09 | 330000    | SUSPECTED 2026-10-10 -
            heir           | CHANGE         | 2026-10-10 | 110000    | VIOLATION 2026-10-10 2026-10-10
            heir           | CHANGE         | 2026-08-20 | 320000    | SUSPECTED 2026-10-10 -
            heir           | DEREGISTRATION | 2026-09-01 | 110000    | VIOLATION 2026-10-10 -
            sister         | CHANGE         | 2026-09-01 | 320000    | VIOLATION 2026-10-10 -
            """)
    void whatASuccessorFilesCountsAlsoWhereItNamesWhomItTookOverFrom(
            String filer, String kind, String submitted, String authority, String expected) {
        List<String> overdue = overdue(transaction -> {
            operator(transaction, "heir", "110105");
            operator(transaction, "sister", "320100");
            transaction.update("registry.operator", "op", row("successor_id", "heir"));
            filingBy(transaction, filer, "f1", kind, submitted, authority, "covers", List.of("op"));
        });

        assertThat(overdue).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # returned     | accepted   | withdrawn  | expected
            2026-09-10     | 2026-09-20 |            |
            2026-09-10     | 2026-10-09 |            |
            2026-09-10     | 2026-10-20 |            | SUSPECTED 2026-10-10 2026-10-20
            2026-10-20     | 2026-10-20 |            |
            2026-10-20     | 2026-11-02 |            | SUSPECTED 2026-10-21 2026-11-02
            2026-10-20     | 2026-09-05 |            | SUSPECTED 2026-10-21 -
            2026-10-20     | 2026-11-21 |            | SUSPECTED 2026-10-21 -
            2026-10-20     | 2026-11-02 | 2026-11-05 | SUSPECTED 2026-10-21 2026-11-02; SUSPECTED 2026-11-06 -
            2026-10-20     | 2026-11-02 | 2026-11-02 | SUSPECTED 2026-10-21 -
            """)
    void anAcceptanceAfterTheReturnEndsTheTimeDuringWhichItLayReturned(
            String returned, String accepted, String withdrawn, String expected) {
        List<String> overdue = overdue(transaction -> filing(
                transaction,
                "f1",
                "INITIAL",
                "2026-09-01",
                "returned_on",
                returned,
                "accepted_on",
                accepted,
                "withdrawn_on",
                withdrawn));

        assertThat(overdue).isEqualTo(expected == null ? List.of() : List.of(expected.split("; ")));
    }

    @Test
    void theDeregistrationOfASuccessorEndsNoCycleOfWhomItTookOverFrom() {
        SampleSource source = tenFaces();
        source.commit(shanghai("2026-11-20T11:00"), transaction -> face(transaction, 10, "p10", "2026-11-20T11:00"));

        List<OracleAlert> alerts = new Scene()
                .register(transaction -> {
                    operator(transaction, "heir", "110105");
                    transaction.update("registry.operator", "op", row("successor_id", "heir"));
                    filingBy(transaction, "heir", "d1", "DEREGISTRATION", "2026-09-01", "110000");
                })
                .alerts(NOW, source);

        assertThat(of(alerts, "storage-reached"))
                .extracting(OracleAlert::trigger)
                .containsExactly("1");
        assertThat(episodes(alerts, "filing-overdue")).containsExactly("VIOLATION 2026-10-10 -");
    }

    @Test
    void whoeverIsNotCoveredHasNotFiled() {
        assertThat(overdue(transaction -> {
                    operator(transaction, "parent", "320100");
                    operator(transaction, "sister", "320100");
                    filingBy(
                            transaction,
                            "parent",
                            "f1",
                            "INITIAL",
                            "2026-09-01",
                            "320000",
                            "covers",
                            List.of("sister"));
                }))
                .containsExactly("VIOLATION 2026-10-10 -");
    }

    @Test
    void whoeverIsCoveredHasFiled() {
        assertThat(overdue(transaction -> {
                    operator(transaction, "parent", "320100");
                    filingBy(transaction, "parent", "f1", "INITIAL", "2026-09-01", "320000", "covers", List.of("op"));
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-05-20T09:00, 2025-07-14,",
        "2025-06-01T23:59, 2025-07-15, VIOLATION 2025-07-15 2025-07-15",
        "2025-06-02T00:00, 2025-07-14,"
    })
    void whoeverHadReachedBeforeTheMeasuresFilesByTheDayOfTheAnnouncement(
            String since, String submitted, String expected) {
        List<OracleAlert> alerts = new Scene()
                .register(transaction -> filing(transaction, "f1", "INITIAL", submitted))
                .alerts(NOW, stored(10, since, "2025-06-10T00:00"));

        assertThat(only(alerts, "storage-reached").dueOn()).isEqualTo(day("2025-07-14"));
        assertThat(episodes(alerts, "filing-overdue")).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "320000,            ,            , true",
        "110000,            ,            , false",
        "320000, 2026-09-02 ,            , false",
        "320000,            , 2026-09-02 , false",
        "320000, 2026-11-21 ,            , true"
    })
    void onlyADeregistrationThatStandsEndsACycle(String authority, String returned, String withdrawn, boolean ends) {
        List<OracleAlert> alerts = alerts(transaction -> {
            filingBy(
                    transaction,
                    "op",
                    "d1",
                    "DEREGISTRATION",
                    "2026-09-01",
                    authority,
                    "returned_on",
                    returned,
                    "withdrawn_on",
                    withdrawn);
            filing(transaction, "f1", "INITIAL", "2026-09-15");
        });

        // After the end the filing belongs to the next cycle; the duty of the first one was never met.
        assertThat(episodes(alerts, "filing-overdue")).isEqualTo(ends ? List.of("SUSPECTED 2026-10-10 -") : List.of());
    }

    @Test
    void theDayOfTheAnnouncementIsProvisionalUnderNoCalendar() {
        List<OracleAlert> alerts = new Scene()
                .register(
                        transaction -> transaction.update("registry.calendar_notice", "gov-2025", row("active", false)))
                .alerts(NOW, stored(10, "2025-05-20T09:00", "2025-05-25T00:00"));

        assertThat(only(alerts, "storage-reached").dueOn()).isEqualTo(day("2025-07-14"));
        assertThat(only(alerts, "storage-reached").provisional()).isFalse();
        assertThat(only(alerts, "filing-overdue").provisional()).isFalse();
    }

    @Test
    void aDeregistrationOfTomorrowEndsNothing() {
        SampleSource source = tenFaces();
        source.commit(shanghai("2026-11-20T13:00"), transaction -> face(transaction, 10, "p10", "2026-11-20T13:00"));

        List<OracleAlert> alerts = new Scene()
                .register(transaction -> {
                    filing(transaction, "f1", "INITIAL", "2026-09-15");
                    filing(transaction, "d1", "DEREGISTRATION", "2026-11-21");
                })
                .alerts(NOW, source);

        assertThat(of(alerts, "storage-reached"))
                .extracting(OracleAlert::trigger)
                .containsExactly("1");
    }

    @Test
    void whoeverReachesAgainAfterADeregistrationFilesAgain() {
        SampleSource again = Scene.faces("faces");
        again.snapshot(shanghai("2026-06-01T00:00"));
        again.commit(shanghai("2026-08-21T10:00"), transaction -> {
            for (int i = 0; i < 10; i++) {
                face(transaction, i, "p" + i, "2026-08-21T10:00");
            }
        });
        again.commit(shanghai("2026-09-10T10:00"), transaction -> face(transaction, 10, "p10", "2026-09-10T10:00"));
        Scene.beat(again, NOW);

        List<OracleAlert> alerts = new Scene()
                .register(transaction -> {
                    filing(transaction, "f1", "INITIAL", "2026-08-25");
                    filing(transaction, "d1", "DEREGISTRATION", "2026-09-01");
                })
                .alerts(NOW, again);

        // 11, 14-18, 20 (Sunday), 21-24, 28-30 September; 8-10, 12-16, 19-23, 26-28 October.
        assertThat(of(alerts, "storage-reached"))
                .extracting(OracleAlert::trigger, OracleAlert::openedAt, OracleAlert::dueOn)
                .containsExactly(
                        tuple("1", shanghai("2026-08-21T10:00"), day("2026-10-09")),
                        tuple("2", shanghai("2026-09-10T10:00"), day("2026-10-28")));
        assertThat(of(alerts, "filing-overdue"))
                .extracting(OracleAlert::trigger, OracleAlert::verdict)
                .containsExactly(tuple("2", "VIOLATION"));
    }
}
