package org.faceaudit.runtime.fact;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.PurposeVersion;

/** Who must hear of a record, a purpose or a consent, so that images are judged person by person. */
public final class ImageFacts {

    private ImageFacts() {}

    /**
     * What to tell when a record's time line is {@code after} instead of {@code before}. Records that never held an image
     * concern nobody, unless every face does.
     *
     * @param before {@code null} the first time
     * @param everyFace whether a template alone is of interest: of a child it may not be held either
     */
    public static List<ImageFact> of(FaceRecord before, FaceRecord after, boolean everyFace) {
        boolean told = before != null && (everyFace || everHeldImage(before));
        boolean tell = everyFace || everHeldImage(after);
        if (!told && !tell) {
            return List.of();
        }
        String source = Scopes.source(after.operator(), after.system());
        String entry = "record/" + after.recordKey();
        List<ImageFact> facts = new ArrayList<>(2);
        if (told && !(tell && scope(before).equals(scope(after)))) {
            facts.add(ImageFact.gone(source, scope(before), entry));
        }
        if (tell) {
            facts.add(ImageFact.of(source, scope(after), entry, after));
        }
        return facts;
    }

    /**
     * What to tell when a purpose's time line is {@code after} instead of {@code before}: each person that it ever
     * concerned hears of the time in which it concerned them.
     *
     * @param before {@code null} the first time
     */
    public static List<ImageFact> of(Purpose before, Purpose after) {
        String source = Scopes.source(after.operator(), after.system());
        String entry = "purpose/" + after.purposeKey();
        Set<PersonToken> now = persons(after);
        List<ImageFact> facts = gone(source, entry, before == null ? Set.of() : persons(before), now);
        for (PersonToken person : now) {
            facts.add(ImageFact.of(source, scope(person), entry, now.size() == 1 ? after : only(after, person)));
        }
        return facts;
    }

    /**
     * What to tell when a consent's time line is {@code after} instead of {@code before}, as of a purpose's.
     *
     * @param before {@code null} the first time
     */
    public static List<ImageFact> of(Consent before, Consent after) {
        String source = Scopes.source(after.operator(), after.system());
        String entry = "consent/" + after.consentKey();
        Set<PersonToken> now = persons(after);
        List<ImageFact> facts = gone(source, entry, before == null ? Set.of() : persons(before), now);
        for (PersonToken person : now) {
            facts.add(ImageFact.of(source, scope(person), entry, now.size() == 1 ? after : only(after, person)));
        }
        return facts;
    }

    private static List<ImageFact> gone(String source, String entry, Set<PersonToken> before, Set<PersonToken> now) {
        List<ImageFact> facts = new ArrayList<>();
        for (PersonToken person : before) {
            if (!now.contains(person)) {
                facts.add(ImageFact.gone(source, scope(person), entry));
            }
        }
        return facts;
    }

    private static boolean everHeldImage(FaceRecord record) {
        return record.versions().stream().anyMatch(FaceRecordVersion::image);
    }

    /** The newest person the record knew: a deletion may no longer name them. */
    private static String scope(FaceRecord record) {
        for (int i = record.versions().size() - 1; i >= 0; i--) {
            PersonToken person = record.versions().get(i).person();
            if (person != null) {
                return scope(person);
            }
        }
        return "record/" + record.recordKey();
    }

    private static String scope(PersonToken person) {
        return "person/" + person.group() + '/' + person.digest();
    }

    private static Set<PersonToken> persons(Purpose purpose) {
        return persons(purpose.versions().stream().map(PurposeVersion::person));
    }

    private static Set<PersonToken> persons(Consent consent) {
        return persons(consent.versions().stream().map(ConsentVersion::person));
    }

    private static Set<PersonToken> persons(Stream<PersonToken> named) {
        Set<PersonToken> persons = new LinkedHashSet<>();
        named.filter(Objects::nonNull).forEach(persons::add);
        return persons;
    }

    private static Purpose only(Purpose purpose, PersonToken person) {
        List<PurposeVersion> versions = purpose.versions().stream()
                .map(version -> version.person() == null || version.person().equals(person)
                        ? version
                        : new PurposeVersion(version.from(), false, null, null, version.position()))
                .toList();
        return new Purpose(
                purpose.operator(), purpose.system(), purpose.purposeKey(), purpose.mappingVersion(), versions);
    }

    private static Consent only(Consent consent, PersonToken person) {
        List<ConsentVersion> versions = consent.versions().stream()
                .map(version -> version.person() == null || version.person().equals(person)
                        ? version
                        : ConsentVersion.gone(version.from(), version.position()))
                .toList();
        return new Consent(
                consent.operator(), consent.system(), consent.consentKey(), consent.mappingVersion(), versions);
    }
}
