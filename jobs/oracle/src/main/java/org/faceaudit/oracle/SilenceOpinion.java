package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Rule source-silent: from the moment at which the promised heartbeat was missing to the next word of the source. */
final class SilenceOpinion {

    private static final String RULE = "source-silent";

    private final String operator;
    private final String system;
    private final Listening promise;
    private final OracleRegistry registry;

    SilenceOpinion(String operator, String system, Listening promise, OracleRegistry registry) {
        this.operator = operator;
        this.system = system;
        this.promise = promise;
        this.registry = registry;
    }

    /** @param asOf words after it are not heard; {@code null} for all */
    List<OracleAlert> alerts(List<Change> changes, Instant asOf) {
        List<Instant> words = new ArrayList<>();
        for (Change change : changes) {
            Instant at = Values.earlier(change.committedAt(), change.appendedAt());
            boolean later = asOf != null && at.isAfter(asOf);
            if (!later && (words.isEmpty() || at.isAfter(words.get(words.size() - 1)))) {
                words.add(at);
            }
        }
        List<OracleAlert> alerts = new ArrayList<>();
        for (int word = 0; word < words.size(); word++) {
            Instant next = word + 1 < words.size() ? words.get(word + 1) : null;
            Instant from = Values.later(words.get(word), registry.inForce());
            Instant end = next == null ? registry.knownThrough() : next;
            Instant opened = opened(from, end);
            if (opened != null) {
                alerts.add(alert(alerts.size() + 1, from, opened, next));
            }
        }
        return alerts;
    }

    private long promised(Instant from) {
        if (promise.seconds() > 0) {
            return promise.seconds();
        }
        long parameter =
                registry.number(RULE + ".promise", operator, Values.day(from)).longValueExact();
        return Math.max(parameter, promise.least().toSeconds());
    }

    /** When so much promised time had passed since the last word, if that is before the end; else {@code null}. */
    private Instant opened(Instant from, Instant end) {
        Duration left = Duration.ofSeconds(promised(from));
        ZonedDateTime at = from.atZone(Values.SHANGHAI);
        while (at.toInstant().isBefore(end)) {
            ZonedDateTime next = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            LocalDate day = promise.dayOf(at);
            boolean listened = promise.covers(at.toLocalTime())
                    && (!promise.workingDays() || registry.calendar().isWorkingDay(day));
            if (listened) {
                Duration hour = Duration.between(at, next);
                if (hour.compareTo(left) >= 0) {
                    Instant opened = at.toInstant().plus(left);
                    return opened.isBefore(end) ? opened : null;
                }
                left = left.minus(hour);
            }
            at = next;
        }
        return null;
    }

    private OracleAlert alert(int episode, Instant from, Instant opened, Instant next) {
        return new SourceAlert(RULE, operator, system, registry)
                .episode(episode, Values.day(from), opened, next, null, BigDecimal.valueOf(promised(from)), "seconds");
    }
}
