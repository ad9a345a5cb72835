package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.law.LegalDay;

/** What counts, image by image or person by person, through one episode. */
final class ImageCounting {

    private static final List<Verdict> GRAVEST_FIRST = List.of(Verdict.VIOLATION, Verdict.WARNING, Verdict.SUSPECTED);

    /** What is counted together; what no exception covers comes first, the gravest of it before the rest. */
    private record Group(boolean exempt, Verdict stage) implements Comparable<Group> {

        private static final Comparator<Group> ORDER =
                Comparator.comparing(Group::exempt).thenComparing(group -> GRAVEST_FIRST.indexOf(group.stage()));

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }

    /** How many count in one group, now and at the most. */
    private static final class Count {
        private int now;
        private int most;
        private int persons;
        private int mostPersons;
        private int covered;
        private int mostCovered;
        private boolean everBare;
        private Instant since;
        private final TreeMap<LegalDay, Integer> due = new TreeMap<>();
        private final TreeMap<LegalDay, Integer> stored = new TreeMap<>();
        private final TreeMap<String, Integer> exceptions = new TreeMap<>();
        private LegalDay earliestDue;
        private LegalDay oldest;
        private String exceptionId;

        private void take(ImageDelta delta) {
            int change = delta.begun() - delta.ended();
            now += change;
            persons += delta.persons();
            add(due, delta.slot().dueOn(), change);
            delta.stored().forEach(day -> add(stored, day.day(), day.images()));
            if (delta.slot().exceptionId() != null) {
                add(exceptions, delta.slot().exceptionId(), change);
                covered += change;
            }
        }

        private static <K> void add(Map<K, Integer> counts, K key, int change) {
            if (counts.merge(key, change, Integer::sum) == 0) {
                counts.remove(key);
            }
        }

        private void settle(Instant at) {
            if (now == 0) {
                return;
            }
            since = since == null ? at : since;
            most = Math.max(most, now);
            mostPersons = Math.max(mostPersons, persons);
            mostCovered = Math.max(mostCovered, covered);
            everBare |= covered < now;
            earliestDue = earliest(earliestDue, due);
            oldest = earliest(oldest, stored);
            exceptionId = exceptions.isEmpty() ? null : exceptions.firstKey();
        }

        private static LegalDay earliest(LegalDay before, TreeMap<LegalDay, Integer> days) {
            if (days.isEmpty()) {
                return before;
            }
            return before == null || days.firstKey().isBefore(before) ? days.firstKey() : before;
        }
    }

    private final TreeMap<Group, Count> counts = new TreeMap<>();
    private final Set<Position> positions = new HashSet<>();
    private boolean tooMany;
    private Instant openedAt;
    private Instant lastChange;
    private Instant resolvedAt;
    private String mappingVersion;
    private long begun;
    private long hash;
    private LegalDay lastDay;
    private int addedThatDay;
    private int clearedThatDay;

    private ImageCounting() {}

    /** The episodes of one alert, from its counts by instant. */
    static List<ImageCounting> episodes(List<ImageDelta> deltas, Instant known, Wake wake) {
        List<ImageCounting> episodes = new ArrayList<>();
        ImageCounting counting = new ImageCounting();
        for (int i = 0; i < deltas.size(); ) {
            Instant at = deltas.get(i).slot().at();
            if (at.isAfter(known)) {
                wake.at(at);
                break;
            }
            for (; i < deltas.size() && deltas.get(i).slot().at().equals(at); i++) {
                counting.take(deltas.get(i));
            }
            if (counting.settle(at)) {
                continue;
            }
            if (counting.openedAt != null) {
                counting.resolvedAt = at;
                episodes.add(counting);
            }
            counting = new ImageCounting();
        }
        if (counting.openedAt != null) {
            episodes.add(counting);
        }
        return episodes;
    }

    private void take(ImageDelta delta) {
        counts.computeIfAbsent(new Group(delta.slot().exempt(), delta.slot().stage()), group -> new Count())
                .take(delta);
        if (delta.added() != 0 || delta.cleared() != 0) {
            LegalDay day = LegalDay.of(delta.slot().at());
            addedThatDay = (day.equals(lastDay) ? addedThatDay : 0) + delta.added();
            clearedThatDay = (day.equals(lastDay) ? clearedThatDay : 0) + delta.cleared();
            lastDay = day;
        }
        begun += delta.begun();
        hash += delta.hash();
        note(delta);
        if (openedAt == null && delta.mappingVersion() != null) {
            mappingVersion = mappingVersion == null || mappingVersion.compareTo(delta.mappingVersion()) < 0
                    ? delta.mappingVersion()
                    : mappingVersion;
        }
    }

