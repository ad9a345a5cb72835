package org.faceaudit.intake.rows;

import java.util.function.BiConsumer;

/** What one bucket of one source remembers of its rows. The runtime keeps it in Flink state, samples and tests in maps. */
public interface RowStore {

    /** The row's history, {@code null} if the row was never seen. */
    RowHistory history(String table, String rowKey);

    void remember(String table, String rowKey, RowHistory history);

    void forget(String table, String rowKey);

    /** Visits every row of a table, in no particular order. The visitor neither reads nor writes the store. */
    void forEachRow(String table, BiConsumer<String, RowHistory> visitor);

    /** The same for rows alone that were seen last in another snapshot than one, or in none. */
    void forEachRowNotOf(long snapshotId, String table, BiConsumer<String, RowHistory> visitor);

    /** Adds {@code referrer} to the rows found under {@code value} of the named index. Adding twice changes nothing. */
    void index(String index, String value, String referrer);

    void unindex(String index, String value, String referrer);

    /** The rows found under {@code value} of the named index, sorted. */
    Iterable<String> indexed(String index, String value);
}
