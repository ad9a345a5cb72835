package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;

/** Builds one face record version by version; the person of a version is an id-card token unless a token is given. */
public final class FaceRecordFixture {

    private final String operator;
    private final String system;
    private final String key;
    private final List<FaceRecordVersion> versions = new ArrayList<>();

    private PersonToken person;
    private boolean image;
    private Integer retentionDays;
    private LegalDay retainUntil;
    private String dataClass;

    private FaceRecordFixture(String operator, String system, String key) {
        this.operator = operator;
        this.system = system;
        this.key = key;
    }

    public static FaceRecordFixture record(String operator, String system, String key) {
        return new FaceRecordFixture(operator, system, key);
    }

    public static PersonToken idCard(String person) {
        return new PersonToken("id-card", "k1", "upper", "", person);
    }

    public static PersonToken localId(String scope, String person) {
        return new PersonToken("local-id", "k1", "text", scope, person);
    }

    public FaceRecordFixture person(String digest) {
        return person(digest == null ? null : idCard(digest));
    }

    public FaceRecordFixture person(PersonToken token) {
        this.person = token;
        return this;
    }

    public FaceRecordFixture image(boolean stored) {
        this.image = stored;
        return this;
    }

    public FaceRecordFixture retentionDays(Integer days) {
        this.retentionDays = days;
        return this;
    }

    public FaceRecordFixture retainUntil(String day) {
        this.retainUntil = day == null ? null : LegalDay.parse(day);
        return this;
    }

    public FaceRecordFixture dataClass(String name) {
        this.dataClass = name;
        return this;
    }

    /** A version committed at an instant, the artefact stored since then unless it was before. */
    public FaceRecordFixture storedAt(String instant) {
        return stored(TimeBounds.committed(Instant.parse(instant)), null);
    }

    /** A row of a first snapshot: stored between two instants. */
    public FaceRecordFixture snapshot(String earliest, String latest) {
        TimeBounds bounds = TimeBounds.between(Instant.parse(earliest), Instant.parse(latest));
        return stored(bounds, bounds);
    }

    public FaceRecordFixture stored(TimeBounds from, TimeBounds storedAt) {
        TimeBounds first =
                versions.isEmpty() || !versions.get(versions.size() - 1).stored()
                        ? from
                        : versions.get(versions.size() - 1).storedAt();
        versions.add(new FaceRecordVersion(
                from,
                true,
                person,
                List.of(),
                true,
                image,
                storedAt == null ? first : storedAt,
                retentionDays,
                retainUntil,
                dataClass,
                position(from)));
        return this;
    }

    public FaceRecordFixture deletedAt(String instant) {
        return deleted(TimeBounds.committed(Instant.parse(instant)));
    }

    public FaceRecordFixture deleted(TimeBounds from) {
        versions.add(new FaceRecordVersion(from, false, null, false, false, null, null, null, position(from)));
        return this;
    }

    public FaceRecord build() {
        return new FaceRecord(operator, system, key, "m1", versions);
    }

    private Position position(TimeBounds from) {
        return new Position(
                "cdc." + operator + "." + system,
                0,
                versions.size(),
                "0/" + versions.size(),
                "t" + versions.size(),
                "public.face",
                "k-" + key,
                from.latest(),
                !from.exact());
    }
}
