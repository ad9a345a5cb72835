package org.faceaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class AlertDifferenceTest {
    private static final AlertRow GATE = AlertRow.of(
            new AlertKey("sole-face-method", "iron-gym", "access-point", "gym/gate-1", ""),
            1,
            "VIOLATION",
            "OPEN",
            null);
    private static final AlertRow OVERDUE = AlertRow.of(
            new AlertKey("filing-overdue", "cloud-gate", "operator", "cloud-gate", "1"),
            1,
            "VIOLATION",
            "OPEN",
            LegalDay.of(2026, 8, 19));

    @Test
    void theSameAlertsInAnyOrderDoNotDiffer() {
        assertThat(AlertDifference.between(List.of(GATE, OVERDUE), List.of(OVERDUE, GATE))
                        .none())
                .isTrue();
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThat(AlertDifference.between(List.of(GATE, OVERDUE), List.of(GATE))
                        .lines())
                .containsExactly("missing     filing-overdue of cloud-gate: expected VIOLATION OPEN due 2026-08-19");
    }

    @Test
    void whatNobodyExpectedIsUnexpected() {
        assertThat(AlertDifference.between(List.of(), List.of(GATE)).lines())
                .containsExactly("unexpected  sole-face-method of iron-gym gym/gate-1: VIOLATION OPEN (alert "
                        + GATE.alertId() + ")");
    }

    @Test
    void anotherVerdictStatusOrDueDayIsADifference() {
        AlertRow suspected = new AlertRow(
                OVERDUE.alertId(),
                OVERDUE.ruleId(),
                OVERDUE.operator(),
                OVERDUE.subject(),
                1,
                "SUSPECTED",
                "OPEN",
                null);
        assertThat(AlertDifference.between(List.of(OVERDUE), List.of(suspected)).lines())
                .containsExactly("different   filing-overdue of cloud-gate: expected VIOLATION OPEN due 2026-08-19,"
                        + " is SUSPECTED OPEN (alert " + OVERDUE.alertId() + ")");
    }

    @Test
    void anotherEpisodeIsAnotherRow() {
        AlertRow second = new AlertRow(
                GATE.alertId(), GATE.ruleId(), GATE.operator(), GATE.subject(), 2, "VIOLATION", "OPEN", "");
        assertThat(AlertDifference.between(List.of(GATE), List.of(second)).lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("missing"))
                .anySatisfy(line -> assertThat(line).startsWith("unexpected").contains("episode 2"));
    }

    @Test
    void anAlertUnderTheRightIdButAnotherNameIsToldApart() {
        AlertRow renamed =
                new AlertRow(GATE.alertId(), GATE.ruleId(), GATE.operator(), "gym/gate-9", 1, "VIOLATION", "OPEN", "");
        assertThat(AlertDifference.between(List.of(GATE), List.of(renamed)).lines())
                .singleElement()
                .asString()
                .startsWith("misnamed");
    }
}
