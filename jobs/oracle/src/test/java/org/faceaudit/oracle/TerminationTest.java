package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.beat;
import static org.faceaudit.oracle.Scene.day;
import static org.faceaudit.oracle.Scene.episodes;
import static org.faceaudit.oracle.Scene.face;
import static org.faceaudit.oracle.Scene.faces;
import static org.faceaudit.oracle.Scene.filing;
import static org.faceaudit.oracle.Scene.filingBy;
import static org.faceaudit.oracle.Scene.of;
import static org.faceaudit.oracle.Scene.only;
import static org.faceaudit.oracle.Scene.operator;
import static org.faceaudit.oracle.Scene.shanghai;
import static org.faceaudit.oracle.Scene.stored;
import static org.faceaudit.oracle.Scene.use;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten persons since 2026-01-05, filed on 2026-01-20, all use ended on 2026-03-20: to be deregistered by 2026-05-07, faces to
 * be gone fifteen days after the end, by 2026-04-04.
 */
class TerminationTest {

    private static final String DEREGISTRATION = "deregistration-overdue";
    private static final String FACES = "faces-after-termination";
    private static final String NOW = "2026-11-20T12:00";

    private static Consumer<SampleSource.Transaction> filedAndEnded() {
        return transaction -> {
            filing(transaction, "f1", "INITIAL", "2026-01-20");
            use(transaction, "u1", "2026-03-20");
        };
    }

    private static List<OracleAlert> alerts(int persons, Consumer<SampleSource.Transaction> rows) {
        return new Scene().register(rows).alerts(NOW, stored(persons, "2026-01-05T09:00", "2026-02-01T00:00"));
    }

