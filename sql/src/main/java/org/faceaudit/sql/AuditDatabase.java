package org.faceaudit.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.ds.PGSimpleDataSource;

/** The audit database: schemas {@code registry}, {@code audit} and {@code audit_api}, made and kept up to date here. */
public final class AuditDatabase {

    private static final String MIGRATIONS = "faceaudit/sql/migrations";

    private AuditDatabase() {}

    /**
     * Brings a database to the newest state: applies the migrations that are missing, then adds missing seed rows of the
     * law. May be called at every start; a second call changes nothing.
     *
     * @param database the audit database, connected as a superuser (roles are created)
     * @throws SQLException when the database refuses
     * @throws IOException when a seed file cannot be read
     * @throws org.flywaydb.core.api.FlywayException when a migration fails or an applied one was edited
     */
    public static void migrate(DataSource database) throws SQLException, IOException {
        flyway(database).migrate();
        try (Connection connection = database.getConnection()) {
            LawSeed.load(connection);
        }
    }

    private static Flyway flyway(DataSource database) {
        return Flyway.configure(AuditDatabase.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:" + MIGRATIONS)
                .defaultSchema("flyway")
                .placeholderReplacement(false)
                .validateMigrationNaming(true)
                .load();
    }

    /** The text of all migrations, in the order in which they are applied to an empty database. */
    static List<String> scripts(DataSource database) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (MigrationInfo migration : flyway(database).info().all()) {
            // Flyway's own entries, such as for its schema, have no script.
            if (migration.getScript().endsWith(".sql")) {
                names.add(migration.getScript());
            }
        }
        List<String> scripts = new ArrayList<>();
        for (String name : names) {
            try (InputStream script = AuditDatabase.class.getResourceAsStream('/' + MIGRATIONS + '/' + name)) {
                if (script == null) {
                    throw new IOException("the migration " + name + " was applied, and is not in this build");
                }
                scripts.add(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return scripts;
    }

    /**
     * The same for an address.
     *
     * @param url {@code jdbc:postgresql://host:port/database}
     * @param user a superuser
     * @param password its password; {@code null} for none
     * @throws SQLException when the database refuses
     * @throws IOException when a seed file cannot be read
     */
    public static void migrate(String url, String user, String password) throws SQLException, IOException {
        migrate(at(url, user, password));
    }

    static DataSource at(String url, String user, String password) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(user);
        database.setPassword(password);
        return database;
    }
}
