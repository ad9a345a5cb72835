package org.faceaudit.intake.judgeability;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.core.judgement.RuleStanding;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.AccessPointMapping;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.FactMapping.ConsentMapping;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.FactMapping.PurposeMapping;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.PresenceReading;

/** Which rules a source's mapping allows a job to judge, and in words why not: unknown is not fine. */
public final class Judgeability {

    private static final List<String> PERSON_RULES = List.of(
            "storage-approaching", "storage-reached", "filing-due-soon", "filing-overdue", "declared-count-mismatch");

    /** What the registry alone starts; how grave it is depends on the persons stored. */
    private static final List<String> DECLARED_RULES = List.of("change-filing-overdue", "deregistration-overdue");

    /** What every source allows to judge: whether it is heard, and understood. */
    private static final List<String> SOURCE_RULES = List.of("source-silent", "source-gap", "schema-drift");

    private Judgeability() {}

    /** Where each rule stands for a mapping in a job that judges these families. */
    public static List<RuleStanding> of(Mapping mapping, Set<Family> families) {
        List<FactMapping> facts = mapping.tablesByName().values().stream()
                .flatMap(table -> table.facts().stream())
                .toList();
        List<RuleStanding> standings = new ArrayList<>();
        standings.add(families.contains(Family.ACCESS) ? access(facts) : notHere("sole-face-method"));
        standings.add(families.contains(Family.ACCESS) ? spaces(facts) : notHere("private-space-device"));
        AttemptStandings attempts = new AttemptStandings(
                of(facts, AttemptMapping.class), !accessPoints(facts).isEmpty());
        for (RuleStanding standing :
                List.of(attempts.refusalWithoutAlternative(), attempts.unusableFallback(), attempts.repeatedPrompt())) {
            standings.add(families.contains(Family.ACCESS) ? standing : notHere(standing.ruleId()));
        }
        standings.add(families.contains(Family.IMAGES) ? images(facts) : notHere("raw-image-retained"));
        String children = "minor-without-guardian-consent";
        standings.add(families.contains(Family.IMAGES) ? children(children, facts) : notHere(children));
        for (String rule : PERSON_RULES) {
            standings.add(families.contains(Family.PERSONS) ? persons(rule, facts) : notHere(rule));
        }
        for (String rule : DECLARED_RULES) {
            standings.add(families.contains(Family.PERSONS) ? declared(rule, facts) : notHere(rule));
        }
        String faces = "faces-after-termination";
        standings.add(families.contains(Family.PERSONS) ? faces(faces, facts, attempts) : notHere(faces));
        for (String rule : SOURCE_RULES) {
            standings.add(families.contains(Family.PERSONS) ? new RuleStanding(rule, true, null) : notHere(rule));
        }
        return List.copyOf(standings);
    }

    /** Where each rule about the registry itself stands; it maps nothing, its tables are the contract. */
    public static List<RuleStanding> ofRegistry(Set<Family> families) {
        String rule = "calendar-notice-missing";
        return List.of(families.contains(Family.PERSONS) ? new RuleStanding(rule, true, null) : notHere(rule));
    }

    private static RuleStanding notHere(String rule) {
        return new RuleStanding(rule, false, "this job was started without its family of judgements");
    }

    private static RuleStanding access(List<FactMapping> facts) {
        boolean mapped = !accessPoints(facts).isEmpty();
        return new RuleStanding(
                "sole-face-method",
                mapped,
                mapped ? null : "does not map access-point: which methods a gate offers is not in this database");
    }

    private static RuleStanding spaces(List<FactMapping> facts) {
        String rule = "private-space-device";
        List<AccessPointMapping> points = accessPoints(facts);
        long named = points.stream().filter(point -> point.space() != null).count();
        if (named == 0) {
            return new RuleStanding(
                    rule,
                    false,
                    points.isEmpty()
                            ? "does not map access-point: where face devices stand is not in this database"
                            : "maps no space: in which kind of space an access-point stands is not in this database");
        }
        return new RuleStanding(
                rule, true, named == points.size() ? null : "some access points only: others map no space");
    }

    private static List<AccessPointMapping> accessPoints(List<FactMapping> facts) {
        return of(facts, AccessPointMapping.class);
    }