    @Test
    void whoeverNeverDeregistersIsInBreachFromTheDayAfterTheLast() {
        OracleAlert alert = only(alerts(10, filedAndEnded()), DEREGISTRATION);

        assertThat(alert.alertId()).isEqualTo(AlertId.of(DEREGISTRATION, "op", "operator", "op", "u1"));
        assertThat(alert.verdict()).isEqualTo("VIOLATION");
        assertThat(alert.severity()).isEqualTo(4);
        assertThat(alert.dueOn()).isEqualTo(day("2026-05-07"));
        assertThat(alert.occurredOn()).isEqualTo(day("2026-05-08"));
        assertThat(alert.resolvedAt()).isNull();
        assertThat(alert.calendarVersion()).isEqualTo("gov-2025+gov-2026");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # submitted | returned   | withdrawn  | authority | expected
            2026-05-07  |            |            | 320000    |
            2026-05-08  |            |            | 320000    | VIOLATION 2026-05-08 2026-05-08
            2026-05-07  |            |            | 110000    | SUSPECTED 2026-05-08 -
            2026-05-07  | 2026-05-07 |            | 320000    | SUSPECTED 2026-05-08 -
            2026-05-07  | 2026-06-01 |            | 320000    | SUSPECTED 2026-06-02 -
            2026-04-07  |            | 2026-05-07 | 320000    | VIOLATION 2026-05-08 -
            2026-11-21  |            |            | 320000    | VIOLATION 2026-05-08 -
            """)
    void onTimeIsWhatStandsAtTheEndOfTheLastDay(
            String submitted, String returned, String withdrawn, String authority, String expected) {
        List<OracleAlert> alerts = alerts(
                10,
                filedAndEnded()
                        .andThen(transaction -> filingBy(
                                transaction,
                                "op",
                                "d1",
                                "DEREGISTRATION",
                                submitted,
                                authority,
                                "returned_on",
                                returned,
                                "withdrawn_on",
                                withdrawn)));

        assertThat(episodes(alerts, DEREGISTRATION)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 2026-01-20, VIOLATION",
        "10, 2026-03-20, VIOLATION",
        "10, 2026-03-21, VIOLATION",
        "10, 2026-05-07, VIOLATION",
        "10, 2026-05-08, SUSPECTED",
        "10,           , SUSPECTED",
        " 9, 2026-01-20, WARNING",
        " 9,           , "
    })
    void theVerdictDependsOnWhetherFilingWasAnyDuty(int persons, String filedOn, String verdict) {
        List<OracleAlert> alerts = alerts(persons, transaction -> {
            use(transaction, "u1", "2026-03-20");
            if (filedOn != null) {
                filing(transaction, "f1", "INITIAL", filedOn);
            }
        });

        assertThat(episodes(alerts, DEREGISTRATION))
                .isEqualTo(verdict == null ? List.of() : List.of(verdict + " 2026-05-08 -"));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-20, VIOLATION", "2026-03-21, WARNING"})
    void whoeverReachesAfterTheEndWasAVolunteerThen(String tenthOn, String verdict) {
        SampleSource source = faces("faces");
        source.unseen(transaction -> {
            for (int i = 0; i < 9; i++) {
                face(transaction, i, "p" + i, "2026-01-05T09:00");
            }
        });
        source.snapshot(shanghai("2026-02-01T00:00"));
        source.commit(shanghai(tenthOn + "T10:00"), transaction -> face(transaction, 9, "p9", tenthOn + "T10:00"));
        beat(source, NOW);

        assertThat(episodes(new Scene().register(filedAndEnded()).alerts(NOW, source), DEREGISTRATION))
                .containsExactly(verdict + " 2026-05-08 -");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # kind         | submitted  | names | expected
            CHANGE         | 2026-03-19 | false | SUSPECTED 2026-05-08 -
            CHANGE         | 2026-03-20 | false |
            CHANGE         | 2026-03-20 | true  |
            DEREGISTRATION | 2026-05-07 | false |
            INITIAL        | 2026-05-09 | false | SUSPECTED 2026-05-08 2026-05-09
            INITIAL        | 2026-05-09 | true  | SUSPECTED 2026-05-08 2026-05-09
            """)
    void aSuccessorMayGoOnAndWhatItFilesFromTheEndOnClosesTheMatter(
            String kind, String submitted, boolean names, String expected) {
        List<OracleAlert> alerts = alerts(10, filedAndEnded().andThen(transaction -> {
            operator(transaction, "heir", "110105");
            transaction.update("registry.operator", "op", row("successor_id", "heir"));
            filingBy(transaction, "heir", "f2", kind, submitted, "110000", "covers", names ? List.of("op") : List.of());
        }));

        assertThat(episodes(alerts, DEREGISTRATION)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-10, 2026-03-20, u2",
        "2026-03-20, 2026-03-10, u1",
        "2026-03-20, 2026-03-20, u2",
        "2026-03-20,           , ",
        "2026-03-20, 2026-11-21, "
    })
    void useHasEndedWhenEveryUseHas(String first, String second, String trigger) {
        List<OracleAlert> alerts = of(
                alerts(10, transaction -> {
                    filing(transaction, "f1", "INITIAL", "2026-01-20");
                    use(transaction, "u1", first);
                    use(transaction, "u2", second);
                }),
                DEREGISTRATION);

        assertThat(alerts).extracting(OracleAlert::trigger).isEqualTo(trigger == null ? List.of() : List.of(trigger));
    }

    @Test
    void anEndBeforeTheMeasuresIsNoDutyButFacesOfThatTimeAreStillThere() {
        List<OracleAlert> alerts = new Scene()
                .register(transaction -> use(transaction, "u1", "2025-04-20"))
                .alerts(NOW, stored(10, "2025-03-01T09:00", "2025-05-01T00:00"));

        assertThat(of(alerts, DEREGISTRATION)).isEmpty();
        assertThat(episodes(alerts, FACES)).containsExactly("WARNING 2025-06-01 -");
        assertThat(only(alerts, FACES).dueOn()).isEqualTo(day("2025-05-05"));
    }

