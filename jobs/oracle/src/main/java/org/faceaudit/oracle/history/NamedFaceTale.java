package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A {@code public.named_face} table whose rows name a person by id card, phone or member number, by a branch and a card's number
 * there, by several of them or by none; the key of the tokens may be changed on the way; what is missing comes later, is
 * corrected, or is somebody else's. Beside it lie notes, which mean nothing and whose table somebody changes now and then.
 */
final class NamedFaceTale extends FaceTableTale {

    private static final String FACE = "public.named_face";

    private static final String NOTE = "public.note";
    private static final List<String> COLUMNS_OF_NOTES = List.of("author", "reader");

    /** Their own, so that what is stored of faces is the same without them. */
    private final Random diceOfNotes;

    private int nextId = 1;
    /** Id of the key that tokens are made with. */
    private String key = "k1";

    NamedFaceTale(Story story, Random dice) {
        super(story, dice, "named", FACE, "id");
        source.table(NOTE, "id");
        diceOfNotes = new Random(story.operator.hashCode() * 31L + story.from.toEpochMilli());
    }

    @Override
    void standing(SampleSource.Transaction transaction, Instant snapshotAt) {
        insert(transaction, snapshotAt.minusSeconds(dice.nextInt(150 * 86_400)));
        if (source.rows(NOTE).isEmpty()) {
            if (diceOfNotes.nextInt(5) == 0) {
                change();
            }
            note(transaction);
        }
    }

    @Override
    void act() {
        notes();
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

    /** Notes are written, and the table they are written into is changed: between two of them, or within a transaction. */
    private void notes() {
        int choice = diceOfNotes.nextInt(100);
        if (choice < 40) {
            source.commit(clock.now(), this::note);
        } else if (choice < 50) {
            change();
        } else if (choice < 55) {
            source.commit(clock.now(), transaction -> {
                note(transaction);
                change();
                note(transaction);
            });
        } else if (choice < 60) {
            List<String> notes = new ArrayList<>(source.rows(NOTE).keySet());
            String note = notes.isEmpty() ? null : notes.get(diceOfNotes.nextInt(notes.size()));
            if (note != null) {
                source.commit(clock.now(), transaction -> transaction.delete(NOTE, note));
            }
        }
    }

    private void note(SampleSource.Transaction transaction) {
        List<String> notes = new ArrayList<>(source.rows(NOTE).keySet());
        String author = diceOfNotes.nextInt(3) > 0 ? story.token("local-id", "k1", "none", 1) : null;
        if (!notes.isEmpty() && diceOfNotes.nextBoolean()) {
            transaction.update(NOTE, notes.get(diceOfNotes.nextInt(notes.size())), row("author", author));
        } else {
            int id = diceOfNotes.nextInt(1_000_000);
            transaction.insert(NOTE, row("id", id, "author", author, "reader", null));
        }
    }

    private void change() {
        String column = COLUMNS_OF_NOTES.get(diceOfNotes.nextInt(COLUMNS_OF_NOTES.size()));
        if (source.isGone(NOTE, column)) {
            source.restore(NOTE, column);
        } else {
            source.drop(NOTE, column);
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
