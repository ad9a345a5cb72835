package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Instant;
import java.util.Map;
import java.util.Random;

/**
 * A {@code public.named_face} table whose rows name a person by id card, phone or member number, by a branch and a card's number
 * there, by several of them or by none; the key of the tokens may be changed on the way; what is missing comes later, is
 * corrected, or is somebody else's.
 */
final class NamedFaceTale extends FaceTableTale {

    private static final String FACE = "public.named_face";

    private int nextId = 1;
    /** Id of the key that tokens are made with. */
    private String key = "k1";

    NamedFaceTale(Story story, Random dice) {
        super(story, dice, "named", FACE, "id");
    }

    @Override
    void standing(SampleSource.Transaction transaction, Instant snapshotAt) {
        insert(transaction, snapshotAt.minusSeconds(dice.nextInt(150 * 86_400)));
    }

    @Override
    void act() {
        Instant at = clock.now();
        key = chance(1) ? "k2" : key;
        int choice = dice.nextInt(100);
        if (keys().isEmpty() || choice < 40) {
            source.commit(at, transaction -> {
                for (int i = chance(20) ? 3 : 1; i > 0; i--) {
                    insert(transaction, at.minusSeconds(dice.nextInt(86_400)));
                }
            });
        } else if (choice < 58) {
            source.commit(at, transaction -> transaction.delete(FACE, any(keys())));
        } else if (choice < 84) {
            source.commit(at, transaction -> transaction.update(FACE, any(keys()), named()));
        } else if (choice < 86) {
            source.commit(at, transaction -> transaction.truncate(FACE));
        } else if (choice < 92) {
            snapshotAgain();
        } else {
            Story.beat(source, at);
        }
    }

    @Override
    void missed(SampleSource.Transaction transaction, Instant at) {
        if (!keys().isEmpty() && chance(50)) {
            transaction.delete(FACE, any(keys()));
        }
        if (!keys().isEmpty() && chance(50)) {
            transaction.update(FACE, any(keys()), named());
        }
        if (chance(50)) {
            insert(transaction, at);
        }
    }

    private void insert(SampleSource.Transaction transaction, Instant created) {
        Map<String, Object> face = named();
        face.put("id", nextId++);
        face.put("create_time", Clock.local(created));
        transaction.insert(FACE, face);
    }

    /** How a row names somebody; now and then by what is another's. */
    private Map<String, Object> named() {
        int person = dice.nextInt(story.threshold * 2);
        return row(
                "id_card",
                chance(60) ? story.token("id-card", key, "idcard", perhaps(person)) : null,
                "phone",
                chance(60) ? story.token("phone", key, "none", 1_000 + perhaps(person)) : null,
                "member_no",
                chance(40) ? story.token("member-no", key, "none", 2_000 + perhaps(person)) : null,
                "branch",
                chance(50) ? story.token("member-no", key, "none", 3_000 + person % 3) : null,
                "branch_no",
                // Another key's token now and then: with the branch's it makes nobody.
                chance(50)
                        ? story.token("member-no", chance(90) ? key : "k0", "none", 4_000 + perhaps(person) / 3)
                        : null);
    }

    private int perhaps(int person) {
        return chance(6) ? dice.nextInt(story.threshold * 2) : person;
    }
}
