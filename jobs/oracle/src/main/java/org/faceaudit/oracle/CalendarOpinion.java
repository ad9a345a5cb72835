package org.faceaudit.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rule calendar-notice-missing: after 15 November no active notice covers next year. The registry is the alert's operator;
 * subject and trigger are the year. A notice exists from the day of its publication on.
 */
final class CalendarOpinion {

    private static final String RULE = "calendar-notice-missing";
    private static final String REGISTRY = "registry";

    private final OracleRegistry registry;

    CalendarOpinion(OracleRegistry registry) {
        this.registry = registry;
    }

    List<OracleAlert> alerts() {
        List<OracleAlert> alerts = new ArrayList<>();
        if (registry.knownThrough() == null) {
            return alerts;
        }
        LocalDate today = Values.day(registry.knownThrough());
        LocalDate inForce = Values.day(registry.inForce());
        for (int year = inForce.getYear(); year <= today.getYear() + 1; year++) {
            LocalDate before = LocalDate.of(year - 1, 1, 1);
            LocalDate last = LocalDate.parse(
                            registry.parameter(RULE + ".after", REGISTRY, before.isBefore(inForce) ? inForce : before))
                    .withYear(year - 1);
            LocalDate missing = last.plusDays(1);
            if (missing.isBefore(inForce) || missing.isAfter(today)) {
                continue;
            }
            LocalDate covered = coveredSince(year);
            if (covered == null || covered.isAfter(missing)) {
                alerts.add(alert(year, missing, covered == null || covered.isAfter(today) ? null : covered));
            }
        }
        return alerts;
    }

    /** The day of publication by which every day of the year was covered, {@code null} if some day is not. */
    private LocalDate coveredSince(int year) {
        LocalDate since = LocalDate.MIN;
        for (LocalDate day = LocalDate.of(year, 1, 1); day.getYear() == year; day = day.plusDays(1)) {
            LocalDate first = coveredSince(day);
            if (first == null) {
                return null;
            }
            since = first.isAfter(since) ? first : since;
        }
        return since;
    }

    private LocalDate coveredSince(LocalDate day) {
        return registry.rows("calendar_notice").stream()
                .filter(notice -> notice.path("active").asBoolean())
                .filter(notice -> !day.isBefore(Values.date(notice, "covers_from"))
                        && !day.isAfter(Values.date(notice, "covers_to")))
                .map(notice -> Values.date(notice, "published_on"))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private OracleAlert alert(int year, LocalDate missing, LocalDate covered) {
        String subject = Integer.toString(year);
        Instant resolved = covered == null ? null : Values.start(covered);
        return new OracleAlert(
                AlertId.of(RULE, REGISTRY, "calendar", subject, subject),
                RULE,
                REGISTRY,
                null,
                "calendar",
                subject,
                subject,
                1,
                "NOTICE",
                resolved == null ? "OPEN" : "RESOLVED",
                registry.number(RULE + ".severity", REGISTRY, missing).intValueExact(),
                missing,
                Values.start(missing),
                resolved,
                null,
                null,
                null,
                null,
                false,
                null,
                null);
    }
}
