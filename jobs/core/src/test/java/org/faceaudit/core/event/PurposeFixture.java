package org.faceaudit.core.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.counting.FaceRecordFixture;
import org.faceaudit.core.law.LegalDay;

/** Builds one purpose row version by version; its person is an id-card token. */
public final class PurposeFixture {

    private final String operator;
    private final String system;
    private final String key;
    private String person;
    private final List<PurposeVersion> versions = new ArrayList<>();

    private PurposeFixture(String operator, String system, String key, String person) {
        this.operator = operator;
        this.system = system;
        this.key = key;
        this.person = person;
    }

    public static PurposeFixture purpose(String operator, String system, String key, String person) {
        return new PurposeFixture(operator, system, key, person);
    }

    /** What the row says from an instant on; {@code endsOn} is {@code null} while the purpose has no end. */
    public PurposeFixture says(String instant, String endsOn) {
        return version(instant, true, endsOn == null ? null : LegalDay.parse(endsOn));
    }

    /** The person whose it is from the next version on. */
    public PurposeFixture isOf(String other) {
        person = other;
        return this;
    }

    public PurposeFixture deleted(String instant) {
        return version(instant, false, null);
    }

    /** Gone at some instant between two: a row that a later snapshot no longer had. */
    public PurposeFixture missing(String earliest, String latest) {
        return version(TimeBounds.between(Instant.parse(earliest), Instant.parse(latest)), false, null);
    }

    private PurposeFixture version(String instant, boolean present, LegalDay endsOn) {
        return version(TimeBounds.committed(Instant.parse(instant)), present, endsOn);
    }

    private PurposeFixture version(TimeBounds from, boolean present, LegalDay endsOn) {
        long offset = versions.size() + 1L;
        versions.add(new PurposeVersion(
                from,
                present,
                present ? FaceRecordFixture.idCard(person) : null,
                endsOn,
                new Position(
                        "cdc." + operator + "." + system,
                        0,
                        offset,
                        "0/" + offset,
                        "t" + offset,
                        "public.membership",
                        "k-" + key,
                        from.latest(),
                        !from.exact())));
        return this;
    }

    public Purpose build() {
        return new Purpose(operator, system, key, "m1", versions);
    }
}
