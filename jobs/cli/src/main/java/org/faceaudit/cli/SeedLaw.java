package org.faceaudit.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.Standpoint;

/** The law as it is seeded: calendar and parameters from the files that the migrations read too. */
final class SeedLaw {

    private SeedLaw() {}

    /** @throws UncheckedIOException if a seed file is missing or no CSV: the build is broken */
    static Registry registry() {
        return registry(Standpoint.NOW);
    }

    /** The same, read from a standpoint. */
    static Registry registry(Standpoint from) {
        List<RegistryChange> rows = new ArrayList<>();
        rows.addAll(rows("calendar_notice", "id"));
        rows.addAll(rows("calendar_day", "notice_id", "day"));
        rows.addAll(rows("parameter", "name", "scope", "valid_from"));
        return Registry.of(rows, from);
    }

    private static List<RegistryChange> rows(String table, String... keyColumns) {
        List<RegistryChange> rows = new ArrayList<>();
        String file = table + ".csv";
        for (Map<String, String> values : LawCsv.rows(file)) {
            List<String> key = new ArrayList<>();
            for (String column : keyColumns) {
                key.add(values.get(column));
            }
            rows.add(new RegistryChange(table, String.join("/", key), true, values, position(file, rows.size() + 1L)));
        }
        return rows;
    }

    private static Position position(String file, long row) {
        return new Position("sql/law/" + file, 0, row, null, null, null, null, Instant.EPOCH, true);
    }
}
