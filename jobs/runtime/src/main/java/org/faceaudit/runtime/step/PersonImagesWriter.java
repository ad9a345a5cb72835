package org.faceaudit.runtime.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.core.memory.DataOutputSerializer;
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
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.types.PackedOutput;

/**
 * Writes what is kept of one person in few bytes: what a page repeats as the number of a word, instants and days from a
 * base on, what follows from something else not at all. {@link PersonImagesReader} is its mirror. Not thread-safe.
 */
final class PersonImagesWriter {

    // How the scope is told.
    static final int SCOPE_TEXT = 0;
    static final int SCOPE_DIGEST = 1;
    static final int SCOPE_TOKEN = 2;
    static final int SCOPE_RECORD = 3;
    static final int SCOPES = 3;
    static final int UNJUDGED = 4;

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

    // Bounds.
    static final int EXACT = 1;
    static final int DECLARED = 2;

    // A position.
    static final int SNAPSHOT = 1;
    static final int OF_TABLE = 2;
    static final int COMMITTED_THEN = 4;
    static final int KEY_HASH_FOLLOWS = 8;
    static final int SEQUENCE_NUMBER = 16;

    // A finding.
    static final int STAGES = 7;
    static final int EXEMPT = 8;
    static final int CLEARED = 16;
    static final int TOLD = 32;
    static final int ENDS = 64;
    static final int AFTER_DUE = 128;
    static final int OF_RECORD = 1;
    static final int OF_OWN = 2;
    static final int OF_OTHER = 4;
    static final int STORED_LOW = 8;
    static final int STORED_HIGH = 16;
    static final int STORED_SAME = 32;
    static final int EXCEPTION = 64;

    /** Seconds that can be told in millionths. */
    static final long FAR = 1L << 36;

    static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 16;

    private final DataOutputSerializer bytes = new DataOutputSerializer(256);
    private final PackedOutput out = new PackedOutput().to(bytes);
    private final PageWords words;
    private final long base;
    private final int baseDay;

    /** @param base from which seconds are counted */
    PersonImagesWriter(PageWords words, long base) {
        this.words = words;
        this.base = base;
        this.baseDay = LegalDay.of(Instant.ofEpochSecond(base)).epochDay();
    }