    private static <T extends FactMapping> List<T> of(List<FactMapping> facts, Class<T> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static RuleStanding images(List<FactMapping> facts) {
        String rule = "raw-image-retained";
        boolean images =
                faceRecords(facts).stream().anyMatch(record -> record.image().kind() != PresenceReading.Kind.NEVER);
        if (!images) {
            return new RuleStanding(
                    rule,
                    false,
                    "does not map face-record with an image: which images are kept is not in this database");
        }
        List<ConsentMapping> consents = consents(facts);
        boolean persons = faceRecords(facts).stream().anyMatch(record -> record.person() != null);
        List<String> missing = new ArrayList<>();
        if (faceRecords(facts).stream().noneMatch(record -> record.retention() != null)
                && consents.stream().noneMatch(consent -> consent.expiresOn() != null)) {
            missing.add("period-ended (maps no retention)");
        }
        if (!persons) {
            missing.add("purpose-ended, consent-withdrawn (face-record names no person)");
        } else {
            if (facts.stream().noneMatch(PurposeMapping.class::isInstance)) {
                missing.add("purpose-ended (maps no purpose-end)");
            }
            if (consents.stream().noneMatch(consent -> consent.withdrawnAt() != null || consent.withdrawn() != null)) {
                missing.add("consent-withdrawn (maps no "
                        + (consents.isEmpty() ? "consent)" : "withdrawn-at and no withdrawn)"));
            }
        }
        if (!persons || consents.isEmpty()) {
            missing.add("kept-after-verification, unless the operator declares to keep no images ("
                    + (persons ? "maps no consent)" : "face-record names no person)"));
        }
        List<String> reasons = new ArrayList<>();
        if (!missing.isEmpty()) {
            reasons.add("not by: " + String.join("; ", missing));
        }
        reasons.addAll(takenForGranted(consents));
        return new RuleStanding(rule, true, reasons.isEmpty() ? null : String.join("; ", reasons));
    }

    /** What judges of a consent has to be assumed where it is not in the database. */
    private static List<String> takenForGranted(List<ConsentMapping> consents) {
        List<String> granted = new ArrayList<>();
        if (consents.stream().anyMatch(consent -> consent.scope() == null)) {
            granted.add("takes consents for such to the face (maps no scope)");
        }
        if (consents.stream().anyMatch(consent -> consent.legalBasis() == null)) {
            granted.add("takes consent for what the processing rests on (maps no legal-basis)");
        }
        return granted;
    }

    private static RuleStanding children(String rule, List<FactMapping> facts) {
        if (faceRecords(facts).stream().noneMatch(record -> record.person() != null)) {
            return new RuleStanding(
                    rule,
                    false,
                    "does not map face-record with a person: whose faces are stored is not in this database");
        }
        List<ConsentMapping> consents = consents(facts);
        if (consents.isEmpty()) {
            return new RuleStanding(
                    rule,
                    false,
                    "does not map consent: on what the processing rests, when somebody was born and whether a guardian"
                            + " agreed is not in this database");
        }
        List<String> missing = new ArrayList<>();
        if (consents.stream().allMatch(consent -> consent.legalBasis() == null)) {
            missing.add("legal-basis");
        }
        if (consents.stream().allMatch(consent -> consent.birth() == null)) {
            missing.add("birth");
        }
        if (consents.stream().allMatch(consent -> consent.guardian() == null)) {
            missing.add("guardian");
        }
        if (!missing.isEmpty()) {
            return new RuleStanding(rule, false, "consent does not map " + String.join(", ", missing));
        }
        return new RuleStanding(
                rule,
                true,
                "of rows whose legal basis and birth are given: what is empty or unreadable accuses nobody");
    }

    private static List<ConsentMapping> consents(List<FactMapping> facts) {
        return facts.stream()
                .filter(ConsentMapping.class::isInstance)
                .map(ConsentMapping.class::cast)
                .toList();
    }

    private static RuleStanding persons(String rule, List<FactMapping> facts) {
        List<FaceRecordMapping> records = faceRecords(facts);
        if (records.isEmpty()) {
            return new RuleStanding(
                    rule, false, "does not map face-record: which faces are stored is not in this database");
        }
        boolean known = records.stream().anyMatch(record -> record.person() != null);
        return new RuleStanding(
                rule, true, known ? null : "upper bound only: face-record names no person, records count one each");
    }

    private static RuleStanding declared(String rule, List<FactMapping> facts) {
        return new RuleStanding(
                rule,
                true,
                faceRecords(facts).isEmpty()
                        ? "a warning at most by this database: does not map face-record, so whether the threshold"
                                + " was reached is not in it"
                        : null);
    }

    private static RuleStanding faces(String rule, List<FactMapping> facts, AttemptStandings attempts) {
        RuleStanding persons = persons(rule, facts);
        if (attempts.tellFaces()) {
            return persons.judgeable() ? persons : new RuleStanding(rule, true, "attempts only: " + persons.reason());
        }
        return persons.judgeable()
                ? new RuleStanding(
                        rule, true, "persons stored only: which attempts were made by a face is not in this database")
                : persons;
    }

    private static List<FaceRecordMapping> faceRecords(List<FactMapping> facts) {
        return facts.stream()
                .filter(FaceRecordMapping.class::isInstance)
                .map(FaceRecordMapping.class::cast)
                .toList();
    }
}
