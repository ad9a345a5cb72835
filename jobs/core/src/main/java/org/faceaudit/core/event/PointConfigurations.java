package org.faceaudit.core.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What several rows about one access point make of it together. Rows that say the same at the same time are one; what differs is
 * overlapping: nobody can tell which of them the gate obeys, so its methods are {@code UNKNOWN} until one of them is left, or
 * they agree. Nothing is accused on the word of one row, nor excused on that of another.
 *
 * <p>A table may keep a row for each period or profile of a point: of its rows those in service count, unless none is. Whether a
 * row of one table is in service says nothing of another table's; there such a difference is overlapping too. A site or a
 * space that one row names and another does not is the named one; of two spaces none is known, and two sites are overlapping.
 *
 * <p>A function of the rows' time lines alone: in which order they became known does not matter.
 */
public final class PointConfigurations {

    private PointConfigurations() {}

    /**
     * The point as its rows make it together.
     *
     * @param rows time lines of the same point, at least one, at most one of each row
     */
    public static AccessPoint together(Iterable<AccessPoint> rows) {
        List<AccessPoint> told = new ArrayList<>();
        rows.forEach(told::add);
        told.sort(Comparator.comparing(AccessPoint::row));
        AccessPoint first = told.get(0);
        List<AccessPoint> there = told.stream().filter(AccessPoint::everThere).toList();
        List<AccessPointVersion> versions = switch (there.size()) {
            case 0 -> first.versions();
            case 1 -> there.get(0).versions();
            default -> merged(there);
        };
        return new AccessPoint(first.operator(), first.system(), first.pointId(), "", first.mappingVersion(), versions);
    }

    private static List<AccessPointVersion> merged(List<AccessPoint> rows) {
        TreeSet<Instant> instants = new TreeSet<>();
        rows.forEach(row ->
                row.versions().forEach(version -> instants.add(version.from().latest())));
        List<AccessPointVersion> versions = new ArrayList<>();
        for (Instant at : instants) {
            AccessPointVersion now = merged(rows, at);
            AccessPointVersion last = versions.isEmpty() ? null : versions.get(versions.size() - 1);
            if (last == null ? now.there() : !last.saysTheSameAs(now)) {
                versions.add(now);
            }
        }
        return versions;
    }

    /** What the rows say from an instant on at which one of them changes. */
    private static AccessPointVersion merged(List<AccessPoint> rows, Instant at) {
        TreeMap<String, List<AccessPointVersion>> byTable = new TreeMap<>();
        TimeBounds from = null;
        Position position = null;
        for (AccessPoint row : rows) {
            AccessPointVersion held = at(row, at);
            if (held == null) {
                continue;
            }
            from = from == null ? held.from() : both(from, held.from());
            if (held.from().latest().equals(at)
                    && (position == null || position.offset() < held.position().offset())) {
                position = held.position();
            }
            if (held.there()) {
                byTable.computeIfAbsent(row.table(), table -> new ArrayList<>()).add(held);
            }
        }
        List<AccessPointVersion> counting =
                byTable.values().stream().flatMap(PointConfigurations::counting).toList();
        return counting.isEmpty()
                ? new AccessPointVersion(from, false, FieldState.ABSENT, List.of(), null, null, position)
                : merged(counting, from, position);
    }

    private static AccessPointVersion at(AccessPoint row, Instant at) {
        AccessPointVersion held = null;
        for (AccessPointVersion version : row.versions()) {
            held = version.from().latest().isAfter(at) ? held : version;
        }
        return held;
    }

    /** Rows hold together from when the last of them began. */
    private static TimeBounds both(TimeBounds one, TimeBounds other) {
        Instant earliest = one.earliest().isAfter(other.earliest()) ? one.earliest() : other.earliest();
        TimeBounds later = one.latest().isAfter(other.latest()) ? one : other;
        return earliest.equals(later.earliest())
                ? later
                : new TimeBounds(earliest, later.latest(), one.declared() || other.declared());
    }

    private static Stream<AccessPointVersion> counting(List<AccessPointVersion> ofTable) {
        boolean anyInForce = ofTable.stream().anyMatch(AccessPointVersion::inForce);
        return ofTable.stream().filter(version -> version.inForce() == anyInForce);
    }

    private static AccessPointVersion merged(List<AccessPointVersion> counting, TimeBounds from, Position position) {
        List<String> sites = named(counting.stream().map(AccessPointVersion::site));
        List<String> spaces = named(counting.stream().map(AccessPointVersion::space));
        AccessPointVersion first = counting.get(0);
        boolean readable = counting.stream().allMatch(version -> version.methodsState() == FieldState.PRESENT);
        boolean differ = sites.size() > 1
                || counting.stream()
                        .anyMatch(version -> version.inForce() != first.inForce()
                                || (readable && !version.methods().equals(first.methods())));
        return new AccessPointVersion(
                from,
                differ || first.inForce(),
                differ || !readable ? FieldState.UNKNOWN : FieldState.PRESENT,
                differ || !readable ? List.of() : first.methods(),
                sites.size() == 1 ? sites.get(0) : null,
                spaces.size() > 1 ? AccessPointVersion.UNKNOWN_SPACE : spaces.isEmpty() ? null : spaces.get(0),
                position,
                differ);
    }

    private static List<String> named(Stream<String> names) {
        return names.filter(Objects::nonNull).distinct().sorted().toList();
    }
}
