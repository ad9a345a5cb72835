package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;
import static org.faceaudit.oracle.history.RegistrySource.zoned;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/**
 * Who says no at turnstiles whose log has no key: several at one instant, equal rows too; the log is cleared, corrected and lost. The
 * key of its tokens is changed, and by which means is captured at some time only: a snapshot tells every row otherwise then.
 */
final class TurnstileTale extends FaceTableTale {

    private static final String ATTEMPT = "public.attempt";
    private static final String POINT = "public.access_point";

    private int key = 1;
    private boolean tellsMeans;

    TurnstileTale(Story story, Random dice) {
        super(story, dice, "turnstile", ATTEMPT);
        tellsMeans = chance(60);
        source.table(POINT, "id")
                .unseen(transaction -> transaction.insert(
                        POINT,
                        row(
                                "id",
                                "t1",
                                "site",
                                "s",
                                "space",
                                "hall",
                                "in_service",
                                true,
                                "by_face",
                                true,
                                "by_card",
                                chance(50),
                                "by_qr",
                                false,
                                "changed_at",
                                zoned(story.from.minusSeconds(86_400)))));
    }

    @Override
    void standing(SampleSource.Transaction transaction, Instant snapshotAt) {
        transaction.insert(ATTEMPT, turn(snapshotAt.minusSeconds(dice.nextInt(3) * 3_600L)));
    }

    @Override
    void act() {
        clock.advance(Duration.ofMillis(1));
        Instant at = clock.now();
        int choice = dice.nextInt(100);
        if (keys().isEmpty() || choice < 50) {
            source.commit(at, transaction -> {
                Map<String, Object> turn = turn(at);
                for (int i = 1 + dice.nextInt(4); i > 0; i--) {
                    transaction.insert(ATTEMPT, chance(30) ? turn : turn(at));
                }
            });
        } else if (choice < 60) {
            source.commit(at, transaction -> transaction.delete(ATTEMPT, any(keys())));
        } else if (choice < 68) {
            source.commit(at, transaction -> transaction.update(ATTEMPT, any(keys()), row("outcome", outcome())));
        } else if (choice < 72) {
            source.commit(at, transaction -> transaction.truncate(ATTEMPT));
        } else if (choice < 90) {
            snapshotAgain();
        } else {
            Story.beat(source, at);
        }
    }

    @Override
    void missed(SampleSource.Transaction transaction, Instant at) {
        for (int i = dice.nextInt(3); i > 0 && !keys().isEmpty(); i--) {
            transaction.delete(ATTEMPT, any(keys()));
        }
        if (chance(70)) {
            String before = ":k" + key + ':';
            key++;
            source.rows(ATTEMPT).forEach((name, row) -> {
                String token = (String) row.get("member_no");
                if (token != null) {
                    transaction.update(ATTEMPT, name, row("member_no", token.replace(before, ":k" + key + ':')));
                }
            });
        }
        if (!tellsMeans && chance(40)) {
            tellsMeans = true;
            source.rows(ATTEMPT).forEach((name, row) -> transaction.update(ATTEMPT, name, row("method", means())));
        }
        for (int i = dice.nextInt(3); i > 0; i--) {
            transaction.insert(ATTEMPT, turn(at));
        }
    }

    private String means() {
        return chance(90) ? "face" : "card";
    }

    private String outcome() {
        return chance(80) ? "declined" : "passed";
    }

    private Map<String, Object> turn(Instant at) {
        Map<String, Object> turn = row(
                "member_no",
                chance(15) ? null : story.token("member-no", "k" + key, "trim,upper", 1 + dice.nextInt(4)),
                "point_id",
                "t1",
                "at",
                chance(10) ? null : zoned(at),
                "outcome",
                outcome());
        if (tellsMeans) {
            turn.put("method", means());
        }
        return turn;
    }
}
