package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.intake.rows.AttemptTold.Told;
import org.junit.jupiter.api.Test;

/** Attempts on their way from a log to alerts, by chance. */
class AttemptJourneysTest {

    /** However the log is cut, repeated, saved and spread, and whatever is forgotten on the way. */
    @Test
    void theWayIsTakenAnyHowAndLeadsToTheSame() throws Exception {
        int alerts = 0;
        int prompts = 0;
        for (long seed = 2; seed < 8; seed++) {
            AttemptHistory history = new AttemptHistory(seed, 110);
            Random dice = new Random(100 + seed);
            LegalDay ended = LegalDay.of(2026, 4, 1);
            if (seed % 2 == 0) {
                history.law.use("gate", "op", "2026-01-01", ended.date().toString());
            }
            Instant known =
                    AttemptHistory.at(history.told.get(history.told.size() - 1)).plus(Duration.ofDays(1));
            try (AttemptRoute any = new AttemptRoute(1 + dice.nextInt(3))) {
                travel(history, any, dice, seed % 3 == 0);
                any.known(known);
                any.cut();
                if (dice.nextBoolean()) {
                    any.lawKnown(known);
                    any.cut();
                }

                assertThat(any.alerts).as("seed %s", seed).isEqualTo(history.alerts(known));
                assertThat(any.prompts).as("seed %s", seed).isEqualTo(history.prompts(known));
                assertThat(days(any.faces))
                        .as("seed %s", seed)
                        .isEqualTo(seed % 2 == 0 ? history.faces(known, ended) : Map.of());
                alerts += any.alerts.size();
                prompts += any.prompts.size();
            }
        }
        assertThat(alerts).isGreaterThan(15);
        assertThat(prompts).isGreaterThan(8);
    }

    private static void travel(AttemptHistory history, AttemptRoute route, Random dice, boolean lawLast)
            throws Exception {
        if (!lawLast) {
            route.law(history.law, AttemptHistory.BEGIN);
        }
        for (var point : history.points) {
            route.point(point);
        }
        List<AttemptTold> read = new ArrayList<>();
        for (AttemptTold told : history.told) {
            route.told(told);
            read.add(told);
            if (dice.nextInt(8) == 0) {
                // Whoever sends a record once more sends it soon; of a snapshot that is over nothing comes through.
                int from = Math.max(0, read.size() - 1 - dice.nextInt(60));
                for (AttemptTold again : read.subList(from, Math.min(read.size(), from + 1 + dice.nextInt(5)))) {
                    if (again.told() != Told.FOUND) {
                        route.told(again);
                    }
                }
            }
            if (dice.nextInt(15) == 0) {
                if (dice.nextBoolean()) {
                    route.known(AttemptHistory.at(told));
                }
                if (!lawLast && dice.nextBoolean()) {
                    route.lawKnown(AttemptHistory.at(told));
                }
                route.cut();
            }
            if (dice.nextInt(60) == 0) {
                route.cut();
                route.restart(1 + dice.nextInt(4));
            }
        }
        if (lawLast) {
            route.cut();
            route.law(history.law, AttemptHistory.BEGIN);
        }
    }

    private static Map<LegalDay, String> days(Map<String, FaceAttempts> faces) {
        Map<LegalDay, List<FaceAttempts>> byDay = new TreeMap<>();
        faces.values()
                .forEach(part -> byDay.computeIfAbsent(part.day(), day -> new ArrayList<>())
                        .add(part));
        Map<LegalDay, String> days = new TreeMap<>();
        byDay.forEach((day, parts) -> days.put(
                day,
                parts.stream().mapToInt(FaceAttempts::count).sum() + " from "
                        + parts.stream()
                                .map(FaceAttempts::first)
                                .min(Instant::compareTo)
                                .orElseThrow()));
        return days;
    }
}
