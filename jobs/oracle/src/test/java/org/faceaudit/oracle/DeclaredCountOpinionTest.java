package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
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

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Twenty persons since 2026-01-05, first looked at on 2026-02-01. */
class DeclaredCountOpinionTest {

    private static final String RULE = "declared-count-mismatch";
    private static final String NOW = "2026-11-20T12:00";

    private static SampleSource twenty() {
        return stored(20, "2026-01-05T09:00", "2026-02-01T00:00");
    }

    private static List<OracleAlert> alerts(Consumer<SampleSource.Transaction> rows) {
        return of(new Scene().register(rows).alerts(NOW, twenty()), RULE);
    }

    @ParameterizedTest
    @CsvSource({"19, false", "18, true", "20, false", "21, false", "22, true", "0, true", "9000000000000000000, true"})
    void anythingFromNineteenToTwentyOneFitsTwenty(String declared, boolean mismatch) {
        List<OracleAlert> alerts = alerts(transaction ->
                filing(transaction, "f1", "INITIAL", "2026-03-02", "declared_persons", Long.valueOf(declared)));

        assertThat(alerts).hasSize(mismatch ? 1 : 0);
        if (mismatch) {
            OracleAlert alert = alerts.get(0);
            assertThat(alert.alertId()).isEqualTo(AlertId.of(RULE, "op", "operator", "op", "f1"));
            assertThat(alert.verdict()).isEqualTo("SUSPECTED");
            assertThat(alert.severity()).isEqualTo(3);
            assertThat(alert.occurredOn()).isEqualTo(day("2026-03-02"));
            assertThat(alert.openedAt()).isEqualTo(shanghai("2026-03-02T00:00"));
            assertThat(alert.measured()).isEqualTo(new BigDecimal(declared));
            assertThat(alert.threshold()).isEqualTo(BigDecimal.valueOf(20));
            assertThat(alert.dueOn()).isNull();
            assertThat(alert.calendarVersion()).isNull();
        }
    }

    @Test
    void theToleranceOfAHundredThousandIsFiveThousand() {
        Scene scene = new Scene().registerAs(null, transaction -> {
            filing(transaction, "f1", "INITIAL", "2026-03-02", "declared_persons", 95_000);
            filing(transaction, "f2", "CHANGE", "2026-03-03", "declared_persons", 94_999);
            filing(transaction, "f3", "CHANGE", "2026-03-04", "declared_persons", 105_000);
            filing(transaction, "f4", "CHANGE", "2026-03-05", "declared_persons", 105_001);
        });

        List<OracleAlert> alerts = scene.alerts(NOW, stored(100_000, "2026-01-05T09:00", "2026-02-01T00:00"));

        assertThat(of(alerts, RULE)).extracting(OracleAlert::trigger).containsExactly("f2", "f4");
        // 2026-01-05 is a Monday; its last day is a working Saturday.
        assertThat(only(alerts, "storage-reached").dueOn()).isEqualTo(day("2026-02-14"));
    }

    @Test
    void ninetyNineThousandNineHundredAndNinetyNineIsNotReached() {
        List<OracleAlert> alerts = new Scene()
                .registerAs(null, transaction -> {})
                .alerts(NOW, stored(99_999, "2026-01-05T09:00", "2026-02-01T00:00"));

        assertThat(alerts)
                .filteredOn(alert -> alert.operator().equals("op"))
                .extracting(OracleAlert::ruleId)
                .containsExactly("storage-approaching");
    }

    @Test
    void whatIsStoredAtTheEndOfTheDayOfSubmissionCounts() {
        SampleSource source = faces("faces");
        source.snapshot(shanghai("2026-02-01T00:00"));
        source.commit(shanghai("2026-03-02T23:59"), transaction -> face(transaction, 1, "a", "2026-03-02T10:00"));
        source.commit(shanghai("2026-03-03T00:00"), transaction -> face(transaction, 2, "b", "2026-03-02T10:00"));
        beat(source, NOW);

        assertThat(of(
                        new Scene()
                                .register(transaction -> {
                                    filing(transaction, "f1", "INITIAL", "2026-03-01", "declared_persons", 0);
                                    filing(transaction, "f2", "CHANGE", "2026-03-02", "declared_persons", 1);
                                    filing(transaction, "f3", "CHANGE", "2026-03-03", "declared_persons", 2);
                                    filing(transaction, "f4", "DEREGISTRATION", "2026-03-04", "declared_persons", 9);
                                })
                                .alerts(NOW, source),
                        RULE))
                .isEmpty();
    }

