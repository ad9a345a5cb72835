package org.faceaudit.core.judgement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Operator;
import org.faceaudit.core.law.Registry;

/**
 * The submissions that bear on one duty, as they stand on the last legal day known of the registry. One to the right
 * authority stands until the day on which it is returned or withdrawn, included; acceptance is not asked for, but one that
 * follows a return ends it. What is dated later than that day has not happened yet.
 */
final class Submissions {

    private final Registry registry;
    private final LegalDay today;
    private final List<Filing> right = new ArrayList<>();
    private final List<Filing> wrong = new ArrayList<>();
    private final List<Filing> declared = new ArrayList<>();
    private final List<LegalDay> announced = new ArrayList<>();

    Submissions(Registry registry, LegalDay today) {
        this.registry = registry;
        this.today = today;
    }

    /** Legal days without a standing submission, from one to the day of the next, exclusive; {@code null} while they last. */
    record Gap(LegalDay from, LegalDay to) {}

    /**
     * Takes in what bears on an operator's duty: what was filed for it, by itself or by others that name it, and what those
     * filed who took over from it (PIPL 22), whether it names the operator or not.
     *
     * @param own which of the operator's filings
     * @param taken which of its successors'
     */
    void take(String operator, Predicate<Filing> own, Predicate<Filing> taken) {
        Map<Filing, List<Operator>> handlers = new LinkedHashMap<>();
        Operator filer = filer(operator, registry);
        registry.filings(operator).stream().filter(own).forEach(filing -> add(handlers, filing, filer));
        for (Operator successor : registry.successors(operator)) {
            registry.filings(successor.id()).stream().filter(taken).forEach(filing -> {
                add(handlers, filing, successor);
                if (filing.coversOperator(operator)) {
                    add(handlers, filing, filer);
                }
            });
        }
        handlers.forEach(this::take);
    }

    /**
     * Takes in what the operator's own database says that it filed. It is no submission and meets no duty: see {@link
     * #declaredInTime}.
     *
     * @param own which of them
     */
    void takeDeclared(String operator, Predicate<Filing> own) {
        registry.declaredFilings(operator).stream().filter(own).forEach(filing -> {
            filing.days().stream().filter(day -> !day.isBefore(today)).forEach(announced::add);
            declared.add(filing);
        });
    }

    private static void add(Map<Filing, List<Operator>> handlers, Filing filing, Operator handler) {
        handlers.computeIfAbsent(filing, of -> new ArrayList<>()).add(handler);
    }

    /** @param handlers whom it is for: the authority of one of them must be the one it went to */
    private void take(Filing filing, List<Operator> handlers) {
        filing.days().stream().filter(day -> !day.isBefore(today)).forEach(announced::add);
        if (filing.submittedOn().isAfter(today)) {
            return;
        }
        boolean competent = handlers.stream().anyMatch(handler -> registry.rightAuthority(filing, handler));
        List<Filing> submitted = competent ? right : wrong;
        submitted.add(filing);
        submitted.sort(Filing.BY_SUBMISSION);
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
        for (Filing.Standing standing : standings(filing -> true)) {
            if (standing.ofNoDay()) {
                continue;
            }
            if (!standing.from().isBefore(cursor)) {
                gaps.add(new Gap(cursor, standing.from()));
            }
            if (standing.last() == null) {
                return gaps;
            }
            LegalDay missed = standing.last().plusDays(again);
            cursor = missed.isAfter(cursor) ? missed : cursor;
        }
        if (!today.isBefore(cursor)) {
            gaps.add(new Gap(cursor, null));
        }
        return gaps;
    }

    /** When submissions to the right authority stood, in the order in which they came to. */
    private List<Filing.Standing> standings(Predicate<Filing> of) {
        return right.stream()
                .filter(of)
                .flatMap(filing -> filing.standings(today).stream())
                .sorted(Comparator.comparing(Filing.Standing::from))
                .toList();
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
        return standings(filing -> !filing.withdrawnBy(today)).stream()
                .filter(standing -> standing.last() == null || !standing.last().isBefore(trigger))
                .map(Filing.Standing::from)
                .findFirst()
                .orElse(null);
    }

    /**
     * What leaves a lateness to a person's judgement, {@code null} for nothing: something had been submitted in time, or was
     * submitted later and lost again.
     *
     * @param counted the last day that the gap was counted from
     * @param lastDay of the duty, where it is not certain the latest possible one
     * @param gap in question
     */
    Doubt doubt(LegalDay counted, LegalDay lastDay, Gap gap) {
        boolean later = !gap.from().equals(counted.plusDays(1));
        if (later || right.stream().anyMatch(filing -> inTime(filing, lastDay))) {
            return Doubt.RETURNED;
        }
        return wrong.stream().anyMatch(filing -> inTime(filing, lastDay)) ? Doubt.AUTHORITY : null;
    }

    /**
     * The first filing that the operator's own records say it submitted in time and that stands by them, where the registry
     * knows none that answers the duty; {@code null} for none. Of a filing of the same kind and day, and once one to the right
     * authority is known that was not withdrawn, the registry has the last word.
     *
     * @param lastDay of the duty, where it is not certain the latest possible one
     */
    Filing declaredInTime(LegalDay lastDay) {
        if (right.stream().anyMatch(filing -> !filing.withdrawnBy(today))) {
            return null;
        }
        return declared.stream()
                .filter(filing -> !filing.submittedOn().isAfter(lastDay)
                        && !filing.submittedOn().isAfter(today)
                        && filing.lastDay(today) == null)
                .filter(filing -> !isKnown(filing))
                .findFirst()
                .orElse(null);
    }

    private boolean isKnown(Filing filing) {
        return Stream.concat(right.stream(), wrong.stream())
                .anyMatch(known ->
                        known.kind() == filing.kind() && known.submittedOn().equals(filing.submittedOn()));
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
