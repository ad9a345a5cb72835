package org.faceaudit.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.faceaudit.cli.capture.ManyTablesSql;
import org.faceaudit.cli.source.MariaDb;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gates that either kind of database keeps in tables by number: the first is there before a changed file has it captured, the second
 * comes while everything runs.
 */
@ExtendWith(StackExtension.class)
class NumberedGatesIT {

    private static final String FILE = """
            operator: %s
            system: %s
            source:
              kind: %s
              url: %s
              user: capture_%2$s
              password: ${env:YARD_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: %s.faceaudit_heartbeat, promise: 10m, every: 1s}
            mapping:
              tables:
                %5$s.gate:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {flags: {face: FACE, card: CARD}}
            """;
    private static final String FURTHER = """
                %s.岗亭_{nn}:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {flags: {face: FACE, card: CARD}}
            """;

    private static final String TABLE =
            "CREATE TABLE %s (id int PRIMARY KEY, face boolean NOT NULL, card boolean NOT NULL)";

    @TempDir
    private Path directory;

    private final Database park;
    private RunningUp up;
    private MariaDb mall;

    NumberedGatesIT(Stack stack) throws SQLException {
        Database server = stack.source(StackExtension.SOURCE);
        server.execute("CREATE DATABASE park");
        this.park = new Database("park", server.port(), "park", stack.secrets());
    }

    @BeforeEach
    void onboard() throws Exception {
        up = new RunningUp(directory);
        mall = MariaDb.start(directory.resolve("mall"));
        park.execute(TABLE.formatted("public.gate"), "INSERT INTO public.gate VALUES (1, true, true)");
        mall.execute(
                "CREATE DATABASE mall", TABLE.formatted("mall.gate"), "INSERT INTO mall.gate VALUES (1, true, true)");
        Files.writeString(parkFile(), FILE.formatted("park-house", "park", "postgresql", park.jdbcUrl(), "public"));
        Files.writeString(mallFile(), FILE.formatted("mall-house", "mall", "mariadb", mall.jdbcUrl("mall"), "mall"));
        park.execute(RunningUp.onboarding(parkFile()));
        mall.execute(RunningUp.statements(mallFile()));
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (mall != null) {
            mall.close();
        }
        up.leaveNothing();
    }

    private Path parkFile() throws IOException {
        return up.operators().resolve("park.yaml");
    }

    private Path mallFile() throws IOException {
        return up.operators().resolve("mall.yaml");
    }

    @Test
    void rowsFromBeforeTheirTableWasCapturedAndTablesThatComeAreJudged() throws Exception {
        up.start("up.out");
        up.register("INSERT INTO registry.operator (id, name, sector, region) VALUES"
                + " ('park-house', '园区', 'property', '320500'), ('mall-house', '商场', 'property', '320500');"
                + " INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source) VALUES"
                + " ('sole-face-method.grace', 'park-house', '0', 'hours', '2025-06-01', 'test'),"
                + " ('sole-face-method.grace', 'mall-house', '0', 'hours', '2025-06-01', 'test')");
        RunningUp.patiently("both sources are known")
                .untilAsserted(() -> assertThat(up.asAnalyst("SELECT system_id FROM audit_api.source_v1"
                                + " WHERE known_through IS NOT NULL AND operator_id <> 'registry'"))
                        .containsExactlyInAnyOrder("park", "mall"));

        captureTheFirst();
        up.awaitSaid(
                "what is captured in addition is read from a snapshot",
                "cdc.park-house.park +anew +.*public.岗亭_",
                "cdc.mall-house.mall +anew +.*mall.岗亭_");
        awaitGates(
                "rows from before their tables were captured",
                "mall/mall.岗亭_01/1 OPEN mall.岗亭_01",
                "park/public.岗亭_01/1 OPEN public.岗亭_01");
        assertThat(up.asAnalyst("SELECT DISTINCT system_id FROM audit_api.mapping_change_v1 WHERE read_anew"
                        + " AND from_offset > 0 ORDER BY 1"))
                .as("since where a changed mapping holds can be asked")
                .containsExactly("mall", "park");

        theSecondComes();
        awaitGates(
                "tables that came while all others were read",
                "mall/mall.岗亭_01/1 OPEN mall.岗亭_01",
                "mall/mall.岗亭_02/1 OPEN mall.岗亭_02",
                "park/public.岗亭_01/1 OPEN public.岗亭_01",
                "park/public.岗亭_02/1 OPEN public.岗亭_02");

        park.execute("TRUNCATE public.岗亭_02");
        mall.execute("TRUNCATE TABLE mall.岗亭_02");
        awaitGates(
                "the ones that were emptied, and no others",
                "mall/mall.岗亭_01/1 OPEN mall.岗亭_01",
                "mall/mall.岗亭_02/1 RESOLVED mall.岗亭_02",
                "park/public.岗亭_01/1 OPEN public.岗亭_01",
                "park/public.岗亭_02/1 RESOLVED public.岗亭_02");

        theFirstIsDropped();
    }

