package org.faceaudit.oracle.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens to one table of faces in a source of its own: what stands there at first, and then one act after the other. It has
 * dice of its own: what happens in the operator's other sources is the same without it.
 */
abstract class FaceTableTale {

    final Story story;
    final Random dice;
    final SampleSource source;
    final Clock clock;
    private final String table;

    FaceTableTale(Story story, Random dice, String system, String table, String... key) {
        this.story = story;
        this.dice = dice;
        this.table = table;
        this.source = story.source(system, system, dice).table(table, key);
        this.clock = new Clock(dice, story.from.plusSeconds(dice.nextInt(20 * 86_400)));
    }

    final void tell() {
        Instant end = story.now.minusSeconds(dice.nextInt(chance(80) ? 3_600 : 40 * 86_400));
        Instant snapshotAt = clock.now();
        source.unseen(transaction -> {
            for (int i = dice.nextInt(story.threshold); i > 0; i--) {
                standing(transaction, snapshotAt);
            }
        });
        source.snapshot(snapshotAt);
        clock.advance(Duration.ofSeconds(5));
        while (clock.advance().isBefore(end)) {
            act();
            if (chance(6)) {
                source.repeat(1 + dice.nextInt(8));
            }
        }
        Story.beat(source, end.isAfter(clock.now()) ? end : clock.now());
    }

    /** Inserts a row that the first snapshot finds. */
    abstract void standing(SampleSource.Transaction transaction, Instant snapshotAt);

    /** Does something now. */
    abstract void act();

    /** Some rows came, went or changed while the log was lost. */
    final void snapshotAgain() {
        clock.advance(Duration.ofMinutes(1 + dice.nextInt(4_000)));
        Instant missed = clock.now();
        source.unseen(transaction -> missed(transaction, missed));
        clock.advance(Duration.ofMinutes(1 + dice.nextInt(60)));
        source.snapshot(clock.now());
        clock.advance(Duration.ofSeconds(5));
    }

    /** Changes that the log does not tell. */
    abstract void missed(SampleSource.Transaction transaction, Instant at);

    final boolean chance(int percent) {
        return dice.nextInt(100) < percent;
    }

    final List<String> keys() {
        return new ArrayList<>(source.rows(table).keySet());
    }

    final String any(List<String> keys) {
        return keys.get(dice.nextInt(keys.size()));
    }
}
