package org.faceaudit.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionFactory;
import org.faceaudit.local.FaceauditMain;
import org.faceaudit.local.process.Orphans;
import org.faceaudit.local.process.PidFile;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Ports;
import org.faceaudit.local.stack.Rest;
import org.faceaudit.local.stack.StackState;
import picocli.CommandLine;

/** {@code up} and what is seen from outside of what it runs; it may end and be started anew on the same data. */
final class RunningUp {
    /** Of the capture user of every source. */
    static final String PASSWORD = "yard-capture";

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Path directory;
    private final int portOffset = portOffset();
    private Launcher launcher;

    /** @param directory of the test; files of operators, data and what is printed lie below it */
    RunningUp(Path directory) {
        this.directory = directory;
    }

    /** One at which all ports are free. The same ports serve before and after a death, as for anybody. */
    private static int portOffset() {
        return ThreadLocalRandom.current()
                .ints(100, 1_000, 11_000)
                .filter(RunningUp::portsAreFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean portsAreFree(int offset) {
        try {
            Ports.shifted(offset).requireFree(List.of());
            return true;
        } catch (StackException inUse) {
            return false;
        }
    }

    Path data() {
        return directory.resolve("data of up");
    }

    /** Where the operators' files lie. */
    Path operators() throws IOException {
        return Files.createDirectories(directory.resolve("operators"));
    }

    /** A place for a file that {@code up} does not look at. */
    Path elsewhere(String file) {
        return directory.resolve(file);
    }

    /** What the launcher reads passwords from: one that nobody knew when it was started comes later. */
    Path passwords() throws IOException {
        Path file = directory.resolve("passwords");
        return Files.exists(file) ? file : Files.createFile(file);
    }

    Launcher launcher() {
        return launcher;
    }

    Rest connect() {
        return new Rest(Ports.shifted(portOffset).connect(), Duration.ofSeconds(30));
    }

    List<PidFile> processes() throws IOException {
        return PidFile.readAll(data().resolve("run"));
    }

    /** Starts it, and returns when its job runs. */
    void start(String output) throws IOException {
        launcher = Launcher.start(
                directory.resolve(output),
                Map.of("YARD_PASSWORD", PASSWORD, "CAMPUS_PASSWORD", PASSWORD),
                "up",
                "--operators",
                operators().toString(),
                "--env-file",
                passwords().toString(),
                "--data",
                data().toString(),
                "--port-offset",
                Integer.toString(portOffset));
        await("up")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .failFast("the launcher has ended", () -> !launcher.isAlive())
                .untilAsserted(() -> assertThat(launcher.said()).contains("Running, generation 1."));
    }

    /** Ends it and whatever it may have left, also when a test has failed. */
    void leaveNothing() throws IOException {
        if (launcher != null) {
            launcher.stop();
        }
        Orphans.stop(data().resolve("run"), Duration.ofSeconds(20), new Progress(System.out), List.of());
    }

    /** Runs statements on the registry. */
    void register(String sql) {
        faceaudit("sql", sql, "--as", "registrar", "--data", data().toString());
    }

    /** What a command prints that needs no process of its own. */
    static String faceaudit(String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine commandLine =
                FaceauditMain.commandLine().setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
        assertThat(commandLine.execute(arguments)).as(text.toString()).isZero();
        return text.toString();
    }

    /** The statements that {@code onboard} prints for a file's source, with the password in its place. */
    static String onboarding(Path file) {
        String printed = faceaudit("onboard", file.toString());
        return printed.substring(0, printed.indexOf("\n\n")).replace("'…'", "'" + PASSWORD + "'");
    }

    /** The same one by one, as a database takes them that has no transactions for such. */
    static String[] statements(Path file) {
        return onboarding(file).replaceAll("(?m)^--.*\n", "").split(";\\s*");
    }

    void awaitSaid(String what, String... patterns) {
        patiently(what)
                .failFast("the launcher has ended", () -> !launcher.isAlive())
                .untilAsserted(() -> {
                    for (String pattern : patterns) {
                        assertThat(launcher.said()).containsPattern(pattern);
                    }
                });
    }

    void awaitAlerts(String what, String... alerts) {
        patiently(what)
                .untilAsserted(() -> assertThat(query("concat_ws(' ', rule_id, subject_id, episode, verdict, status)"))
                        .containsExactlyInAnyOrder(alerts));
    }

    /** Records, images and persons on the newest day, of tables without a key. */
    void awaitHeld(String what, String yard, String university) {
        patiently(what)
                .untilAsserted(() -> assertThat(asAnalyst("SELECT DISTINCT ON (operator_id) operator_id || ' ' ||"
                                + " records || ' ' || raw_images || ' ' || persons_low || '-' || persons_high FROM"
                                + " audit_api.person_count_v1 WHERE operator_id IN ('yard-school',"
                                + " 'campus-university') ORDER BY operator_id, day DESC"))
                        .containsExactly("campus-university " + university, "yard-school " + yard));
    }

    /** An expression over all alerts, one text each. */
    List<String> query(String column) throws SQLException {
        return query(column, "%");
    }

    /** The same of one operator's alerts. */
    List<String> query(String column, String operator) throws SQLException {
        // What is said of the registry itself depends on the day of the test.
        return asAnalyst(
                "SELECT " + column + " FROM audit_api.alert_v1 WHERE operator_id <> 'registry' AND operator_id LIKE '"
                        + operator + "' ORDER BY operator_id, rule_id, subject_id, episode");
    }

    /** The first column of a query's rows. */
    List<String> asAnalyst(String sql) throws SQLException {
        return as("analyst", sql);
    }

    /** The same, asked in another role. */
    List<String> as(String role, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        Database audit = StackState.read(data()).orElseThrow().audit();
        try (Connection connection = audit.connect(role);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** Whether a rule can be judged of a system, and why not or how far. */
    String judgeable(String system, String rule) throws SQLException {
        return asAnalyst(
                        "SELECT judgeable || ' ' || coalesce(reason, '') FROM audit_api.judgeable_v1 WHERE system_id = '"
                                + system + "' AND rule_id = '" + rule + "'")
                .get(0);
    }

    /** What the newest episode of {@code schema-drift} says of a system, behind its status. */
    String drift(String system) throws SQLException {
        return asAnalyst("SELECT status || ' ' || explanation_en FROM audit_api.alert_v1 WHERE rule_id = 'schema-drift'"
                        + " AND subject_id = '" + system + "' ORDER BY episode DESC")
                .get(0);
    }

    /** The broker, as a reader of topics addresses it. */
    String bootstrap() {
        return "127.0.0.1:" + Ports.shifted(portOffset).kafka();
    }

    static ConditionFactory patiently(String what) {
        return await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(500)).ignoreExceptions();
    }
}
