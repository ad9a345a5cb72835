package org.faceaudit.runtime.step;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.judgement.AttemptJudgements;
import org.faceaudit.core.judgement.PromptedPerson;
import org.faceaudit.core.judgement.SealedPerson;
import org.faceaudit.core.judgement.SealedPoint;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.intake.envelope.Digests;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.intake.rows.AttemptTold.Part;
import org.faceaudit.intake.rows.AttemptTold.Told;

/**
 * A random log of attempts at a few points of one gym, in the order of its topic, and what has to follow of it: by everything
 * that was told, nothing forgotten.
 */
final class AttemptHistory {

    static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final String TABLE = "public.passage";
    private static final Duration DAY = Duration.ofDays(1);

    final RegistryFixture law = RegistryFixture.law()
            .operator("op", "某健身公司", "310115")
            .parameter("refusal-without-alternative.period", "op", "2", "days", "2025-06-01")
            .parameter("unusable-fallback.period", "op", "4", "days", "2025-06-01")
            .parameter("unusable-fallback.n", "op", "5", "count", "2025-06-01")
            .parameter("unusable-fallback.floor", "op", "90", "percent", "2025-06-01");

    final List<AccessPoint> points = new ArrayList<>();
    /** In the order of the topic; each {@link #at} its commit. */
    final List<AttemptTold> told = new ArrayList<>();

    private final Random dice;
    private final Map<String, AttemptTold> rows = new LinkedHashMap<>();
    private long offset;
    private int nextId = 1;

    AttemptHistory(long seed, int days) {
        dice = new Random(seed);
        points.add(AccessPointFixture.point("op", "gym", "gate-1")
                .offers(BEGIN.minus(DAY).toString(), "CARD", "FACE")
                .offers(BEGIN.plus(DAY.multipliedBy(20)).toString(), "FACE")
                .offers(BEGIN.plus(DAY.multipliedBy(40)).toString(), "CARD", "FACE")
                .retired(BEGIN.plus(DAY.multipliedBy(60)).toString(), "FACE")
                .offers(BEGIN.plus(DAY.multipliedBy(63)).toString(), "CARD", "FACE")
                .build());
        points.add(AccessPointFixture.point("op", "gym", "gate-2")
                .offers(BEGIN.minus(DAY).toString(), "FACE")
                .build());
        Instant now = BEGIN;
        for (int i = 0; i < days * 8; i++) {
            now = now.plusSeconds(1 + dice.nextInt(6 * 3600));
            act(now);
        }
    }

    static Instant at(AttemptTold told) {
        return told.attempt().position().committedAt();
    }

    private void act(Instant now) {
        int choice = dice.nextInt(20);
        if (choice < 14 || rows.isEmpty()) {
            int together = dice.nextInt(4) == 0 ? 3 : 1;
            for (int i = 0; i < together; i++) {
                insert(now);
            }
        } else if (choice < 18) {
            update(now);
        } else if (choice == 18) {
            // The log is emptied and begins to count anew.
            nextId = dice.nextInt(4) == 0 ? 1 : nextId;
        } else {
            snapshot(now);
        }
    }

    private void insert(Instant now) {
        String key = Integer.toString(nextId++);
        Instant own = dice.nextInt(12) == 0 ? null : now.minus(lag());
        tell(Told.INSERTED, key, now, own, Set.of(), null);
    }

    private Duration lag() {
        return switch (dice.nextInt(14)) {
            case 0 -> Duration.ofDays(30);
            case 1 -> Duration.ofDays(30).plusMillis(1);
            case 2 -> Duration.ofDays(dice.nextInt(45));
            case 3, 4 -> Duration.ofHours(dice.nextInt(72));
            default -> Duration.ofSeconds(dice.nextInt(900));
        };
    }

