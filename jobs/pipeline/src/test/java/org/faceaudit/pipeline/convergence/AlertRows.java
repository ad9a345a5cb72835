package org.faceaudit.pipeline.convergence;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.oracle.Oracle;
import org.faceaudit.oracle.OracleAlert;
import org.faceaudit.oracle.OraclePosition;

/** Brings the job's alerts and the oracle's into one form, and tells them apart. */
final class AlertRows {

    private static final int MOST_SHOWN = 8;

    private AlertRows() {}

    /** The convergent columns of the job's rows, withdrawn ones left out. */
    static List<OracleAlert> of(Collection<AlertRevision> revisions) {
        return revisions.stream()
                .filter(revision -> revision.episode().status() != Status.WITHDRAWN)
                .map(AlertRows::row)
                .toList();
    }

    /** What a revision is found by: its alert and episode. */
    static String key(AlertRevision revision) {
        return revision.key().id() + "/" + revision.episode().episode();
    }

    static AlertRevision newer(AlertRevision one, AlertRevision other) {
        int byGeneration = Long.compare(one.generation(), other.generation());
        int order = byGeneration != 0 ? byGeneration : Long.compare(one.revision(), other.revision());
        return order > 0 ? one : other;
    }

    private static OracleAlert row(AlertRevision revision) {
        Episode episode = revision.episode();
        return new OracleAlert(
                revision.key().id(),
                revision.key().ruleId(),
                revision.key().operator(),
                episode.systemId(),
                revision.key().subjectKind(),
                revision.key().subjectId(),
                revision.key().trigger(),
                episode.episode(),
                episode.verdict().name(),
                episode.status().name(),
                episode.severity(),
                date(episode.occurredOn()),
                episode.openedAt(),
                episode.resolvedAt(),
                date(episode.dueOn()),
                number(episode.measured()),
                number(episode.threshold()),
                episode.unit(),
                episode.provisional(),
                episode.calendarVersion(),
                episode.exceptionId(),
                Oracle.EVIDENCED.contains(revision.key().ruleId()) ? positions(episode.evidence()) : null);
    }

    /** {@code evidence->'source'} where it lists changes, {@code null} where it gives a range. */
    private static List<OraclePosition> positions(Evidence evidence) {
        if (evidence.rangeFrom() != null) {
            return null;
        }
        return evidence.positions().stream()
                .map(position -> new OraclePosition(
                        position.logPosition(),
                        position.transaction(),
                        position.table(),
                        position.keyHash(),
                        position.committedAt()))
                // Equal rows without a key that one snapshot found stand at one place.
                .distinct()
                .toList();
    }

    private static LocalDate date(LegalDay day) {
        return day == null ? null : day.date();
    }

    private static BigDecimal number(BigDecimal number) {
        return number == null
                ? null
                : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    /** One line per difference, empty when the rows are the same. */
    static List<String> differences(Collection<OracleAlert> oracle, Collection<OracleAlert> job) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> texts = new TreeSet<>();
        for (OracleAlert alert : oracle) {
            if (!job.contains(alert)) {
                texts.add(text(alert, "oracle"));
            }
        }
        for (OracleAlert alert : job) {
            if (!oracle.contains(alert)) {
                texts.add(text(alert, "job   "));
            }
        }
        differences.addAll(texts);
        return differences;
    }

    private static String text(OracleAlert a, String who) {
        return String.join(
                " ",
                a.operator(),
                a.ruleId(),
                a.subjectId(),
                "cycle '" + a.trigger() + "' episode " + a.episode(),
                who,
                a.verdict(),
                a.status(),
                "severity " + a.severity(),
                "occurred " + a.occurredOn(),
                "opened " + at(a.openedAt()),
                "resolved " + at(a.resolvedAt()),
                "due " + a.dueOn(),
                "measured " + a.measured() + "/" + a.threshold() + " " + a.unit(),
                a.provisional() ? "provisional" : "",
                "calendar " + a.calendarVersion(),
                "exception " + a.exceptionId(),
                "evidence " + text(a.positions()));
    }

    private static String text(List<OraclePosition> positions) {
        if (positions == null) {
            return "-";
        }
        return positions.size() > MOST_SHOWN
                ? positions.size() + " changes, hash " + Integer.toHexString(positions.hashCode())
                : positions.stream()
                        .map(position -> position.table() + '@' + position.logPosition() + '#' + position.keyHash())
                        .toList()
                        .toString();
    }

    private static String at(Instant instant) {
        return instant == null ? "-" : instant.toString();
    }
}
