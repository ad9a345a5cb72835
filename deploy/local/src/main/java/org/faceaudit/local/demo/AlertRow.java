package org.faceaudit.local.demo;

import java.util.Objects;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.law.LegalDay;

/**
 * One episode of an alert, as far as the demo compares it.
 *
 * @param alertId text of the UUID that rule, operator, subject and trigger make
 * @param ruleId the rule
 * @param operator the operator
 * @param subject the subject's id, parts joined by {@code /}
 * @param episode from 1
 * @param verdict its verdict
 * @param status its status
 * @param dueOn ISO date, or {@code ""} for none
 */
record AlertRow(
        String alertId,
        String ruleId,
        String operator,
        String subject,
        int episode,
        String verdict,
        String status,
        String dueOn) {

    AlertRow {
        Objects.requireNonNull(alertId, "alertId");
        dueOn = dueOn == null ? "" : dueOn;
    }

    static AlertRow of(AlertKey key, int episode, String verdict, String status, LegalDay dueOn) {
        return new AlertRow(
                key.id().toString(),
                key.ruleId(),
                key.operator(),
                key.subjectId(),
                episode,
                verdict,
                status,
                dueOn == null ? "" : dueOn.toString());
    }

    /** Which episode of which alert this is. */
    String identity() {
        return alertId + "#" + episode;
    }

    /** The same for people. */
    String name() {
        return ruleId + " of " + operator + (subject.equals(operator) ? "" : " " + subject)
                + (episode == 1 ? "" : ", episode " + episode);
    }

    /** What is compared, for people. */
    String outcome() {
        return verdict + " " + status + (dueOn.isEmpty() ? "" : " due " + dueOn);
    }
}
