package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One change event, repeated ones left out.
 *
 * @param table {@code schema.table}
 * @param key the row's key, {@code null} for a truncate and for a row of a table without a key
 * @param keyless whether the row is one of a table without a key; then its key, if it has one, is a name that {@link EqualRows} gave
 * @param op {@code r}, {@code c}, {@code u}, {@code d} or {@code t}
 * @param before the row before the change, as the log told it; {@code null} where it told none
 * @param after the row after the change, {@code null} for a delete or truncate
 * @param committedAt commit time; the snapshot's time for a row of a snapshot
 * @param snapshot {@code false}, {@code incremental}, or where in a snapshot the row stands
 * @param lsn the log position
 * @param transaction the source's transaction id, {@code null} for a row of a snapshot
 * @param appendedAt when the broker appended it
 */
record Change(
        String table,
        String key,
        boolean keyless,
        String op,
        JsonNode before,
        JsonNode after,
        Instant committedAt,
        String snapshot,
        String lsn,
        String transaction,
        Instant appendedAt) {

    /** Where evidence finds it. */
    OraclePosition position() {
        return new OraclePosition(
                logPosition(),
                ofSnapshot() ? null : transaction,
                table,
                key == null || keyless ? null : keyHash(),
                committedAt);
    }

    /** Where evidence finds that a snapshot, of which this is the last row, lacked a row of a table. */
    OraclePosition absenceFrom(String anyTable) {
        return new OraclePosition(logPosition(), null, anyTable, null, committedAt);
    }

    private String logPosition() {
        if (!lsn.matches("[0-9]+")) {
            return null;
        }
        long position = Long.parseLong(lsn);
        return String.format(Locale.ROOT, "%X/%X", position >> 32, position % (1L << 32));
    }

    /** Table and key, each in UTF-8 behind its length in four bytes. */
    private String keyHash() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : List.of(table, key)) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            for (int shift = 24; shift >= 0; shift -= 8) {
                bytes.write(text.length >> shift);
            }
            bytes.writeBytes(text);
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The same change of the row that was given a name. */
    Change named(String name) {
        return new Change(table, name, keyless, op, before, after, committedAt, snapshot, lsn, transaction, appendedAt);
    }

    boolean ofSnapshot() {
        return !snapshot.equals("false") && !snapshot.equals("incremental");
    }

    boolean heartbeat() {
        return table.equals("public.faceaudit_heartbeat") || table.equals("registry.heartbeat");
    }
}
