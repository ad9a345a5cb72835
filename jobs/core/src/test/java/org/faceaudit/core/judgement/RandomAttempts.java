package org.faceaudit.core.judgement;

import static org.faceaudit.core.event.AttemptFixture.member;
import static org.faceaudit.core.judgement.AttemptScene.at;
import static org.faceaudit.core.judgement.AttemptScene.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;

/** Attempts at a point whose configuration changes, drawn so that limits are met often: all times are multiples of 5 minutes. */
final class RandomAttempts {

    private static final List<PersonToken> PERSONS = Arrays.asList(
            null, member("1"), member("2"), member("3"), new PersonToken("phone", "k1", "digits", "", "p-1"));

    private RandomAttempts() {}

    /** Seven attempts a day on average, from the first of July on. */
    static AttemptScene scene(int seed, int days) {
        Random facts = new Random(seed);
        AttemptScene scene = new AttemptScene();
        scene.law
                .parameter("refusal-without-alternative.period", "gym", "2", "days", "2025-06-01")
                .parameter("unusable-fallback.period", "gym", "4", "days", "2025-06-01")
                .parameter("unusable-fallback.n", "gym", "5", "count", "2025-06-01")
                .parameter("unusable-fallback.floor", "gym", "90", "percent", "2025-06-01")
                .parameter("repeated-prompt.period", "gym", "24", "hours", "2025-06-01");
        Instant start = at("01 00:00");
        scene.point = facts.nextInt(8) == 0 ? null : gate().offers(start.toString(), "CARD", "FACE");
        for (int i = 0; scene.point != null && i < days / 4; i++) {
            String from = start.plus(Duration.ofMinutes(5L * (i * 4 * 288 + facts.nextInt(4 * 288))))
                    .toString();
            switch (facts.nextInt(6)) {
                case 0 -> scene.point.unreadable(from);
                case 1 -> scene.point.retired(from, "FACE");
                case 2 -> scene.point.offers(from, "CARD", "FACE");
                case 3 -> scene.point.offers(from, "CARD", "FACE", "QR");
                default -> scene.point.offers(from, "FACE");
            }
        }
        boolean cardWorks = facts.nextBoolean();
        Instant at = start;
        for (int i = 0; i < days * 7; i++) {
            at = at.plus(Duration.ofMinutes(5L * facts.nextInt(83)));
            boolean cluster = facts.nextInt(4) == 0;
            for (int j = 0; j < (cluster ? 3 : 1); j++) {
                String method = method(facts);
                scene.attempt(
                        at.plus(Duration.ofMinutes(5L * j)),
                        PERSONS.get(facts.nextInt(PERSONS.size())),
                        method,
                        outcome(facts, method, cardWorks));
            }
        }
        return scene;
    }

    private static String method(Random facts) {
        return switch (facts.nextInt(12)) {
            case 0, 1, 2 -> "CARD";
            case 3 -> "QR";
            case 4 -> null;
            default -> "FACE";
        };
    }

    private static AttemptOutcome outcome(Random facts, String method, boolean cardWorks) {
        int drawn = facts.nextInt(10);
        if (drawn == 0) {
            return null;
        }
        if ("FACE".equals(method)) {
            return drawn < 5 ? AttemptOutcome.PASSED : drawn < 7 ? AttemptOutcome.FAILED : AttemptOutcome.DECLINED;
        }
        return drawn < (cardWorks ? 6 : 2) ? AttemptOutcome.PASSED : AttemptOutcome.FAILED;
    }
}
