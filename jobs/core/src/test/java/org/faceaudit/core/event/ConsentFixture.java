package org.faceaudit.core.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.counting.FaceRecordFixture;
import org.faceaudit.core.law.LegalDay;

/**
 * Builds one consent row version by version; its person is an id-card token. Unless told otherwise it is given, separate,
 * for the face, on the basis of consent, not by a guardian, not withdrawn, without an end, of a person of unknown age.
 */
public final class ConsentFixture {

    private final String operator;
    private final String system;
    private final String key;
    private String person;
    private final List<ConsentVersion> versions = new ArrayList<>();
    private FieldState given = FieldState.PRESENT;
    private FieldValue separate = FieldValue.present(ConsentVersion.YES);
    private FieldValue scope = FieldValue.present(ConsentScope.FACE.name());
    private FieldValue legalBasis = FieldValue.present(LegalBasis.CONSENT.name());
    private FieldValue guardian = FieldValue.present(ConsentVersion.NO);
    private TimeValue withdrawnAt = TimeValue.ABSENT;
    private DayValue expiresOn = DayValue.ABSENT;
    private DayValue bornOn = DayValue.ABSENT;

    private ConsentFixture(String operator, String system, String key, String person) {
        this.operator = operator;
        this.system = system;
        this.key = key;
        this.person = person;
    }

    public static ConsentFixture consent(String operator, String system, String key, String person) {
        return new ConsentFixture(operator, system, key, person);
    }

    /** The person whose it is from the next version on. */
    public ConsentFixture isOf(String other) {
        person = other;
        return this;
    }

    public ConsentFixture given(FieldState state) {
        given = state;
        return this;
    }

    public ConsentFixture separate(FieldValue value) {
        separate = value;
        return this;
    }

    public ConsentFixture scope(FieldValue value) {
        scope = value;
        return this;
    }

    public ConsentFixture scope(ConsentScope value) {
        return scope(FieldValue.present(value.name()));
    }

    public ConsentFixture basis(FieldValue value) {
        legalBasis = value;
        return this;
    }

    public ConsentFixture basis(LegalBasis value) {
        return basis(FieldValue.present(value.name()));
    }

    public ConsentFixture guardian(FieldValue value) {
        guardian = value;
        return this;
    }

    /** {@code null} for not withdrawn. */
    public ConsentFixture withdrawn(String instant) {
        return withdrawn(instant == null ? TimeValue.ABSENT : TimeValue.present(Instant.parse(instant)));
    }

    public ConsentFixture withdrawn(TimeValue value) {
        withdrawnAt = value;
        return this;
    }

    /** {@code null} for no end. */
    public ConsentFixture expires(String day) {
        return expires(day == null ? DayValue.ABSENT : DayValue.present(LegalDay.parse(day)));
    }

    public ConsentFixture expires(DayValue value) {
        expiresOn = value;
        return this;
    }

    public ConsentFixture born(String day) {
        return born(DayValue.present(LegalDay.parse(day)));
    }

    public ConsentFixture born(DayValue value) {
        bornOn = value;
        return this;
    }

    /** The row says so from an instant on. */
    public ConsentFixture at(String instant) {
        return version(TimeBounds.committed(Instant.parse(instant)), true);
    }

    public ConsentFixture deleted(String instant) {
        return version(TimeBounds.committed(Instant.parse(instant)), false);
    }

    /** Gone at some instant between two: a row that a later snapshot no longer had. */
    public ConsentFixture missing(String earliest, String latest) {
        return version(TimeBounds.between(Instant.parse(earliest), Instant.parse(latest)), false);
    }

    private ConsentFixture version(TimeBounds from, boolean present) {
        long offset = versions.size() + 1L;
        Position position = new Position(
                "cdc." + operator + "." + system,
                0,
                offset,
                "0/" + offset,
                "t" + offset,
                "public.consent",
                "k-" + key,
                from.latest(),
                !from.exact());
        versions.add(
                present
                        ? new ConsentVersion(
                                from,
                                true,
                                FaceRecordFixture.idCard(person),
                                given,
                                separate,
                                scope,
                                legalBasis,
                                guardian,
                                withdrawnAt,
                                expiresOn,
                                bornOn,
                                position)
                        : ConsentVersion.gone(from, position));
        return this;
    }

    public Consent build() {
        return new Consent(operator, system, key, "m1", versions);
    }
}
