package org.faceaudit.runtime.step;

import static org.faceaudit.runtime.step.ImageFactsWriter.*;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.PurposeVersion;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.event.TimeValue;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.Scopes;

/** Reads what {@link ImageFactsWriter} wrote, person by person. Not thread-safe. */
final class ImageFactsReader {

    private static final FieldState[] STATES = FieldState.values();

    private final PageInput in;
    private final String source;

    private PersonImages person;
    private PersonToken own;
    /** Those of the facts read so far. */
    private List<Position> positions = List.of();

    /** @param source {@code operator/system} */
    ImageFactsReader(PageInput in, String source) {
        this.in = in;
        this.source = source;
    }

    /**
     * Reads all facts of a person into it.
     *
     * @param token the token that the person's scope names, {@code null} for none
     * @param recordKeys in the order in which they were written
     * @return the positions of the facts, in that order
     */
    List<Position> read(PersonImages into, PersonToken token, List<String> recordKeys) throws IOException {
        person = into;
        own = token;
        positions = new ArrayList<>();
        for (String key : recordKeys) {
            take("record/" + key, record(key), null, null);
        }
        int size = in.count();
        for (int i = 0; i < size; i++) {
            if (in.bits() == 0) {
                Purpose purpose = purpose();
                take("purpose/" + purpose.purposeKey(), null, purpose, null);
            } else {
                Consent consent = consent();
                take("consent/" + consent.consentKey(), null, null, consent);
            }
        }
        return positions;
    }

    private void take(String entry, FaceRecord record, Purpose purpose, Consent consent) {
        person.facts().put(entry, new ImageFact(source, person.scope(), entry, record, purpose, consent));
    }

    private FaceRecord record(String key) throws IOException {
        String mappingVersion = in.word();
        int size = in.count();
        List<FaceRecordVersion> versions = new ArrayList<>(size);
        TimeBounds before = null;
        for (int i = 0; i < size; i++) {
            FaceRecordVersion version = version(key, before);
            before = version.storedAt();
            versions.add(version);
            positions.add(version.position());
        }
        return new FaceRecord(Scopes.operator(source), Scopes.system(source), key, mappingVersion, versions);
    }

    private FaceRecordVersion version(String key, TimeBounds before) throws IOException {
        int bits = in.bits();
        int more = in.bits();
        TimeBounds from = in.bounds();
        PersonToken person = person(bits >>> PERSON_SHIFT);
        List<PersonToken> alsoNamed = new ArrayList<>();
        for (int rest = (bits & ALSO_NAMED) != 0 ? in.count() : 0; rest > 0; rest--) {
            alsoNamed.add(in.token());
        }
        TimeBounds storedAt = storedAt(bits, more, from, before);
        Integer retentionDays = (more & RETENTION_DAYS) != 0 ? Integer.valueOf((int) in.number()) : null;
        LegalDay retainUntil = (more & RETAIN_UNTIL) != 0 ? in.day() : null;
        String dataClass = (more & DATA_CLASS) != 0 ? in.word() : null;
        return new FaceRecordVersion(
                from,
                (bits & STORED) != 0,
                person,
                alsoNamed,
                (bits & TEMPLATE) != 0,
                (bits & IMAGE) != 0,
                storedAt,
                retentionDays,
                retainUntil,
                dataClass,
                in.position(key, from.latest(), true));
    }

    private TimeBounds storedAt(int bits, int more, TimeBounds from, TimeBounds before) throws IOException {
        if ((bits & STORED_SINCE) != 0) {
            return from;
        } else if ((bits & STORED_AS_BEFORE) != 0) {
            return before;
        } else if ((more & STORED_THEN) != 0) {
            return new TimeBounds(from.earliest(), from.latest(), !from.declared());
        }
        return (more & STORED_AT) != 0 ? in.bounds() : null;
    }

    private PersonToken person(int whom) throws IOException {
        return switch (whom) {
            case NOBODY -> null;
            case OWN -> own;
            default -> in.token();
        };
    }

    private Purpose purpose() throws IOException {
        String key = in.key();
        String mappingVersion = in.word();
        int size = in.count();
        List<PurposeVersion> versions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int bits = in.bits();
            TimeBounds from = in.bounds();
            PersonToken person = person(bits >>> PERSON_SHIFT);
            LegalDay endsOn = (bits & 2) != 0 ? in.day() : null;
            Position position = in.position(key, from.latest(), true);
            versions.add(new PurposeVersion(from, (bits & 1) != 0, person, endsOn, position));
            positions.add(position);
        }
        return new Purpose(Scopes.operator(source), Scopes.system(source), key, mappingVersion, versions);
    }

    private Consent consent() throws IOException {
        String key = in.key();
        String mappingVersion = in.word();
        int size = in.count();
        List<ConsentVersion> versions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int bits = in.bits();
            TimeBounds from = in.bounds();
            ConsentVersion version = new ConsentVersion(
                    from,
                    (bits & 1) != 0,
                    person(bits >>> PERSON_SHIFT),
                    STATES[bits >>> 1 & 3],
                    value(),
                    value(),
                    value(),
                    value(),
                    time(),
                    dayValue(),
                    dayValue(),
                    in.position(key, from.latest(), true));
            versions.add(version);
            positions.add(version.position());
        }
        return new Consent(Scopes.operator(source), Scopes.system(source), key, mappingVersion, versions);
    }

    private FieldValue value() throws IOException {
        return switch (STATES[in.bits()]) {
            case PRESENT -> FieldValue.present(in.word());
            case ABSENT -> FieldValue.ABSENT;
            case UNCHANGED -> FieldValue.UNCHANGED;
            case UNKNOWN -> FieldValue.UNKNOWN;
        };
    }

    private TimeValue time() throws IOException {
        FieldState state = STATES[in.bits()];
        return new TimeValue(state, state == FieldState.PRESENT ? in.instant() : null);
    }

    private DayValue dayValue() throws IOException {
        FieldState state = STATES[in.bits()];
        return new DayValue(state, state == FieldState.PRESENT ? in.day() : null);
    }
}
