package org.faceaudit.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.CountSeries;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.runtime.fact.DayLook;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.RowDraft;
import org.junit.jupiter.api.Test;

class PersonFamilyTest {

    private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T16:00:00Z");

    private final CaseFile file = new PersonFamily(
                    Map.of("op", List.of("face", "gate", "door")), Map.of("op", List.of("face", "gate")))
            .open("op");

    @Test
    void progressMattersOncePastAChangeOfTheCountsOrADay() {
        persons("face", NOON, 3);
        progress("face", NOON.minusSeconds(60));
        progress("gate", NOON.plusSeconds(60));
        judge();

        assertThat(progress("face", NOON.minusSeconds(30))).isFalse();
        assertThat(progress("face", NOON)).as("the change").isTrue();
        judge();
        assertThat(progress("face", NOON.plusSeconds(30))).isFalse();
        assertThat(progress("gate", MIDNIGHT.minusSeconds(1))).isFalse();
        assertThat(progress("gate", MIDNIGHT)).as("the end of the day").isTrue();
    }

    @Test
    void aSilentSourceDoesNotStopTheDaysOfTheOthers() {
        persons("face", NOON, 3);
        persons("gate", NOON, 2);
        progress("face", NOON.plusSeconds(60));
        progress("gate", MIDNIGHT.plusSeconds(60));

        assertThat(judge()).containsExactly("2026-03-02 2..5 exact=false", "known to 2026-03-03");
    }

    @Test
    void aSystemWithoutFacesHasNoSayInHowManyThereAre() {
        persons("face", NOON, 3);
        progress("face", NOON.plusSeconds(60));
        progress("gate", NOON.plusSeconds(60));
        progress("door", MIDNIGHT.plusSeconds(60));

        assertThat(judge()).containsExactly("2026-03-02 3..3 exact=true", "known to 2026-03-02");
    }

    @Test
    void whatIsSaidOfAnOperatorNamesTheMappingsOfAllItsSystems() {
        persons("face", NOON, 100_001);
        for (String system : List.of("gate", "face", "door")) {
            file.take(Fact.ofOperator(
                    new SourceProgress("op", system, true, NOON.plusSeconds(60), 1, 1, 0, 0, NOON, system + "-1")));
        }

        assertThat(findings().derivations().stream().flatMap(derivation -> derivation.episodes().stream()))
                .isNotEmpty()
                .extracting(Episode::mappingVersion)
                .containsOnly("door-1+face-1+gate-1");
    }

    private void persons(String system, Instant at, int number) {
        CountDelta delta = new CountDelta(
                "op", CountSeries.persons("id-card", List.of(system)), at, number, 0, 0, number, 0, 0, 7);
        file.take(Fact.ofDay(delta.ofDay()));
        file.take(Fact.of(new DayLook("op", delta.day().epochDay(), true)));
        file.take(Fact.of(delta));
    }

    private boolean progress(String system, Instant known) {
        return file.take(Fact.ofOperator(new SourceProgress("op", system, true, known, 1, 1, 0, 0, known)));
    }

    private List<String> judge() {
        Findings findings = findings();
        Stream<RowDraft> days = IntStream.range(0, findings.days().size())
                .mapToObj(number -> findings.days().draft(number));
        return Stream.concat(days, findings.rows().stream())
                .filter(row -> row.table() != AuditTable.FORECAST)
                .map(PersonFamilyTest::text)
                .toList();
    }

    private Findings findings() {
        return file.judge(RegistryFixture.law().operator("op", "某公司", "310115").registry(), MIDNIGHT);
    }

    private static String text(RowDraft row) {
        if (row.columns().has("known_to")) {
            return "known to " + row.columns().get("known_to").asText();
        }
        return row.identity().get("day").asText()
                + ' '
                + row.columns().get("persons_low")
                + ".."
                + row.columns().get("persons_high")
                + " exact="
                + row.columns().get("exact");
    }
}