    private void update(Instant now) {
        List<String> keys = new ArrayList<>(rows.keySet());
        String key = keys.get(Math.max(0, keys.size() - 1 - dice.nextInt(40)));
        AttemptTold before = rows.get(key);
        TimeBounds at = before.attempt().at();
        Instant own = at.declared() ? at.latest() : null;
        if (own != null && dice.nextInt(3) == 0) {
            own = own.minus(Duration.ofMinutes(dice.nextInt(3 * 1440)));
        }
        Set<Part> unchanged = dice.nextInt(4) == 0 ? Set.of(Part.PERSON, Part.METHOD) : Set.of();
        tell(Told.UPDATED, key, now, own, unchanged, before);
    }

    private void snapshot(Instant now) {
        for (String key : List.copyOf(rows.keySet())) {
            AttemptTold row = rows.get(key);
            if (dice.nextInt(3) > 0) {
                TimeBounds at = row.attempt().at();
                add(told(Told.FOUND, key, now, at.declared() ? at.latest() : null, Set.of(), row.attempt(), true));
            }
        }
    }

    private void tell(Told how, String key, Instant now, Instant own, Set<Part> unchanged, AttemptTold before) {
        boolean face = dice.nextInt(10) < 6;
        String method = face ? "FACE" : dice.nextInt(8) == 0 ? null : "CARD";
        int drawn = dice.nextInt(10);
        AttemptOutcome outcome = drawn == 0
                ? null
                : drawn < 4
                        ? AttemptOutcome.PASSED
                        : drawn < 6 || !face ? AttemptOutcome.FAILED : AttemptOutcome.DECLINED;
        PersonToken person = dice.nextInt(3) == 0 ? null : member(dice.nextInt(4));
        if (before != null && unchanged.contains(Part.PERSON)) {
            person = before.attempt().person();
            method = before.attempt().method();
        }
        String point = dice.nextInt(25) == 0 ? null : "gate-" + (1 + dice.nextInt(dice.nextInt(20) == 0 ? 3 : 2));
        Attempt like = new Attempt(
                "op",
                "gym",
                TABLE + '/' + key,
                point,
                person,
                TimeBounds.committed(now),
                method,
                outcome,
                "m1",
                position(key, now, false));
        add(told(how, key, now, own, unchanged, like, false));
    }

    private AttemptTold told(
            Told how, String key, Instant now, Instant own, Set<Part> unchanged, Attempt like, boolean snapshot) {
        Set<Part> all = new java.util.HashSet<>(unchanged);
        TimeBounds at = own != null
                ? TimeBounds.declared(own)
                : how == Told.INSERTED ? TimeBounds.committed(now) : TimeBounds.between(Instant.EPOCH, now);
        if (own == null) {
            all.add(Part.TIME);
        }
        return new AttemptTold(
                how,
                dice.nextLong(),
                true,
                all,
                new Attempt(
                        "op",
                        "gym",
                        TABLE + '/' + key,
                        like.pointId(),
                        like.person(),
                        at,
                        like.method(),
                        like.outcome(),
                        "m1",
                        position(key, now, snapshot)));
    }

    private void add(AttemptTold one) {
        told.add(one);
        rows.remove(one.attempt().attemptKey().substring(TABLE.length() + 1));
        rows.put(one.attempt().attemptKey().substring(TABLE.length() + 1), one);
    }

    private Position position(String key, Instant now, boolean snapshot) {
        offset++;
        return new Position(
                "cdc.op.gym",
                0,
                offset,
                "0/" + Long.toHexString(offset + 4096).toUpperCase(java.util.Locale.ROOT),
                snapshot ? null : Long.toString(offset),
                TABLE,
                Digests.key(TABLE, key),
                now,
                snapshot);
    }

    private static PersonToken member(int number) {
        return new PersonToken("member-no", "k1", "none", "", "%032x".formatted(number + 1));
    }

