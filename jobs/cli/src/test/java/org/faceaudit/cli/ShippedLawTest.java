package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.faceaudit.core.law.Duty;
import org.faceaudit.core.law.LawSet;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.core.law.StatutoryDeadlines;
import org.junit.jupiter.api.Test;

class ShippedLawTest {

    private static final LegalDay DAY = LegalDay.parse("2026-01-05");

    private final LawSet draft = ShippedLaw.of("draft-2023").orElseThrow().law();
    private final Registry measures = SeedLaw.registry(Standpoint.NOW);
    private final Registry underDraft = SeedLaw.registry(new Standpoint(null, draft));

    @Test
    void theDraftObligesFromMoreThanTenThousandPersonsOnAndOneMoreIsEnough() {
        assertThat(underDraft.integer("storage-reached.threshold", Registry.EVERYONE, DAY))
                .isEqualTo(10_001);
        assertThat(measures.integer("storage-reached.threshold", Registry.EVERYONE, DAY))
                .isEqualTo(100_000);
    }

    @Test
    void theDraftCountsThirtyWorkingDaysAndKnowsNoOlderStocks() {
        assertThat(due("2025-05-29", underDraft)).isEqualTo("2025-07-11");
        assertThat(due("2025-05-29", measures)).isEqualTo("2025-07-14");
        assertThat(due("2026-01-05", underDraft)).isEqualTo("2026-02-14");
    }

    private static String due(String trigger, Registry law) {
        return StatutoryDeadlines.due(Duty.FILING, LegalDay.parse(trigger), law)
                .dueOn()
                .toString();
    }

    @Test
    void theDraftAsksForThePrefectureAndNamesPublicPlaces() {
        assertThat(underDraft.integer("filing.authority-digits", Registry.EVERYONE, DAY))
                .isEqualTo(4);
        assertThat(measures.integer("filing.authority-digits", Registry.EVERYONE, DAY))
                .isEqualTo(2);
        assertThat(underDraft.integer("filing.public-places", Registry.EVERYONE, DAY))
                .isEqualTo(1);
        assertThat(measures.integer("filing.public-places", Registry.EVERYONE, DAY))
                .isZero();
    }

    @Test
    void whatWasNotFoundOfTheDraftIsLeftOutAndMarkedSo() {
        assertThat(underDraft.knows("change-filing.days")).isFalse();
        assertThat(underDraft.knows("deregistration.days")).isFalse();
        assertThat(draft.parameters())
                .filteredOn(row ->
                        List.of("change-filing.days", "deregistration.days").contains(row.get("name")))
                .extracting(row -> row.get("status"))
                .containsExactly("M", "M");
        assertThat(draft.parameters()).allMatch(row -> row.keySet().containsAll(List.of("source", "status")));
    }

    @Test
    void everyOtherNumberIsThatOfTheMeasures() {
        assertThat(underDraft.integer("filing-overdue.severity.violation", Registry.EVERYONE, DAY))
                .isEqualTo(5);
        assertThat(draft.articles().keySet())
                .containsExactlyInAnyOrder("storage-reached", "filing-due-soon", "filing-overdue");
        assertThat(draft.articles()).containsValues("人脸识别技术应用安全管理规定(试行)(征求意见稿) 第16条");
        assertThat(draft.parameters()).extracting(Map::size).allMatch(size -> size >= 6);
    }

    @Test
    void aSetThatDoesNotShipIsNone() {
        assertThat(ShippedLaw.of("draft-1999")).isEmpty();
        assertThat(ShippedLaw.ids()).containsExactly("draft-2023");
    }
}
