package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.date;
import static org.faceaudit.oracle.history.RegistrySource.row;
import static org.faceaudit.oracle.history.RegistrySource.zoned;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What happens in a gym: gates change, members join, leave and return, their images stay or go; visitors are photographed,
 * sometimes a crowd of them. Who tries the gates is told beside it.
 */
final class GymTale {

    private static final String POINT = "public.access_point";
    private static final String MEMBER = "public.member";
    private static final String MEMBERSHIP = "public.membership";
    private static final String IMAGE = "public.member_image";
    private static final String VISITOR_PHOTO = "public.visitor_photo";

    /** About as many images as evidence lists one by one. */
    private static final int CROWD = 995;

    private final Story story;
    private final SampleSource source;
    private final Clock clock;
    private final AttemptTale attempts;
    private final SettingTale settings;
    private final ConsentTale consents;
    /** The gym hardly ever says where a point stands. */
    private final boolean placeless;

    private int nextId = 1;

    GymTale(Story story) {
        this.story = story;
        this.source = story.source("gym", "gym")
                .table(POINT, "id")
                .table(SettingTale.SETTING, "id")
                .table(MEMBER, "id")
                .table(MEMBERSHIP, "id")
                .table(IMAGE, "id")
                .table(VISITOR_PHOTO, "id")
                .table(ConsentTale.CONSENT, "id");
        this.consents = new ConsentTale(story, source, () -> nextId++);
        this.placeless = story.chance(25);
        this.clock = new Clock(story.random, story.from.plusSeconds(story.random.nextInt(20 * 86_400)));
        this.attempts = new AttemptTale(story, source, clock);
        this.settings = new SettingTale(story, source, this::methods, () -> nextId++);
    }

    void tell() {
        Instant end = story.end();
        Instant snapshotAt = clock.now();
        source.unseen(transaction -> {
            for (int i = 1 + story.random.nextInt(4); i > 0; i--) {
                point(transaction, snapshotAt.minusSeconds(story.random.nextInt(100 * 86_400)));
            }
            settings.before(transaction, keys(POINT));
            for (int i = story.random.nextInt(6); i > 0; i--) {
                join(transaction, snapshotAt.minusSeconds(story.random.nextInt(100 * 86_400)));
            }
            for (int i = story.random.nextInt(3); i > 0; i--) {
                photo(transaction, snapshotAt.minusSeconds(story.random.nextInt(100 * 86_400)));
            }
            attempts.before(transaction, snapshotAt);
            consents.ofNobody(transaction, snapshotAt);
        });
        source.snapshot(snapshotAt);
        clock.advance(Duration.ofSeconds(5));
        if (story.chance(15)) {
            crowd();
        }
        while (clock.advance().isBefore(end)) {
            if (settings.areDue()) {
                settings.act(clock, keys(POINT));
            } else if (story.chance(40)) {
                gate();
            } else if (story.chance(40)) {
                consents.act(clock);
            } else if (story.chance(15)) {
                visitors();
            } else {
                people();
            }
            if (attempts.areDue()) {
                attempts.act(end);
            }
            story.noise(source);
        }
        attempts.last(end);
        Story.beat(source, end.isAfter(clock.now()) ? end : clock.now());
    }

    private List<String> keys(String table) {
        return new ArrayList<>(source.rows(table).keySet());
    }

    private void point(SampleSource.Transaction transaction, Instant changedAt) {
        String id = story.any(List.of("gate-", "gate/", "50%-")) + nextId++;
        story.subjects.add("gym/" + id.replace("%", "%25").replace("/", "%2F"));
        Map<String, Object> row = row("id", id, "site", story.any(List.of("east", "west")), "name", "入口");
        if (story.chance(20)) {
            row.put("site", "only-" + id);
        } else if (placeless) {
            row.put("site", null);
        }
        row.put("in_service", story.chance(85));
        row.putAll(methods());
        row.put("changed_at", zoned(changedAt));
        row.put("space", attempts.space());
        transaction.insert(POINT, row);
    }

    private Map<String, Object> methods() {
        boolean face = story.chance(85);
        boolean other = story.chance(35);
        return row("by_face", face, "by_card", other && story.chance(60), "by_qr", other && story.chance(60));
    }

