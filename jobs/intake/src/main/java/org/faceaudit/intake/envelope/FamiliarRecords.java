package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.faceaudit.intake.rows.RowKey;

/**
 * Reads the rows of keyed tables whose records look like earlier ones, and nothing else: a record that has no {@link
 * RecordForm} learnt before, or that holds something doubtful, is for {@link EnvelopeDecoder} to read name by name and to refuse
 * if it must. What is read here is read alike there. Each form is learnt from a record that was read there, and is kept only if
 * that record reads alike. Not thread-safe.
 */
final class FamiliarRecords {

    /** Of one source: a kilobyte each. */
    private static final int MOST_FORMS = 64;

    private static final int MOST_FORMS_OF_A_TABLE = 8;
    /** Records that have no form would be walked in vain for ever. */
    private static final int MOST_LESSONS = 4 * MOST_FORMS;

    private static final long TABLE = PlainBytes.eight("\"table\":".getBytes(StandardCharsets.US_ASCII), 0);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Mapping mapping;
    private final Map<String, RowColumns> columns;
    private final Map<Integer, List<Familiar>> byTable = new HashMap<>();
    private int learnt;
    private int lessons;
    private Familiar newest;
    private int[] places = new int[0];
    private String newestTransaction = "";

    FamiliarRecords(Mapping mapping, Map<String, RowColumns> columns) {
        this.mapping = Objects.requireNonNull(mapping, "mapping");
        this.columns = Objects.requireNonNull(columns, "columns");
    }

    /** A form with all that is the same for its records. */
    private static final class Familiar {
        private final RecordForm form;
        private final RowColumns columns;
        private final String table;
        private final Kind kind;
        private final boolean snapshot;
        private final List<String> lacking;
        /** By column a value that was kept. */
        private final byte[][] like;

        private final int committedAt;
        private final int sequenceNumber;
        private final int transaction;
        private final int totalOrder;
        /** What came after a record of this form last time. */
        private Familiar next;

        Familiar(RecordForm form, RowColumns columns, Decoded decoded) {
            this.form = form;
            this.columns = columns;
            table = decoded.change().table();
            kind = decoded.change().kind();
            snapshot = kind == Kind.SNAPSHOT_ROW || kind == Kind.LAST_SNAPSHOT_ROW;
            lacking = decoded.lacking();
            like = new byte[columns.size()][];
            committedAt = form.slot(RecordForm.Slot.COMMITTED_AT);
            sequenceNumber = form.slot(RecordForm.Slot.SEQUENCE_NUMBER);
            transaction = form.slot(RecordForm.Slot.TRANSACTION);
            totalOrder = form.slot(RecordForm.Slot.TOTAL_ORDER);
        }
    }

    /**
     * Reads a record.
     *
     * @return {@code null} if it is for others to read
     */
    Decoded decode(EnvelopeDecoder.Place place, byte[] key, byte[] record) {
        Familiar familiar = newest == null ? null : find(record);
        if (familiar == null) {
            return null;
        }
        newest.next = familiar;
        newest = familiar;
        return passesKey(key) ? change(familiar, place, record) : null;
    }

    private static boolean passesKey(byte[] key) {
        try {
            BiometricGate.passKey(key);
            return true;
        } catch (RejectedException refused) {
            return false;
        }
    }

    private Familiar find(byte[] record) {
        Familiar expected = newest.next;
        if (expected.form.has(record, places)) {
            return expected;
        }
        if (newest != expected && newest.form.has(record, places)) {
            return newest;
        }
        for (Familiar other : byTable.getOrDefault(tableHash(record), List.of())) {
            if (other != expected && other != newest && other.form.has(record, places)) {
                return other;
            }
        }
        return null;
    }

    /** A hash of the table's name, which stands nearer to the record's end than to its beginning; 0 if it does not. */
    private static int tableHash(byte[] record) {
        for (int at = record.length - 2 * Long.BYTES; at >= 0; at--) {
            if (PlainBytes.eight(record, at) == TABLE) {
                int hash = 1;
                for (int i = at + Long.BYTES + 1; i < record.length && record[i] != '"'; i++) {
                    hash = 31 * hash + record[i];
                }
                return hash;
            }
        }
        return 0;
    }

    /** Learns from a record that was read name by name. */
    void learn(EnvelopeDecoder.Place place, byte[] record, Decoded decoded) {
        RowChange change = decoded.change();
        RowColumns ofTable = change.rowKey() == null ? null : columns.get(change.table());
        if (ofTable == null
                || ofTable.table().isKeyless()
                || mapping.isRegistry()
                || learnt == MOST_FORMS
                || lessons == MOST_LESSONS
                || (newest != null && find(record) != null)) {
            return;
        }
        lessons++;
        List<Familiar> known = byTable.computeIfAbsent(tableHash(record), hash -> new ArrayList<>());
        RecordForm form = known.size() == MOST_FORMS_OF_A_TABLE
                ? null
                : RecordForm.of(record, ofTable, change.kind() == Kind.DELETE);
        if (form == null) {
            return;
        }
        places = places.length < 2 * form.size() ? new int[2 * form.size()] : places;
        Familiar familiar = new Familiar(form, ofTable, decoded);
        if (form.has(record, places) && decoded.equals(change(familiar, place, record))) {
            learnt++;
            known.add(familiar);
            if (newest != null) {
                newest.next = familiar;
            }
            familiar.next = familiar;
            newest = familiar;
        }
    }

