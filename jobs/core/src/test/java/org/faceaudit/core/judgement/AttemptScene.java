package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptFixture;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;

/** One point of a gym, the attempts made there, and what is judged of them. Times are of July 2026, in Shanghai. */
final class AttemptScene {

    static final String OPERATOR = "gym";
    static final String SYSTEM = "gate";
    static final String POINT = "1";

    final RegistryFixture law = RegistryFixture.law().operator(OPERATOR, "某健身公司", "310115");
    final AttemptFixture attempts = AttemptFixture.attempts(OPERATOR, SYSTEM);

    /** The point, offering the face and a card since the beginning of the year; {@code null} if only the log knows it. */
    AccessPointFixture point = gate().offers("2026-01-01T00:00:00Z", "CARD", "FACE");

    static AccessPointFixture gate() {
        return AccessPointFixture.point(OPERATOR, SYSTEM, POINT);
    }

    /** An instant of July 2026: {@code "03 10:00"} or {@code "03 10:00:30"}. */
    static Instant at(String time) {
        String[] parts = time.split(" ", -1);
        String[] clock = parts[1].split(":", -1);
        int seconds = clock.length > 2 ? Integer.parseInt(clock[2]) : 0;
        return LegalDay.of(2026, 7, 1)
                .start()
                .plusSeconds((Integer.parseInt(parts[0]) - 1) * 86_400L
                        + Integer.parseInt(clock[0]) * 3_600L
                        + Integer.parseInt(clock[1]) * 60L
                        + seconds);
    }

    AttemptScene declined(String time, String member) {
        return attempt(time, member, "FACE", AttemptOutcome.DECLINED);
    }

    AttemptScene failed(String time, String member) {
        return attempt(time, member, "FACE", AttemptOutcome.FAILED);
    }

    AttemptScene passed(String time, String member, String method) {
        return attempt(time, member, method, AttemptOutcome.PASSED);
    }

    AttemptScene attempt(String time, String member, String method, AttemptOutcome outcome) {
        return attempt(at(time), AttemptFixture.member(member), method, outcome);
    }

    AttemptScene attempt(Instant at, PersonToken person, String method, AttemptOutcome outcome) {
        attempts.attempt(at, POINT, person, method, outcome);
        return this;
    }

    /** So many tries of a method, a minute apart, of which so many passed first. */
    AttemptScene tries(String time, String method, int tries, int passed) {
        for (int i = 0; i < tries; i++) {
            attempt(
                    at(time).plusSeconds(60L * i),
                    null,
                    method,
                    i < passed ? AttemptOutcome.PASSED : AttemptOutcome.FAILED);
        }
        return this;
    }

    AccessPoint built() {
        return point == null ? null : point.build();
    }

    Judged judge(String known) {
        return judge(at(known));
    }

    Judged judge(Instant known) {
        return judge(SealedPoint.NOTHING, attempts.build(), known);
    }

    Judged judge(SealedPoint sealed, Collection<Attempt> all, Instant known) {
        return AttemptJudgements.judgePoint(OPERATOR, SYSTEM, POINT, built(), sealed, all, law.registry(), known);
    }

    SealedPoint seal(SealedPoint sealed, Collection<Attempt> all, Instant known) {
        return AttemptJudgements.sealPoint(OPERATOR, SYSTEM, POINT, built(), sealed, all, law.registry(), known);
    }

    List<Episode> episodes(String known, String rule) {
        return episodes(judge(known), rule);
    }

    static List<Episode> episodes(Judged judged, String rule) {
        return judged.derivations().stream()
                .filter(derivation -> derivation.key().ruleId().equals(rule))
                .flatMap(derivation -> derivation.episodes().stream())
                .toList();
    }

    Episode only(String known, String rule) {
        return only(judge(known), rule);
    }

    static Episode only(Judged judged, String rule) {
        List<Episode> episodes = episodes(judged, rule);
        if (episodes.size() != 1) {
            throw new AssertionError(rule + " has " + episodes.size() + " episodes: " + episodes);
        }
        return episodes.get(0);
    }

    /** Judges the system by the persons who made the attempts. */
    Judged judgeSystem(Instant known) {
        Map<PersonToken, List<Attempt>> byPerson = new LinkedHashMap<>();
        for (Attempt attempt : attempts.build()) {
            if (AttemptJudgements.concernsPerson(attempt)) {
                byPerson.computeIfAbsent(Objects.requireNonNull(attempt.person()), person -> new ArrayList<>())
                        .add(attempt);
            }
        }
        List<PromptedPerson> persons = new ArrayList<>();
        byPerson.forEach((person, own) ->
                persons.add(AttemptJudgements.promptsOf(OPERATOR, person, SealedPerson.NOTHING, own, law.registry())));
        return AttemptJudgements.judgeSystem(OPERATOR, SYSTEM, persons, law.registry(), known);
    }

    /** On three days of one week somebody says no to the face. */
    AttemptScene threeRefusals() {
        return declined("03 10:00", null).declined("04 10:00", null).declined("05 10:00", null);
    }
}
