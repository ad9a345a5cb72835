package org.faceaudit.core.counting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.faceaudit.core.law.LegalDay;

/** Builds an operator's counts from beginnings and ends of anonymous persons of one id-card group. */
public final class OperatorCountsFixture {

    private static final String GROUP = FaceRecordFixture.idCard("x").group();

    private final String operator;
    private final List<CountDelta> deltas = new ArrayList<>();
    private String system = "sys";

    private OperatorCountsFixture(String operator) {
        this.operator = operator;
    }

    public static OperatorCountsFixture counts(String operator) {
        return new OperatorCountsFixture(operator);
    }

    /** From here on persons are held by this system. */
    public OperatorCountsFixture in(String newSystem) {
        system = newSystem;
        return this;
    }

    public OperatorCountsFixture add(String instant, int persons) {
        return delta(GROUP, instant, persons, 0, persons, 0);
    }

    public OperatorCountsFixture remove(String instant, int persons) {
        return delta(GROUP, instant, 0, persons, 0, persons);
    }

    /** Persons stored since some instant between two. */
    public OperatorCountsFixture addBetween(String earliest, String latest, int persons) {
        return delta(GROUP, earliest, persons, 0, 0, 0).delta(GROUP, latest, 0, 0, persons, 0);
    }

    /** Records that know no person. */
    public OperatorCountsFixture addTokenless(String instant, int records) {
        return delta(PersonHolding.TOKENLESS, instant, records, 0, records, 0);
    }

    /** Persons of a group that compares with no other. */
    public OperatorCountsFixture addLocal(String instant, int persons) {
        return delta(FaceRecordFixture.localId("b", "x").group(), instant, persons, 0, persons, 0);
    }

    private OperatorCountsFixture delta(
            String group, String at, int widestAdded, int widestRemoved, int narrowestAdded, int narrowestRemoved) {
        deltas.add(new CountDelta(
                operator,
                CountSeries.persons(group, List.of(system)),
                Instant.parse(at),
                widestAdded,
                widestRemoved,
                0,
                narrowestAdded,
                narrowestRemoved,
                0,
                ThingHash.of(group, at) * widestAdded));
        return this;
    }

    public OperatorCounts build() {
        OperatorCounts counts = new OperatorCounts(operator);
        deltas.forEach(delta -> add(counts, delta));
        return counts;
    }

    /** The same facts, of which the sums by day are known, and the instants of some days alone. */
    public OperatorCounts build(Function<OperatorCounts, Set<LegalDay>> close) {
        OperatorCounts counts = new OperatorCounts(operator);
        deltas.forEach(counts::addToDay);
        Set<LegalDay> days = close.apply(counts);
        days.forEach(day -> counts.look(day, true));
        deltas.stream().filter(delta -> days.contains(delta.day())).forEach(counts::addToInstant);
        return counts;
    }

    /** Adds a delta to its day and, since the day is looked at closely, to its instant. */
    public static void add(OperatorCounts counts, CountDelta delta) {
        counts.addToDay(delta);
        counts.addToInstant(delta);
        counts.look(delta.day(), true);
    }

    /** The same facts, told in another order, with a correction that takes itself back. */
    public OperatorCounts build(Random random) {
        List<CountDelta> told = new ArrayList<>(deltas);
        CountDelta any = deltas.get(random.nextInt(deltas.size()));
        told.add(any);
        told.add(any.negated());
        Collections.shuffle(told, random);
        OperatorCounts counts = new OperatorCounts(operator);
        told.forEach(delta -> add(counts, delta));
        return counts;
    }
}
