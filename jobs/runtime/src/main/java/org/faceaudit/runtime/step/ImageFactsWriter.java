package org.faceaudit.runtime.step;

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
import org.faceaudit.core.event.TimeValue;
import org.faceaudit.runtime.fact.ImageFact;

/** Writes the records, purposes and consents of one person. {@link ImageFactsReader} is its mirror. Not thread-safe. */
final class ImageFactsWriter {

    // Whom a version names.
    static final int NOBODY = 0;
    static final int OWN = 1;
    static final int OTHER = 2;

    // A version of a record.
    static final int STORED = 1;
    static final int TEMPLATE = 2;
    static final int IMAGE = 4;
    static final int STORED_SINCE = 8;
    static final int STORED_AS_BEFORE = 16;
    static final int ALSO_NAMED = 32;
    static final int PERSON_SHIFT = 6;
    static final int RETENTION_DAYS = 1;
    static final int RETAIN_UNTIL = 2;
    static final int DATA_CLASS = 4;
    static final int STORED_AT = 8;
    /** Stored when the version began, but the one was stated and the other is not. */
    static final int STORED_THEN = 16;

    private final PageOutput out;

    ImageFactsWriter(PageOutput out) {
        this.out = out;
    }

    /** Every position that the facts have, in the order in which they are written. */
    static List<Position> positions(PersonImages person) {
        List<Position> positions = new ArrayList<>();
        for (ImageFact fact : person.facts().values()) {
            if (fact.record() != null) {
                fact.record().versions().forEach(version -> positions.add(version.position()));
            }
        }
        for (ImageFact fact : person.facts().values()) {
            if (fact.purpose() != null) {
                fact.purpose().versions().forEach(version -> positions.add(version.position()));
            } else if (fact.consent() != null) {
                fact.consent().versions().forEach(version -> positions.add(version.position()));
            }
        }
        return positions;
    }

    void record(FaceRecord record, PersonToken own) throws IOException {
        out.word(record.mappingVersion());
        out.count(record.versions().size());
        FaceRecordVersion before = null;
        for (FaceRecordVersion version : record.versions()) {
            version(version, before, record.recordKey(), own);
            before = version;
        }
    }

    private void version(FaceRecordVersion version, FaceRecordVersion before, String key, PersonToken own)
            throws IOException {
        boolean storedSince = version.from().equals(version.storedAt());
        boolean asBefore = !storedSince
                && before != null
                && version.storedAt() != null
                && version.storedAt().equals(before.storedAt());
        int person = whom(version.person(), own);
        out.bits((version.stored() ? STORED : 0)
                | (version.template() ? TEMPLATE : 0)
                | (version.image() ? IMAGE : 0)
                | (storedSince ? STORED_SINCE : 0)
                | (asBefore ? STORED_AS_BEFORE : 0)
                | (version.alsoNamed().isEmpty() ? 0 : ALSO_NAMED)
                | person << PERSON_SHIFT);
        boolean storedThen = !storedSince
                && !asBefore
                && version.storedAt() != null
                && version.storedAt().earliest().equals(version.from().earliest())
                && version.storedAt().latest().equals(version.from().latest());
        boolean storedAt = !storedSince && !asBefore && !storedThen && version.storedAt() != null;
        out.bits((version.retentionDays() != null ? RETENTION_DAYS : 0)
                | (version.retainUntil() != null ? RETAIN_UNTIL : 0)
                | (version.dataClass() != null ? DATA_CLASS : 0)
                | (storedAt ? STORED_AT : 0)
                | (storedThen ? STORED_THEN : 0));
        out.bounds(version.from());
        other(version.person(), person);
        if (!version.alsoNamed().isEmpty()) {
            out.count(version.alsoNamed().size());
            for (PersonToken token : version.alsoNamed()) {
                out.token(token);
            }
        }
        if (storedAt) {
            out.bounds(version.storedAt());
        }
        if (version.retentionDays() != null) {
            out.number(version.retentionDays());
        }
        if (version.retainUntil() != null) {
            out.day(version.retainUntil());
        }
        if (version.dataClass() != null) {
            out.word(version.dataClass());
        }
        out.position(version.position(), key, version.from().latest());
    }

    private static int whom(PersonToken token, PersonToken own) {
        return token == null ? NOBODY : token.equals(own) ? OWN : OTHER;
    }

    private void other(PersonToken token, int whom) throws IOException {
        if (whom == OTHER) {
            out.token(token);
        }
    }

    /** Purposes and consents. */
    void rest(PersonImages person, PersonToken own) throws IOException {
        out.count(person.facts().values().stream()
                .filter(fact -> fact.record() == null)
                .count());
        // In the order in which the positions are counted: that of the entries.
        for (ImageFact fact : person.facts().values()) {
            if (fact.purpose() != null) {
                out.bits(0);
                purpose(fact.purpose(), own);
            } else if (fact.consent() != null) {
                out.bits(1);
                consent(fact.consent(), own);
            }
        }
    }

    private void purpose(Purpose purpose, PersonToken own) throws IOException {
        out.key(purpose.purposeKey());
        out.word(purpose.mappingVersion());
        out.count(purpose.versions().size());
        for (PurposeVersion version : purpose.versions()) {
            int whom = whom(version.person(), own);
            out.bits((version.present() ? 1 : 0) | (version.endsOn() != null ? 2 : 0) | whom << PERSON_SHIFT);
            out.bounds(version.from());
            other(version.person(), whom);
            if (version.endsOn() != null) {
                out.day(version.endsOn());
            }
            out.position(
                    version.position(), purpose.purposeKey(), version.from().latest());
        }
    }

    private void consent(Consent consent, PersonToken own) throws IOException {
        out.key(consent.consentKey());
        out.word(consent.mappingVersion());
        out.count(consent.versions().size());
        for (ConsentVersion version : consent.versions()) {
            int whom = whom(version.person(), own);
            out.bits((version.present() ? 1 : 0) | version.given().ordinal() << 1 | whom << PERSON_SHIFT);
            out.bounds(version.from());
            other(version.person(), whom);
            value(version.separate());
            value(version.scope());
            value(version.legalBasis());
            value(version.guardian());
            time(version.withdrawnAt());
            day(version.expiresOn());
            day(version.bornOn());
            out.position(
                    version.position(), consent.consentKey(), version.from().latest());
        }
    }

    private void value(FieldValue value) throws IOException {
        out.bits(value.state().ordinal());
        if (value.state() == FieldState.PRESENT) {
            out.word(value.text());
        }
    }

    private void time(TimeValue value) throws IOException {
        out.bits(value.state().ordinal());
        if (value.state() == FieldState.PRESENT) {
            out.instant(value.at());
        }
    }

    private void day(DayValue value) throws IOException {
        out.bits(value.state().ordinal());
        if (value.state() == FieldState.PRESENT) {
            out.day(value.day());
        }
    }
}
