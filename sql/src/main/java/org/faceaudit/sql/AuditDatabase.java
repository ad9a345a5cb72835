package org.faceaudit.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The audit database: schemas {@code registry}, {@code audit} and {@code audit_api}, made and kept up to date here. */
public final class AuditDatabase {

    private static final String MIGRATIONS = "classpath:faceaudit/sql/migrations";

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
        Flyway.configure(AuditDatabase.class.getClassLoader())
                .dataSource(database)
                .locations(MIGRATIONS)
                .defaultSchema("flyway")
                .placeholderReplacement(false)
                .validateMigrationNaming(true)
                .load()
                .migrate();
        try (Connection connection = database.getConnection()) {
            LawSeed.load(connection);
        }
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
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(user);
        database.setPassword(password);
        migrate(database);
    }
}
