package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.StoredScan;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.law.LegalDay;
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
        LegalDay binding = later(termination.day(), registry.inForce());
        LegalDay deleted = termination.day().plusDays(registry.integer(RULE_ID + ".deletion-days", operator, binding));
        LegalDay over = deregisteredOn == null ? null : later(deregisteredOn, termination.day());
        this.dueOn = over != null && over.isBefore(deleted) ? over : deleted;
        this.deregisteredFrom = over == null ? null : over.plusDays(1);
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
        private long peakDeregistered;
        private Instant since;
        private long changes;
        private long hash;

        private Stretch(Instant from) {
            this.from = from;
        }

        private void take(StoredScan scan, long persons, boolean deregistered) {
            newest = persons;
            peak = deregistered ? peak : Math.max(peak, persons);
            peakDeregistered = deregistered ? Math.max(peakDeregistered, persons) : 0;
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
            OperatorCounts counts,
            Registry registry,
            LegalDay today,
            Instant known,
            Wake wake) {
        LegalDay deregisteredOn = deregisteredOn(operator, termination, registry, today);
        FacesAfterTermination rule = new FacesAfterTermination(operator, termination, deregisteredOn, registry);
        List<Episode> episodes = new ArrayList<>();
        if (known != null) {
            for (Stretch stretch : rule.stretches(counts, known, wake)) {
                episodes.add(rule.episode(episodes.size() + 1, stretch, known));
            }
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "operator", operator, termination.id()), episodes);
    }

    /** The deregistration that the end of the use led to, or that had come before it, {@code null} for none. */
    private static LegalDay deregisteredOn(
            String operator, Termination termination, Registry registry, LegalDay today) {
        TreeSet<LegalDay> all = Deregistrations.of(operator, registry, today);
        LegalDay before = all.lower(termination.day());
        if (before != null
                && Registration.of(operator, registry, before, today.plusDays(1), today, today) == Registration.NONE) {
            return before;
        }
        return all.ceiling(termination.day());
    }

    private List<Stretch> stretches(OperatorCounts counts, Instant known, Wake wake) {
        List<Stretch> stretches = new ArrayList<>();
        Instant begin = later(dueOn.plusDays(1), registry.inForce()).start();
        wake.at(begin);
        wake.at(deregisteredFrom == null ? null : deregisteredFrom.start());
        if (begin.isAfter(known)) {
            return stretches;
        }
        StoredScan scan = StoredScan.ofPersons(counts, Map.of());
        scan.advanceThrough(begin);
        Instant deregistered = deregisteredFrom == null ? null : deregisteredFrom.start();
        Stretch open = null;
        for (Instant at = begin; at != null && !at.isAfter(known); at = next(scan, at, deregistered)) {
            scan.advanceThrough(at);
            long persons = persons(scan);
            if (open == null && persons > 0) {
                open = new Stretch(at);
                stretches.add(open);
            }
            if (open != null) {
                open.take(scan, persons, deregistered != null && !at.isBefore(deregistered));
                open.to = persons > 0 ? null : at;
                open = persons > 0 ? open : null;
            }
        }
        wake.at(scan.next());
        return stretches;
    }

    /** The next change, or the beginning of what is graver if that comes first. */
    private static Instant next(StoredScan scan, Instant at, Instant deregistered) {
        Instant next = scan.next();
        boolean first =
                deregistered != null && deregistered.isAfter(at) && (next == null || deregistered.isBefore(next));
        return first ? deregistered : next;
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
        long measured = stretch.to == null ? stretch.newest : violation ? stretch.peakDeregistered : stretch.peak;
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
                .dueOn(dueOn)
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
