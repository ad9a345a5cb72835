package org.faceaudit.local.latency;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.faceaudit.local.stack.Pause;
import org.faceaudit.local.stack.StackState;

/**
 * Measures, on a running {@code ./faceaudit demo}, the time from a commit in a source to the row of its alert. It switches the
 * card reader of a gate off and on again, takes the commit's time from the alert itself, and asks the audit database every few
 * milliseconds as an analyst does. In a second terminal:
 *
 * <pre>
 * mvn -q -B test-compile
 * java -cp "deploy/local/target/test-classes:deploy/local/target/classes:deploy/local/target/lib/*" \
 *     org.faceaudit.local.latency.AlertLatency var/demo 200
 * </pre>
 *
 * <p>All clocks are this machine's. {@code revised_at}, which the history keeps, is shown beside: it is when the transaction
 * that brings the row began to write it, and so a little before anybody can see the row.
 */
public final class AlertLatency {
    private static final String GATE = "gate-2";
    private static final String ALERT =
            " WHERE operator_id = 'iron-gym' AND rule_id = 'sole-face-method' AND subject_id = 'gym/" + GATE + "'";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    /** Longer than a checkpoint's interval, so that flips meet it at any phase. */
    private static final int LONGEST_PAUSE_MILLIS = 1_500;

    private final List<Long> raised = new ArrayList<>();
    private final List<Long> resolved = new ArrayList<>();
    private final List<Long> revised = new ArrayList<>();

    private AlertLatency() {}

    /**
     * Measures.
     *
     * @param arguments the data directory of the running demo, and how often to switch
     */
    public static void main(String[] arguments) throws SQLException {
        if (arguments.length != 2 || !arguments[1].matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("Name the data directory of a running demo and a number of switches.");
        }
        StackState stack = StackState.read(Path.of(arguments[0]))
                .filter(StackState::isHeld)
                .orElseThrow(() -> new IllegalArgumentException("No demo runs in " + arguments[0] + "."));
        new AlertLatency().measure(stack, Integer.parseInt(arguments[1]));
    }

    private void measure(StackState stack, int switches) throws SQLException {
        SplittableRandom random = new SplittableRandom(11);
        double before = load();
        try (Connection source = stack.database("gym").superuser();
                Connection audit = stack.audit().connect("analyst")) {
            for (int number = 0; number < switches; number++) {
                boolean on = number % 2 == 1;
                long seen = newestChange(audit);
                try (Statement statement = source.createStatement()) {
                    if (statement.executeUpdate("UPDATE access_point SET by_card = " + on + " WHERE id = '" + GATE
                                    + "' AND by_card <> " + on)
                            != 1) {
                        throw new IllegalStateException(GATE + " has its card reader switched otherwise already.");
                    }
                }
                await(audit, on, seen);
                Pause.of(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
            }
            if (switches % 2 == 1) {
                try (Statement statement = source.createStatement()) {
                    statement.execute("UPDATE access_point SET by_card = true WHERE id = '" + GATE + "'");
                }
            }
        }
        print("breach to OPEN row", raised);
        print("end to RESOLVED row", resolved);
        List<Long> all = new ArrayList<>(raised);
        all.addAll(resolved);
        print("commit to visible row", all);
        print("commit to revised_at", revised);
        System.out.printf(
                Locale.ROOT,
                "load average %.1f before, %.1f after, %d processors; looked every %d ms%n",
                before,
                load(),
                Runtime.getRuntime().availableProcessors(),
                BETWEEN_LOOKS.toMillis());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static long newestChange(Connection audit) throws SQLException {
        try (Statement statement = audit.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT coalesce(max(change_seq), 0) FROM audit_api.alert_v1" + ALERT)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Waits for the row that the switch brings, and notes when it could be seen. */
    private void await(Connection audit, boolean on, long seen) throws SQLException {
        String column = on ? "resolved_at" : "opened_at";
        long end = System.nanoTime() + LONGEST.toNanos();
        try (PreparedStatement look = audit.prepareStatement("SELECT " + column + ", (SELECT h.revised_at FROM"
                + " audit_api.alert_history_v1 h WHERE h.change_seq = a.change_seq) FROM audit_api.alert_v1 a" + ALERT
                + " AND status = ? AND change_seq > ?")) {
            look.setString(1, on ? "RESOLVED" : "OPEN");
            look.setLong(2, seen);
            while (System.nanoTime() < end) {
                try (ResultSet row = look.executeQuery()) {
                    if (row.next()) {
                        Instant visible = Instant.now();
                        Instant committed = row.getTimestamp(1).toInstant();
                        Timestamp landed = row.getTimestamp(2);
                        (on ? resolved : raised).add(micros(committed, visible));
                        if (landed != null) {
                            revised.add(micros(committed, landed.toInstant()));
                        }
                        return;
                    }
                }
                Pause.of(BETWEEN_LOOKS);
            }
        }
        throw new IllegalStateException("No row within " + LONGEST.toSeconds() + " s of a switch.");
    }

    private static long micros(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1_000;
    }

    private static void print(String what, List<Long> micros) {
        List<Long> sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-22s n %4d   p50 %5.2f s   p90 %5.2f s   p99 %5.2f s   longest %5.2f s%n",
                what,
                sorted.size(),
                seconds(sorted, 0.50),
                seconds(sorted, 0.90),
                seconds(sorted, 0.99),
                seconds(sorted, 1));
    }

    /** By nearest rank; 0 of nothing. */
    private static double seconds(List<Long> sorted, double part) {
        if (sorted.isEmpty()) {
            return 0;
        }
        return sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1)) / 1e6;
    }
}