    /** Positions are whole only in slots where no more begin than may be listed. */
    private void note(ImageDelta delta) {
        tooMany |= delta.begun() > Evidence.MAX_POSITIONS;
        if (!tooMany) {
            delta.positions().forEach(counted -> positions.add(counted.position()));
            tooMany = positions.size() > Evidence.MAX_POSITIONS;
        }
    }

    /** Takes note of where an instant leaves the counts; says whether anything counts from it on. */
    private boolean settle(Instant at) {
        lastChange = at;
        counts.values().forEach(count -> count.settle(at));
        boolean counts = this.counts.values().stream().anyMatch(count -> count.now > 0);
        openedAt = openedAt == null && counts ? at : openedAt;
        return counts;
    }

    /** {@code null} while something counts. */
    Instant resolvedAt() {
        return resolvedAt;
    }

    /** The group that the episode is told by: of what counts now, or ever did once it is over. */
    private Map.Entry<Group, Count> told() {
        return counts.entrySet().stream()
                .filter(entry -> size(entry.getValue()) > 0)
                .findFirst()
                .orElseThrow();
    }

    private int size(Count count) {
        return resolvedAt == null ? count.now : count.most;
    }

    Verdict verdict() {
        return told().getKey().stage();
    }

    /** Whether exceptions cover all that counts, or ever did. */
    boolean exempt() {
        return told().getKey().exempt();
    }

    /** The exception that makes the episode exempt or suspected, {@code null} for none. */
    String exceptionId() {
        return told().getValue().exceptionId;
    }

    /** How many of what is measured {@link #exceptionId()} or another exception speaks of. */
    int covered() {
        Count count = told().getValue();
        return resolvedAt == null ? count.covered : count.mostCovered;
    }

    /** Whether exceptions speak of all that is measured, or ever was. */
    boolean allCovered() {
        Count count = told().getValue();
        return resolvedAt == null ? count.covered == count.now : !count.everBare;
    }

    int measured() {
        return size(told().getValue());
    }

    /** Known persons among what is measured. */
    int persons() {
        Count count = told().getValue();
        return resolvedAt == null ? count.persons : count.mostPersons;
    }

    /** The day on which the oldest of what is measured was stored, at the latest; {@code null} if nothing tells. */
    LegalDay oldest() {
        Count count = told().getValue();
        return resolvedAt == null && !count.stored.isEmpty() ? count.stored.firstKey() : count.oldest;
    }

    /** How many more count now under an exception, beside those that are measured. */
    int exemptBeside() {
        return exempt() || resolvedAt != null
                ? 0
                : counts.entrySet().stream()
                        .filter(entry -> entry.getKey().exempt())
                        .mapToInt(entry -> entry.getValue().now)
                        .sum();
    }

    /** A violation is dated by what counts for certain, anything less by what may. */
    private List<Count> dating() {
        Predicate<Group> dates = group ->
                group.exempt() == exempt() && (verdict() != Verdict.VIOLATION || group.stage() != Verdict.SUSPECTED);
        return counts.entrySet().stream()
                .filter(entry -> dates.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    Instant openedAt() {
        return dating().stream()
                .map(count -> count.since)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    LegalDay dueOn() {
        return dating().stream()
                .map(count ->
                        resolvedAt != null ? count.earliestDue : count.due.isEmpty() ? null : count.due.firstKey())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    String mappingVersion() {
        return mappingVersion;
    }

    /** The newest legal day on which anything came to count or was deleted; the two numbers are that day's. */
    LegalDay lastDay() {
        return lastDay;
    }

    int addedThatDay() {
        return addedThatDay;
    }

    int clearedThatDay() {
        return clearedThatDay;
    }

    Evidence evidence() {
        return tooMany
                ? Evidence.range(openedAt, lastChange, begun, ThingHash.text(hash))
                : Evidence.of(Positions.sorted(positions));
    }
}
