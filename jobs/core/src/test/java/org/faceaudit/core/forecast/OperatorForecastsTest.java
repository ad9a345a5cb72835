package org.faceaudit.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.counting.PersonCountDay;
import org.faceaudit.core.judgement.ClockStanding;
import org.faceaudit.core.judgement.ClockState;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;

class OperatorForecastsTest {

    private static final LegalDay FIRST = LegalDay.of(2026, 1, 10);
    private static final Registry LAW = RegistryFixture.law().registry();

    private final OperatorForecasts forecasts = new OperatorForecasts("op");

    @Test
    void growthGivesAnIntervalAndTheFilingDayOfItsEarlyEnd() {
        Forecast newest = newest(grown(100, 80_000, 150));

        assertThat(newest.withheld()).isNull();
        assertThat(newest.asOf()).isEqualTo(FIRST.plusDays(99));
        // 5,150 are missing on 2026-04-19: 34 and a third days.
        assertThat(newest.reachesMid()).isBetween(LegalDay.of(2026, 5, 22), LegalDay.of(2026, 5, 25));
        assertThat(newest.reachesLow()).isBetween(LegalDay.of(2026, 5, 18), newest.reachesMid());
        assertThat(newest.reachesHigh()).isBetween(newest.reachesMid(), LegalDay.of(2026, 5, 29));
        assertThat(newest.lastFilingDay())
                .isEqualTo(
                        LAW.calendar().workingDaysAfter(newest.reachesLow(), 30).dueOn());
        assertThat(newest.method())
                .isEqualTo("local-linear-trend first passage v1; weeks; interval 80 %; history 56-364 d;"
                        + " horizon 730 d; yearly change 30 %");
    }

    @Test
    void pastMonthEndsAreKeptWhereAForecastCouldBeGiven() {
        assertThat(all(grown(100, 80_000, 150), List.of(), LAW))
                .extracting(Forecast::asOf)
                .containsExactly(LegalDay.of(2026, 3, 31), FIRST.plusDays(99));
    }

    @Test
    void aPastForecastIsTheOneThatWasNewestThen() {
        List<PersonCountDay> history = grown(100, 80_000, 150);

        Forecast past = all(history, List.of(), LAW).get(0);
        List<PersonCountDay> then = history.subList(0, past.asOf().epochDay() - FIRST.epochDay() + 1);

        assertThat(new OperatorForecasts("op").asOf(past.asOf(), true, then, List.of(), LAW))
                .last()
                .isEqualTo(past);
    }

    @Test
    void fiftySixDaysAreEnoughAndOneLessIsNot() {
        assertThat(newest(grown(57, 80_000, 150)).withheld()).isNull();
        assertThat(newest(grown(56, 80_000, 150)).withheld()).isEqualTo(Withheld.HISTORY_TOO_SHORT);
    }

    @Test
    void aPolicyThatAsksForNoHistoryAndAThresholdThatNobodyReachesStopNothing() {
        Registry odd = RegistryFixture.law()
                .parameter("forecast.minimum-history", "op", "0", "days", "2026-01-01")
                .registry();
        for (int days : List.of(1, 8, 21)) {
            assertThat(all(grown(days, 80_000, 150), List.of(), odd))
                    .last()
                    .extracting(Forecast::withheld)
                    .isEqualTo(Withheld.HISTORY_TOO_SHORT);
        }
        assertThat(all(grown(22, 80_000, 150), List.of(), odd))
                .last()
                .extracting(Forecast::withheld)
                .isNull();

        Registry far = RegistryFixture.law()
                .parameter("storage-reached.threshold", "op", "999999999999999", "persons", "2026-01-01")
                .registry();
        assertThat(all(grown(100, 80_000, 150), List.of(), far))
                .last()
                .extracting(Forecast::withheld)
                .isEqualTo(Withheld.BEYOND_HORIZON);
    }

    @Test
    void anOlderStoreThatCameAtOnceIsNoGrowth() {
        List<PersonCountDay> history = grown(100, 60_000, 0);

        assertThat(newest(history).withheld()).isEqualTo(Withheld.NOT_GROWING);
    }

    @Test
    void whatIsFarBeyondTheHorizonIsNotInvented() {
        assertThat(newest(grown(100, 1_000, 1)).withheld()).isEqualTo(Withheld.BEYOND_HORIZON);

        Forecast late = newest(grown(200, 30_000, 78));
        assertThat(late.reachesLow()).isNotNull();
        assertThat(late.lastFilingDay()).isNotNull();
        assertThat(late.reachesHigh()).isNull();
    }

