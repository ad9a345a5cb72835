package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Instant;
import java.util.Map;
import java.util.Random;

/**
 * A {@code public.face} table that has no key, and many equal rows: some of them go, some become equal to others, some are
 * found to be fewer or more when the log was lost.
 */
final class KeylessFaceTale extends FaceTableTale {

    private static final String FACE = "public.face";

    private final int persons;

    KeylessFaceTale(Story story, Random dice) {
        super(story, dice, "keyless", FACE);
        this.persons = 2 + dice.nextInt(story.threshold);
    }

    @Override
    void standing(SampleSource.Transaction transaction, Instant snapshotAt) {
        transaction.insert(FACE, face());
    }

    @Override
    void act() {
        Instant at = clock.now();
        int choice = dice.nextInt(100);
        if (keys().isEmpty() || choice < 38) {
            source.commit(at, transaction -> {
                Map<String, Object> face = face();
                for (int i = chance(30) ? 3 : 1; i > 0; i--) {
                    transaction.insert(FACE, chance(60) ? face : face());
                }
            });
        } else if (choice < 58) {
            source.commit(at, transaction -> transaction.delete(FACE, any(keys())));
        } else if (choice < 82) {
            source.commit(at, transaction -> {
                for (int i = chance(30) ? 2 : 1; i > 0; i--) {
                    transaction.update(FACE, any(keys()), face());
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

    @Override
    void missed(SampleSource.Transaction transaction, Instant at) {
        for (int i = dice.nextInt(3); i > 0 && !keys().isEmpty(); i--) {
            transaction.delete(FACE, any(keys()));
        }
        if (!keys().isEmpty() && chance(50)) {
            transaction.update(FACE, any(keys()), face());
        }
        for (int i = dice.nextInt(3); i > 0; i--) {
            transaction.insert(FACE, face());
        }
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
