package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A {@code public.face} table that has no key, and many equal rows: some of them go, some become equal to others, some are
 * found to be fewer or more when the log was lost. It has dice of its own, as {@link NamedFaceTale} has.
 */
final class KeylessFaceTale {

    private static final String FACE = "public.face";

    private final Story story;
    private final Random dice;
    private final SampleSource source;
    private final Clock clock;
    private final int persons;

    KeylessFaceTale(Story story, Random dice) {
        this.story = story;
        this.dice = dice;
        this.source = story.source("keyless", "keyless", dice).table(FACE);
        this.clock = new Clock(dice, story.from.plusSeconds(dice.nextInt(20 * 86_400)));
        this.persons = 2 + dice.nextInt(story.threshold);
    }

    void tell() {
        Instant end = story.now.minusSeconds(dice.nextInt(chance(80) ? 3_600 : 40 * 86_400));
        source.unseen(transaction -> {
            for (int i = dice.nextInt(story.threshold); i > 0; i--) {
                transaction.insert(FACE, face());
            }
        });
        source.snapshot(clock.now());
        clock.advance(Duration.ofSeconds(5));
        while (clock.advance().isBefore(end)) {
            act();
            if (chance(6)) {
                source.repeat(1 + dice.nextInt(8));
            }
        }
        Story.beat(source, end.isAfter(clock.now()) ? end : clock.now());
    }

    private boolean chance(int percent) {
        return dice.nextInt(100) < percent;
    }

    private void act() {
        Instant at = clock.now();
        int choice = dice.nextInt(100);
        if (rows().isEmpty() || choice < 38) {
            source.commit(at, transaction -> {
                Map<String, Object> face = face();
                for (int i = chance(30) ? 3 : 1; i > 0; i--) {
                    transaction.insert(FACE, chance(60) ? face : face());
                }
            });
        } else if (choice < 58) {
            source.commit(at, transaction -> transaction.delete(FACE, any(rows())));
        } else if (choice < 82) {
            source.commit(at, transaction -> {
                for (int i = chance(30) ? 2 : 1; i > 0; i--) {
                    transaction.update(FACE, any(rows()), face());
                }
            });
        } else if (choice < 84) {
            source.commit(at, transaction -> transaction.truncate(FACE));
        } else if (choice < 92) {
            snapshotAgain();
        } else {
            Story.beat(source, at);
        }
    }

    /** Some rows came, went or changed while the log was lost. */
    private void snapshotAgain() {
        clock.advance(Duration.ofMinutes(1 + dice.nextInt(4_000)));
        source.unseen(transaction -> {
            for (int i = dice.nextInt(3); i > 0 && !rows().isEmpty(); i--) {
                transaction.delete(FACE, any(rows()));
            }
            if (!rows().isEmpty() && chance(50)) {
                transaction.update(FACE, any(rows()), face());
            }
            for (int i = dice.nextInt(3); i > 0; i--) {
                transaction.insert(FACE, face());
            }
        });
        clock.advance(Duration.ofMinutes(1 + dice.nextInt(60)));
        source.snapshot(clock.now());
        clock.advance(Duration.ofSeconds(5));
    }

    private List<String> rows() {
        return new ArrayList<>(source.rows(FACE).keySet());
    }

    private String any(List<String> names) {
        return names.get(dice.nextInt(names.size()));
    }

    /** One of not too many kinds of rows. */
    private Map<String, Object> face() {
        Instant created = chance(70) ? story.from.minusSeconds(86_400L * (1 + dice.nextInt(2))) : story.from;
        return row(
                "id_card",
                chance(10) ? null : story.token("id-card", "k1", "idcard", dice.nextInt(persons)),
                "photo_url",
                chance(15) ? "d1:present:image/jpeg:64k" : null,
                "create_time",
                Clock.local(created));
    }
}
