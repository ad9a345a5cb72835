package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.RowChange.Kind;

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

    private final Mapping mapping;
    private final Map<String, RowColumns> columns;
    private final Map<Integer, List<Familiar>> byTable = new HashMap<>();
    private int learnt;
    private int lessons;
    private Familiar newest;
    private int[] places = new int[0];

    FamiliarRecords(Mapping mapping, Map<String, RowColumns> columns) {
        this.mapping = Objects.requireNonNull(mapping, "mapping");
        this.columns = Objects.requireNonNull(columns, "columns");
    }

    /** A form and what its newest record tells. */
    private static final class Familiar {
        private final RecordForm form;
        private final ChangeInPlace change;
        /** What came after a record of this form last time. */
        private Familiar next;

        Familiar(RecordForm form, ChangeInPlace change) {
            this.form = form;
            this.change = change;
        }
    }

    /**
     * Reads a record.
     *
     * @return {@code null} if it is for others to read; else good until the next record is read here
     */
    ChangeInPlace read(String topic, int partition, long offset, long appendedAtMillis, byte[] key, byte[] record) {
        Familiar familiar = newest == null ? null : find(record);
        if (familiar == null) {
            return null;
        }
        newest.next = familiar;
        newest = familiar;
        boolean plain = mapping.topic().equals(topic)
                && BiometricGate.passesKey(key)
                && familiar.change.read(record, places, partition, offset, appendedAtMillis);
        return plain ? familiar.change : null;
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
        ChangeInPlace read = new ChangeInPlace(form, ofTable, mapping, decoded);
        boolean alike = form.has(record, places)
                && mapping.topic().equals(place.topic())
                && read.read(record, places, place.partition(), place.offset(), place.appendedAtMillis())
                && decoded.equals(Decoded.of(read.change(), read.lacking()));
        if (alike) {
            Familiar familiar = new Familiar(form, read);
            learnt++;
            known.add(familiar);
            if (newest != null) {
                newest.next = familiar;
            }
            familiar.next = familiar;
            newest = familiar;
        }
    }
}
