package org.faceaudit.local.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What looks into a catalogue enter into the registry, with no more rights than a capture has. */
@ExtendWith(StackExtension.class)
class SchemaWatchIT {
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final String FILE = """
            operator: drift-court
            system: faces
            source:
              kind: postgresql
              url: %s
              user: drift_capture
              password: ${env:FACEAUDIT_NOBODY_EXPORTS_THIS}
              zone: Asia/Shanghai
              heartbeat: {table: drift.faceaudit_heartbeat}
            mapping:
              tables:
                drift.member:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: phone, column: phone}
                      image: {present: row}
                      template: {present: never}
            """;

    @TempDir
    private Path directory;

    private final Stack stack;
    private final Database source;

    SchemaWatchIT(Stack stack) {
        this.stack = stack;
        this.source = stack.source(StackExtension.SOURCE);
    }

    @Test
    void aRowForWhateverIsNotAsItWasAndNoneForTheRest() throws Exception {
        source.execute(
                "CREATE ROLE drift_capture LOGIN PASSWORD 'drift_capture'",
                "CREATE SCHEMA drift",
                "CREATE TABLE drift.member (id int PRIMARY KEY, phone text, name text, avatar bytea)",
                "GRANT USAGE ON SCHEMA drift TO drift_capture",
                "GRANT SELECT (id, phone) ON drift.member TO drift_capture");
        AtomicReference<List<Described>> captured = new AtomicReference<>(described(FILE));
        List<String> readAnew = new CopyOnWriteArrayList<>();
        SchemaWatch.Reader reader = (topic, why) -> readAnew.add(topic + " since " + why);
        try (SchemaWatch watch = SchemaWatch.start(stack, Passwords.ofEnvironment(), captured::get, reader, OFTEN)) {
            awaitLooks("what was there from the beginning is not new", "||");

            source.execute("ALTER TABLE drift.member RENAME COLUMN phone TO mobile");
            awaitLooks("a mapped column is gone", "||", "drift.member.phone|| face-record drift.member.phone");
            source.execute("ALTER TABLE drift.member RENAME COLUMN mobile TO phone");
            awaitLooks("it is back", "||", "drift.member.phone|| face-record drift.member.phone", "||");

            source.execute("ALTER TABLE drift.member ALTER COLUMN id TYPE text");
            awaitNewest("another type", "|drift.member.id| face-record drift.member.id");
            captured.set(described("# An id may be a text now.\n" + FILE));
            awaitNewest("somebody has looked at it", "||");

            source.execute("ALTER TABLE drift.member ADD COLUMN 照片 bytea, ADD COLUMN note text");
            awaitNewest("a column that one may not even read", "||drift.member.照片");
            captured.set(described(FILE.replace("key: [id]", "key: [id]\n      left-out: {照片: \"of the house\"}")));
            awaitNewest("somebody has decided about it", "||");
        }
        assertThat(readAnew)
                .as("what is back says nothing of its rows")
                .containsExactly("cdc.drift-court.faces since these columns are there again: drift.member.phone");
        assertThat(once(looks("file_version")))
                .as("nothing is said twice with one file")
                .containsExactly(
                        "||",
                        "drift.member.phone|| face-record drift.member.phone",
                        "||",
                        "|drift.member.id| face-record drift.member.id",
                        "||",
                        "||drift.member.照片",
                        "||");
    }

    private List<Described> described(String text) throws IOException {
        Files.writeString(directory.resolve("drift.yaml"), text.formatted(source.jdbcUrl()));
        return Captures.described(stack.secrets(), Captures.read(directory));
    }

    private void awaitLooks(String what, String... looks) {
        await(what)
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(looks()).containsExactly(looks));
    }

    private void awaitNewest(String what, String look) {
        await(what).atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            List<String> looks = looks();
            assertThat(looks.get(looks.size() - 1)).isEqualTo(look);
        });
    }

    /** A file is written before it is in force: a look between the two may say the same once more, of another version. */
    private static List<String> once(List<String> looksAndVersions) {
        List<String> once = new ArrayList<>();
        for (int i = 0; i < looksAndVersions.size(); i++) {
            assertThat(i == 0 || !looksAndVersions.get(i).equals(looksAndVersions.get(i - 1)))
                    .as("%d of %s", i, looksAndVersions)
                    .isTrue();
            String look =
                    looksAndVersions.get(i).substring(0, looksAndVersions.get(i).lastIndexOf('@'));
            if (once.isEmpty() || !once.get(once.size() - 1).equals(look)) {
                once.add(look);
            }
        }
        return once;
    }

    private List<String> looks() throws SQLException {
        return looks(null);
    }

    /** @param beside a column behind an {@code @}; {@code null} for none */
    private List<String> looks(String beside) throws SQLException {
        List<String> looks = new ArrayList<>();
        try (Connection connection = stack.audit().connect("registrar");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT concat_ws('|', gone, retyped, photo_like) || coalesce("
                        + " ' ' || nullif(needed_for, ''), '')" + (beside == null ? "" : " || '@' || " + beside)
                        + " FROM registry.schema_look WHERE operator_id = 'drift-court' ORDER BY looked_at, id")) {
            while (row.next()) {
                looks.add(row.getString(1));
            }
        }
        return looks;
    }
}
