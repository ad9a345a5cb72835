package org.faceaudit.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.faceaudit.cli.source.MariaDb;
import org.faceaudit.local.route.TopicDump;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of the key of tokens and of a mapped column while {@code up} runs, in either kind of database: persons and attempts
 * are the same under another key, and an altered column is told until it is as it was, or somebody has looked at it.
 */
@ExtendWith(StackExtension.class)
class KeysAndColumnsIT {

    @TempDir
    private Path directory;

    private final Database hallDatabase;
    private RunningUp up;
    private MariaDb towerServer;
    private FaceHall hall;
    private FaceHall tower;

    KeysAndColumnsIT(Stack stack) throws SQLException {
        Database server = stack.source(StackExtension.SOURCE);
        server.execute("CREATE DATABASE hall");
        this.hallDatabase = new Database("hall", server.port(), "hall", stack.secrets());
    }

    @BeforeEach
    void onboard() throws Exception {
        up = new RunningUp(directory);
        towerServer = MariaDb.start(directory.resolve("tower"));
        towerServer.execute("CREATE DATABASE tower");
        hall = new FaceHall(
                "hall",
                "public",
                "postgresql",
                hallDatabase.jdbcUrl(),
                hallDatabase::execute,
                up.operators().resolve("hall.yaml"));
        tower = new FaceHall(
                "tower",
                "tower",
                "mariadb",
                towerServer.jdbcUrl("tower"),
                towerServer::execute,
                up.operators().resolve("tower.yaml"));
        hall.create();
        tower.create();
        hallDatabase.execute(RunningUp.onboarding(hall.file()));
        towerServer.execute(RunningUp.statements(tower.file()));
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (towerServer != null) {
            towerServer.close();
        }
        up.leaveNothing();
    }

    private List<FaceHall> halls() {
        return List.of(hall, tower);
    }

    @Test
    void anotherKeyChangesNoCountAndAnAlteredColumnIsToldUntilItFits() throws Exception {
        up.start("up.out");
        up.register("INSERT INTO registry.operator (id, name, sector, region) VALUES"
                + " ('hall-house', '会堂', 'property', '320500'), ('tower-house', '塔楼', 'property', '320500')");
        awaitCounted("all is counted", "7 4-4 true", FaceHall.REFUSALS, "k1 4");
        List<String> days = days();

        for (FaceHall each : halls()) {
            each.edit("token-key: k1", "token-key: k2");
        }
        up.awaitSaid(
                "another key is noticed",
                "cdc.hall-house.hall +anew +tokens are made with key k2 instead of k1",
                "cdc.tower-house.tower +anew +tokens are made with key k2 instead of k1");
        awaitCounted("the same under another key", "7 4-4 true", FaceHall.REFUSALS, "k2 4");
        RunningUp.patiently("a snapshot in place of the log is told, and over")
                .untilAsserted(() -> assertThat(up.asAnalyst("SELECT concat_ws(' ', subject_id, status)"
                                + " FROM audit_api.alert_v1 WHERE rule_id = 'source-gap' ORDER BY 1"))
                        .containsExactly("hall RESOLVED", "tower RESOLVED"));
        assertThat(days()).containsAll(days);
        for (FaceHall each : halls()) {
            requireReadAnewWithTheNewKeyAlone(each);
            each.database()
                    .execute(
                            "DELETE FROM " + each.schema() + ".member WHERE id = 4",
                            "DELETE FROM " + each.schema() + ".visitor WHERE phone = '13800000004'",
                            each.declined("13800000004", 30));
        }
        awaitCounted("what is deleted is gone", "5 2-2 true", FaceHall.REFUSALS + 1, "k2 3");

        theColumnIsDropped();
        theColumnIsRetyped();
        awaitCounted("nothing of it has changed a count", "5 2-2 true", FaceHall.REFUSALS + 1, "k2 3");
    }

