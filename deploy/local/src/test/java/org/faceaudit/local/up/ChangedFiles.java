package org.faceaudit.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.faceaudit.local.stack.Database;

/**
 * Operators' files that change while everything runs: one becomes wrong, another says something else of old rows, a third comes
 * and goes.
 */
record ChangedFiles(RunningUp up, YardGates gates, Database poolHouse) {
    private static final String POOL = """
            operator: pool-house
            system: pool
            source:
              kind: postgresql
              url: %s
              user: pool_capture
              password: ${env:POOL_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: public.faceaudit_heartbeat, promise: 10m, every: 1s}
            mapping:
              tables:
                public.door:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {flags: {face: FACE, card: CARD}}
            """;

    void change() throws Exception {
        Path yard = up.operators().resolve("yard.yaml");
        String good = Files.readString(yard);
        String before = up.query("mapping_version", "yard-school").get(0);

        Files.writeString(yard, good.replace("methods: {column: 方式", "methods: {colum: 方式"));
        up.awaitSaid("a bad file is refused", yard + ":17:", "cdc.yard-school.gates +refused +.*stays in force");
        gates.setMethods("南门", "人脸、校园卡");
        up.awaitAlerts(
                "the old one stays in force",
                KeylessSources.REFUSED,
                KeylessSources.YARD_GAP,
                KeylessSources.CAMPUS_GAP,
                "sole-face-method campus/1 1 VIOLATION RESOLVED",
                "sole-face-method gates/北门 1 VIOLATION RESOLVED",
                "sole-face-method gates/南门 1 VIOLATION RESOLVED");

        Files.writeString(
                yard,
                good.replace("[\"启用\"]", "[\"启用\", \"停用\"]")
                        .replace("key: [名称]", "key: [名称]\n      where: {column: 名称, not: \"南门\"}"));
        up.awaitSaid("a changed one is taken", "yard-school is derived anew: .* up to offset \\d+ as of now");
        up.awaitAlerts(
                "its rows are read by it, old ones too",
                KeylessSources.REFUSED,
                KeylessSources.YARD_GAP,
                KeylessSources.CAMPUS_GAP,
                "sole-face-method campus/1 1 VIOLATION RESOLVED",
                "sole-face-method gates/北门 1 VIOLATION RESOLVED",
                "sole-face-method gates/南门 1 VIOLATION WITHDRAWN",
                "sole-face-method gates/旧门 1 VIOLATION OPEN");
        assertThat(up.query("subject_id || ' ' || mapping_version", "yard-school"))
                .contains("gates/南门 " + before)
                .doesNotContain("gates/北门 " + before)
                .doesNotContain("gates/旧门 " + before);
        String old = up.query("CASE subject_id WHEN 'gates/旧门' THEN alert_id::text END", "yard-school").stream()
                .filter(id -> id != null)
                .findFirst()
                .orElseThrow();
        assertThat(RunningUp.faceaudit("verify", old, "--data", up.data().toString()))
                .contains("SAME");

        addPoolHouse();
        up.awaitSaid("a new one is taken", "cdc.pool-house.pool +taken +.*read from offset 0 on");
        String[] withPool = {
            KeylessSources.REFUSED,
            KeylessSources.YARD_GAP,
            KeylessSources.CAMPUS_GAP,
            "sole-face-method campus/1 1 VIOLATION RESOLVED",
            "sole-face-method gates/北门 1 VIOLATION RESOLVED",
            "sole-face-method gates/南门 1 VIOLATION WITHDRAWN",
            "sole-face-method gates/旧门 1 VIOLATION OPEN",
            "sole-face-method pool/1 1 VIOLATION OPEN"
        };
        up.awaitAlerts("a source that came while all others were read", withPool);

        Files.delete(up.operators().resolve("pool.yaml"));
        up.awaitSaid(
                "one that is gone is captured no longer", "cdc.pool-house.pool +stopped +.*pg_drop_replication_slot");
        gates.setMethods("北门", "人脸");
        RunningUp.patiently("all others go on")
                .untilAsserted(() -> assertThat(up.query("concat_ws(' ', subject_id, episode, status)", "yard-school"))
                        .contains("gates/北门 2 OPEN"));
        assertThat(up.query("status", "pool-house")).containsExactly("OPEN");
    }

    private void addPoolHouse() throws Exception {
        poolHouse.execute(
                "CREATE TABLE public.door (id int PRIMARY KEY, face boolean NOT NULL, card boolean NOT NULL)",
                "INSERT INTO public.door VALUES (1, true, false), (2, true, true)");
        Path elsewhereYet = Files.writeString(up.elsewhere("pool.yaml"), POOL.formatted(poolHouse.jdbcUrl()));
        poolHouse.execute(RunningUp.onboarding(elsewhereYet));
        up.register("INSERT INTO registry.operator (id, name, sector, region)"
                + " VALUES ('pool-house', '泳馆', 'gym', '320500');"
                + " INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source)"
                + " VALUES ('sole-face-method.grace', 'pool-house', '0', 'hours', '2025-06-01', 'test')");
        Path file = Files.copy(elsewhereYet, up.operators().resolve("pool.yaml"));
        up.awaitSaid("its password is missing", "pool.yaml: the environment variable POOL_PASSWORD is not set");
        Files.writeString(up.passwords(), "POOL_PASSWORD=" + RunningUp.PASSWORD + "\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }
}