    /** No log tells what became of its rows: the source is read anew by nobody's doing. */
    private void theFirstIsDropped() throws SQLException {
        RunningUp.patiently("a look has seen it")
                .untilAsserted(() -> assertThat(up.as(
                                "registrar",
                                "SELECT DISTINCT operator_id FROM registry.schema_look"
                                        + " WHERE columns LIKE '%public.岗亭_01.* ROWS%'"))
                        .containsExactly("park-house"));
        park.execute("DROP TABLE public.岗亭_01");
        up.awaitSaid(
                "what is left is read from a snapshot",
                "cdc.park-house.park +anew +.*gone with their rows: public.岗亭_01\\.\\*");
        awaitGates(
                "its gate went with it",
                "mall/mall.岗亭_01/1 OPEN mall.岗亭_01",
                "mall/mall.岗亭_02/1 RESOLVED mall.岗亭_02",
                "park/public.岗亭_01/1 RESOLVED public.岗亭_01",
                "park/public.岗亭_02/1 RESOLVED public.岗亭_02");
        RunningUp.patiently("the snapshot accounts for its rows")
                .untilAsserted(() -> assertThat(up.asAnalyst("SELECT concat_ws(' ', subject_id, episode, status)"
                                + " FROM audit_api.alert_v1 WHERE rule_id = 'schema-drift' AND subject_id = 'park'"))
                        .containsExactly("park 1 RESOLVED"));
        assertThat(up.drift("park"))
                .contains("tables or partitions are gone, and no log tells what became of their rows: public.岗亭_01.");
    }

    /** With the table that the evidence names. */
    private void awaitGates(String what, String... alerts) {
        RunningUp.patiently(what).untilAsserted(() -> assertThat(gates()).containsExactlyInAnyOrder(alerts));
    }

    private List<String> gates() throws SQLException {
        return up.asAnalyst("SELECT concat_ws(' ', subject_id, status, evidence->'source'->0->>'table')"
                + " FROM audit_api.alert_v1 WHERE rule_id = 'sole-face-method'");
    }

    /** The first tables and their rows, and only then the files that map them; either's owner runs what onboard prints. */
    private void captureTheFirst() throws SQLException, IOException, OperatorFileException {
        park.execute(TABLE.formatted("public.岗亭_01"), "INSERT INTO public.岗亭_01 VALUES (1, true, false)");
        mall.execute(TABLE.formatted("mall.岗亭_01"), "INSERT INTO mall.岗亭_01 VALUES (1, true, false)");
        String parkText = Files.readString(parkFile()) + FURTHER.formatted("public");
        String mallText = Files.readString(mallFile()) + FURTHER.formatted("mall");
        park.execute(
                ManyTablesSql.ofPostgresql(mapping(parkText), "capture_park").toArray(String[]::new));
        mall.execute(ManyTablesSql.ofMariaDb(mapping(mallText), "capture_mall").toArray(String[]::new));
        Files.writeString(parkFile(), parkText);
        Files.writeString(mallFile(), mallText);
    }

    private Mapping mapping(String text) throws IOException, OperatorFileException {
        return OperatorFiles.read(Files.writeString(up.elsewhere("not-taken.yaml"), text))
                .mapping();
    }

    /** A further table each, with a gate of the same key; in the PostgreSQL as its owner is told to make one. */
    private void theSecondComes() throws SQLException, IOException, OperatorFileException {
        List<String> onboarding =
                ManyTablesSql.ofPostgresql(OperatorFiles.read(parkFile()).mapping(), "capture_park");
        // In one transaction.
        park.execute(TABLE.formatted("public.岗亭_02") + "; " + String.join("; ", onboarding));
        park.execute("INSERT INTO public.岗亭_02 VALUES (1, true, false)");
        mall.execute(TABLE.formatted("mall.岗亭_02"), "INSERT INTO mall.岗亭_02 VALUES (1, true, false)");
    }
}