    private Map<String, Object> changed(Instant at, Map<String, Object> changes) {
        changes.put("changed_at", zoned(at));
        return changes;
    }

    private void gate() {
        Instant at = clock.now();
        List<String> points = keys(POINT);
        int choice = story.random.nextInt(100);
        if (points.isEmpty() || choice < 8) {
            source.commit(at, transaction -> point(transaction, at));
        } else if (choice < 45) {
            source.commit(at, transaction -> transaction.update(POINT, story.any(points), changed(at, methods())));
        } else if (choice < 60) {
            source.commit(
                    at,
                    transaction -> points.forEach(point -> transaction.update(POINT, point, changed(at, methods()))));
        } else if (choice < 80) {
            aWhile(story.any(points), at);
        } else if (choice < 86) {
            source.commit(
                    at,
                    transaction -> transaction.update(POINT, story.any(points), row("in_service", story.chance(50))));
        } else if (choice < 90) {
            source.commit(at, transaction -> transaction.delete(POINT, story.any(points)));
        } else if (choice < 94) {
            source.commit(
                    at,
                    transaction -> transaction.update(
                            POINT, story.any(points), row("site", story.any(List.of("east", "west")))));
        } else if (choice < 96) {
            if (story.chance(50)) {
                source.unseen(transaction -> photo(transaction, at.minusSeconds(story.random.nextInt(5 * 86_400))));
                source.unseen(attempts::unseen);
            }
            clock.advance(Duration.ofSeconds(1));
            source.snapshot(clock.now());
            clock.advance(Duration.ofSeconds(5));
        } else {
            Story.beat(source, at);
        }
    }

    /** A fallback is out for about as long as the grace. */
    private void aWhile(String point, Instant at) {
        source.commit(
                at,
                transaction -> transaction.update(
                        POINT, point, changed(at, row("by_face", true, "by_card", false, "by_qr", false))));
        Instant back = clock.advance(story.any(List.of(
                Duration.ofMinutes(59),
                Duration.ofHours(1),
                Duration.ofHours(1).plusMillis(1),
                Duration.ofMinutes(75))));
        source.commit(back, transaction -> transaction.update(POINT, point, changed(back, row("by_card", true))));
    }

    private void join(SampleSource.Transaction transaction, Instant at) {
        int member = nextId++;
        List<Runnable> inserts = new ArrayList<>(List.of(
                () -> transaction.insert(
                        MEMBER,
                        row(
                                "id",
                                member,
                                "member_no",
                                story.token("member-no", "k1", "trim,upper", member),
                                "birth_on",
                                consents.birth())),
                () -> membership(transaction, member, Clock.day(at), story.chance(40) ? ending(at) : null),
                () -> image(transaction, member, at)));
        if (story.chance(30)) {
            inserts.add(() -> image(transaction, member, at));
        }
        if (story.chance(70)) {
            inserts.add(() -> consents.given(transaction, member, at));
        }
        java.util.Collections.shuffle(inserts, story.random);
        inserts.forEach(Runnable::run);
    }

    private LocalDate ending(Instant at) {
        return Clock.day(at).plusDays(story.random.nextInt(40) - 5);
    }

    private void membership(SampleSource.Transaction transaction, int member, LocalDate from, LocalDate to) {
        transaction.insert(
                MEMBERSHIP, row("id", nextId++, "member_id", member, "started_on", date(from), "ended_on", date(to)));
    }

    private void image(SampleSource.Transaction transaction, int member, Instant takenAt) {
        transaction.insert(
                IMAGE,
                row("id", nextId++, "member_id", member, "taken_at", zoned(takenAt), "keep_until", keepUntil(takenAt)));
    }

    private String keepUntil(Instant at) {
        return story.chance(40) ? null : date(Clock.day(at).plusDays(story.random.nextInt(90) - 3));
    }

    /** A photo whose own time may be missing, or older than anything known. */
    private void photo(SampleSource.Transaction transaction, Instant takenAt) {
        transaction.insert(
                VISITOR_PHOTO,
                row(
                        "id",
                        nextId++,
                        "taken_at",
                        story.chance(50) ? zoned(takenAt) : null,
                        "keep_days",
                        story.chance(85) ? days() : null));
    }

