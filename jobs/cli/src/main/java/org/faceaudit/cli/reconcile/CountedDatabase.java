package org.faceaudit.cli.reconcile;

import java.sql.Connection;
import java.sql.SQLException;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;

/** How a kind of database is asked when it is counted. */
interface CountedDatabase {

    static CountedDatabase of(SourceKind kind) {
        return switch (kind) {
            case POSTGRESQL -> new CountedPostgres();
            case MARIADB -> new CountedMariaDb();
        };
    }

    /**
     * Refuses tables that one snapshot could not show as they were at one instant.
     *
     * @throws SQLException naming the first of them
     */
    void requireSnapshots(Connection connection, Mapping mapping) throws SQLException;

    /** Begins the snapshot that all that follows on the connection sees; the connection commits nothing by itself. */
    SourceSnapshot snapshot(Connection connection) throws SQLException;

    /** {@code schema.table}, quoted. */
    String quoted(String table);

    /** A column's name, quoted. */
    String word(String column);

    /** The column of {@code information_schema.columns} that tells a column's type. */
    String typeColumn();

    /**
     * Whether an image or template is there: what the connector calls empty is not, and of NULL nothing is said.
     *
     * @param column quoted
     * @param form how the column holds it
     * @param type the column's, as {@link #typeColumn} tells it
     */
    String present(String column, String form, String type);
}