    /** The attempts that stand after all that was told up to an instant. */
    private List<Attempt> standing(Instant known, Registry registry) {
        Map<String, AttemptTold> newest = new HashMap<>();
        List<Attempt> all = new ArrayList<>();
        Map<String, Integer> lives = new HashMap<>();
        for (AttemptTold one : told) {
            if (at(one).isAfter(known)) {
                break;
            }
            String key = one.attempt().attemptKey();
            AttemptTold before = newest.get(key);
            boolean another = before != null
                    && one.told() == Told.INSERTED
                    && !(one.attempt().at().declared()
                            && one.attempt().at().equals(before.attempt().at()));
            if (another) {
                all.add(before.attempt());
                lives.merge(key, 1, Integer::sum);
            }
            AttemptTold now = filled(one, another ? null : before);
            if (!AttemptJudgements.comesTooLate(now.attempt(), registry)) {
                newest.put(key, now);
            } else if (another) {
                // The earlier one was final before this life of the row began.
                newest.remove(key);
            }
        }
        newest.values().forEach(one -> all.add(one.attempt()));
        return all;
    }

    private static AttemptTold filled(AttemptTold told, AttemptTold before) {
        Attempt now = told.attempt();
        Attempt was = before == null ? null : before.attempt();
        boolean carriesOn = was != null;
        Attempt filled = new Attempt(
                now.operator(),
                now.system(),
                now.attemptKey(),
                now.pointId(),
                carriesOn && told.unchanged().contains(Part.PERSON) ? was.person() : now.person(),
                carriesOn && told.unchanged().contains(Part.TIME) ? was.at() : now.at(),
                carriesOn && told.unchanged().contains(Part.METHOD) ? was.method() : now.method(),
                now.outcome(),
                now.mappingVersion(),
                now.position());
        boolean same = carriesOn
                && Objects.equals(was.pointId(), filled.pointId())
                && Objects.equals(was.person(), filled.person())
                && was.at().equals(filled.at())
                && Objects.equals(was.method(), filled.method())
                && was.outcome() == filled.outcome();
        return new AttemptTold(told.told(), told.identity(), true, Set.of(), same ? was : filled);
    }

    /** Every alert of points, by rule and subject. */
    Map<String, Derivation> alerts(Instant known) {
        Registry registry = law.registry();
        Map<String, Derivation> alerts = new TreeMap<>();
        List<Attempt> all = standing(known, registry);
        for (AccessPoint point : points) {
            List<Attempt> there = all.stream()
                    .filter(attempt -> point.pointId().equals(attempt.pointId()))
                    .toList();
            AttemptJudgements.judgePoint(
                            "op", "gym", point.pointId(), point, SealedPoint.NOTHING, there, registry, known)
                    .derivations()
                    .stream()
                    .filter(derivation -> !derivation.episodes().isEmpty())
                    .forEach(derivation -> alerts.put(
                            derivation.key().ruleId() + ' ' + derivation.key().subjectId(), derivation));
        }
        return alerts;
    }

    /** Everybody who was asked again and again, by digest. */
    Map<String, PromptedPerson> prompts(Instant known) {
        Registry registry = law.registry();
        Map<String, PromptedPerson> prompts = new TreeMap<>();
        List<Attempt> all = standing(known, registry).stream()
                .filter(AttemptJudgements::concernsPerson)
                .toList();
        for (int number = 0; number < 4; number++) {
            PersonToken person = member(number);
            PromptedPerson prompted = AttemptJudgements.promptsOf(
                    "op",
                    person,
                    SealedPerson.NOTHING,
                    all.stream().filter(one -> person.equals(one.person())).toList(),
                    registry);
            if (!prompted.stretches().isEmpty()) {
                prompts.put(person.digest(), prompted);
            }
        }
        return prompts;
    }

    /** Attempts by face of each legal day from one on: their number and the first. */
    Map<LegalDay, String> faces(Instant known, LegalDay from) {
        Map<LegalDay, List<Instant>> days = new TreeMap<>();
        for (Attempt attempt : standing(known, law.registry())) {
            LegalDay day = LegalDay.of(attempt.at().latest());
            if ("FACE".equals(attempt.method()) && attempt.at().exact() && !day.isBefore(from)) {
                days.computeIfAbsent(day, one -> new ArrayList<>())
                        .add(attempt.at().latest());
            }
        }
        Map<LegalDay, String> told = new TreeMap<>();
        days.forEach((day, instants) -> told.put(
                day,
                instants.size() + " from "
                        + instants.stream().min(Instant::compareTo).orElseThrow()));
        return told;
    }
}
