package org.faceaudit.core.judgement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.CalendarNotice;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * After 15 November no active holiday notice covers every day of the next year (全国年节及纪念日放假办法 Art. 2, notices of the
 * State Council): NOTICE, for deadlines that reach into that year are provisional. Subject and trigger are the year that is
 * not covered; the first is the one whose notice was due after the Measures came into force.
 *
 * <p>A notice counts from the day of its publication, on the facts' own time line, however late people enter it and set it
 * active: entered late, one that was published in time shows that nothing was missing, and one published later resolves
 * from its legal day. One that is set inactive again counts no more.
 *
 * <p>Known gaps: whether a notice has been published that nobody entered is not known here.
 */
final class CalendarNoticeMissing {

    static final String RULE_ID = "calendar-notice-missing";

    private CalendarNoticeMissing() {}

    /** One alert per year that had to be covered by now, in order. */
    static List<Derivation> derive(String registryId, Registry registry, Instant known, Wake wake) {
        LegalDay today = LegalDay.of(known);
        List<Derivation> derivations = new ArrayList<>();
        int year = registry.inForce().date().getYear() + 1;
        LegalDay from = missingFrom(year, registry);
        for (; !from.isAfter(today); from = missingFrom(++year, registry)) {
            if (!from.isBefore(registry.inForce())) {
                derivations.add(derive(registryId, year, from, registry, today, wake));
            }
        }
        wake.at(from.start());
        return derivations;
    }

    /** The first legal day on which the year's notice is missing. */
    private static LegalDay missingFrom(int year, Registry registry) {
        LegalDay before = LegalDay.of(year - 1, 1, 1);
        LocalDate after =
                registry.day(RULE_ID + ".after", Registry.EVERYONE, before).date();
        return LegalDay.of(after.withYear(year - 1)).plusDays(1);
    }

    private static Derivation derive(
            String registryId, int year, LegalDay from, Registry registry, LegalDay today, Wake wake) {
        String subject = Integer.toString(year);
        AlertKey key = new AlertKey(RULE_ID, registryId, "calendar", subject, subject);
        CalendarNotice covering = covering(year, registry);
        LegalDay published = covering == null ? null : covering.publishedOn();
        if (published != null && !published.isAfter(from)) {
            return new Derivation(key, List.of());
        }
        boolean covered = published != null && !published.isAfter(today);
        if (published != null && !covered) {
            wake.at(published.start());
        }
        String zh = "截至" + from + ",登记中没有覆盖" + year + "年全年的有效放假通知;涉及未被通知覆盖之日的期限均为暂定"
                + (covered ? ",直至" + published + "公布的通知" : "") + "。";
        String en = "As of " + from + " no active holiday notice in the registry covers all of " + year
                + "; deadlines that reach a day without a notice are provisional"
                + (covered ? ", until the notice published on " + published : "") + ".";
        return new Derivation(
                key,
                List.of(EpisodeDraft.in(registry)
                        .verdict(Verdict.NOTICE)
                        .occurredOn(from)
                        .openedAt(from.start())
                        .resolvedAt(covered ? published.start() : null)
                        .severity(registry.integer(RULE_ID + ".severity", Registry.EVERYONE, from))
                        .explained(zh, en)
                        .evidence(new Evidence(
                                covered
                                        ? List.of(
                                                Objects.requireNonNull(covering).position())
                                        : List.of(),
                                registry.inForce().start(),
                                from.start(),
                                0,
                                null))
                        .build()));
    }

    /** The notice with whose publication the whole year was covered, {@code null} while it is not. */
    private static CalendarNotice covering(int year, Registry registry) {
        List<CalendarNotice> published = new ArrayList<>();
        for (CalendarNotice notice : registry.calendar().notices()) {
            published.add(notice);
            if (coversAll(year, published)) {
                return notice;
            }
        }
        return null;
    }

    private static boolean coversAll(int year, List<CalendarNotice> notices) {
        LegalDay end = LegalDay.of(year + 1, 1, 1);
        for (LegalDay day = LegalDay.of(year, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
            LegalDay each = day;
            if (notices.stream().noneMatch(notice -> notice.covers(each))) {
                return false;
            }
        }
        return true;
    }
}
