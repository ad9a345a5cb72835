package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Faces in tables {@code public.shard_face_01}, {@code _02} and so on, to which further ones come and which count their rows anew
 * each; a column {@code kind} says whether a row's person is known by the id card, by the phone or not at all.
 */
final class ShardedFaceTale extends FaceTableTale {

    private static final int MOST_SHARDS = 4;

    private final List<String> shards = new ArrayList<>();
    private final List<Integer> nextIds = new ArrayList<>();

    ShardedFaceTale(Story story, Random dice) {
        super(story, dice, "shards", name(1), "id");
        add();
        add();
    }

    private static String name(int number) {
        return String.format("public.shard_face_%02d", number);
    }

    private void add() {
        String shard = name(shards.size() + 1);
        if (!shards.isEmpty()) {
            source.table(shard, "id");
        }
        shards.add(shard);
        nextIds.add(1);
    }

    @Override
    void standing(SampleSource.Transaction transaction, Instant snapshotAt) {
        insert(transaction, snapshotAt.minusSeconds(dice.nextInt(150 * 86_400)));
    }

    @Override
    void act() {
        Instant at = clock.now();
        String shard = shards.get(dice.nextInt(shards.size()));
        List<String> keys = new ArrayList<>(source.rows(shard).keySet());
        int choice = dice.nextInt(100);
        if (keys.isEmpty() || choice < 40) {
            source.commit(at, transaction -> {
                for (int i = chance(20) ? 3 : 1; i > 0; i--) {
                    insert(transaction, at.minusSeconds(dice.nextInt(86_400)));
                }
            });
        } else if (choice < 58) {
            source.commit(at, transaction -> transaction.delete(shard, any(keys)));
        } else if (choice < 82) {
            source.commit(at, transaction -> transaction.update(shard, any(keys), named()));
        } else if (choice < 84) {
            source.commit(at, transaction -> transaction.truncate(shard));
        } else if (choice < 88 && shards.size() < MOST_SHARDS) {
            add();
        } else if (choice < 93) {
            snapshotAgain();
        } else {
            Story.beat(source, at);
        }
    }

    @Override
    void missed(SampleSource.Transaction transaction, Instant at) {
        for (String shard : shards) {
            List<String> keys = new ArrayList<>(source.rows(shard).keySet());
            if (!keys.isEmpty() && chance(40)) {
                transaction.delete(shard, any(keys));
            } else if (!keys.isEmpty() && chance(40)) {
                transaction.update(shard, any(keys), named());
            }
        }
        if (chance(50)) {
            insert(transaction, at);
        }
    }

    private void insert(SampleSource.Transaction transaction, Instant created) {
        int shard = dice.nextInt(shards.size());
        Map<String, Object> face = named();
        face.put("id", nextIds.set(shard, nextIds.get(shard) + 1));
        face.put("create_time", Clock.local(created));
        transaction.insert(shards.get(shard), face);
    }

    /** Both columns are filled as a rule: which of them counts, the kind alone says. */
    private Map<String, Object> named() {
        int person = dice.nextInt(story.threshold * 2);
        return row(
                "kind",
                chance(8) ? null : Integer.toString(1 + dice.nextInt(4)),
                "id_card",
                chance(80) ? story.token("id-card", "k1", "idcard", person) : null,
                "phone",
                chance(80) ? story.token("phone", "k1", "none", 1_000 + person) : null);
    }
}
