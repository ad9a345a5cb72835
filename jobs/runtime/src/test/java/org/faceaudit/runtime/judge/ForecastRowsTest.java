package org.faceaudit.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.counting.OperatorCountsFixture;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.sink.AuditTable;
import org.junit.jupiter.api.Test;

class ForecastRowsTest {

    private static final Map<String, List<String>> SYSTEMS = Map.of("op", List.of("a", "b"));
    private static final Registry LAW = RegistryFixture.law().registry();
    private static final LegalDay FIRST = LegalDay.of(2026, 1, 10);
    private static final LegalDay TODAY = FIRST.plusDays(100);

    private final CaseFile file = new PersonFamily(SYSTEMS, SYSTEMS).open("op");

    @Test
    void forecastsRestOnTheDayBeforeTheOneThatIsKnownInPart() {
        grow();
        known("a", TODAY.start().plusSeconds(3_600));
        known("b", TODAY.start().plusSeconds(7_200));

        List<String> forecasts = forecasts();

        assertThat(forecasts).hasSize(2);
        assertThat(forecasts.get(0)).contains("\"as_of\":\"2026-03-31\"").contains("\"withheld_reason\":null");
        assertThat(forecasts.get(1))
                .contains("\"operator_id\":\"op\"", "\"as_of\":\"2026-04-19\"", "\"method\":\"local-linear-trend")
                .containsPattern("\"reaches_mid\":\"2026-05-2[2-5]\"")
                .containsPattern("\"last_filing_day\":\"2026-0[67]-\\d\\d\"");
    }

    @Test
    void theNextLegalDayBringsTheNextForecast() {
        grow();
        known("a", TODAY.start().plusSeconds(3_600));
        known("b", TODAY.start().plusSeconds(3_600));

        assertThat(forecasts()).hasSize(2).last().asString().contains("\"as_of\":\"2026-04-19\"");

        assertThat(known("a", TODAY.plusDays(1).start())).isTrue();
        assertThat(known("b", TODAY.plusDays(1).start())).isTrue();
        assertThat(forecasts()).hasSize(2).last().asString().contains("\"as_of\":\"2026-04-20\"");
    }

    @Test
    void whileOneSourceIsUnknownTheForecastIsWithheld() {
        grow();
        known("a", TODAY.start().plusSeconds(3_600));

        assertThat(forecasts())
                .singleElement()
                .asString()
                .contains("\"reaches_low\":null", "\"withheld_reason\":\"source-unknown\"");
    }

    private void grow() {
        OperatorCountsFixture counts = OperatorCountsFixture.counts("op").add(noon(FIRST), 80_000);
        for (int day = 1; day < 100; day++) {
            counts.add(noon(FIRST.plusDays(day)), 150);
        }
        counts.build()
                .days()
                .values()
                .forEach(sums -> sums.all().forEachRemaining(delta -> file.take(Fact.ofDay(delta))));
    }

    private static String noon(LegalDay day) {
        return day.start().plusSeconds(43_200).toString();
    }

    private boolean known(String system, Instant through) {
        return file.take(Fact.ofOperator(new SourceProgress("op", system, true, through, 1, 1, 0, 0, null)));
    }

    private List<String> forecasts() {
        return file.judge(LAW, TODAY.plusDays(2).start()).rows().stream()
                .filter(row -> row.table() == AuditTable.FORECAST)
                .map(row -> row.row(1, 1).json())
                .toList();
    }
}
