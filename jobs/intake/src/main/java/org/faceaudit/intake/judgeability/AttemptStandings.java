package org.faceaudit.intake.judgeability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.faceaudit.core.judgement.RuleStanding;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.WordReading;

/** Which rules on verification attempts a mapping allows to judge, and in words what is missing. */
final class AttemptStandings {

    private static final String NO_ATTEMPTS =
            "does not map attempt: who tried, and how it went, is not in this database";

    private final List<AttemptMapping> attempts;
    private final boolean points;

    /** What one mapping lacks: what a rule cannot do without, and what it can. */
    private static final class Lack {
        private final List<String> needed = new ArrayList<>();
        private final List<String> useful = new ArrayList<>();

        private Lack need(boolean there, String reason) {
            if (!there) {
                needed.add(reason);
            }
            return this;
        }

        private Lack use(boolean there, String reason) {
            if (!there) {
                useful.add(reason);
            }
            return this;
        }

        private int needs() {
            return needed.size();
        }

        private int uses() {
            return useful.size();
        }
    }

    /** @param points whether the mapping tells how access points are configured */
    AttemptStandings(List<AttemptMapping> attempts, boolean points) {
        this.attempts = List.copyOf(attempts);
        this.points = points;
    }

    RuleStanding refusalWithoutAlternative() {
        return standing("refusal-without-alternative", attempt -> {
            boolean refusals = says(attempt.outcome(), "DECLINED");
            boolean failures = says(attempt.outcome(), "FAILED") && attempt.person() != null;
            return atPoint(attempt)
                    .need(attempt.outcome() == null || refusals || failures, "no mapped outcome is a refusal")
                    .use(refusals || !failures, "failures only: no mapped outcome is a refusal")
                    .use(failures || !refusals, "refusals only: failures are not those of a known person")
                    .use(
                            says(attempt.outcome(), "PASSED"),
                            "no mapped outcome is a pass, so nobody is seen to be let in")
                    .use(attempt.method() != null, "maps no method of attempts, so any pass speaks for every refuser")
                    .use(points, "suspected at most: " + noPoints());
        });
    }

    RuleStanding unusableFallback() {
        return standing(
                "unusable-fallback",
                attempt -> atPoint(attempt)
                        .need(
                                attempt.outcome() == null
                                        || (says(attempt.outcome(), "PASSED") && says(attempt.outcome(), "FAILED")),
                                "mapped outcomes do not tell passes from failures")
                        .need(
                                says(attempt.method(), "FACE")
                                        && (attempt.method().constant() == null),
                                "maps no method of attempts that tells a face from another way")
                        .use(points, noPoints()));
    }

    RuleStanding repeatedPrompt() {
        return standing(
                "repeated-prompt",
                attempt -> new Lack()
                        .need(attempt.outcome() != null, "maps no outcome of attempts")
                        .need(
                                attempt.outcome() == null || says(attempt.outcome(), "DECLINED"),
                                "no mapped outcome is a refusal")
                        .need(attempt.person() != null, "maps no person of attempts")
                        .use(
                                attempt.method() != null,
                                "maps no method of attempts, so every refusal is taken for one of the face"));
    }

    /** Whether some attempts can be told to be by a face. */
    boolean tellFaces() {
        return attempts.stream().anyMatch(attempt -> says(attempt.method(), "FACE"));
    }

    private static String noPoints() {
        return "does not map access-point, so which methods were offered is not in this database";
    }

    private static Lack atPoint(AttemptMapping attempt) {
        return new Lack()
                .need(
                        attempt.accessPoint() != null,
                        "maps no access-point of attempts: where they were made is not known")
                .need(attempt.outcome() != null, "maps no outcome of attempts")
                .use(attempt.at() != null, "maps no time of attempts: they count from their commits");
    }

    private static boolean says(WordReading reading, String word) {
        if (reading == null) {
            return false;
        }
        return reading.constant() != null
                ? reading.constant().equals(word)
                : reading.values().isEmpty() || reading.values().containsValue(word);
    }

    /** By the table that allows the most. */
    private RuleStanding standing(String rule, Function<AttemptMapping, Lack> lack) {
        Lack best = attempts.stream()
                .map(lack)
                .min(Comparator.comparingInt(Lack::needs).thenComparingInt(Lack::uses))
                .orElseGet(() -> new Lack().need(false, NO_ATTEMPTS));
        boolean judgeable = best.needed.isEmpty();
        List<String> reasons = judgeable ? best.useful : best.needed;
        return new RuleStanding(rule, judgeable, reasons.isEmpty() ? null : String.join("; ", reasons));
    }
}
