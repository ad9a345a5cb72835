package org.faceaudit.core.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds one access point version by version. */
public final class AccessPointFixture {

    private final String operator;
    private final String system;
    private final String pointId;
    private final List<AccessPointVersion> versions = new ArrayList<>();
    private String row;
    private String site;
    private String space;

    private AccessPointFixture(String operator, String system, String pointId) {
        this.operator = operator;
        this.system = system;
        this.pointId = pointId;
        this.row = "public.gate/" + pointId;
    }

    public static AccessPointFixture point(String operator, String system, String pointId) {
        return new AccessPointFixture(operator, system, pointId);
    }

    /** The row that says so, as table and key; else the one of the point's id in {@code public.gate}. */
    public AccessPointFixture row(String tableAndKey) {
        this.row = tableAndKey;
        return this;
    }

    /** The site of the versions that follow. */
    public AccessPointFixture site(String name) {
        this.site = name;
        return this;
    }

    /** The kind of space of the versions that follow. */
    public AccessPointFixture space(String kind) {
        this.space = kind;
        return this;
    }

    /** Methods enabled from an instant on. */
    public AccessPointFixture offers(String instant, String... methods) {
        return version(TimeBounds.committed(Instant.parse(instant)), true, FieldState.PRESENT, methods);
    }

    /** Methods enabled since some instant between two: a row of a first snapshot. */
    public AccessPointFixture offersSince(String earliest, String latest, String... methods) {
        return version(
                TimeBounds.between(Instant.parse(earliest), Instant.parse(latest)), true, FieldState.PRESENT, methods);
    }

    public AccessPointFixture unreadable(String instant) {
        return version(TimeBounds.committed(Instant.parse(instant)), true, FieldState.UNKNOWN);
    }

    public AccessPointFixture retired(String instant, String... methods) {
        return version(TimeBounds.committed(Instant.parse(instant)), false, FieldState.PRESENT, methods);
    }

    /** The source holds the point no more. */
    public AccessPointFixture gone(String instant) {
        site = null;
        space = null;
        return version(TimeBounds.committed(Instant.parse(instant)), false, FieldState.ABSENT);
    }

    private AccessPointFixture version(TimeBounds from, boolean inForce, FieldState state, String... methods) {
        long offset = versions.size() + 1L;
        Position position = new Position(
                "cdc." + operator + "." + system,
                0,
                offset,
                "0/" + offset,
                "t" + offset,
                "public.gate",
                "k-" + pointId,
                from.latest(),
                !from.exact());
        versions.add(new AccessPointVersion(from, inForce, state, List.of(methods), site, space, position));
        return this;
    }

    public AccessPoint build() {
        return new AccessPoint(operator, system, pointId, row, "m1", versions);
    }
}