    private void theColumnIsDropped() throws Exception {
        for (FaceHall each : halls()) {
            each.dropColumn();
        }
        awaitDrift("a mapped column is gone", "OPEN", "mapped columns are gone or not told: ", true);
        for (FaceHall each : halls()) {
            each.restoreColumn();
        }
        awaitDrift("it is there again", "RESOLVED", "mapped columns are gone or not told: ", false);
        up.awaitSaid(
                "what it holds no log tells",
                "cdc.hall-house.hall +anew +.*these columns are there again: .*public.gate.card",
                "cdc.tower-house.tower +anew +.*these columns are there again: tower.gate.card");
    }

    /** One is as it was again, of the other somebody says in the file that it may be so. */
    private void theColumnIsRetyped() throws Exception {
        hall.retypeColumn("int", "card::int");
        tower.retypeColumn("bigint", null);
        awaitDrift("another type", "OPEN", "mapped columns changed their type: ", true);
        hall.retypeColumn("boolean", "card <> 0");
        tower.edit("mapping:", "# A number by now, 0 or 1 as before.\nmapping:");
        awaitDrift("as it was, or confirmed", "RESOLVED", "mapped columns changed their type: ", false);
    }

    /** What the newest episode says of the column, and whether what is judged by it cannot be meanwhile. */
    private void awaitDrift(String what, String status, String words, boolean unjudgeable) {
        for (FaceHall each : halls()) {
            RunningUp.patiently(what + ": " + each.hall()).untilAsserted(() -> {
                assertThat(up.drift(each.hall())).startsWith(status + " ").contains(words, each.column());
                String judgeable = up.judgeable(each.hall(), "sole-face-method");
                if (unjudgeable) {
                    assertThat(judgeable).startsWith("false ").contains(each.column());
                } else {
                    assertThat(judgeable).startsWith("true ");
                }
            });
        }
    }

    /**
     * Of either hall.
     *
     * @param persons records, the interval of persons and whether it is exact, on the newest day
     * @param refusals what the rule measures
     * @param findings the keys of the persons' tokens of overdue images, and how many these are
     */
    private void awaitCounted(String what, String persons, int refusals, String findings) {
        for (FaceHall each : halls()) {
            RunningUp.patiently(what + ": " + each.hall()).untilAsserted(() -> {
                assertThat(up.asAnalyst("SELECT records || ' ' || persons_low || '-' || persons_high || ' ' || exact"
                                + " FROM audit_api.person_count_v1 WHERE operator_id = '" + each.hall()
                                + "-house' ORDER BY day DESC LIMIT 1"))
                        .containsExactly(persons);
                assertThat(up.asAnalyst("SELECT concat_ws(' ', subject_id, episode, status, measured::int)"
                                + " FROM audit_api.alert_v1 WHERE rule_id = 'refusal-without-alternative'"
                                + " AND operator_id = '" + each.hall() + "-house'"))
                        .containsExactly(each.hall() + "/1 1 OPEN " + refusals);
                assertThat(up.asAnalyst("SELECT substring(person_token from 'k[0-9]') || ' ' || count(*)"
                                + " FROM audit_api.image_finding_v1 WHERE cleared_at IS NULL AND operator_id = '"
                                + each.hall() + "-house' GROUP BY substring(person_token from 'k[0-9]')"))
                        .containsExactly(findings);
            });
        }
    }

    /** Of every day, how many persons there were. */
    private List<String> days() throws SQLException {
        return up.asAnalyst("SELECT concat_ws(' ', operator_id, day, persons_low, persons_high)"
                + " FROM audit_api.person_count_v1 ORDER BY operator_id, day");
    }

    private void requireReadAnewWithTheNewKeyAlone(FaceHall each) {
        List<String> records = new TopicDump(up.bootstrap())
                .committed("cdc." + each.hall() + "-house." + each.hall()).stream()
                        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                        .filter(record -> record.contains(":k1:") || record.contains(":k2:"))
                        .toList();
        assertThat(records).hasSize(2 * FaceHall.ROWS_OF_PERSONS);
        assertThat(records.subList(FaceHall.ROWS_OF_PERSONS, records.size()))
                .allMatch(record -> record.contains(":k2:") && !record.contains(":k1:"));
    }
}
