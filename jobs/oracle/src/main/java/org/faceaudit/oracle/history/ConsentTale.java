package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.date;
import static org.faceaudit.oracle.history.RegistrySource.row;
import static org.faceaudit.oracle.history.RegistrySource.zoned;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * What the members of a gym consent to, and take back: before or after they are known as members, with dates that come late,
 * lie ahead or contradict each other.
 */
final class ConsentTale {

    static final String CONSENT = "public.consent";

    private static final String MEMBER = "public.member";
    private static final List<String> OTHER_BASES = List.of("contract", "hr", "statute", "public-security", "other");

    private final Story story;
    private final SampleSource source;
    private final IntSupplier ids;

    ConsentTale(Story story, SampleSource source, IntSupplier ids) {
        this.story = story;
        this.source = source;
        this.ids = ids;
    }

    /** A day of birth: of an adult, of a child, of somebody who turns fourteen meanwhile, none, or one that cannot be. */
    String birth() {
        LocalDate today = Clock.day(story.now);
        int who = story.random.nextInt(100);
        if (who < 60) {
            return date(today.minusYears(20 + story.random.nextInt(50)));
        } else if (who < 78) {
            return date(today.minusYears(3 + story.random.nextInt(8)).minusDays(story.random.nextInt(300)));
        } else if (who < 92) {
            return date(Clock.day(story.someTime()).minusYears(14));
        }
        return story.any(Arrays.asList(null, "2090-01-01Z", "0966-05-05Z", "2012-02-29Z"));
    }

    /** A consent of somebody who never is a member: by it one sees that consents are kept here. */
    void ofNobody(SampleSource.Transaction transaction, Instant at) {
        given(transaction, -7, at);
    }

    void given(SampleSource.Transaction transaction, int member, Instant at) {
        Map<String, Object> row = row("id", ids.getAsInt(), "member_id", member);
        row.put("separate", story.chance(78) ? Boolean.TRUE : story.chance(50) ? Boolean.FALSE : null);
        row.put("scope", scope());
        row.put("legal_basis", basis());
        row.put("given_at", story.chance(94) ? zoned(around(at)) : null);
        row.put("withdrawn_at", story.chance(8) ? zoned(withdrawal(at)) : null);
        row.put("expires_on", expiry(at));
        row.put("guardian", guardian());
        transaction.insert(CONSENT, row);
    }

    private Boolean guardian() {
        return story.chance(30) ? Boolean.TRUE : story.chance(60) ? Boolean.FALSE : null;
    }

    private String scope() {
        return story.chance(85) ? "face" : story.any(Arrays.asList("terms", "ads", "?", null));
    }

    private String basis() {
        int which = story.random.nextInt(100);
        if (which < 70) {
            return "consent";
        }
        return which < 80 ? null : which < 93 ? story.any(OTHER_BASES) : "legacy";
    }

    /** Mostly just now; some days ago, or ahead. */
    private Instant around(Instant at) {
        return story.chance(60) ? at : at.plusSeconds(story.random.nextInt(8 * 86_400) - 7 * 86_400);
    }

    private String expiry(Instant at) {
        return story.chance(65) ? null : date(Clock.day(at).plusDays(story.random.nextInt(90) - 3));
    }

    /** Now, some time ago, very long ago, or ahead. */
    private Instant withdrawal(Instant at) {
        return switch (story.random.nextInt(8)) {
            case 0, 1, 2 -> at;
            case 3, 4, 5 -> at.minusSeconds(story.random.nextInt(20 * 86_400));
            case 6 -> at.minusSeconds(story.random.nextInt(200 * 86_400));
            default -> at.plusSeconds(story.random.nextInt(20 * 86_400));
        };
    }

    private List<String> keys(String table) {
        return new ArrayList<>(source.rows(table).keySet());
    }

    /** One thing that happens to consents. */
    void act(Clock clock) {
        Instant at = clock.now();
        List<String> rows = keys(CONSENT);
        List<String> members = keys(MEMBER);
        int choice = story.random.nextInt(100);
        if (rows.isEmpty() || choice < 14) {
            int member = members.isEmpty() ? -7 : Integer.parseInt(story.any(members));
            source.commit(at, transaction -> given(transaction, member, at));
        } else if (choice < 46) {
            String key = story.any(rows);
            update(at, key, row("withdrawn_at", zoned(withdrawal(at))));
            if (story.chance(35)) {
                Instant again = clock.advance(Duration.ofHours(1 + story.random.nextInt(24 * 25)));
                again(again, key);
            }
        } else if (choice < 58) {
            again(at, story.any(rows));
        } else if (choice < 66) {
            source.commit(at, transaction -> transaction.delete(CONSENT, story.any(rows)));
        } else if (choice < 74) {
            update(at, story.any(rows), row("expires_on", expiry(at)));
        } else if (choice < 80) {
            update(at, story.any(rows), story.chance(60) ? row("separate", story.chance(60)) : row("scope", scope()));
        } else if (choice < 86) {
            update(at, story.any(rows), row("guardian", guardian()));
        } else if (choice < 90) {
            update(at, story.any(rows), row("legal_basis", basis()));
        } else if (choice < 93 && !members.isEmpty()) {
            update(at, story.any(rows), row("member_id", Integer.parseInt(story.any(members))));
        } else if (choice < 96 && !members.isEmpty()) {
            source.commit(at, transaction -> transaction.update(MEMBER, story.any(members), row("birth_on", birth())));
        } else if (choice < 99) {
            beforeTheMember(clock);
        } else {
            source.commit(at, transaction -> {
                transaction.truncate(CONSENT);
                ofNobody(transaction, at);
            });
        }
    }

    private void update(Instant at, String key, Map<String, Object> changes) {
        if (source.rows(CONSENT).containsKey(key)) {
            source.commit(at, transaction -> transaction.update(CONSENT, key, changes));
        }
    }

    /** In the same row: most products clear the withdrawal, some keep it beside the newer day of giving. */
    private void again(Instant at, String key) {
        Map<String, Object> changes = row("given_at", zoned(at));
        if (story.chance(75)) {
            changes.put("withdrawn_at", null);
        }
        update(at, key, changes);
    }

    /** Consent and image come in before anybody knows whose they are. */
    private void beforeTheMember(Clock clock) {
        int member = ids.getAsInt();
        Instant first = clock.now();
        source.commit(first, transaction -> {
            given(transaction, member, first);
            transaction.insert(
                    "public.member_image",
                    row("id", ids.getAsInt(), "member_id", member, "taken_at", zoned(first), "keep_until", null));
        });
        Instant later = clock.advance(Duration.ofMinutes(1 + story.random.nextInt(4_000)));
        source.commit(
                later,
                transaction -> transaction.insert(
                        MEMBER,
                        row(
                                "id",
                                member,
                                "member_no",
                                story.token("member-no", "k1", "trim,upper", member),
                                "birth_on",
                                birth())));
    }
}
