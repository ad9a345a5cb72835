package org.faceaudit.core.counting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.TimeBounds;

/**
 * What one face record contributes to the counts of persons, records and images. A record counts while it is stored, soft
 * deleted or not; it begins when it was first stored and ends when a version says otherwise.
 */
public final class Holdings {

    /** A name that nobody keeps unique: equal ones may be two persons, different ones may be one. */
    private static final String FREE_TEXT = "free-text";

    private record Holder(String group, String person) {}

    private Holdings() {}

    /** One holding per (group, person) that the record ever had, in the order in which it had them. */
    public static List<PersonHolding> of(FaceRecord record) {
        String holder = record.system() + '/' + record.recordKey();
        if (record.versions().size() == 1) {
            FaceRecordVersion only = record.versions().get(0);
            if (only.stored() && only.alsoNamed().isEmpty()) {
                Holder person = person(only.person(), holder);
                Presence presence = presence(record.versions(), 0, 1, FaceRecordVersion::stored);
                return List.of(new PersonHolding(
                        record.operator(), person.group(), person.person(), holder, List.of(presence)));
            }
        }
        Map<Holder, List<Presence>> presences = new LinkedHashMap<>();
        Map<Holder, List<PersonLink>> links = Map.of();
        if (namesSeveralTokens(record.versions())) {
            links = new HashMap<>();
            named(record.versions(), holder, presences, links);
        } else {
            stretches(
                    record.versions(),
                    version -> person(version.person(), holder),
                    (person, presence) -> presences
                            .computeIfAbsent(person, key -> new ArrayList<>(1))
                            .add(presence));
        }
        List<PersonHolding> holdings = new ArrayList<>();
        for (Map.Entry<Holder, List<Presence>> held : presences.entrySet()) {
            Holder person = held.getKey();
            holdings.add(new PersonHolding(
                    record.operator(),
                    person.group(),
                    person.person(),
                    holder,
                    held.getValue(),
                    links.getOrDefault(person, List.of())));
        }
        return holdings;
    }

