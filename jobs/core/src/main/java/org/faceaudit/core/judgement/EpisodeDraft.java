package org.faceaudit.core.judgement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.Deadline;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/** An episode while a rule writes it, column by column. */
final class EpisodeDraft {

    private final Registry registry;
    private int ordinal = 1;
    private String systemId;
    private Verdict verdict;
    private Status status = Status.OPEN;
    private int severity;
    private LegalDay occurredOn;
    private Instant openedAt;
    private Instant resolvedAt;
    private LegalDay dueOn;
    private BigDecimal measured;
    private BigDecimal threshold;
    private String unit;
    private boolean provisional;
    private String calendarVersion;
    private String mappingVersion;
    private String exceptionId;
    private String zh;
    private String en;
    private Evidence evidence = Evidence.of(List.of());

    private EpisodeDraft(Registry registry) {
        this.registry = registry;
    }

    static EpisodeDraft in(Registry registry) {
        return new EpisodeDraft(registry);
    }

    EpisodeDraft ordinal(int value) {
        ordinal = value;
        return this;
    }

    EpisodeDraft system(String value) {
        systemId = value;
        return this;
    }

    EpisodeDraft verdict(Verdict value) {
        verdict = value;
        return this;
    }

    /** Severity by the parameter {@code <rule>.severity.<verdict>} that holds on the day the episode occurred. */
    EpisodeDraft severity(String ruleId, String operator) {
        String name = ruleId + ".severity." + verdict.name().toLowerCase(Locale.ROOT);
        return severity(registry.integer(name, operator, occurredOn));
    }

    EpisodeDraft severity(int value) {
        severity = value;
        return this;
    }

    EpisodeDraft exempt() {
        status = Status.EXEMPT;
        return this;
    }

    EpisodeDraft occurredOn(LegalDay value) {
        occurredOn = value;
        return this;
    }

    EpisodeDraft openedAt(Instant value) {
        openedAt = value;
        return this;
    }

    /** Resolves the episode, or leaves its status when {@code value} is {@code null}. */
    EpisodeDraft resolvedAt(Instant value) {
        resolvedAt = value;
        if (value != null) {
            status = Status.RESOLVED;
        }
        return this;
    }

    EpisodeDraft due(Deadline deadline) {
        provisional = deadline.provisional();
        calendarVersion = deadline.calendarVersion();
        return dueOn(deadline.dueOn());
    }

    /** A date stands with the notices by which it was read, also one that is counted in calendar days. */
    EpisodeDraft dueOn(LegalDay value) {
        calendarVersion = registry.calendar().version();
        dueOn = value;
        return this;
    }

    EpisodeDraft measured(long value, Long limit, String unitName) {
        return measured(BigDecimal.valueOf(value), limit == null ? null : BigDecimal.valueOf(limit), unitName);
    }

    EpisodeDraft measured(BigDecimal value, BigDecimal limit, String unitName) {
        measured = value;
        threshold = limit;
        unit = unitName;
        return this;
    }

    EpisodeDraft mapping(String value) {
        mappingVersion = value;
        return this;
    }

    EpisodeDraft exception(String value) {
        exceptionId = value;
        return this;
    }

    EpisodeDraft explained(String chinese, String english) {
        zh = chinese;
        en = english;
        return this;
    }

    EpisodeDraft evidence(Evidence value) {
        evidence = value;
        return this;
    }

    Episode build() {
        return new Episode(
                ordinal,
                systemId,
                verdict,
                status,
                severity,
                occurredOn,
                openedAt,
                resolvedAt,
                dueOn,
                measured,
                threshold,
                unit,
                provisional,
                calendarVersion,
                registry.lawVersion(),
                mappingVersion,
                exceptionId,
                zh,
                en,
                evidence);
    }
}
