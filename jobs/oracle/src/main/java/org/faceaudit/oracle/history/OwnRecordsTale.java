package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A database in which an operator keeps, beside some faces, its scenes and what it filed by its own word: in time or not, of
 * days on which the registry knows something too, of tomorrow, sent back, taken back, deleted, and now and then unreadable.
 */
final class OwnRecordsTale extends FaceTableTale {

    private static final String FACE = "public.face";
    private static final String USE = "public.scene_use";
    private static final String FILING = "public.own_filing";

    private int next;

    OwnRecordsTale(Story story, Random dice) {
        super(story, dice, "books", FACE, "id");
        source.table(USE, "id").table(FILING, "id");
    }

    @Override
    void standing(SampleSource.Transaction transaction, java.time.Instant snapshotAt) {
        switch (dice.nextInt(5)) {
            case 0 -> use(transaction);
            case 1 -> filing(transaction);
            default -> face(transaction);
        }
    }

    @Override
    void act() {
        if (chance(4)) {
            snapshotAgain();
        } else if (chance(15)) {
            Story.beat(source, clock.now());
        } else {
            source.commit(clock.now(), this::something);
        }
    }

    @Override
    void missed(SampleSource.Transaction transaction, java.time.Instant at) {
        for (int i = dice.nextInt(4); i > 0; i--) {
            something(transaction);
        }
    }

    private void something(SampleSource.Transaction transaction) {
        int choice = dice.nextInt(100);
        if (choice < 15) {
            face(transaction);
        } else if (choice < 25 && !keys().isEmpty()) {
            transaction.delete(FACE, any(keys()));
        } else if (choice < 50) {
            filing(transaction);
        } else if (choice < 72 && !of(FILING).isEmpty()) {
            fate(transaction, any(of(FILING)));
        } else if (choice < 76 && !of(FILING).isEmpty()) {
            transaction.delete(FILING, any(of(FILING)));
        } else if (choice < 82) {
            use(transaction);
        } else if (choice < 94 && !of(USE).isEmpty()) {
            transaction.update(USE, any(of(USE)), row("terminated_on", ended()));
        } else if (choice < 97 && !of(USE).isEmpty()) {
            transaction.delete(USE, any(of(USE)));
        } else if (choice == 97) {
            transaction.truncate(chance(50) ? FILING : USE);
        } else {
            face(transaction);
        }
    }

    private List<String> of(String table) {
        return new ArrayList<>(source.rows(table).keySet());
    }

    private void face(SampleSource.Transaction transaction) {
        transaction.insert(
                FACE,
                row(
                        "id",
                        ++next,
                        "id_card",
                        story.token("id-card", "k1", "idcard", dice.nextInt(2 * story.threshold)),
                        "photo_url",
                        null,
                        "create_time",
                        Clock.local(story.from)));
    }

    private void use(SampleSource.Transaction transaction) {
        LocalDate started =
                chance(50) ? Clock.day(story.from).minusDays(dice.nextInt(100)) : chance(10) ? today() : null;
        transaction.insert(
                USE,
                row(
                        "id",
                        ++next,
                        "scene",
                        chance(80) ? "gate" : null,
                        "started_on",
                        RegistrySource.date(started),
                        "terminated_on",
                        chance(50) ? ended() : null));
    }

    /** Some time ago, or planned, or nobody can tell; before it began too. */
    private Object ended() {
        if (chance(10)) {
            return "to be decided";
        }
        return chance(10)
                ? null
                : RegistrySource.date(today().minusDays(dice.nextInt(120)).plusDays(chance(15) ? 150 : 0));
    }

    private LocalDate today() {
        return Clock.day(clock.now());
    }

    private void filing(SampleSource.Transaction transaction) {
        LocalDate around = story.reachedAt == null || chance(40)
                ? today().minusDays(dice.nextInt(60))
                : Clock.day(story.reachedAt);
        LocalDate submitted = around.plusDays(dice.nextInt(60) - 8);
        if (submitted.isAfter(today()) && chance(80)) {
            submitted = today();
        }
        int persons = story.personsOn(submitted);
        Map<String, Object> filing = row(
                "id",
                ++next,
                "kind",
                chance(5)
                        ? "SOMETHING"
                        : List.of("INITIAL", "INITIAL", "CHANGE", "DEREGISTRATION")
                                .get(dice.nextInt(4)),
                "submitted_on",
                chance(5) ? null : RegistrySource.date(submitted),
                "returned_on",
                null,
                "accepted_on",
                chance(20) ? RegistrySource.date(submitted.plusDays(dice.nextInt(9))) : null,
                "withdrawn_on",
                null,
                "authority",
                chance(70) ? "330000" : null,
                "persons",
                chance(50) ? null : chance(10) ? -1 : chance(60) ? persons : persons + dice.nextInt(6));
        transaction.insert(FILING, filing);
    }

    /** Sent back, taken back, accepted after all, or what was said of it unsaid. */
    private void fate(SampleSource.Transaction transaction, String key) {
        String column = List.of("returned_on", "accepted_on", "withdrawn_on").get(dice.nextInt(3));
        LocalDate day = today().minusDays(dice.nextInt(20)).plusDays(chance(15) ? 30 : 0);
        transaction.update(
                FILING, key, row(column, chance(8) ? "unknown" : chance(25) ? null : RegistrySource.date(day)));
    }
}
