package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.change;
import static org.faceaudit.oracle.Scene.day;
import static org.faceaudit.oracle.Scene.episodes;
import static org.faceaudit.oracle.Scene.face;
import static org.faceaudit.oracle.Scene.filing;
import static org.faceaudit.oracle.Scene.filingBy;
import static org.faceaudit.oracle.Scene.of;
import static org.faceaudit.oracle.Scene.only;
import static org.faceaudit.oracle.Scene.operator;
import static org.faceaudit.oracle.Scene.stored;
import static org.faceaudit.oracle.Scene.use;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.util.List;
import java.util.function.Consumer;
import org.faceaudit.oracle.history.RegistrySource;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten persons since 2026-01-05; filed on 2026-01-20, accepted on 2026-01-28; changed on 2026-03-20: due on 2026-05-07. */
class ChangeOpinionTest {

    private static final String RULE = "change-filing-overdue";
    private static final String NOW = "2026-11-20T12:00";

    private static void filed(SampleSource.Transaction transaction) {
        filing(transaction, "f1", "INITIAL", "2026-01-20", "accepted_on", "2026-01-28");
    }

    private static SampleSource persons(int count) {
        return stored(count, "2026-01-05T09:00", "2026-06-01T00:00");
    }

    private static List<OracleAlert> alerts(String known, Consumer<SampleSource.Transaction> rows) {
        return new Scene().register(rows).alerts(known, persons(10));
    }

    /** What comes of the change of 20 March, besides what else is in the registry. */
    private static List<String> changed(Consumer<SampleSource.Transaction> rows) {
        return episodes(
                alerts(NOW, transaction -> {
                    change(transaction, "c1", "purpose", "2026-03-20");
                    rows.accept(transaction);
                }),
                RULE);
    }

    @Test
    void aChangeThatIsNeverFiledIsAViolationFromTheDayAfterTheLast() {
        OracleAlert alert = only(
                alerts("2026-05-08T00:00", transaction -> {
                    filed(transaction);
                    change(transaction, "c1", "purpose", "2026-03-20");
                }),
                RULE);

        assertThat(alert.alertId()).isEqualTo(AlertId.of(RULE, "op", "operator", "op", "c1"));
        assertThat(alert.trigger()).isEqualTo("c1");
        assertThat(alert.verdict()).isEqualTo("VIOLATION");
        assertThat(alert.status()).isEqualTo("OPEN");
        assertThat(alert.severity()).isEqualTo(4);
        assertThat(alert.dueOn()).isEqualTo(day("2026-05-07"));
        assertThat(alert.occurredOn()).isEqualTo(day("2026-05-08"));
        assertThat(alert.provisional()).isFalse();
        assertThat(alert.calendarVersion()).isEqualTo("gov-2025+gov-2026");
    }