    @Test
    void inexactCountsWithholdAndShortenTheHistory() {
        List<PersonCountDay> history = grown(100, 80_000, 150);
        history.set(99, day(99, 90_000, 90_001));
        assertThat(newest(history).withheld()).isEqualTo(Withheld.INEXACT_COUNTS);

        history = grown(100, 80_000, 150);
        history.set(43, day(43, 80_000, 90_000));
        assertThat(newest(history).withheld()).isEqualTo(Withheld.HISTORY_TOO_SHORT);
        history = grown(100, 80_000, 150);
        history.set(42, day(42, 80_000, 90_000));
        assertThat(newest(history).withheld()).isNull();
    }

    @Test
    void aReachedThresholdIsNotForecastUntilItsCycleHasEnded() {
        List<PersonCountDay> history = grown(100, 80_000, 150);
        ClockState reached = clock(LegalDay.of(2026, 2, 1), LegalDay.of(2026, 2, 1));

        assertThat(all(history, List.of(reached), LAW))
                .singleElement()
                .extracting(Forecast::withheld)
                .isEqualTo(Withheld.ALREADY_REACHED);
        assertThat(all(history, List.of(clock(LegalDay.of(2026, 2, 1), null)), LAW))
                .singleElement()
                .extracting(Forecast::withheld)
                .isEqualTo(Withheld.POSSIBLY_REACHED);
        Registry deregistered =
                RegistryFixture.law().deregistration("d", "op", "2026-02-20").registry();
        assertThat(all(history, List.of(reached), deregistered))
                .last()
                .satisfies(each -> assertThat(each.withheld()).isNull());
        assertThat(all(grown(100, 90_000, 101), List.of(), LAW))
                .last()
                .extracting(Forecast::withheld)
                .isNull();
        assertThat(all(grown(100, 90_000, 102), List.of(), LAW))
                .last()
                .extracting(Forecast::withheld)
                .isEqualTo(Withheld.ALREADY_REACHED);
    }

    @Test
    void nothingIsSaidWhileASourceIsUnknownOrBeforeTheFirstRecord() {
        List<PersonCountDay> history = grown(100, 80_000, 150);

        assertThat(forecasts.asOf(FIRST.plusDays(99), false, history, List.of(), LAW))
                .singleElement()
                .extracting(Forecast::withheld)
                .isEqualTo(Withheld.SOURCE_UNKNOWN);
        assertThat(forecasts.asOf(FIRST.plusDays(-1), true, history, List.of(), LAW))
                .isEmpty();
        assertThat(forecasts.asOf(FIRST, true, List.of(), List.of(), LAW)).isEmpty();
    }

    @Test
    void theThresholdAndTheTermsAreThoseOfTheDay() {
        Registry stricter = RegistryFixture.law()
                .parameter("storage-reached.threshold", "op", "96000", "persons", "2026-04-19")
                .parameter("forecast.horizon", "*", "3", "days", "2026-04-19")
                .registry();

        List<Forecast> all = all(grown(100, 80_000, 150), List.of(), stricter);

        assertThat(all.get(0).reachesMid()).isGreaterThan(LegalDay.of(2026, 5, 20));
        assertThat(all.get(1).withheld()).isEqualTo(Withheld.BEYOND_HORIZON);
    }

    private Forecast newest(List<PersonCountDay> history) {
        List<Forecast> all = all(history, List.of(), LAW);
        return all.get(all.size() - 1);
    }

    private List<Forecast> all(List<PersonCountDay> history, List<ClockState> clocks, Registry registry) {
        List<Forecast> all = forecasts.asOf(FIRST.plusDays(history.size() - 1), true, history, clocks, registry);
        assertThat(forecasts.asOf(FIRST.plusDays(history.size() - 1), true, history, clocks, registry))
                .as("what is remembered is what is computed")
                .isEqualTo(all);
        return all;
    }

    private static List<PersonCountDay> grown(int days, long first, long perDay) {
        List<PersonCountDay> history = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            history.add(day(day, first + day * perDay, first + day * perDay));
        }
        return history;
    }

    private static PersonCountDay day(int day, long low, long high) {
        return new PersonCountDay("op", FIRST.plusDays(day), low, high, low == high, high, 0, 0, 0);
    }

    private static ClockState clock(LegalDay low, LegalDay high) {
        return new ClockState(
                "op", "FILING", "1", low, high, "exact", low, low, ClockStanding.RUNNING, null, "c", false, null);
    }
}
