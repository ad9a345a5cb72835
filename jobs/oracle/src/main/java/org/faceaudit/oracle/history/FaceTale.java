package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happens to a {@code public.face} table: enrolments, removals, mix-ups, a missed stretch of the log. */
final class FaceTale {

    private static final String FACE = "public.face";

    private final Story story;
    private final SampleSource source;
    private final Clock clock;
    private final String keyId;
    private final int tokenlessPercent;
    private int nextId = 1;

    FaceTale(Story story, String system, String keyId, int tokenlessPercent) {
        this.story = story;
        this.source = story.source(system, "faces").table(FACE, "id");
        this.clock = new Clock(story.random, story.from.plusSeconds(story.random.nextInt(20 * 86_400)));
        this.keyId = keyId;
        this.tokenlessPercent = tokenlessPercent;
    }

    void tell() {
        Instant end = story.end();
        int there = story.random.nextInt(story.threshold + (story.chance(30) ? story.threshold : 0));
        Instant snapshotAt = clock.now();
        source.unseen(transaction -> {
            for (int i = 0; i < there; i++) {
                insert(transaction, snapshotAt.minusSeconds(story.random.nextInt(150 * 86_400)));
            }
        });
        source.snapshot(snapshotAt);
        look();
        clock.advance(java.time.Duration.ofSeconds(5));
        while (clock.advance().isBefore(end)) {
            act(end);
            look();
            story.noise(source);
        }
        Story.beat(source, end.isAfter(clock.now()) ? end : clock.now());
    }

    private void look() {
        Set<Object> persons = new HashSet<>();
        source.rows(FACE).values().forEach(face -> persons.add(face.get("id_card")));
        story.counted(source, clock.now(), persons.size());
        if (persons.size() >= story.threshold) {
            story.reached(clock.now());
        }
    }

    private void act(Instant end) {
        Instant at = clock.now();
        int stored = source.rows(FACE).size();
        int choice = story.random.nextInt(100);
        if (stored == 0 || choice < (stored < story.threshold ? 55 : 30)) {
            int count = story.chance(25) ? 1 + story.random.nextInt(4) : 1;
            source.commit(at, transaction -> {
                for (int i = 0; i < count; i++) {
                    insert(transaction, at.minusSeconds(story.random.nextInt(86_400)));
                }
            });
        } else if (choice < 70) {
            source.commit(at, transaction -> {
                for (int i = story.chance(20) ? 3 : 1; i > 0 && !keys().isEmpty(); i--) {
                    transaction.delete(FACE, story.any(keys()));
                }
            });
        } else if (choice < 80) {
            source.commit(at, transaction -> transaction.update(FACE, story.any(keys()), update()));
        } else if (choice < 82) {
            source.commit(at, transaction -> transaction.truncate(FACE));
        } else if (choice < 85) {
            source.commit(at, transaction -> {
                String key = insert(transaction, at);
                transaction.delete(FACE, key);
            });
        } else if (choice < 90) {
            snapshotAgain();
        } else if (choice < 93) {
            // Nothing is heard for weeks; what was not read in time is read when the source is back, or was lost.
            java.time.Duration weeks = java.time.Duration.ofMinutes(20_160 + story.random.nextInt(40_000));
            if (at.plus(weeks).isBefore(end)) {
                clock.advance(weeks);
                if (story.chance(50)) {
                    snapshotAgain();
                }
            }
        } else {
            Story.beat(source, at);
        }
    }

    /** Sometimes the log was lost before: rows came and went unseen. */
    private void snapshotAgain() {
        if (story.chance(50)) {
            clock.advance(java.time.Duration.ofMinutes(1 + story.random.nextInt(4_000)));
            Instant missed = clock.now();
            source.unseen(transaction -> {
                for (int i = story.random.nextInt(4); i > 0 && !keys().isEmpty(); i--) {
                    transaction.delete(FACE, story.any(keys()));
                }
                for (int i = story.random.nextInt(3); i > 0; i--) {
                    insert(transaction, missed);
                }
            });
            clock.advance(java.time.Duration.ofMinutes(1 + story.random.nextInt(60)));
        }
        clock.advance(java.time.Duration.ofSeconds(1));
        source.snapshot(clock.now());
        clock.advance(java.time.Duration.ofSeconds(5));
    }

    private List<String> keys() {
        return new ArrayList<>(source.rows(FACE).keySet());
    }

    private Map<String, Object> update() {
        return switch (story.random.nextInt(4)) {
            case 0 -> row("id_card", person());
            case 1 -> row("is_deleted", 1);
            case 2 -> row("photo_url", story.chance(50) ? null : "d1:present:image/jpeg:64k");
            default -> row();
        };
    }

    private String person() {
        return story.random.nextInt(100) < tokenlessPercent
                ? null
                : story.token("id-card", keyId, "idcard", story.random.nextInt(story.threshold * 2));
    }

    private String insert(SampleSource.Transaction transaction, Instant created) {
        int id = nextId++;
        transaction.insert(
                FACE,
                row(
                        "id",
                        id,
                        "id_card",
                        person(),
                        "photo_url",
                        story.chance(10) ? "d1:present:image/jpeg:64k" : null,
                        "create_time",
                        Clock.local(created),
                        "is_deleted",
                        0));
        return Integer.toString(id);
    }
}