    @Test
    void facesAreWarnedOfAfterTheDaysForDeletion() {
        OracleAlert alert = only(alerts(10, filedAndEnded()), FACES);

        assertThat(alert.verdict()).isEqualTo("WARNING");
        assertThat(alert.trigger()).isEqualTo("u1");
        assertThat(alert.severity()).isEqualTo(2);
        assertThat(alert.dueOn()).isEqualTo(day("2026-04-04"));
        assertThat(alert.openedAt()).isEqualTo(shanghai("2026-04-05T00:00"));
        assertThat(alert.measured()).isEqualTo(BigDecimal.TEN);
        assertThat(alert.unit()).isEqualTo("persons");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-25, VIOLATION 2026-03-26 -, 2026-03-25",
        "2026-04-04, VIOLATION 2026-04-05 -, 2026-04-04",
        "2026-04-20, VIOLATION 2026-04-05 -, 2026-04-04",
        "2026-11-20, WARNING 2026-04-05 -,   2026-04-04",
        "2026-11-21, WARNING 2026-04-05 -,   2026-04-04"
    })
    void facesAreABreachAfterTheDeregistration(String deregistered, String expected, String due) {
        OracleAlert alert = only(
                alerts(
                        10,
                        filedAndEnded()
                                .andThen(transaction -> filing(transaction, "d1", "DEREGISTRATION", deregistered))),
                FACES);

        assertThat(episodes(List.of(alert), FACES)).containsExactly(expected);
        assertThat(alert.dueOn()).isEqualTo(day(due));
    }

    @ParameterizedTest
    @CsvSource({
        "          ,            , VIOLATION 2026-03-21 -, 2026-03-20",
        "2026-03-11,            , WARNING 2026-04-05 -,   2026-04-04",
        "2026-04-20,            , WARNING 2026-04-05 -,   2026-04-04",
        "2026-03-11, 2026-03-12 , VIOLATION 2026-03-21 -, 2026-03-20",
        "2026-11-21,            , VIOLATION 2026-03-21 -, 2026-03-20"
    })
    void whoeverDeregisteredBeforeTheEndAndDidNotFileAgainIsDeregistered(
            String filedAgain, String withdrawn, String expected, String due) {
        OracleAlert alert = only(
                alerts(10, filedAndEnded().andThen(transaction -> {
                    filing(transaction, "d1", "DEREGISTRATION", "2026-03-10");
                    if (filedAgain != null) {
                        filing(transaction, "f2", "INITIAL", filedAgain, "withdrawn_on", withdrawn);
                    }
                })),
                FACES);

        assertThat(episodes(List.of(alert), FACES)).containsExactly(expected);
        assertThat(alert.dueOn()).isEqualTo(day(due));
    }

    @Test
    void facesOfWhomNoGroupKnowsAreAsManyPersonsAsRecordsAndOthersAreNotAddedUp() {
        SampleSource source = faces("faces");
        source.unseen(transaction -> {
            face(transaction, 1, "a", "2026-01-05T09:00");
            face(transaction, 2, null, "2026-01-05T09:00");
            face(transaction, 3, null, "2026-01-05T09:00");
        });
        source.snapshot(shanghai("2026-02-01T00:00"));
        source.commit(shanghai("2026-02-10T10:00"), transaction -> transaction.delete("public.face", "1"));
        source.commit(shanghai("2026-06-01T10:00"), transaction -> transaction.delete("public.face", "2"));
        beat(source, NOW);

        OracleAlert alert = only(new Scene().register(filedAndEnded()).alerts(NOW, source), FACES);

        assertThat(episodes(List.of(alert), FACES)).containsExactly("WARNING 2026-04-05 -");
        assertThat(alert.measured()).isEqualTo(BigDecimal.ONE);
    }

    @Test
    void facesThatAreGoneResolveAndNewOnesAreTheNextEpisode() {
        SampleSource source = faces("faces");
        source.unseen(transaction -> {
            face(transaction, 1, "a", "2026-01-05T09:00");
            face(transaction, 2, "b", "2026-01-05T09:00");
        });
        source.snapshot(shanghai("2026-02-01T00:00"));
        source.commit(shanghai("2026-04-10T10:00"), transaction -> transaction.delete("public.face", "1"));
        source.commit(shanghai("2026-04-11T10:00"), transaction -> transaction.delete("public.face", "2"));
        source.commit(shanghai("2026-06-01T10:00"), transaction -> face(transaction, 3, "c", "2026-06-01T10:00"));
        beat(source, NOW);

        List<OracleAlert> alerts = new Scene()
                .register(filedAndEnded()
                        .andThen(transaction -> filing(transaction, "d1", "DEREGISTRATION", "2026-05-01")))
                .alerts(NOW, source);

        assertThat(episodes(alerts, FACES))
                .containsExactly("WARNING 2026-04-05 2026-04-11T10:00", "VIOLATION 2026-06-01T10:00 -");
        assertThat(of(alerts, FACES))
                .extracting(OracleAlert::measured)
                .containsExactly(BigDecimal.valueOf(2), BigDecimal.ONE);
    }

    /** One person in a source that is silent after an instant. */
    private static SampleSource heardLast(String at) {
        SampleSource source = faces("faces");
        source.unseen(transaction -> face(transaction, 1, "a", "2026-01-05T09:00"));
        source.snapshot(shanghai("2026-02-01T00:00"));
        beat(source, at);
        return source;
    }

    private static SampleSource empty() {
        SampleSource empty = faces("branch");
        empty.snapshot(shanghai("2026-02-01T00:00"));
        beat(empty, NOW);
        return empty;
    }

    @ParameterizedTest
    @CsvSource({"2026-04-30T23:59, WARNING", "2026-05-01T00:00, VIOLATION"})
    void whetherASilentSourceStillHoldsAnybodyAfterTheDeregistrationNobodyCanSay(String lastHeard, String verdict) {
        assertThat(episodes(
                        new Scene()
                                .register(filedAndEnded()
                                        .andThen(transaction ->
                                                filing(transaction, "d1", "DEREGISTRATION", "2026-04-30")))
                                .alerts(NOW, heardLast(lastHeard), empty()),
                        FACES))
                .containsExactly(verdict + " 2026-04-05 -");
    }

    @ParameterizedTest
    @CsvSource({"2026-04-04T23:59, 0", "2026-04-05T00:00, 1"})
    void aSourceThatIsSilentBeforeMayHaveDeletedEverything(String lastHeard, int alerts) {
        assertThat(of(new Scene().register(filedAndEnded()).alerts(NOW, heardLast(lastHeard), empty()), FACES))
                .hasSize(alerts);
    }

    private static List<String> tried(String known, String... attempts) {
        GymDoors gym = new GymDoors();
        for (String attempt : attempts) {
            gym.tries(attempt.substring(0, 16), "gate", attempt.substring(17));
        }
        return episodes(
                gym.known(
                        known,
                        new Scene()
                                .register(filedAndEnded()
                                        .andThen(transaction ->
                                                filing(transaction, "d1", "DEREGISTRATION", "2026-04-30")))),
                FACES);
    }

    @Test
    void aFaceThatIsTriedCountsToTheEndOfItsDay() {
        assertThat(tried("2026-05-20T12:00", "2026-04-04T10:00 - face passed", "2026-04-06T10:00 - face failed"))
                .containsExactly("WARNING 2026-04-06T10:00 2026-04-07");
        assertThat(tried("2026-05-20T12:00", "2026-05-01T10:00 - face passed"))
                .containsExactly("VIOLATION 2026-05-01T10:00 2026-05-02");
    }

    @Test
    void daysInARowAreOneEpisodeThatBecomesAViolationWithTheDeregistration() {
        assertThat(tried("2026-05-20T12:00", "2026-04-29T10:00 - face passed", "2026-04-30T20:00 - face passed"))
                .containsExactly("WARNING 2026-04-29T10:00 2026-05-01");
        assertThat(tried("2026-05-20T12:00", "2026-04-30T10:00 - face passed", "2026-05-01T20:00 - face passed"))
                .containsExactly("VIOLATION 2026-04-30T10:00 2026-05-02");
        assertThat(tried("2026-05-20T12:00", "2026-05-02T10:00 - face passed", "2026-05-04T20:00 - face passed"))
                .containsExactly("VIOLATION 2026-05-02T10:00 2026-05-03", "VIOLATION 2026-05-04T20:00 2026-05-05");
    }

    @Test
    void thatNoneIsTriedAnyMoreIsSaidAfterAWholeDayWithout() {
        assertThat(tried("2026-05-02T23:59", "2026-05-01T10:00 - face passed"))
                .containsExactly("VIOLATION 2026-05-01T10:00 -");
        assertThat(tried("2026-05-03T00:00", "2026-05-01T10:00 - face passed"))
                .containsExactly("VIOLATION 2026-05-01T10:00 2026-05-02");
    }

    @Test
    void otherMethodsAreNoFaces() {
        assertThat(tried("2026-05-20T12:00", "2026-05-01T10:00 - card passed", "2026-05-01T10:01 - sauna? passed"))
                .isEmpty();
    }
}
