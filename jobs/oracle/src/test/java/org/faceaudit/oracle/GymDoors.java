package org.faceaudit.oracle;

import static org.faceaudit.oracle.Scene.shanghai;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.faceaudit.oracle.history.SampleSource;

/** The doors of {@code op}'s gym, first looked at on 1 March 2026; each statement is a transaction of its own. */
final class GymDoors {

    static final String POINT = "public.access_point";
    static final String SETTING = "public.gate_setting";
    static final String ATTEMPT = "public.attempt";
    private static final String HEARTBEAT = "public.faceaudit_heartbeat";

    private final SampleSource source = new SampleSource("cdc.op.gym", "gym", 900_000)
            .table(POINT, "id")
            .table(SETTING, "id")
            .table(ATTEMPT, "id")
            .table(HEARTBEAT, "id");
    private int attempts;

    GymDoors() {
        this(transaction -> {});
    }

    /** With what happened before anybody looked. */
    GymDoors(Consumer<SampleSource.Transaction> before) {
        source.unseen(transaction -> transaction.insert(HEARTBEAT, row("id", 1, "beat_at", null)));
        source.unseen(before);
        source.snapshot(shanghai("2026-03-01T00:00"));
    }

    SampleSource source() {
        return source;
    }

    /** A point that offers some of {@code face}, {@code card} and {@code qr} from an instant on. */
    GymDoors offers(String at, String point, String... methods) {
        Map<String, Object> offered = methods(methods);
        if (source.rows(POINT).containsKey(point)) {
            source.commit(shanghai(at), transaction -> transaction.update(POINT, point, offered));
            return this;
        }
        Map<String, Object> row =
                row("id", point, "site", point, "in_service", true, "changed_at", null, "space", "hall");
        row.putAll(offered);
        source.commit(shanghai(at), transaction -> transaction.insert(POINT, row));
        return this;
    }

    /** Beside that a setting of the point. */
    GymDoors settles(String at, int setting, String point, String... methods) {
        Map<String, Object> row = row("id", setting, "gate_id", point, "enabled", true);
        row.putAll(methods(methods));
        source.commit(shanghai(at), transaction -> transaction.insert(SETTING, row));
        return this;
    }

    GymDoors resets(String at, int setting, String column, Object value) {
        source.commit(
                shanghai(at),
                transaction -> transaction.update(SETTING, Integer.toString(setting), row(column, value)));
        return this;
    }

    GymDoors removes(String at, String table, String key) {
        source.commit(shanghai(at), transaction -> transaction.delete(table, key));
        return this;
    }

    private static Map<String, Object> methods(String... methods) {
        List<String> offered = List.of(methods);
        return row(
                "by_face",
                offered.contains("face"),
                "by_card",
                offered.contains("card"),
                "by_qr",
                offered.contains("qr"));
    }

    GymDoors sets(String at, String point, String column, Object value) {
        source.commit(shanghai(at), transaction -> transaction.update(POINT, point, row(column, value)));
        return this;
    }

    /** Told as it happens: {@code member method outcome}, a dash for nobody known; {@code k2/member} by another token key. */
    GymDoors tries(String at, String point, String what) {
        return tries(shanghai(at), point, what);
    }

    GymDoors tries(Instant at, String point, String what) {
        return told(at, at, point, what);
    }

    /** Told at another time than it happened. */
    GymDoors told(Instant told, Instant at, String point, String what) {
        source.commit(told, transaction -> transaction.insert(ATTEMPT, attempt(at, point, what)));
        return this;
    }

    private Map<String, Object> attempt(Instant at, String point, String what) {
        return attempt(++attempts, at, point, what);
    }

    /** A row of the log. */
    static Map<String, Object> attempt(int id, Instant at, String point, String what) {
        String[] words = what.split(" ", -1);
        return row(
                "id",
                id,
                "point_id",
                point,
                "member_no",
                words[0].equals("-") ? null : token(words[0]),
                "at",
                at == null ? null : at.toString(),
                "method",
                words[1],
                "outcome",
                words[2]);
    }

    private static String token(String member) {
        int slash = member.indexOf('/');
        String key = slash < 0 ? "k1" : member.substring(0, slash);
        return "t1:member-no:" + key + ":trim,upper:" + member.substring(slash + 1);
    }

    /** The same so many times, at intervals of a minute. */
    GymDoors triesOften(int times, String from, String point, String what) {
        for (int i = 0; i < times; i++) {
            tries(shanghai(from).plusSeconds(60L * i), point, what);
        }
        return this;
    }

    /** The {@code n}-th attempt says something else. */
    GymDoors corrects(String at, int attempt, String column, Object value) {
        source.commit(
                shanghai(at),
                transaction -> transaction.update(ATTEMPT, Integer.toString(attempt), row(column, value)));
        return this;
    }

    /** The keys of attempts begin from one again. */
    GymDoors countsAnew() {
        attempts = 0;
        return this;
    }

    /** Known until then, and nothing else happened. */
    List<OracleAlert> known(String through) {
        return known(through, new Scene().register(transaction -> {}));
    }

    List<OracleAlert> known(String through, Scene scene) {
        Scene.beat(source, through);
        return scene.alerts(through, source);
    }
}
