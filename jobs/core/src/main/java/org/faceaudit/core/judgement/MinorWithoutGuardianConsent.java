package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.Holdings;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.LegalBasis;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The face of a child is stored on the ground of consent, and neither a parent nor another guardian has consented (Art. 7 ¶1
 * of the Measures, PIPL 31): VIOLATION, counted in persons. A child is under the age until the day before that birthday.
 *
 * <p>The processing rests on consent while a row in force says so and none names another basis. What cannot be read or is
 * not said (birth, basis, guardian) accuses nobody; nor does a birth that lies ahead.
 *
 * <p>Known gaps: see the rule catalogue.
 */
final class MinorWithoutGuardianConsent {

    static final String RULE_ID = "minor-without-guardian-consent";

    private static final String AGE = RULE_ID + ".age";

    private MinorWithoutGuardianConsent() {}

    /** The stretches of time during which a person counts. */
    static List<ImageFinding> findings(PersonFacts facts, Registry registry) {
        Set<PersonToken> persons = new HashSet<>();
        for (Consent consent : facts.consents()) {
            consent.versions().stream()
                    .map(ConsentVersion::person)
                    .filter(Objects::nonNull)
                    .forEach(persons::add);
        }
        List<ImageFinding> findings = new ArrayList<>();
        ConsentHistory consents = new ConsentHistory(facts.consents());
        persons.stream()
                .sorted(Comparator.comparing(PersonToken::group).thenComparing(PersonToken::digest))
                .forEach(person -> findings(person, facts, consents, registry, findings));
        return findings;
    }

    /** A stretch during which a record of the person is stored for certain, and the change that stored it. */
    private record Stored(Instant from, Instant to, Position position) {

        boolean holds(Instant at) {
            return !at.isBefore(from) && (to == null || at.isBefore(to));
        }
    }

    private static void findings(
            PersonToken person,
            PersonFacts facts,
            ConsentHistory consents,
            Registry registry,
            List<ImageFinding> findings) {
        List<Stored> stored = stored(person, facts);
        if (stored.isEmpty()) {
            return;
        }
        FaceRecord record = facts.records().iterator().next();
        TreeSet<Instant> cuts = consents.cuts();
        for (Stored one : stored) {
            cuts.add(one.from());
            if (one.to() != null) {
                cuts.add(one.to());
            }
        }
        for (ConsentVersion version : facts.consents().stream()
                .flatMap(consent -> consent.versions().stream())
                .toList()) {
            if (version.bornOn().state() == FieldState.PRESENT) {
                cuts.addAll(comesOfAge(version.bornOn().day(), record.operator(), registry));
            }
        }
        Instant inForce = registry.inForce().start();
        cuts.removeIf(cut -> cut.isBefore(inForce));
        cuts.add(inForce);
        Instant from = null;
        List<Position> positions = new ArrayList<>();
        for (Instant at : cuts) {
            List<Position> rests = rests(person, stored, consents, registry, record.operator(), at);
            if (from != null && rests.isEmpty()) {
                boolean cleared = stored.stream().noneMatch(one -> one.holds(at));
                findings.add(finding(record, person, from, at, cleared, positions));
                from = null;
                positions.clear();
            } else if (!rests.isEmpty()) {
                from = from == null ? at : from;
                positions.addAll(rests);
            }
        }
        if (from != null) {
            findings.add(finding(record, person, from, null, false, positions));
        }
    }

    private static ImageFinding finding(
            FaceRecord record,
            PersonToken person,
            Instant from,
            Instant to,
            boolean cleared,
            List<Position> positions) {
        String token = person.group() + '|' + person.digest();
        return new ImageFinding(
                record.operator(),
                record.system(),
                token,
                RULE_ID,
                Verdict.VIOLATION,
                token,
                null,
                null,
                LegalDay.of(from),
                from,
                to,
                cleared,
                null,
                false,
                Positions.sorted(positions));
    }

    private static List<Stored> stored(PersonToken person, PersonFacts facts) {
        List<Stored> stored = new ArrayList<>();
        for (FaceRecord record : facts.records()) {
            for (Presence presence :
                    Holdings.stretches(record, version -> version.stored() && person.equals(version.person()))) {
                if (presence.endEarliest() == null || presence.startLatest().isBefore(presence.endEarliest())) {
                    stored.add(new Stored(presence.startLatest(), presence.endEarliest(), storedBy(record, presence)));
                }
            }
        }
        return stored;
    }

    private static Position storedBy(FaceRecord record, Presence presence) {
        return record.versions().stream()
                .filter(version -> !version.from().latest().isAfter(presence.startLatest()))
                .reduce((first, second) -> second)
                .orElse(record.versions().get(0))
                .position();
    }

