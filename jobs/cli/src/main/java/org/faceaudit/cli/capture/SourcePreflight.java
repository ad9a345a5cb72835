package org.faceaudit.cli.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.cli.source.SourceCatalogue;
import org.faceaudit.cli.source.SourceConnection;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceAddress;
import org.faceaudit.intake.operator.SourceKind;

/**
 * Asks a source, before a connector is made for it, whether what the operator's file names is there. It reads the
 * catalogue only, never a row.
 */
public final class SourcePreflight {

    /** A clock that differs by more is not a matter of how long an answer takes. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(2);
    /** Changes from further ahead are refused. */
    private static final Duration CLOCK_LIMIT = Duration.ofDays(1);

    private SourcePreflight() {}

    /**
     * What stands in the way of capture, each as one sentence with its remedy; empty when nothing does.
     *
     * @param file the operator's file, named in every sentence
     * @param source how the source is reached
     * @param mapping what is to be captured
     * @param password of the source's user
     */
    public static List<String> problems(String file, SourceAddress source, Mapping mapping, String password) {
        try {
            return examine(source, mapping, password, Clock.systemUTC()).stream()
                    .filter(finding -> finding.level() == Finding.Level.PROBLEM)
                    .map(finding -> file + ": " + finding.sentence())
                    .toList();
        } catch (SQLException e) {
            return List.of(file + ": " + unreachable(source, e));
        }
    }

    /**
     * What a snapshot of a source would not see although it may be there, as one sentence with its remedy; empty when nothing is hidden.
     *
     * @param file the operator's file, named in the sentence
     */
    public static List<String> hidden(String file, SourceAddress source, Mapping mapping, String password) {
        try (Connection connection = connect(source, password)) {
            return CatalogueLook.at(connection, source.kind(), mapping).allVisible()
                    ? List.of()
                    : List.of(file + ": the source cannot be read anew, since the capture may not see every table that"
                            + " its names stand for, and a snapshot would take the rows of those that it does not see"
                            + " for gone; grant SELECT on the whole database");
        } catch (SQLException e) {
            return List.of(file + ": " + unreachable(source, e));
        }
    }

    /**
     * Everything that was asked of a source and how it is, in the order of asking.
     *
     * @param clock ours, which the source's is compared with
     * @throws SQLException if it cannot be reached or asked; {@link #unreachable} says so to people
     */
    public static List<Finding> examine(SourceAddress source, Mapping mapping, String password, Clock clock)
            throws SQLException {
        Findings findings = new Findings();
        try (Connection connection = connect(source, password)) {
            try {
                examine(connection, source.kind(), mapping, clock, findings);
            } catch (SQLException e) {
                throw isBroken(e) ? e : new UnansweredException(e);
            }
        }
        return findings.all();
    }

    /** Whether the connection is the matter, and not the question. */
    private static boolean isBroken(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("08");
    }

    private static void examine(Connection connection, SourceKind kind, Mapping mapping, Clock clock, Findings findings)
            throws SQLException {
        checkClock(connection, kind, clock, findings);
        Mapping each = new SourceCatalogue(connection, kind).over(mapping);
        TablePreflight tables = new TablePreflight(kind, each, findings);
        switch (kind) {
            case POSTGRESQL -> {
                PostgresPreflight postgres = new PostgresPreflight(connection, each, findings);
                if (!postgres.requireVersion(connection.getMetaData().getDatabaseMajorVersion())) {
                    return;
                }
                postgres.checkLog();
                postgres.checkSlots();
                postgres.checkTables(tables.check(connection).values());
            }
            case MARIADB -> {
                MariaDbPreflight mariaDb = new MariaDbPreflight(connection, each, findings);
                mariaDb.checkLog();
                mariaDb.checkTables(tables.check(connection).values());
            }
        }
        checkImageStores(CatalogueLook.at(connection, kind, mapping), findings);
    }

    private static void checkImageStores(CatalogueLook look, Findings findings) {
        if (!look.imageStores().isEmpty()) {
            findings.warning(
                    "columns that look like a store of images are neither mapped nor left out: "
                            + String.join(", ", look.imageStores()),
                    "map them, or name them under left-out with the reason: what is kept there is judged by no rule");
        }
    }

    /** A source lets its user in and does not answer what has to be known of it. */
    private static final class UnansweredException extends SQLException {
        private static final long serialVersionUID = 1L;

        UnansweredException(SQLException why) {
            super(why.getMessage(), why.getSQLState(), why);
        }
    }

    /** That a source cannot be reached, or does not answer, why, and what to look at. */
    public static String unreachable(SourceAddress source, SQLException e) {
        if (e instanceof UnansweredException) {
            return "the source " + source.url() + " lets " + source.user()
                    + " in, but does not answer what has to be known"
                    + " before it is captured: " + SourceConnection.firstLine(e)
                    + "; let it read the catalogue, and see whether it is a version that can be captured.";
        }
        return "the source " + source.url() + " cannot be reached as " + source.user() + ": "
                + SourceConnection.firstLine(e) + "; check source.url, source.user and the password in "
                + source.passwordVariable() + ".";
    }

    private static void checkClock(Connection connection, SourceKind kind, Clock clock, Findings findings)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Instant asked = clock.instant();
            try (ResultSet row = statement.executeQuery(
                    switch (kind) {
                        case POSTGRESQL -> "SELECT extract(epoch FROM clock_timestamp()) * 1000";
                        case MARIADB -> "SELECT unix_timestamp(now(6)) * 1000";
                    })) {
                row.next();
                Instant there = Instant.ofEpochMilli(row.getBigDecimal(1).longValue());
                Duration answered = Duration.between(asked, clock.instant());
                Duration ahead = Duration.between(asked.plus(answered.dividedBy(2)), there);
                Duration apart = ahead.abs().minus(answered.dividedBy(2));
                String how = "the source's clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " ours";
                if (apart.compareTo(CLOCK_LIMIT) > 0) {
                    findings.problem(
                            how + ": its changes are dated wrong or refused", "correct the clock that is wrong");
                } else if (apart.compareTo(CLOCK_DIFFERENCE) > 0) {
                    findings.warning(how + ": its changes are dated by it", "let both follow one time server");
                } else {
                    findings.ok("the source's clock is ours");
                }
            }
        }
    }

    /**
     * Whether the owner of a PostgreSQL source has made the publication of {@link CaptureSql}; of another kind of source there is
     * none to make.
     *
     * @throws SQLException if the source cannot be asked
     */
    public static boolean published(SourceAddress source, Mapping mapping, String password) throws SQLException {
        if (source.kind() != SourceKind.POSTGRESQL) {
            return true;
        }
        try (Connection connection = connect(source, password)) {
            return published(connection, mapping);
        }
    }

    /** The same of a database that is connected already. */
    public static boolean published(Connection connection, Mapping mapping) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM pg_publication WHERE pubname = ?")) {
            statement.setString(1, ConnectorConfig.slotName(mapping.topic()));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The mapped tables that stand in no publication of that name. */
    public static List<String> unpublished(Connection connection, Mapping mapping) throws SQLException {
        List<String> missing = new ArrayList<>(mapping.tables());
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT schemaname || '.' || tablename FROM pg_publication_tables WHERE pubname = ?")) {
            statement.setString(1, ConnectorConfig.slotName(mapping.topic()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    missing.remove(rows.getString(1));
                }
            }
        }
        return List.copyOf(missing);
    }

    private static Connection connect(SourceAddress source, String password) throws SQLException {
        return SourceConnection.open(source.kind(), source.url(), source.user(), password);
    }
}