    private static boolean namesSeveralTokens(List<FaceRecordVersion> versions) {
        for (FaceRecordVersion version : versions) {
            if (!version.alsoNamed().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Each token is held for itself, and knows with which others the record names the person. */
    private static void named(
            List<FaceRecordVersion> versions,
            String holder,
            Map<Holder, List<Presence>> presences,
            Map<Holder, List<PersonLink>> links) {
        Set<Holder> all = new LinkedHashSet<>();
        versions.stream().filter(FaceRecordVersion::stored).forEach(version -> all.addAll(persons(version, holder)));
        for (Holder person : all) {
            stretches(versions, version -> persons(version, holder).contains(person), (held, presence) -> {
                if (held) {
                    presences.computeIfAbsent(person, key -> new ArrayList<>()).add(presence);
                }
            });
            for (Holder other : all) {
                stretches(
                        versions, version -> areLinked(person, other, persons(version, holder)), (linked, presence) -> {
                            if (linked) {
                                links.computeIfAbsent(person, key -> new ArrayList<>())
                                        .add(new PersonLink(other.group(), other.person(), presence));
                            }
                        });
            }
        }
    }

    /** The first token of the lowest group is linked with every token of another group, and they with it. */
    private static boolean areLinked(Holder one, Holder other, Set<Holder> persons) {
        if (one.group().equals(other.group()) || !persons.contains(one) || !persons.contains(other)) {
            return false;
        }
        Holder hub = persons.stream()
                .min(Comparator.comparing(Holder::group, PersonLink.GROUPS))
                .orElseThrow();
        return hub.equals(one) || hub.equals(other);
    }

    /** Gives every longest stretch of versions during which the record is stored and a value stays the same. */
    private static <T> void stretches(
            List<FaceRecordVersion> versions, Function<FaceRecordVersion, T> value, BiConsumer<T, Presence> taker) {
        for (int from = 0; from < versions.size(); ) {
            if (!versions.get(from).stored()) {
                from++;
                continue;
            }
            T here = value.apply(versions.get(from));
            int to = from + 1;
            while (to < versions.size()
                    && versions.get(to).stored()
                    && value.apply(versions.get(to)).equals(here)) {
                to++;
            }
            taker.accept(here, presence(versions, from, to, FaceRecordVersion::stored));
            from = to;
        }
    }

    /**
     * What must be told when {@code after} replaces {@code before}: holdings that are new or changed, and retractions with
     * empty presences for persons that the record no longer touches.
     *
     * @param before {@code null} the first time
     */
    public static List<PersonHolding> change(FaceRecord before, FaceRecord after) {
        if (before == null) {
            return of(after);
        }
        Map<Holder, PersonHolding> told = new LinkedHashMap<>();
        of(before).forEach(holding -> told.put(new Holder(holding.group(), holding.person()), holding));
        List<PersonHolding> change = new ArrayList<>();
        for (PersonHolding holding : of(after)) {
            PersonHolding earlier = told.remove(new Holder(holding.group(), holding.person()));
            if (!holding.equals(earlier)) {
                change.add(holding);
            }
        }
        told.values()
                .forEach(holding -> change.add(new PersonHolding(
                        holding.operator(), holding.group(), holding.person(), holding.holder(), List.of())));
        return change;
    }

    /**
     * What must be added to the series {@link CountSeries#RECORDS} and {@link CountSeries#RAW_IMAGES} when {@code after}
     * replaces {@code before}.
     *
     * @param before {@code null} the first time
     */
    public static List<CountDelta> recordDeltas(FaceRecord before, FaceRecord after) {
        List<CountDelta> deltas = new ArrayList<>();
        deltas.addAll(recordDeltas(CountSeries.RECORDS, before, after, FaceRecordVersion::stored));
        deltas.addAll(
                recordDeltas(CountSeries.RAW_IMAGES, before, after, version -> version.stored() && version.image()));
        return deltas;
    }

    private static List<CountDelta> recordDeltas(
            String series, FaceRecord before, FaceRecord after, Predicate<FaceRecordVersion> counts) {
        return PersonUnion.things(after.operator(), series, held(before, counts), held(after, counts));
    }

    private static List<PersonHolding> held(FaceRecord record, Predicate<FaceRecordVersion> counts) {
        if (record == null) {
            return List.of();
        }
        String holder = record.system() + '/' + record.recordKey();
        List<Presence> stretches = stretches(record, counts);
        return List.of(new PersonHolding(record.operator(), PersonHolding.TOKENLESS, holder, holder, stretches));
    }

    /** The stretches of time during which what the predicate asks for holds of a record. */
    public static List<Presence> stretches(FaceRecord record, Predicate<FaceRecordVersion> counts) {
        List<Presence> stretches = new ArrayList<>();
        List<FaceRecordVersion> versions = record.versions();
        for (int from = 0; from < versions.size(); ) {
            int to = from;
            while (to < versions.size() && counts.test(versions.get(to))) {
                to++;
            }
            if (to > from) {
                stretches.add(presence(versions, from, to, counts));
            }
            from = Math.max(to, from + 1);
        }
        return stretches;
    }

    /** The stretch that the versions from one index up to another, exclusive, form. */
    private static Presence presence(
            List<FaceRecordVersion> versions, int from, int to, Predicate<FaceRecordVersion> counts) {
        TimeBounds start = startOf(versions, from, counts);
        TimeBounds end = to < versions.size() ? versions.get(to).from() : null;
        return new Presence(
                start.earliest(),
                start.latest(),
                end == null ? null : end.earliest(),
                end == null ? null : end.latest());
    }

    /** The record's own statement of when it was stored speaks for its first stretch; later ones begin at their commit. */
    private static TimeBounds startOf(List<FaceRecordVersion> versions, int from, Predicate<FaceRecordVersion> counts) {
        FaceRecordVersion version = versions.get(from);
        boolean first = from == 0 || versions.subList(0, from).stream().noneMatch(FaceRecordVersion::stored);
        return first && counts.test(version) && version.storedAt() != null ? version.storedAt() : version.from();
    }

    private static Set<Holder> persons(FaceRecordVersion version, String holder) {
        Set<Holder> persons = new LinkedHashSet<>();
        Stream.concat(Stream.ofNullable(version.person()), version.alsoNamed().stream())
                .map(token -> person(token, holder))
                .filter(person -> !person.group().equals(PersonHolding.TOKENLESS))
                .forEach(persons::add);
        return persons.isEmpty() ? Set.of(person(null, holder)) : persons;
    }

    private static Holder person(PersonToken token, String holder) {
        return token == null || token.identifies().equals(FREE_TEXT)
                ? new Holder(PersonHolding.TOKENLESS, holder)
                : new Holder(token.group(), token.digest());
    }
}