    byte[] write(PersonImages person) {
        try {
            bytes.clear();
            List<FaceRecord> records = new ArrayList<>();
            person.facts().values().stream()
                    .map(ImageFact::record)
                    .filter(Objects::nonNull)
                    .forEach(records::add);
            PersonToken own = own(person);
            scope(person, own, records);
            out.number(records.size());
            for (FaceRecord record : records) {
                key(record.recordKey());
            }
            List<Position> positions = positions(person);
            word(person.mappingVersion());
            findings(person, own, records, positions);
            for (FaceRecord record : records) {
                record(record, own);
            }
            rest(person, own);
            return bytes.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
    }

    /** The token that the scope names, as some fact of the person has it; {@code null} if none does. */
    private static PersonToken own(PersonImages person) {
        for (ImageFact fact : person.facts().values()) {
            for (PersonToken token : tokens(fact)) {
                if (token != null && person.scope().equals(scope(token))) {
                    return token;
                }
            }
        }
        return null;
    }

    static String scope(PersonToken token) {
        return "person/" + token.group() + '/' + token.digest();
    }

    private static List<PersonToken> tokens(ImageFact fact) {
        List<PersonToken> tokens = new ArrayList<>();
        if (fact.record() != null) {
            fact.record().versions().forEach(version -> tokens.add(version.person()));
        } else if (fact.purpose() != null) {
            fact.purpose().versions().forEach(version -> tokens.add(version.person()));
        } else {
            fact.consent().versions().forEach(version -> tokens.add(version.person()));
        }
        return tokens;
    }

    /** Every position that the facts have, in the order in which they are written. */
    private static List<Position> positions(PersonImages person) {
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

    private void scope(PersonImages person, PersonToken own, List<FaceRecord> records) throws IOException {
        int unjudged = person.unjudged() ? UNJUDGED : 0;
        if (own != null) {
            boolean digest = isDigest(own.digest());
            out.bits(unjudged | (digest ? SCOPE_DIGEST : SCOPE_TOKEN));
            group(own);
            digest(own, digest);
        } else if (!records.isEmpty()
                && person.scope().equals("record/" + records.get(0).recordKey())) {
            out.bits(unjudged | SCOPE_RECORD);
        } else {
            out.bits(unjudged | SCOPE_TEXT);
            out.text(person.scope(), 0);
        }
    }

    /** The parts of a token but its digest; the first three hold no bar. */
    private void group(PersonToken token) throws IOException {
        String[] parts = token.group().split("\\|", 4);
        boolean plain = parts.length == 4
                && parts[0].equals(token.identifies())
                && parts[1].equals(token.keyId())
                && parts[2].equals(token.normalisation())
                && parts[3].equals(token.scope());
        if (!plain) {
            throw new IllegalStateException("a token's parts hold no bar: " + token.group());
        }
        word(token.group());
    }

    static boolean isDigest(String text) {
        if (text.length() != 2 * DIGITS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private void digest(PersonToken token, boolean digest) throws IOException {
        if (digest) {
            out.fixed(HexFormat.fromHexDigitsToLong(token.digest(), 0, DIGITS));
            out.fixed(HexFormat.fromHexDigitsToLong(token.digest(), DIGITS, 2 * DIGITS));
        } else {
            out.text(token.digest(), 0);
        }
    }

    /** A table and the key of a row in it; the table is a word. */
    private void key(String key) throws IOException {
        int slash = key.indexOf('/');
        word(slash < 0 ? null : key.substring(0, slash));
        out.text(key.substring(slash + 1), 0);
    }

    private void word(String word) throws IOException {
        out.number(words.number(word));
    }

    private void day(LegalDay day) throws IOException {
        out.number((long) day.epochDay() - baseDay);
    }

    /** In the largest unit that tells it: seconds, thousandths, millionths. */
    private void instant(Instant at) throws IOException {
        instant(at, base, out);
    }

    static void instant(Instant at, long base, PackedOutput out) throws IOException {
        long second = at.getEpochSecond();
        int nano = at.getNano();
        boolean near = Math.abs(second) < FAR && Math.abs(base) < FAR;
        if (near && nano == 0) {
            out.number((second - base) << 2);
        } else if (near && nano % 1_000_000 == 0) {
            out.number(((second - base) * 1_000 + nano / 1_000_000) << 2 | 1);
        } else if (near && nano % 1_000 == 0) {
            out.number(((second - base) * 1_000_000 + nano / 1_000) << 2 | 2);
        } else {
            out.number(3);
            out.number(second);
            out.number(nano);
        }
    }

    private void bounds(TimeBounds bounds) throws IOException {
        out.bits((bounds.exact() ? EXACT : 0) | (bounds.declared() ? DECLARED : 0));
        instant(bounds.earliest());
        if (!bounds.exact()) {
            instant(bounds.latest());
        }
    }

    /** @param key of the row that the change is of, as a rule; its hash need not be told */
    private void position(Position position, String key, Instant then) throws IOException {
        int slash = key.indexOf('/');
        String table = slash < 0 ? null : key.substring(0, slash);
        boolean ofTable = Objects.equals(position.table(), table);
        boolean committedThen = position.committedAt().equals(then);
        String hash = slash < 0 ? null : EnvelopeDecoder.keyHash(table, key.substring(slash + 1));
        boolean hashFollows = Objects.equals(position.keyHash(), hash);
        boolean sequenceNumber = position.logPosition() != null && LogPosition.isSequenceNumber(position.logPosition());
        out.bits((position.snapshot() ? SNAPSHOT : 0)
                | (ofTable ? OF_TABLE : 0)
                | (committedThen ? COMMITTED_THEN : 0)
                | (hashFollows ? KEY_HASH_FOLLOWS : 0)
                | (sequenceNumber ? SEQUENCE_NUMBER : 0));
        word(position.topic());
        out.number(position.partition());
        out.number(position.offset());
        if (sequenceNumber) {
            out.number(LogPosition.sequenceNumber(position.logPosition()));
        } else {
            out.text(position.logPosition(), 0);
        }
        out.text(position.transaction(), 0);
        if (!ofTable) {
            word(position.table());
        }
        if (!hashFollows) {
            out.text(position.keyHash(), 0);
        }
        if (!committedThen) {
            instant(position.committedAt());
        }
    }

    private void findings(PersonImages person, PersonToken own, List<FaceRecord> records, List<Position> positions)
            throws IOException {
        out.number(person.findings().size());
        if (person.findings().isEmpty()) {
            return;
        }
        Map<Position, Integer> places = new HashMap<>();
        for (int i = positions.size() - 1; i >= 0; i--) {
            places.put(positions.get(i), i);
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < records.size(); i++) {
            numbers.put(records.get(i).recordKey(), i);
        }
        String ownText = own == null ? null : own.group() + '|' + own.digest();
        for (Finding finding : person.findings()) {
            finding(finding, numbers, places, ownText);
        }
    }

    private void finding(Finding kept, Map<String, Integer> numbers, Map<Position, Integer> places, String own)
            throws IOException {
        ImageFinding finding = kept.image();
        boolean afterDue = finding.from().equals(finding.dueOn().plusDays(1).start());
        out.bits(finding.stage().ordinal()
                | (finding.exempt() ? EXEMPT : 0)
                | (finding.cleared() ? CLEARED : 0)
                | (kept.told() ? TOLD : 0)
                | (finding.to() != null ? ENDS : 0)
                | (afterDue ? AFTER_DUE : 0));
        Integer record = numbers.get(finding.recordKey());
        boolean ofOwn = own != null && own.equals(finding.personToken());
        boolean ofOther = !ofOwn && finding.personToken() != null;
        boolean storedLow = finding.storedOnLow() != null;
        boolean storedSame = storedLow && finding.storedOnLow().equals(finding.storedOnHigh());
        boolean storedHigh = !storedSame && finding.storedOnHigh() != null;
        out.bits((record != null ? OF_RECORD : 0)
                | (ofOwn ? OF_OWN : 0)
                | (ofOther ? OF_OTHER : 0)
                | (storedLow ? STORED_LOW : 0)
                | (storedHigh ? STORED_HIGH : 0)
                | (storedSame ? STORED_SAME : 0)
                | (finding.exceptionId() != null ? EXCEPTION : 0));
        if (record != null) {
            out.number(record);
        } else {
            out.text(finding.recordKey(), 0);
        }
        word(finding.cause());
        if (ofOther) {
            out.text(finding.personToken(), 0);
        }
        if (storedLow) {
            day(finding.storedOnLow());
        }
        if (storedHigh) {
            day(finding.storedOnHigh());
        }
        day(finding.dueOn());
        if (!afterDue) {
            instant(finding.from());
        }
        if (finding.to() != null) {
            instant(finding.to());
        }
        if (finding.exceptionId() != null) {
            word(finding.exceptionId());
        }
        out.number(finding.positions().size());
        for (Position position : finding.positions()) {
            Integer place = places.get(position);
            out.number(place == null ? 0 : place + 1);
            if (place == null) {
                position(position, "", null);
            }
        }
    }

    private void record(FaceRecord record, PersonToken own) throws IOException {
        word(record.mappingVersion());
        out.number(record.versions().size());
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
        boolean storedAt = !storedSince && !asBefore && version.storedAt() != null;
        out.bits((version.retentionDays() != null ? RETENTION_DAYS : 0)
                | (version.retainUntil() != null ? RETAIN_UNTIL : 0)
                | (version.dataClass() != null ? DATA_CLASS : 0)
                | (storedAt ? STORED_AT : 0));
        bounds(version.from());
        other(version.person(), person);
        if (!version.alsoNamed().isEmpty()) {
            out.number(version.alsoNamed().size());
            for (PersonToken token : version.alsoNamed()) {
                token(token);
            }
        }
        if (storedAt) {
            bounds(version.storedAt());
        }
        if (version.retentionDays() != null) {
            out.number(version.retentionDays());
        }
        if (version.retainUntil() != null) {
            day(version.retainUntil());
        }
        if (version.dataClass() != null) {
            word(version.dataClass());
        }
        position(version.position(), key, version.from().latest());
    }

    private static int whom(PersonToken token, PersonToken own) {
        return token == null ? NOBODY : token.equals(own) ? OWN : OTHER;
    }

    private void other(PersonToken token, int whom) throws IOException {
        if (whom == OTHER) {
            token(token);
        }
    }

    private void token(PersonToken token) throws IOException {
        group(token);
        out.text(token.digest(), 0);
    }

    /** Purposes, then consents. */
    private void rest(PersonImages person, PersonToken own) throws IOException {
        List<Purpose> purposes = person.facts().values().stream()
                .map(ImageFact::purpose)
                .filter(Objects::nonNull)
                .toList();
        List<Consent> consents = person.facts().values().stream()
                .map(ImageFact::consent)
                .filter(Objects::nonNull)
                .toList();
        out.number(purposes.size());
        out.number(consents.size());
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
        key(purpose.purposeKey());
        word(purpose.mappingVersion());
        out.number(purpose.versions().size());
        for (PurposeVersion version : purpose.versions()) {
            int whom = whom(version.person(), own);
            out.bits((version.present() ? 1 : 0) | (version.endsOn() != null ? 2 : 0) | whom << PERSON_SHIFT);
            bounds(version.from());
            other(version.person(), whom);
            if (version.endsOn() != null) {
                day(version.endsOn());
            }
            position(version.position(), purpose.purposeKey(), version.from().latest());
        }
    }

    private void consent(Consent consent, PersonToken own) throws IOException {
        key(consent.consentKey());
        word(consent.mappingVersion());
        out.number(consent.versions().size());
        for (ConsentVersion version : consent.versions()) {
            int whom = whom(version.person(), own);
            out.bits((version.present() ? 1 : 0) | version.given().ordinal() << 1 | whom << PERSON_SHIFT);
            bounds(version.from());
            other(version.person(), whom);
            value(version.separate());
            value(version.scope());
            value(version.legalBasis());
            value(version.guardian());
            time(version.withdrawnAt());
            day(version.expiresOn());
            day(version.bornOn());
            position(version.position(), consent.consentKey(), version.from().latest());
        }
    }

    private void value(FieldValue value) throws IOException {
        out.bits(value.state().ordinal());
        if (value.state() == FieldState.PRESENT) {
            word(value.text());
        }
    }

    private void time(TimeValue value) throws IOException {
        out.bits(value.state().ordinal());
        if (value.state() == FieldState.PRESENT) {
            instant(value.at());
        }
    }

    private void day(DayValue value) throws IOException {
        out.bits(value.state().ordinal());
        if (value.state() == FieldState.PRESENT) {
            day(value.day());
        }
    }
}