    /** What it rests on that the person counts at an instant, empty if they do not. */
    private static List<Position> rests(
            PersonToken person,
            List<Stored> stored,
            ConsentHistory consents,
            Registry registry,
            String operator,
            Instant at) {
        List<Position> positions = new ArrayList<>();
        stored.stream().filter(one -> one.holds(at)).map(Stored::position).forEach(positions::add);
        if (positions.isEmpty()) {
            return List.of();
        }
        Answer onConsent = Answer.NO;
        Answer otherwise = Answer.NO;
        Answer guarded = Answer.NO;
        LegalDay born = null;
        for (ConsentVersion version : consents.said(person, at)) {
            if (version.bornOn().state() == FieldState.PRESENT
                    && (born == null || version.bornOn().day().isBefore(born))) {
                born = version.bornOn().day();
            }
            Answer aboutFace =
                    Answer.is(version.scope(), ConsentScope.OTHER.name()).not();
            Answer stands = ConsentHistory.stands(version, at).and(aboutFace);
            if (stands == Answer.NO) {
                continue;
            }
            Answer consent = stands.and(Answer.is(version.legalBasis(), LegalBasis.CONSENT.name()));
            onConsent = onConsent.or(consent);
            otherwise = otherwise.or(stands.and(ConsentHistory.otherBasis(version)));
            guarded = guarded.or(stands.and(Answer.set(version.guardian())));
            if (consent == Answer.YES) {
                positions.add(version.position());
            }
        }
        boolean counts = onConsent == Answer.YES
                && otherwise == Answer.NO
                && guarded == Answer.NO
                && born != null
                && !at.isBefore(born.start())
                && at.isBefore(comesOfAge(born, registry.integer(AGE, operator, LegalDay.of(at))));
        return counts ? positions : List.of();
    }

    /** Every instant at which the person may come to be a child, or be one no longer: by birth, birthday or a changed age. */
    private static Set<Instant> comesOfAge(LegalDay born, String operator, Registry registry) {
        Set<Instant> instants = new HashSet<>();
        instants.add(born.start());
        instants.add(comesOfAge(born, registry.integer(AGE, operator, registry.inForce())));
        for (LegalDay day : registry.daysOfChange(AGE, operator)) {
            instants.add(day.start());
            instants.add(comesOfAge(born, registry.integer(AGE, operator, day)));
        }
        return instants;
    }

    /** The first instant of the birthday with which a person is a child no longer. */
    private static Instant comesOfAge(LegalDay born, int years) {
        return LegalDay.of(born.date().plusYears(years)).start();
    }

    static Derivation derive(
            String operator, String system, List<ImageDelta> deltas, Registry registry, Instant known, Wake wake) {
        List<Episode> episodes = new ArrayList<>();
        for (ImageCounting counting : ImageCounting.episodes(deltas, known, wake)) {
            episodes.add(episode(episodes.size() + 1, operator, system, counting, registry));
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "system", system, ""), episodes);
    }

    private static Episode episode(
            int ordinal, String operator, String system, ImageCounting counting, Registry registry) {
        LegalDay opened = LegalDay.of(counting.openedAt());
        boolean open = counting.resolvedAt() == null;
        int age = registry.integer(AGE, operator, opened);
        String name = Wording.name(operator, registry);
        String day = counting.lastDay() + "新增" + counting.addedThatDay() + "人、清除" + counting.clearedThatDay() + "人";
        String zh = name + "的系统" + system + "自" + opened + "起基于个人同意存有不满" + age + "周岁未成年人的人脸信息,未见其父母或者其他监护人的同意"
                + "(《人脸识别技术应用安全管理办法》第七条第一款、《个人信息保护法》第三十一条);" + (open ? "" : "最多") + counting.measured()
                + "人;" + day + (open ? "" : ",于" + LegalDay.of(counting.resolvedAt()) + "结束") + "。";
        String en =
                "System " + system + " of " + name + " has stored, on the ground of consent, faces of children under "
                        + age + " without the consent of a parent or other guardian since " + opened
                        + " (Art. 7 ¶1 of the Measures; PIPL 31); " + Wording.count(counting.measured(), "person")
                        + (open ? "" : " at the most, until " + LegalDay.of(counting.resolvedAt())) + "; on "
                        + counting.lastDay() + " " + counting.addedThatDay() + " came to count and "
                        + Wording.were(counting.clearedThatDay()) + " deleted.";
        return EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .system(system)
                .verdict(Verdict.VIOLATION)
                .occurredOn(opened)
                .openedAt(counting.openedAt())
                .severity(registry.integer(RULE_ID + ".severity", operator, opened))
                .measured(counting.measured(), null, "persons")
                .mapping(counting.mappingVersion())
                .explained(zh, en)
                .evidence(counting.evidence())
                .resolvedAt(counting.resolvedAt())
                .build();
    }
}