    private int days() {
        return story.random.nextInt(story.chance(30) ? 400 : 40);
    }

    private void visitors() {
        Instant at = clock.now();
        List<String> photos = keys(VISITOR_PHOTO);
        int choice = story.random.nextInt(100);
        if (photos.isEmpty() || choice < 40) {
            source.commit(at, transaction -> photo(transaction, at));
        } else if (choice < 60) {
            source.commit(
                    at, transaction -> transaction.update(VISITOR_PHOTO, story.any(photos), row("keep_days", days())));
        } else {
            source.commit(at, transaction -> transaction.delete(VISITOR_PHOTO, story.any(photos)));
        }
    }

    /** Many images in one transaction, of members who are not there, all due on one day; some are deleted at once. */
    private void crowd() {
        Instant at = clock.advance(Duration.ofMinutes(5));
        String keepUntil = date(Clock.day(at).plusDays(story.random.nextInt(20) - 2));
        int first = nextId;
        nextId += CROWD + story.random.nextInt(12);
        int last = nextId - 1;
        source.commit(at, transaction -> {
            for (int id = first; id <= last; id++) {
                transaction.insert(
                        IMAGE, row("id", id, "member_id", -id, "taken_at", zoned(at), "keep_until", keepUntil));
            }
        });
        int deleted = story.random.nextInt(8);
        source.commit(clock.advance(Duration.ofHours(1)), transaction -> {
            for (int id = first; id < first + deleted; id++) {
                transaction.delete(IMAGE, String.valueOf(id));
            }
        });
    }

    private void people() {
        Instant at = clock.now();
        List<String> members = keys(MEMBER);
        List<String> memberships = keys(MEMBERSHIP);
        List<String> images = keys(IMAGE);
        int choice = story.random.nextInt(100);
        if (members.isEmpty() || memberships.isEmpty() || images.isEmpty() || choice < 20) {
            source.commit(at, transaction -> join(transaction, at));
        } else if (choice < 40) {
            LocalDate ends = story.chance(20) ? null : ending(at);
            source.commit(
                    at,
                    transaction -> transaction.update(MEMBERSHIP, story.any(memberships), row("ended_on", date(ends))));
        } else if (choice < 43) {
            int member = Integer.parseInt(story.any(members));
            source.commit(
                    at,
                    transaction -> transaction.update(MEMBERSHIP, story.any(memberships), row("member_id", member)));
        } else if (choice < 48) {
            LocalDate ends = story.chance(60) ? null : ending(at);
            int member = Integer.parseInt(story.any(members));
            source.commit(at, transaction -> membership(transaction, member, Clock.day(at), ends));
        } else if (choice < 53) {
            source.commit(at, transaction -> transaction.delete(MEMBERSHIP, story.any(memberships)));
        } else if (choice < 68) {
            source.commit(at, transaction -> transaction.delete(IMAGE, story.any(images)));
        } else if (choice < 78) {
            source.commit(
                    at, transaction -> transaction.update(IMAGE, story.any(images), row("keep_until", keepUntil(at))));
        } else if (choice < 86) {
            int member = Integer.parseInt(story.any(members));
            source.commit(at, transaction -> image(transaction, member, at));
        } else if (choice < 92) {
            source.commit(at, transaction -> leave(transaction, story.any(members)));
        } else if (choice < 93) {
            source.commit(at, transaction -> transaction.truncate(IMAGE));
        } else {
            Story.beat(source, at);
        }
    }

    /** Everything of a member goes in one transaction, but perhaps what it consented to. */
    private void leave(SampleSource.Transaction transaction, String member) {
        for (String table :
                story.chance(50) ? List.of(IMAGE, MEMBERSHIP, ConsentTale.CONSENT) : List.of(IMAGE, MEMBERSHIP)) {
            for (String key : keys(table)) {
                if (member.equals(String.valueOf(source.rows(table).get(key).get("member_id")))) {
                    transaction.delete(table, key);
                }
            }
        }
        transaction.delete(MEMBER, member);
    }
}
