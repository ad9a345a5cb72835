package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.StoredScan;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * Faces of persons are stored, or tried, after the use of face recognition ended (Art. 15 ¶4 of the Measures:
 * "并依法处理人脸信息"; PIPL 47): VIOLATION once the operator is deregistered, WARNING before that when the days for deletion
 * are over. Storing begins only with persons who certainly are stored, in a source that is known so far; those of a silent one
 * count as last told.
 *
 * <p>An attempt counts if it was made by a face at a known instant, however it went. It lasts to the end of its legal day,
 * and on where another one is made on the next day ({@link FacesInUse}). Resolved when nobody's faces are stored and none are
 * tried; a time in which both happen is one episode. Measured are the persons stored, or the attempts where nobody was.
 *
 * <p>Known gaps: attempts of which the method or the instant is not known; such as came later than the lateness horizon.
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

    /** While somebody's faces are stored or tried; {@code to} is {@code null} while they are. */
    private static final class Stretch {
        private final Instant from;
        private Instant to;
        private long newest;
        private long peak;
        private long peakDeregistered;
        private boolean violation;
        private Instant since;
        private long changes;
        private long hash;
        private final Set<FacesInUse.Run> uses = new LinkedHashSet<>();

        private Stretch(Instant from) {
            this.from = from;
        }

        private void take(StoredScan scan, long persons, boolean deregistered, boolean certain) {
            violation |= deregistered && certain;
            newest = persons;
            peak = deregistered ? peak : Math.max(peak, persons);
            peakDeregistered = deregistered ? Math.max(peakDeregistered, persons) : 0;
            since = scan.firstChange();
            changes = scan.changes();
            hash = scan.hash();
        }

        /** @param deregistered the first legal day on which any attempt is a violation, {@code null} for none */
        private void take(FacesInUse.Run use, LegalDay deregistered) {
            uses.add(use);
            violation |= deregistered != null
                    && use.days().stream().anyMatch(day -> !day.day().isBefore(deregistered));
        }

        private List<FacesInUse.Day> days() {
            return uses.stream().flatMap(use -> use.days().stream()).toList();
        }

        private int attempts() {
            return days().stream().mapToInt(FacesInUse.Day::attempts).sum();
        }
    }

    /**
     * Derives the alert of one termination.
     *
     * @param faces attempts by face
     * @param today the legal day up to which the registry is known
     * @param knownThrough how far each system of the operator is known; one that is not has no entry
     */
    static Derivation derive(
            String operator,
            Termination termination,
            OperatorCounts counts,
            Collection<FaceAttempts> faces,
            Registry registry,
            LegalDay today,
            Map<String, Instant> knownThrough,
            Wake ofRegistry,
            Wake ofSources) {
        LegalDay deregisteredOn = deregisteredOn(operator, termination, registry, today);
        FacesAfterTermination rule = new FacesAfterTermination(operator, termination, deregisteredOn, registry);
        List<Episode> episodes = new ArrayList<>();
        for (Stretch stretch : rule.stretches(counts, faces, today, knownThrough, ofRegistry, ofSources)) {
            episodes.add(rule.episode(episodes.size() + 1, stretch));
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

    private List<Stretch> stretches(
            OperatorCounts counts,
            Collection<FaceAttempts> faces,
            LegalDay today,
            Map<String, Instant> knownThrough,
            Wake ofRegistry,
            Wake ofSources) {
        List<Stretch> stretches = new ArrayList<>();
        Instant known =
                knownThrough.values().stream().max(Comparator.naturalOrder()).orElse(Instant.MIN);
        LegalDay firstDay = later(dueOn.plusDays(1), registry.inForce());
        Instant begin = firstDay.start();
        ofRegistry.at(begin);
        ofSources.at(begin);
        ofSources.at(deregisteredFrom == null ? null : deregisteredFrom.start());
        // Until the registry is known that far too, a use may have begun again.
        if (begin.isAfter(known) || firstDay.isAfter(today)) {
            return stretches;
        }
        StoredScan scan = StoredScan.ofPersons(counts, knownThrough);
        scan.advanceThrough(begin);
        FacesInUse inUse = new FacesInUse(faces, firstDay, known, ofSources);
        Instant deregistered = deregisteredFrom == null ? null : deregisteredFrom.start();
        Stretch open = null;
        for (Instant at = begin; at != null && !at.isAfter(known); at = next(scan, inUse, at, deregistered)) {
            scan.advanceThrough(at);
            long persons = persons(scan);
            boolean certain = persons > 0 && scan.certainlyStored(at);
            FacesInUse.Run use = inUse.at(at);
            if (open == null && (certain || use != null)) {
                open = new Stretch(at);
                stretches.add(open);
            }
            if (open != null) {
                open.take(scan, persons, deregistered != null && !at.isBefore(deregistered), certain);
                if (use != null) {
                    open.take(use, deregisteredFrom);
                }
                boolean goesOn = persons > 0 || use != null;
                open.to = goesOn ? null : at;
                open = goesOn ? open : null;
            }
        }
        ofSources.at(scan.next());
        return stretches;
    }

    /** The next change, or the beginning of what is graver if that comes first. */
    private static Instant next(StoredScan scan, FacesInUse inUse, Instant at, Instant deregistered) {
        Instant next = scan.next();
        Instant edge = inUse.next(at);
        next = next == null || (edge != null && edge.isBefore(next)) ? edge : next;
        boolean first =
                deregistered != null && deregistered.isAfter(at) && (next == null || deregistered.isBefore(next));
        return first ? deregistered : next;
    }

    /** Persons that are stored as last told: of one group at least; where no record knows its person, one each. */
    private static long persons(StoredScan scan) {
        long low = scan.lowNarrowest();
        return low > 0 ? low : scan.highNarrowest();
    }

    private Episode episode(int ordinal, Stretch stretch) {
        boolean violation = stretch.violation;
        LegalDay opened = LegalDay.of(stretch.from);
        long persons = stretch.to == null ? stretch.newest : violation ? stretch.peakDeregistered : stretch.peak;
        int attempts = stretch.attempts();
        boolean stored = persons > 0;
        String name = Wording.name(operator, registry);
        StringBuilder zh = new StringBuilder(
                name + "已于" + termination.day() + "终止应用人脸识别技术" + (violation ? "并已办理注销备案" : "") + ",自" + opened + "起");
        StringBuilder en = new StringBuilder(name + " ended its use of face recognition on " + termination.day()
                + (violation ? " and is deregistered" : "") + ", and has");
        if (stored) {
            zh.append("仍存储")
                    .append(stretch.to == null ? "" : "最多")
                    .append(persons)
                    .append("人的人脸信息");
            en.append(" stored faces of ")
                    .append(stretch.to == null ? "" : "at most ")
                    .append(Wording.count(persons, "person"));
        }
        if (attempts > 0) {
            zh.append(stored ? ",并" : "仍").append("进行人脸验证").append(attempts).append("次");
            en.append(stored ? ", and" : "").append(" verified faces ").append(Wording.count(attempts, "time"));
        }
        if (!stored && attempts == 0) {
            zh.append("仍存储人脸信息");
            en.append(" stored faces");
        }
        en.append(" since ").append(opened);
        if (stretch.to != null) {
            zh.append(",于").append(LegalDay.of(stretch.to)).append("结束");
            en.append(", until ").append(LegalDay.of(stretch.to));
        }
        zh.append("(《人脸识别技术应用安全管理办法》第十五条第四款、《个人信息保护法》第四十七条)。");
        en.append(" (Art. 15 ¶4 of the Measures; PIPL 47).");
        return EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .verdict(violation ? Verdict.VIOLATION : Verdict.WARNING)
                .occurredOn(opened)
                .openedAt(stretch.from)
                .resolvedAt(stretch.to)
                .severity(RULE_ID, operator)
                .dueOn(dueOn)
                .measured(
                        stored || attempts == 0 ? persons : attempts,
                        null,
                        stored || attempts == 0 ? "persons" : "attempts")
                .explained(zh.toString(), en.toString())
                .evidence(evidence(stretch))
                .build();
    }

    /** The termination, and how many changes of what is stored and attempts there were. */
    private Evidence evidence(Stretch stretch) {
        List<FacesInUse.Day> days = stretch.days();
        Instant since = stretch.since;
        if (!days.isEmpty() && (since == null || days.get(0).first().isBefore(since))) {
            since = days.get(0).first();
        }
        return new Evidence(
                Positions.sorted(List.of(termination.stated())),
                since,
                stretch.to == null ? stretch.from : stretch.to,
                stretch.changes + stretch.attempts(),
                ThingHash.text(stretch.hash
                        + days.stream().mapToLong(FacesInUse.Day::hash).sum()));
    }
}
