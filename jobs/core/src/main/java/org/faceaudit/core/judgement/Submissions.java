package org.faceaudit.core.judgement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Operator;
import org.faceaudit.core.law.Registry;

/**
 * The submissions that bear on one duty, as they stand on the last legal day known of the registry. One to the right
 * authority stands until the day on which it is returned or withdrawn, included; acceptance is not asked for. What is dated
 * later than that day has not happened yet.
 */
final class Submissions {

    private static final Comparator<Filing> ORDER =
            Comparator.comparing(Filing::submittedOn).thenComparing(Filing::id);

    private final Registry registry;
    private final LegalDay today;
    private final List<Filing> right = new ArrayList<>();
    private final List<Filing> wrong = new ArrayList<>();
    private final List<LegalDay> announced = new ArrayList<>();

    Submissions(Registry registry, LegalDay today) {
        this.registry = registry;
        this.today = today;
    }

    /** Legal days without a standing submission, from one to the day of the next, exclusive; {@code null} while they last. */
    record Gap(LegalDay from, LegalDay to) {}

    /**
     * Takes in a filing.
     *
     * @param filer whose authority must be the one it went to
     */
    void take(Filing filing, Operator filer) {
        filing.days().stream().filter(day -> !day.isBefore(today)).forEach(announced::add);
        if (filing.submittedOn().isAfter(today)) {
            return;
        }
        List<Filing> submitted = registry.rightAuthority(filing, filer) ? right : wrong;
        submitted.add(filing);
        submitted.sort(ORDER);
    }

    /** Takes in what those filed who took over from an operator (PIPL 22), unless it is taken in as the operator's own. */
    void takeOver(String operator, Predicate<Filing> wanted) {
        for (Operator successor : registry.successors(operator)) {
            for (Filing filing : registry.filings(successor.id())) {
                if (!right.contains(filing) && !wrong.contains(filing) && wanted.test(filing)) {
                    take(filing, successor);
                }
            }
        }
    }

    /** The registry's row of an operator, or one that says nothing but its id. */
    static Operator filer(String operator, Registry registry) {
        return registry.operator(operator)
                .orElseGet(() -> new Operator(operator, operator, null, null, null, null, null));
    }

    /** Whether a submission stands on the last day known. */
    boolean standing() {
        return right.stream().anyMatch(this::stands);
    }

    private boolean stands(Filing filing) {
        LegalDay last = filing.lastDay(today);
        return last == null || !today.isAfter(last);
    }

    /**
     * The days from {@code from} on that are late, in order: those after a day at whose end no submission stood. A submission
     * on the very day on which a gap begins leaves a gap without days: it came too late to prevent it.
     */
    List<Gap> gaps(LegalDay from) {
        return gaps(from, 1);
    }

    /** The days from {@code from} on at whose end no submission stood, in order. */
    List<Gap> unfiled(LegalDay from) {
        return gaps(from, 0).stream()
                .filter(gap -> !gap.from().equals(gap.to()))
                .toList();
    }

    /** @param again how many days after its last a submission is missed; one that stood at the end of no day counts nothing */
    private List<Gap> gaps(LegalDay from, int again) {
        List<Gap> gaps = new ArrayList<>();
        LegalDay cursor = from;
        for (Filing filing : right) {
            LegalDay last = filing.lastDay(today);
            if (filing.submittedOn().equals(last)) {
                continue;
            }
            if (!filing.submittedOn().isBefore(cursor)) {
                gaps.add(new Gap(cursor, filing.submittedOn()));
            }
            if (last == null) {
                return gaps;
            }
            LegalDay missed = last.plusDays(again);
            cursor = missed.isAfter(cursor) ? missed : cursor;
        }
        if (!today.isBefore(cursor)) {
            gaps.add(new Gap(cursor, null));
        }
        return gaps;
    }

    /**
     * The legal day that counts as that of the filing, {@code null} while none stands: of the first submission that was not
     * withdrawn. Its return asks for correction and does not move the day, unless it came before the duty arose; a
     * withdrawn one was never made.
     *
     * @param trigger the legal day on which the duty arose
     */
    LegalDay filedOn(LegalDay trigger) {
        if (!standing()) {
            return null;
        }
        return right.stream()
                .filter(filing -> !filing.withdrawnBy(today))
                .filter(filing -> stands(filing) || !filing.lastDay(today).isBefore(trigger))
                .map(Filing::submittedOn)
                .findFirst()
                .orElse(null);
    }

    /**
     * What leaves a lateness to a person's judgement, {@code null} for nothing: something had been submitted in time, or was
     * submitted later and lost again.
     *
     * @param lastDay of the duty
     * @param gap in question
     */
    Doubt doubt(LegalDay lastDay, Gap gap) {
        boolean later = !gap.from().equals(lastDay.plusDays(1));
        if (later || right.stream().anyMatch(filing -> inTime(filing, lastDay))) {
            return Doubt.RETURNED;
        }
        return wrong.stream().anyMatch(filing -> inTime(filing, lastDay)) ? Doubt.AUTHORITY : null;
    }

    private static boolean inTime(Filing filing, LegalDay lastDay) {
        return !filing.submittedOn().isAfter(lastDay) && !filing.withdrawnBy(lastDay);
    }

    /** The changes that brought the submissions, right and wrong. */
    List<Position> positions() {
        List<Position> positions = new ArrayList<>();
        right.forEach(filing -> positions.add(filing.position()));
        wrong.forEach(filing -> positions.add(filing.position()));
        return positions;
    }

    /** Notes the days on which an announced event happens, and those after it. */
    void wake(Wake wake) {
        for (LegalDay day : announced) {
            wake.at(day.start());
            wake.at(day.plusDays(1).start());
        }
    }
}
