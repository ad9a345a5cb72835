package org.faceaudit.oracle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One duty of Art. 15 that was not met in time: an episode for each time without a filing.
 *
 * @param trigger what distinguishes the duty from others of the same rule
 * @param begunOn legal day from which the deadline is counted
 */
record MissedDuty(String ruleId, String operator, String trigger, LocalDate begunOn, Due due) {

    List<OracleAlert> alerts(
            List<Submissions.Gap> gaps, Function<Submissions.Gap, String> verdictOf, OracleRegistry registry) {
        List<OracleAlert> alerts = new ArrayList<>();
        for (Submissions.Gap gap : gaps) {
            String verdict = verdictOf.apply(gap);
            alerts.add(OracleAlert.ofOperator(
                    ruleId,
                    operator,
                    trigger,
                    alerts.size() + 1,
                    verdict,
                    registry.severity(ruleId, verdict, operator, gap.from()),
                    OracleAlert.Span.ofDays(gap.from(), gap.to()),
                    registry.deadline(begunOn, due),
                    OracleAlert.Measure.NONE));
        }
        return alerts;
    }
}