    /** What a record says whose values' {@link #places} are known; {@code null} if anything about it is doubtful. */
    private Decoded change(Familiar familiar, EnvelopeDecoder.Place place, byte[] record) {
        long sequenceNumber = number(record, familiar.sequenceNumber);
        Instant committedAt = instant(number(record, familiar.committedAt), familiar.form.committedUnit());
        if (sequenceNumber <= 0
                || !CommitTimes.isPlausible(committedAt, place.appendedAtMillis())
                || !mapping.topic().equals(place.topic())
                || !areKept(familiar, record)) {
            return null;
        }
        int[] ofColumns = ofColumns(familiar);
        FieldsInPlace row = new FieldsInPlace(record, familiar.columns, ofColumns);
        String rowKey = rowKey(familiar.columns, row);
        if (rowKey == null) {
            return null;
        }
        Digests.Bits digest = Digests.bits(familiar.table, rowKey);
        boolean incremental = familiar.kind == Kind.INCREMENTAL_ROW;
        long snapshotId = familiar.snapshot ? sequenceNumber : 0;
        String transaction = transaction(record, familiar.transaction);
        Digests.Identity identity = new Digests.Identity()
                .with(familiar.form.operation())
                .with(sequenceNumber)
                // Neither a binary log nor a row of one.
                .with((String) null)
                .with((String) null)
                .within(transaction, text(record, familiar.totalOrder))
                .of(familiar.table, rowKey, digest)
                .read(incremental ? committedAt : null, snapshotId);
        return Decoded.of(
                new RowChange(
                        mapping.operator(),
                        mapping.system(),
                        familiar.kind,
                        familiar.table,
                        rowKey,
                        familiar.kind == Kind.DELETE ? Map.of() : row,
                        identity.bits(),
                        snapshotId,
                        place.position(
                                LogPosition.ofSequenceNumber(sequenceNumber).text(),
                                familiar.snapshot ? null : transaction,
                                familiar.table,
                                digest.text(),
                                committedAt,
                                familiar.snapshot || incremental),
                        place.appendedAtMillis()),
                familiar.lacking);
    }

    private long number(byte[] record, int slot) {
        return PlainBytes.number(record, places[2 * slot], places[2 * slot + 1]);
    }

    private static Instant instant(long units, int nanosEach) {
        long each = NANOS_PER_SECOND / nanosEach;
        return Instant.ofEpochSecond(units / each, units % each * nanosEach);
    }

    private boolean areKept(Familiar familiar, byte[] record) {
        RecordForm form = familiar.form;
        for (int slot = 0; slot < form.size(); slot++) {
            int column = form.column(slot);
            if (column < 0) {
                continue;
            }
            int from = places[2 * slot];
            int to = places[2 * slot + 1];
            boolean fits = form.slot(slot) == RecordForm.Slot.COLUMN
                    ? isKept(familiar, column, record, from, to)
                    : ValueInPlace.passes(record, from, to);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKept(Familiar familiar, int column, byte[] record, int from, int to) {
        ColumnForm.Kind kind = familiar.columns.form(column).kind();
        byte[] like = familiar.like[column];
        if (!ValueInPlace.isKept(record, from, to, kind, like)) {
            return false;
        }
        boolean exemplary = kind == ColumnForm.Kind.TOKEN || kind == ColumnForm.Kind.DESCRIPTOR;
        if (like == null && exemplary && ValueInPlace.isPresent(record, from, to)) {
            familiar.like[column] = Arrays.copyOfRange(record, from, to);
        }
        return true;
    }

    private int[] ofColumns(Familiar familiar) {
        int[] ofColumns = new int[2 * familiar.columns.size()];
        RecordForm form = familiar.form;
        for (int slot = 0; slot < form.size(); slot++) {
            if (form.slot(slot) == RecordForm.Slot.COLUMN) {
                ofColumns[2 * form.column(slot)] = places[2 * slot];
                ofColumns[2 * form.column(slot) + 1] = places[2 * slot + 1];
            }
        }
        return ofColumns;
    }

    private static String rowKey(RowColumns columns, FieldsInPlace row) {
        int[] key = columns.key();
        if (key.length == 1) {
            FieldValue only = row.value(key[0]);
            return only.state() == FieldState.PRESENT ? RowKey.encoded(only.text()) : null;
        }
        List<String> parts = new ArrayList<>(key.length);
        for (int column : key) {
            FieldValue part = row.value(column);
            if (part.state() != FieldState.PRESENT) {
                return null;
            }
            parts.add(part.text());
        }
        return RowKey.of(parts);
    }

    /** The transaction's id: mostly the one of the record before. */
    private String transaction(byte[] record, int slot) {
        if (slot >= 0 && !isNewestTransaction(record, places[2 * slot], places[2 * slot + 1])) {
            newestTransaction = text(record, slot);
            return newestTransaction;
        }
        return slot < 0 ? null : newestTransaction;
    }

    private boolean isNewestTransaction(byte[] record, int from, int to) {
        if (newestTransaction == null || newestTransaction.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (newestTransaction.charAt(i - from) != record[i]) {
                return false;
            }
        }
        return true;
    }

    /** A number as it is spelled; {@code null} if none is there. */
    private String text(byte[] record, int slot) {
        return slot < 0 || record[places[2 * slot]] == 'n'
                ? null
                : new String(
                        record, places[2 * slot], places[2 * slot + 1] - places[2 * slot], StandardCharsets.ISO_8859_1);
    }
}