    @Test
    void aNewerFilingThatFitsResolves() {
        List<OracleAlert> alerts = alerts(transaction -> {
            filing(transaction, "f1", "INITIAL", "2026-03-02", "declared_persons", 10);
            filing(transaction, "f2", "CHANGE", "2026-04-02", "declared_persons", 30);
            filing(transaction, "f3", "CHANGE", "2026-05-02", "declared_persons", null);
            filing(transaction, "f4", "CHANGE", "2026-06-02", "declared_persons", 20);
        });

        assertThat(alerts).extracting(OracleAlert::trigger).containsExactly("f1", "f2");
        assertThat(episodes(alerts, RULE))
                .containsExactly("SUSPECTED 2026-03-02 2026-06-02", "SUSPECTED 2026-04-02 2026-06-02");
    }

    @ParameterizedTest
    @CsvSource({"2026-03-02, ", "2026-03-09, SUSPECTED 2026-03-02 2026-03-09", "2026-11-21, SUSPECTED 2026-03-02 -"})
    void whatIsTakenBackIsDeclaredNoMore(String withdrawn, String expected) {
        List<OracleAlert> alerts = alerts(transaction ->
                filing(transaction, "f1", "INITIAL", "2026-03-02", "declared_persons", 10, "withdrawn_on", withdrawn));

        assertThat(episodes(alerts, RULE)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-19, 1", "2026-11-20, 0", "2026-11-21, 0"})
    void nothingIsSaidOfADayThatIsNotOver(String submitted, int alerts) {
        assertThat(alerts(transaction -> filing(transaction, "f1", "INITIAL", submitted, "declared_persons", 100)))
                .hasSize(alerts);
    }

    @Test
    void beforeTheFirstLookTooManyCannotBeSaidButTooFewCan() {
        assertThat(alerts(transaction -> {
                    filing(transaction, "f1", "INITIAL", "2026-01-20", "declared_persons", 100);
                    filing(transaction, "f2", "INITIAL", "2026-01-21", "declared_persons", 10);
                }))
                .extracting(OracleAlert::trigger)
                .containsExactly("f2");
    }

    @Test
    void anythingBetweenLowAndHighFits() {
        SampleSource source = twenty();
        source.commit(shanghai("2026-11-20T12:30"), transaction -> {
            for (int i = 20; i < 40; i++) {
                face(transaction, i, null, "2026-03-02T10:00");
            }
        });
        beat(source, "2026-11-21T12:00");
        Scene scene = new Scene().register(transaction -> {
            filing(transaction, "f1", "INITIAL", "2026-11-20", "declared_persons", 19);
            filing(transaction, "f2", "CHANGE", "2026-11-20", "declared_persons", 42);
            filing(transaction, "f3", "CHANGE", "2026-11-20", "declared_persons", 43);
        });

        assertThat(of(scene.alerts("2026-11-21T12:00", source), RULE))
                .extracting(OracleAlert::trigger, OracleAlert::threshold)
                .containsExactly(tuple("f3", BigDecimal.valueOf(40)));
    }

    @Test
    void aFilingForOthersTooMayDeclareTheirPersons() {
        assertThat(alerts(transaction -> {
                    operator(transaction, "sister", "320100");
                    filing(
                            transaction,
                            "f1",
                            "INITIAL",
                            "2026-03-02",
                            "declared_persons",
                            500,
                            "covers",
                            List.of("sister"));
                    filing(
                            transaction,
                            "f2",
                            "INITIAL",
                            "2026-03-03",
                            "declared_persons",
                            18,
                            "covers",
                            List.of("sister"));
                    filingBy(
                            transaction,
                            "sister",
                            "f3",
                            "INITIAL",
                            "2026-03-04",
                            "320000",
                            "declared_persons",
                            1,
                            "covers",
                            List.of("op"));
                }))
                .extracting(OracleAlert::trigger)
                .containsExactly("f2");
    }
}