    @Test
    void nothingIsSaidOnTheLastDay() {
        assertThat(of(
                        alerts("2026-05-07T23:59", transaction -> {
                            filed(transaction);
                            change(transaction, "c1", "purpose", "2026-03-20");
                        }),
                        RULE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # kind         | submitted  | returned   | authority | expected
            CHANGE         | 2026-05-07 |            | 320000    |
            CHANGE         | 2026-05-08 |            | 320000    | VIOLATION 2026-05-08 2026-05-08
            CHANGE         | 2026-03-20 |            | 320000    |
            CHANGE         | 2026-03-19 |            | 320000    | VIOLATION 2026-05-08 -
            CHANGE         | 2026-05-07 |            | 320500    | SUSPECTED 2026-05-08 -
            CHANGE         | 2026-05-07 | 2026-05-07 | 320000    | SUSPECTED 2026-05-08 -
            CHANGE         | 2026-05-07 | 2026-06-01 | 320000    | SUSPECTED 2026-06-02 -
            INITIAL        | 2026-05-07 |            | 320000    |
            DEREGISTRATION | 2026-05-07 |            | 320000    |
            """)
    void oneFilingClosesWhatChangedUpToItsDay(
            String kind, String submitted, String returned, String authority, String expected) {
        List<String> changed = changed(transaction -> {
            filed(transaction);
            filingBy(transaction, "op", "f2", kind, submitted, authority, "returned_on", returned);
        });

        assertThat(changed).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void everyChangeHasItsOwnClock() {
        List<OracleAlert> alerts = of(
                alerts(NOW, transaction -> {
                    filed(transaction);
                    change(transaction, "c1", "purpose", "2026-03-20");
                    change(transaction, "c2", "method", "2026-03-25");
                    change(transaction, "c3", "rules", "2026-04-10");
                    filing(transaction, "f2", "CHANGE", "2026-03-25");
                }),
                RULE);

        assertThat(alerts).extracting(OracleAlert::trigger).containsExactly("c3");
        assertThat(alerts.get(0).dueOn()).isEqualTo(day("2026-05-26"));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-20, VIOLATION", "2026-03-21, SUSPECTED", ", SUSPECTED"})
    void aChangeWhileTheFirstFilingIsPendingIsSuspected(String accepted, String verdict) {
        assertThat(changed(transaction -> filing(transaction, "f1", "INITIAL", "2026-01-20", "accepted_on", accepted)))
                .containsExactly(verdict + " 2026-05-08 -");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-19, 320000,           , 1",
        "2026-03-20, 320000,           , 0",
        "2026-03-21, 320000,           , 0",
        "2026-01-20, 320000, 2026-03-20, 0",
        "2026-01-20, 320000, 2026-03-21, 1"
    })
    void onlyWhoeverHadFiledBeforeTheChangeMustFileIt(
            String submitted, String authority, String withdrawn, int alerts) {
        assertThat(changed(transaction ->
                        filingBy(transaction, "op", "f1", "INITIAL", submitted, authority, "withdrawn_on", withdrawn)))
                .hasSize(alerts);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 320500,           , SUSPECTED",
        "10, 320000, 2026-01-28, SUSPECTED",
        "10, 320000, 2026-03-20, SUSPECTED",
        " 9, 320500,           , ",
        " 9, 320000, 2026-01-28, ",
        " 9, 320000, 2026-03-21, WARNING"
    })
    void aFirstFilingThatFailedIsATryOfWhoeverHadToFileAndNothingOfAVolunteer(
            int persons, String authority, String returned, String verdict) {
        List<OracleAlert> alerts = new Scene()
                .register(transaction -> {
                    filingBy(transaction, "op", "f1", "INITIAL", "2026-01-20", authority, "returned_on", returned);
                    change(transaction, "c1", "purpose", "2026-03-20");
                })
                .alerts(NOW, persons(persons));

        assertThat(episodes(alerts, RULE)).isEqualTo(verdict == null ? List.of() : List.of(verdict + " 2026-05-08 -"));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-20, VIOLATION", "2026-03-21, WARNING"})
    void whoeverReachesAfterTheChangeWasAVolunteerThen(String tenthOn, String verdict) {
        SampleSource source = Scene.faces("faces");
        source.unseen(transaction -> {
            for (int i = 0; i < 9; i++) {
                face(transaction, i, "p" + i, "2026-01-05T09:00");
            }
        });
        source.snapshot(Scene.shanghai("2026-02-01T00:00"));
        source.commit(
                Scene.shanghai(tenthOn + "T10:00"), transaction -> face(transaction, 9, "p9", tenthOn + "T10:00"));
        Scene.beat(source, NOW);
        List<OracleAlert> alerts = new Scene()
                .register(transaction -> {
                    filed(transaction);
                    change(transaction, "c1", "purpose", "2026-03-20");
                })
                .alerts(NOW, source);

        assertThat(episodes(alerts, RULE)).containsExactly(verdict + " 2026-05-08 -");
    }

    @ParameterizedTest
    @CsvSource({
        "purpose, VIOLATION",
        "scene, VIOLATION",
        "Purpose, VIOLATION",
        "Storage Location, VIOLATION",
        "storage_location, VIOLATION",
        "logo, WARNING",
        "purposes, WARNING",
        "handler, WARNING"
    })
    void aFieldThatIsNotListedHoweverItIsSpelledIsWorthAWarning(String field, String verdict) {
        List<OracleAlert> alerts = alerts(NOW, transaction -> {
            filed(transaction);
            change(transaction, "c1", field, "2026-03-20");
            transaction.insert(
                    "registry.parameter",
                    RegistrySource.parameter(
                            "change-filing-overdue.substantive.handler", "op", "0", "count", day("2025-06-01")));
        });

        assertThat(only(alerts, RULE).verdict()).isEqualTo(verdict);
    }

    @Test
    void whoeverFiledWithoutHavingToIsWarned() {
        Scene scene = new Scene().register(transaction -> {
            filed(transaction);
            change(transaction, "c1", "purpose", "2026-03-20");
        });

        assertThat(episodes(scene.alerts(NOW, persons(9)), RULE)).containsExactly("WARNING 2026-05-08 -");
    }

    @Test
    void whoeverPerhapsReachedIsSuspected() {
        SampleSource source = Scene.faces("faces");
        source.unseen(transaction -> {
            for (int i = 0; i < 10; i++) {
                face(transaction, i, i == 0 ? null : "p" + i, "2026-01-05T09:00");
            }
        });
        source.snapshot(Scene.shanghai("2026-02-01T00:00"));
        Scene.beat(source, "2026-11-20T13:00");
        Scene scene = new Scene().register(transaction -> {
            filed(transaction);
            change(transaction, "c1", "purpose", "2026-03-20");
        });

        assertThat(episodes(scene.alerts("2026-11-20T13:00", source), RULE)).containsExactly("SUSPECTED 2026-05-08 -");
    }

    @Test
    void oneEndedSceneOfSeveralIsAChange() {
        List<OracleAlert> alerts = alerts(NOW, transaction -> {
            filed(transaction);
            use(transaction, "u1", "2026-03-20");
            use(transaction, "u2", null);
        });

        assertThat(only(alerts, RULE).trigger()).isEqualTo("u1");
        assertThat(only(alerts, RULE).verdict()).isEqualTo("VIOLATION");
        assertThat(of(alerts, "deregistration-overdue")).isEmpty();
    }

    @Test
    void scenesThatEndOnTheSameLastDayAreNoChanges() {
        assertThat(of(
                        alerts(NOW, transaction -> {
                            filed(transaction);
                            use(transaction, "u1", "2026-03-20");
                            use(transaction, "u2", "2026-03-20");
                        }),
                        RULE))
                .isEmpty();
    }

    @Test
    void nothingBeforeTheMeasuresIsABreachAndNothingPlannedHasHappened() {
        assertThat(of(
                        alerts(NOW, transaction -> {
                            filing(transaction, "f1", "INITIAL", "2025-05-20", "accepted_on", "2025-05-22");
                            change(transaction, "c1", "purpose", "2025-05-31");
                            change(transaction, "c2", "purpose", "2026-11-21");
                        }),
                        RULE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CHANGE, 2026-05-07, 0",
        "INITIAL, 2026-03-20, 0",
        "CHANGE, 2026-03-19, 1",
        "DEREGISTRATION, 2026-05-07, 1"
    })
    void aSuccessorFilesTheChangeOfWhomItTookOverFrom(String kind, String submitted, int alerts) {
        assertThat(changed(transaction -> {
                    filed(transaction);
                    operator(transaction, "heir", "110105");
                    transaction.update("registry.operator", "op", row("successor_id", "heir"));
                    filingBy(transaction, "heir", "f2", kind, submitted, "110000");
                }))
                .hasSize(alerts);
    }
}
