package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.StoredScan;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Operator;
import org.faceaudit.core.law.Registry;

/**
 * Faces of persons are stored after the use of face recognition ended (Art. 15 ¶4 of the Measures: "并依法处理人脸信息";
 * PIPL 47): VIOLATION once the operator is deregistered, WARNING before that when the days for deletion are over. What is
 * certain counts, and only as far as every source of the operator is known. Resolved when nobody's faces are stored.
 *
 * <p>Known gaps: verifications attempted after the end are not read.
 */
final class FacesAfterTermination {

    static final String RULE_ID = "faces-after-termination";

    private final String operator;
    private final Termination termination;
    private final Registry registry;
    private final LegalDay dueOn;
    /** The legal day after termination and deregistration, {@code null} while not deregistered. */
    private final LegalDay deregisteredFrom;

    private FacesAfterTermination(
            String operator, Termination termination, LegalDay deregisteredOn, Registry registry) {
        this.operator = operator;
        this.termination = termination;
        this.registry = registry;
        LegalDay counted = later(termination.day(), registry.inForce());
        this.dueOn = counted.plusDays(registry.integer(RULE_ID + ".deletion-days", operator, counted));
        this.deregisteredFrom =
                deregisteredOn == null ? null : later(deregisteredOn, counted).plusDays(1);
    }

    private static LegalDay later(LegalDay one, LegalDay other) {
        return one.isAfter(other) ? one : other;
    }

    /** While somebody's faces are stored; {@code to} is {@code null} while they are. */
    private static final class Stretch {
        private final Instant from;
        private Instant to;
        private long newest;
        private long peak;
        private Instant since;
        private long changes;
        private long hash;

        private Stretch(Instant from) {
            this.from = from;
        }

        private void take(StoredScan scan, long persons) {
            newest = persons;
            peak = Math.max(peak, persons);
            since = scan.firstChange();
            changes = scan.changes();
            hash = scan.hash();
        }
    }

    /**
     * Derives the alert of one termination.
     *
     * @param today the legal day up to which the registry is known
     * @param known up to where every source of the operator is known, {@code null} says nothing
     */
    static Derivation derive(
            String operator,
            Termination termination,
            List<StorageCycle> cycles,
            OperatorCounts counts,
            Registry registry,
            LegalDay today,
            Instant known,
            Wake wake) {
        LegalDay deregisteredOn = deregisteredOn(operator, termination, cycles, registry, today);
        FacesAfterTermination rule = new FacesAfterTermination(operator, termination, deregisteredOn, registry);
        List<Episode> episodes = new ArrayList<>();
        if (known != null) {
            for (Stretch stretch : rule.stretches(counts, known, wake)) {
                episodes.add(rule.episode(episodes.size() + 1, stretch, known));
            }
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "operator", operator, termination.id()), episodes);
    }

    private static LegalDay deregisteredOn(
            String operator, Termination termination, List<StorageCycle> cycles, Registry registry, LegalDay today) {
        LegalDay after = StorageCycle.dayBefore(termination.day(), cycles);
        Operator filer = Submissions.filer(operator, registry);
        return registry.filings(operator).stream()
                .filter(filing -> filing.kind() == FilingKind.DEREGISTRATION)
                .filter(filing -> !filing.submittedOn().isAfter(today))
                .filter(filing -> after == null || filing.submittedOn().isAfter(after))
                .filter(filing -> filing.rightAuthority(filer) && filing.lastDay(today) == null)
                .map(Filing::submittedOn)
                .min(LegalDay::compareTo)
                .orElse(null);
    }

    private List<Stretch> stretches(OperatorCounts counts, Instant known, Wake wake) {
        List<Stretch> stretches = new ArrayList<>();
        Instant begin = begin().start();
        wake.at(begin);
        wake.at(deregisteredFrom == null ? null : deregisteredFrom.start());
        if (begin.isAfter(known)) {
            return stretches;
        }
        StoredScan scan = StoredScan.ofPersons(counts);
        scan.advanceThrough(begin);
        Stretch open = null;
        for (Instant at = begin; at != null && !at.isAfter(known); at = scan.next()) {
            scan.advanceThrough(at);
            long persons = persons(scan);
            if (open == null && persons > 0) {
                open = new Stretch(at);
                stretches.add(open);
            }
            if (open != null) {
                open.take(scan, persons);
                open.to = persons > 0 ? null : at;
                open = persons > 0 ? open : null;
            }
        }
        wake.at(scan.next());
        return stretches;
    }

    /** The first legal day on which stored faces are worth a warning. */
    private LegalDay begin() {
        LegalDay warned = dueOn.plusDays(1);
        return deregisteredFrom != null && deregisteredFrom.isBefore(warned) ? deregisteredFrom : warned;
    }

    /** Persons that certainly are stored: of one group at least; where no record knows its person, one each. */
    private static long persons(StoredScan scan) {
        long low = scan.lowNarrowest();
        return low > 0 ? low : scan.highNarrowest();
    }

    private Episode episode(int ordinal, Stretch stretch, Instant known) {
        Instant end = stretch.to == null ? known : stretch.to;
        boolean violation = deregisteredFrom != null
                && (stretch.to == null
                        ? !deregisteredFrom.start().isAfter(end)
                        : deregisteredFrom.start().isBefore(end));
        LegalDay opened = LegalDay.of(stretch.from);
        LegalDay due = violation ? deregisteredFrom.plusDays(-1) : dueOn;
        long measured = stretch.to == null ? stretch.newest : stretch.peak;
        String name = Wording.name(operator, registry);
        String zh = name + "已于" + termination.day() + "终止应用人脸识别技术"
                + (violation ? "并已办理注销备案" : "") + ",自" + opened + "起仍存储"
                + (stretch.to == null ? "" : "最多") + measured + "人的人脸信息"
                + (stretch.to == null ? "" : ",于" + LegalDay.of(stretch.to) + "结束")
                + "(《人脸识别技术应用安全管理办法》第十五条第四款、《个人信息保护法》第四十七条)。";
        String en = name + " ended its use of face recognition on " + termination.day()
                + (violation ? " and is deregistered" : "") + ", and has stored faces of "
                + (stretch.to == null ? "" : "at most ") + measured + " persons since " + opened
                + (stretch.to == null ? "" : ", until " + LegalDay.of(stretch.to))
                + " (Art. 15 ¶4 of the Measures; PIPL 47).";
        return EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .verdict(violation ? Verdict.VIOLATION : Verdict.WARNING)
                .occurredOn(opened)
                .openedAt(stretch.from)
                .resolvedAt(stretch.to)
                .severity(RULE_ID, operator)
                .dueOn(due)
                .measured(measured, null, "persons")
                .explained(zh, en)
                .evidence(new Evidence(
                        Positions.sorted(List.of(termination.stated())),
                        stretch.since,
                        stretch.to == null ? stretch.from : stretch.to,
                        stretch.changes,
                        ThingHash.text(stretch.hash)))
                .build();
    }
}
