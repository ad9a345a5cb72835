package org.faceaudit.core.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandpointTest {

    private static final LawSet DRAFT = new LawSet(
            "draft",
            "《征求意见稿》第十六条",
            "Art. 16 of the draft",
            List.of(
                    parameter("storage-reached.threshold", "10001", "persons"),
                    parameter("filing.authority-digits", "4", "count"),
                    Map.of("name", "filing.legacy-until", "scope", "*", "unit", "date", "valid_from", "2025-06-01"),
                    Map.of("name", "change-filing.days", "scope", "*", "unit", "days", "valid_from", "2025-06-01")),
            Map.of("filing-overdue", "征求意见稿 第16条"));

    private final RegistryFixture law = RegistryFixture.law().operator("op", "某公司", "510107");

    private static Map<String, String> parameter(String name, String value, String unit) {
        return Map.of("name", name, "scope", "*", "value", value, "unit", unit, "valid_from", "2025-06-01");
    }

    private Registry on(String day) {
        return law.read(new Standpoint(LegalDay.parse(day).end(), LawSet.MEASURES));
    }

    @Test
    void aNoticePublishedLaterIsNotActiveYet() {
        assertThat(on("2025-11-03").calendar().version()).isEqualTo("gov-2025");
        assertThat(on("2025-11-04").calendar().version()).isEqualTo("gov-2025+gov-2026");
        assertThat(law.registry().calendar().version()).isEqualTo("gov-2025+gov-2026");
    }

    @Test
    void whatWasSubmittedLaterIsNotThereAndWhatWasReturnedLaterIsNotReturned() {
        law.filing("f", "op", "2026-08-01", "510000", "returned_on", "2026-08-05", "withdrawn_on", "2026-08-09");

        assertThat(on("2026-07-31").filings("op")).isEmpty();
        Filing submitted = on("2026-08-04").filings("op").get(0);
        assertThat(submitted.returnedOn()).isNull();
        assertThat(submitted.withdrawnOn()).isNull();
        Filing returned = on("2026-08-05").filings("op").get(0);
        assertThat(returned.returnedOn()).isEqualTo(LegalDay.of(2026, 8, 5));
        assertThat(returned.withdrawnOn()).isNull();
        assertThat(on("2026-08-09").filings("op").get(0).withdrawnOn()).isEqualTo(LegalDay.of(2026, 8, 9));
    }

    @Test
    void aReconciliationOfALaterDayIsNone() {
        law.reconciliation("r", "op", "sys", "2026-02-28T16:00:00Z", 1, 1, 0, 0);

        assertThat(on("2026-02-28").reconciliations("op")).isEmpty();
        assertThat(on("2026-03-01").reconciliations("op")).hasSize(1);
    }

    @Test
    void aLookOfALaterDayHasSeenNothingYet() {
        law.schemaLook("l", "op", "sys", "2026-02-28T16:00:00Z", "public.member.phone", "", "");

        assertThat(on("2026-02-28").schemaLooks("op")).isEmpty();
        assertThat(on("2026-03-01").schemaLooks("op")).hasSize(1);
    }

    @Test
    void anExceptionOfALaterDayIsNone() {
        law.exception("x", "sole-face-method", "op", "", "2026-03-01", "2026-12-31");

        assertThat(on("2026-02-28").exceptions("sole-face-method", "op")).isEmpty();
        assertThat(on("2026-03-01").exceptions("sole-face-method", "op")).hasSize(1);
    }

    @Test
    void aChangeOrAnEndDeclaredForALaterDayHasNotComeToPass() {
        law.row(
                "substantive_change",
                "c",
                "id",
                "c",
                "operator_id",
                "op",
                "field",
                "purpose",
                "changed_on",
                "2026-04-02");
        law.row(
                "technology_use",
                "u",
                "id",
                "u",
                "operator_id",
                "op",
                "started_on",
                "2025-07-01",
                "terminated_on",
                "2026-05-01");

        assertThat(on("2026-04-01").substantiveChanges("op")).isEmpty();
        assertThat(on("2026-04-02").substantiveChanges("op")).hasSize(1);
        assertThat(on("2025-06-30").technologyUses("op")).isEmpty();
        assertThat(on("2026-04-30").technologyUses("op").get(0).terminatedOn()).isNull();
        assertThat(on("2026-05-01").technologyUses("op").get(0).terminatedOn()).hasToString("2026-05-01");
    }

    @Test
    void anotherSetOfLawTakesThePlaceOfTheNumbersItNames() {
        law.parameter("storage-reached.threshold", "op", "7", "persons", "2025-06-01");
        Registry draft = law.read(new Standpoint(null, DRAFT));
        LegalDay day = LegalDay.parse("2026-01-05");

        assertThat(draft.lawVersion()).isEqualTo("draft");
        assertThat(draft.integer("storage-reached.threshold", "op", day)).isEqualTo(10_001);
        assertThat(draft.integer("filing.days", "op", day)).isEqualTo(30);
        assertThat(draft.knows("change-filing.days")).isFalse();
        assertThatThrownBy(() -> StatutoryDeadlines.due(Duty.CHANGE, day, draft))
                .hasMessageContaining("change-filing.days");
        assertThat(DRAFT.judgesBy("filing-overdue")).isTrue();
        assertThat(DRAFT.judgesBy("sole-face-method")).isFalse();
        assertThat(LawSet.MEASURES.judgesBy("sole-face-method")).isTrue();
    }

    @Test
    void whatStartsADutyThatTheSetDoesNotMeasureIsLeftOut() {
        law.row(
                "substantive_change",
                "c",
                "id",
                "c",
                "operator_id",
                "op",
                "field",
                "purpose",
                "changed_on",
                "2026-04-02");
        law.row("technology_use", "u", "id", "u", "operator_id", "op", "terminated_on", "2026-05-01");
        Registry draft = law.read(new Standpoint(null, DRAFT));

        assertThat(draft.substantiveChanges("op")).isEmpty();
        assertThat(draft.technologyUses("op"))
                .as("the set of this test says nothing of deregistration")
                .hasSize(1);
        assertThat(law.registry().substantiveChanges("op")).hasSize(1);
    }

    @Test
    void aLawWithoutATransitionCountsFromTheFirstDayToo() {
        Registry draft = law.read(new Standpoint(null, DRAFT));

        assertThat(StatutoryDeadlines.legacyFiling(LegalDay.parse("2025-06-01"), law.registry()))
                .isTrue();
        assertThat(StatutoryDeadlines.legacyFiling(LegalDay.parse("2025-06-01"), draft))
                .isFalse();
        assertThat(StatutoryDeadlines.due(Duty.FILING, LegalDay.parse("2025-05-29"), draft)
                        .dueOn())
                .hasToString("2025-07-11");
    }

    @Test
    void theRankOfTheAuthorityIsARow() {
        law.filing("city", "op", "2026-08-01", "510100");
        law.filing("county", "op", "2026-08-02", "510107");
        law.filing("other-city", "op", "2026-08-03", "510200");
        law.filing("province", "op", "2026-08-04", "510000");
        law.filing("nation", "op", "2026-08-05", "000000");

        assertThat(right(law.registry())).containsExactly("province", "nation");
        assertThat(right(law.read(new Standpoint(null, DRAFT)))).containsExactly("city", "province", "nation");

        law.parameter("filing.authority-digits", Registry.EVERYONE, "8", "count", "2026-01-01");
        assertThat(right(law.registry()))
                .as("no code has more digits than six")
                .contains("city", "province", "nation")
                .doesNotContain("other-city");
    }

    private static List<String> right(Registry registry) {
        Operator filer = registry.operator("op").orElseThrow();
        return registry.filings("op").stream()
                .filter(filing -> registry.rightAuthority(filing, filer))
                .map(Filing::id)
                .toList();
    }

    @Test
    void anOperatorOfUnknownRegionMayFileWithAnyAuthorityOfTheRank() {
        law.row("operator", "op", "id", "op", "name", "某公司");
        law.filing("city", "op", "2026-08-01", "320500");
        law.filing("province", "op", "2026-08-04", "110000");

        assertThat(right(law.registry())).containsExactly("province");
        assertThat(right(law.read(new Standpoint(null, DRAFT)))).containsExactly("city", "province");
    }
}
