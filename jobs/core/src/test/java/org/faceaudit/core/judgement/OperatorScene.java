package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;

/** One operator with a threshold of 100 persons, judged on a day of the test's choice. */
final class OperatorScene {

    static final String OPERATOR = "op";

    final RegistryFixture law =
            RegistryFixture.law().operator(OPERATOR, "某物业公司", "310115").threshold(100);

    final List<FaceAttempts> faces = new ArrayList<>();

    /** So many attempts by face on a day, the first at an hour in Shanghai. */
    OperatorScene faces(String day, int hour, int count) {
        LegalDay legalDay = LegalDay.parse(day);
        Instant first = legalDay.start().plusSeconds(hour * 3_600L);
        faces.add(new FaceAttempts(OPERATOR, "sys", faces.size(), legalDay, count, first, 1_000L * count));
        return this;
    }

    static Instant noon(String day) {
        return LegalDay.parse(day).start().plusSeconds(12 * 3600);
    }

    /** Text of noon in Shanghai on a day. */
    static String at(String day) {
        return noon(day).toString();
    }

    Judged judge(OperatorCounts counts, String today) {
        return judge(counts, noon(today));
    }

    Judged judge(OperatorCounts counts, Instant known) {
        return judge(counts, known, known);
    }

    Judged judge(OperatorCounts counts, Instant sourceKnown, Instant registryKnown) {
        return OperatorJudgements.judge(
                OPERATOR, counts, faces, law.registry(), Map.of("sys", source(sourceKnown)), registryKnown);
    }

    /** Judges with the registry known to a day, and each system to a day of its own. */
    Judged judge(OperatorCounts counts, String today, Map<String, String> systems) {
        Map<String, SourceProgress> sources = new HashMap<>();
        systems.forEach((system, day) -> sources.put(system, source(system, noon(day))));
        return OperatorJudgements.judge(OPERATOR, counts, faces, law.registry(), sources, noon(today));
    }

    static SourceProgress source(Instant known) {
        return source("sys", known);
    }

    private static SourceProgress source(String system, Instant known) {
        return new SourceProgress(OPERATOR, system, known != null, known, 1, 1, 0, 0, known);
    }

    static List<Episode> episodes(Judged judged, String rule, String trigger) {
        return judged.derivations().stream()
                .filter(derivation -> derivation.key().ruleId().equals(rule))
                .filter(derivation -> derivation.key().trigger().equals(trigger))
                .flatMap(derivation -> derivation.episodes().stream())
                .toList();
    }

    static Episode only(Judged judged, String rule) {
        List<Episode> episodes = judged.derivations().stream()
                .filter(derivation -> derivation.key().ruleId().equals(rule))
                .flatMap(derivation -> derivation.episodes().stream())
                .toList();
        if (episodes.size() != 1) {
            throw new AssertionError(rule + " has " + episodes.size() + " episodes: " + episodes);
        }
        return episodes.get(0);
    }

    static boolean none(Judged judged, String rule) {
        return judged.derivations().stream()
                .filter(derivation -> derivation.key().ruleId().equals(rule))
                .allMatch(derivation -> derivation.episodes().isEmpty());
    }

    static ClockState clock(Judged judged, String kind) {
        List<ClockState> clocks = judged.clocks().stream()
                .filter(clock -> clock.kind().equals(kind))
                .toList();
        if (clocks.size() != 1) {
            throw new AssertionError(kind + " has " + clocks.size() + " clocks: " + clocks);
        }
        return clocks.get(0);
    }
}
