package org.faceaudit.runtime.step;

import static org.faceaudit.runtime.step.PersonImagesWriter.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.faceaudit.core.alert.Verdict;
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
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.types.PackedInput;

/** Reads what {@link PersonImagesWriter} wrote with the same words and base. Not thread-safe. */
final class PersonImagesReader {

    private static final Verdict[] STAGES_BY_NUMBER = Verdict.values();
    private static final FieldState[] STATES = FieldState.values();

    private final DataInputDeserializer bytes = new DataInputDeserializer();
    private final PackedInput in = new PackedInput().from(bytes);
    private final PageWords words;
    private final String source;
    private final long base;
    private final int baseDay;
    private final Map<String, String[]> groups = new HashMap<>();

    private final Map<Integer, Instant> starts = new HashMap<>();

    private String scope;
    private String ownGroup;
    private String ownDigest;
    private PersonToken own;
    private boolean unjudged;
    private List<String> recordKeys = List.of();

    /** @param source {@code operator/system} */
    PersonImagesReader(PageWords words, String source, long base) {
        this.words = words;
        this.source = source;
        this.base = base;
        this.baseDay = LegalDay.of(Instant.ofEpochSecond(base)).epochDay();
    }

    /** Whose the bytes are. */
    String scope(byte[] written) {
        try {
            head(written);
            return scope();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static boolean unjudged(byte[] written) {
        return (written[0] & UNJUDGED) != 0;
    }

    /** The findings alone, without the changes they rest on. */
    List<Finding> findings(byte[] written) {
        try {
            head(written);
            word();
            List<Finding> findings = new ArrayList<>();
            for (Draft draft : drafts(false)) {
                findings.add(new Finding(draft.bare(), draft.told()));
            }
            return findings;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    PersonImages read(byte[] written) {
        try {
            head(written);
            own = ownGroup == null ? null : token(ownGroup, ownDigest);
            scope = scope();
            String mappingVersion = word();
            List<Draft> drafts = drafts(true);
            PersonImages person = new PersonImages(scope);
            List<Position> positions = new ArrayList<>();
            for (String key : recordKeys) {
                FaceRecord record = record(key, positions);
                take(person, "record/" + key, record, null, null);
            }
            rest(person, positions);
            List<Finding> findings = new ArrayList<>(drafts.size());
            for (Draft draft : drafts) {
                findings.add(new Finding(draft.finding(positions), draft.told()));
            }
            person.found(findings, mappingVersion, unjudged);
            return person;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void take(PersonImages person, String entry, FaceRecord record, Purpose purpose, Consent consent) {
        person.facts().put(entry, new ImageFact(source, scope, entry, record, purpose, consent));
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("what was written can be read", e);
    }

    private void head(byte[] written) throws IOException {
        bytes.setBuffer(written);
        int bits = in.bits();
        unjudged = (bits & UNJUDGED) != 0;
        own = null;
        ownGroup = null;
        scope = null;
        switch (bits & SCOPES) {
            case SCOPE_DIGEST -> {
                ownGroup = word();
                ownDigest = HEX.toHexDigits(in.fixed()) + HEX.toHexDigits(in.fixed());
            }
            case SCOPE_TOKEN -> {
                ownGroup = word();
                ownDigest = in.text();
            }
            case SCOPE_TEXT -> scope = in.text();
            default -> {
                // told by the key of the first record
            }
        }
        int records = (int) in.number();
        recordKeys = new ArrayList<>(records);
        for (int i = 0; i < records; i++) {
            recordKeys.add(key());
        }
    }

    private String scope() {
        if (ownGroup != null) {
            return "person/" + ownGroup + '/' + ownDigest;
        }
        return scope == null ? "record/" + recordKeys.get(0) : scope;
    }

    private PersonToken token(String group, String digest) {
        String[] parts = groups.computeIfAbsent(group, text -> text.split("\\|", 4));
        return new PersonToken(parts[0], parts[1], parts[2], parts[3], digest);
    }

    private String key() throws IOException {
        String table = word();
        String rest = in.text();
        return table == null ? rest : table + '/' + rest;
    }

    private String word() throws IOException {
        return words.word((int) in.number());
    }

    private LegalDay day() throws IOException {
        return new LegalDay((int) (in.number() + baseDay));
    }

    /** Days fall together. */
    private Instant start(int epochDay) {
        return starts.computeIfAbsent(epochDay, day -> new LegalDay(day).start());
    }

    private Instant instant() throws IOException {
        return instant(base, in);
    }

    static Instant instant(long base, PackedInput in) throws IOException {
        long number = in.number();
        long value = number >> 2;
        return switch ((int) (number & 3)) {
            case 0 -> Instant.ofEpochSecond(base + value);
            case 1 ->
                Instant.ofEpochSecond(base + Math.floorDiv(value, 1_000L), Math.floorMod(value, 1_000L) * 1_000_000);
            case 2 ->
                Instant.ofEpochSecond(
                        base + Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1_000);
            default -> Instant.ofEpochSecond(in.number(), in.number());
        };
    }

    private TimeBounds bounds() throws IOException {
        int bits = in.bits();
        Instant earliest = instant();
        return new TimeBounds(earliest, (bits & EXACT) != 0 ? earliest : instant(), (bits & DECLARED) != 0);
    }

    /** @param wanted whether the position is looked at, or only passed */
    private Position position(String key, Instant then, boolean wanted) throws IOException {
        int bits = in.bits();
        String topic = word();
        int partition = (int) in.number();
        long offset = in.number();
        long number = (bits & SEQUENCE_NUMBER) != 0 ? in.number() : 0;
        String place = (bits & SEQUENCE_NUMBER) != 0 ? null : in.text();
        String transaction = in.text();
        int slash = key.indexOf('/');
        String ownTable = slash < 0 ? null : key.substring(0, slash);
        String table = (bits & OF_TABLE) != 0 ? ownTable : word();
        String hash = (bits & KEY_HASH_FOLLOWS) != 0 ? null : in.text();
        Instant committed = (bits & COMMITTED_THEN) != 0 ? then : instant();
        if (!wanted) {
            return null;
        }
        if ((bits & KEY_HASH_FOLLOWS) != 0 && slash >= 0) {
            hash = EnvelopeDecoder.keyHash(ownTable, key.substring(slash + 1));
        }
        return new Position(
                topic,
                partition,
                offset,
                place == null && (bits & SEQUENCE_NUMBER) != 0
                        ? LogPosition.ofSequenceNumber(number).text()
                        : place,
                transaction,
                table,
                hash,
                committed,
                (bits & SNAPSHOT) != 0);
    }

    /** A finding whose positions are told by their numbers: from 1 those of the facts, else given here. */
    private record Draft(ImageFinding bare, boolean told, int[] places, List<Position> others) {

        ImageFinding finding(List<Position> positions) {
            List<Position> all = new ArrayList<>(places.length);
            int other = 0;
            for (int place : places) {
                all.add(place == 0 ? others.get(other++) : positions.get(place - 1));
            }
            return new ImageFinding(
                    bare.operator(),
                    bare.system(),
                    bare.recordKey(),
                    bare.cause(),
                    bare.stage(),
                    bare.personToken(),
                    bare.storedOnLow(),
                    bare.storedOnHigh(),
                    bare.dueOn(),
                    bare.from(),
                    bare.to(),
                    bare.cleared(),
                    bare.exceptionId(),
                    bare.exempt(),
                    all);
        }
    }

    private List<Draft> drafts(boolean evidence) throws IOException {
        int size = (int) in.number();
        List<Draft> drafts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            drafts.add(draft(evidence));
        }
        return drafts;
    }

    private Draft draft(boolean evidence) throws IOException {
        int bits = in.bits();
        int more = in.bits();
        String record = (more & OF_RECORD) != 0 ? recordKeys.get((int) in.number()) : in.text();
        String cause = word();
        String person = null;
        if ((more & OF_OWN) != 0) {
            person = ownGroup + '|' + ownDigest;
        } else if ((more & OF_OTHER) != 0) {
            person = in.text();
        }
        LegalDay low = (more & STORED_LOW) != 0 ? day() : null;
        LegalDay high = (more & STORED_HIGH) != 0 ? day() : (more & STORED_SAME) != 0 ? low : null;
        LegalDay due = day();
        Instant from = (bits & AFTER_DUE) != 0 ? start(due.epochDay() + 1) : instant();
        Instant to = (bits & ENDS) != 0 ? instant() : null;
        String exception = (more & EXCEPTION) != 0 ? word() : null;
        int[] places = new int[(int) in.number()];
        List<Position> others = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            places[i] = (int) in.number();
            if (places[i] == 0) {
                others.add(position("", null, evidence));
            }
        }
        return new Draft(
                new ImageFinding(
                        Scopes.operator(source),
                        Scopes.system(source),
                        record,
                        cause,
                        STAGES_BY_NUMBER[bits & STAGES],
                        person,
                        low,
                        high,
                        due,
                        from,
                        to,
                        (bits & CLEARED) != 0,
                        exception,
                        (bits & EXEMPT) != 0,
                        List.of()),
                (bits & TOLD) != 0,
                places,
                others);
    }

    private FaceRecord record(String key, List<Position> positions) throws IOException {
        String mappingVersion = word();
        int size = (int) in.number();
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
        TimeBounds from = bounds();
        PersonToken person = person(bits >>> PERSON_SHIFT);
        List<PersonToken> alsoNamed = new ArrayList<>();
        for (int rest = (bits & ALSO_NAMED) != 0 ? (int) in.number() : 0; rest > 0; rest--) {
            alsoNamed.add(token(word(), in.text()));
        }
        TimeBounds storedAt = (bits & STORED_SINCE) != 0
                ? from
                : (bits & STORED_AS_BEFORE) != 0 ? before : (more & STORED_AT) != 0 ? bounds() : null;
        Integer retentionDays = (more & RETENTION_DAYS) != 0 ? Integer.valueOf((int) in.number()) : null;
        LegalDay retainUntil = (more & RETAIN_UNTIL) != 0 ? day() : null;
        String dataClass = (more & DATA_CLASS) != 0 ? word() : null;
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
                position(key, from.latest(), true));
    }

    private PersonToken person(int whom) throws IOException {
        return switch (whom) {
            case NOBODY -> null;
            case OWN -> own;
            default -> token(word(), in.text());
        };
    }

    private void rest(PersonImages person, List<Position> positions) throws IOException {
        long size = in.number() + in.number();
        for (int i = 0; i < size; i++) {
            if (in.bits() == 0) {
                Purpose purpose = purpose(positions);
                take(person, "purpose/" + purpose.purposeKey(), null, purpose, null);
            } else {
                Consent consent = consent(positions);
                take(person, "consent/" + consent.consentKey(), null, null, consent);
            }
        }
    }

    private Purpose purpose(List<Position> positions) throws IOException {
        String key = key();
        String mappingVersion = word();
        int size = (int) in.number();
        List<PurposeVersion> versions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int bits = in.bits();
            TimeBounds from = bounds();
            PersonToken person = person(bits >>> PERSON_SHIFT);
            LegalDay endsOn = (bits & 2) != 0 ? day() : null;
            Position position = position(key, from.latest(), true);
            versions.add(new PurposeVersion(from, (bits & 1) != 0, person, endsOn, position));
            positions.add(position);
        }
        return new Purpose(Scopes.operator(source), Scopes.system(source), key, mappingVersion, versions);
    }

    private Consent consent(List<Position> positions) throws IOException {
        String key = key();
        String mappingVersion = word();
        int size = (int) in.number();
        List<ConsentVersion> versions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int bits = in.bits();
            TimeBounds from = bounds();
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
                    position(key, from.latest(), true));
            versions.add(version);
            positions.add(version.position());
        }
        return new Consent(Scopes.operator(source), Scopes.system(source), key, mappingVersion, versions);
    }

    private FieldValue value() throws IOException {
        return switch (STATES[in.bits()]) {
            case PRESENT -> FieldValue.present(word());
            case ABSENT -> FieldValue.ABSENT;
            case UNCHANGED -> FieldValue.UNCHANGED;
            case UNKNOWN -> FieldValue.UNKNOWN;
        };
    }

    private TimeValue time() throws IOException {
        FieldState state = STATES[in.bits()];
        return new TimeValue(state, state == FieldState.PRESENT ? instant() : null);
    }

    private DayValue dayValue() throws IOException {
        FieldState state = STATES[in.bits()];
        return new DayValue(state, state == FieldState.PRESENT ? day() : null);
    }
}
