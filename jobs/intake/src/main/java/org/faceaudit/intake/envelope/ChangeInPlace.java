package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.RowChange.Kind;

/**
 * The change that a record tells, where it stands in the record's bytes: whoever writes it down at once needs no object for any
 * of its parts. There is one for all records of a form, and it is the newest one's; {@link #reading} tells which that is, and
 * {@link #change} makes a change that stays. Not thread-safe.
 */
public final class ChangeInPlace {

    private final Mapping mapping;
    private final RowColumns columns;
    private final String table;
    private final Kind kind;
    private final boolean snapshot;
    private final List<String> lacking;
    private final int nanosPerUnit;
    private final long unitsPerSecond;
    private final long begunIdentity;
    private final long tableHash;

    private final int[] kept;
    private final int[] keptColumns;
    private final int[] gated;
    private final int committedAt;
    private final int sequenceNumber;
    private final int transaction;
    private final int totalOrder;

    /** By column a value that was kept. */
    private final byte[][] like;
    /** By column how its value stands, where it begins and ends, and what it is if it stands nowhere. */
    private final ValueInPlace.Standing[] standings;

    private final int[] places;
    private final FieldValue[] made;
    private final KeyBytes key;

    private Object prepared;

    private long reading;
    private byte[] record;
    private int partition;
    private long offset;
    private long appendedAtMillis;
    private long sequence;
    private long second;
    private int nano;
    private int transactionFrom;
    private int transactionTo;
    private int orderFrom;
    private int orderTo;
    private boolean digested;
    private long keyHigh;
    private long keyLow;
    private long identity;
    private String transactionText = "";

    /** @param decoded of the record from which the form was learnt */
    ChangeInPlace(RecordForm form, RowColumns columns, Mapping mapping, Decoded decoded) {
        this.mapping = mapping;
        this.columns = columns;
        table = decoded.change().table();
        kind = decoded.change().kind();
        snapshot = kind == Kind.SNAPSHOT_ROW || kind == Kind.LAST_SNAPSHOT_ROW;
        lacking = decoded.lacking();
        nanosPerUnit = form.committedUnit();
        unitsPerSecond = CommitTimes.NANOS_PER_SECOND / nanosPerUnit;
        begunIdentity = new Digests.Identity().with(form.operation()).begun();
        tableHash = Digests.Identity.hash(table);
        kept = form.slots(RecordForm.Slot.COLUMN);
        keptColumns = Arrays.stream(kept).map(form::column).toArray();
        gated = form.slots(RecordForm.Slot.GATED_COLUMN);
        committedAt = form.slot(RecordForm.Slot.COMMITTED_AT);
        sequenceNumber = form.slot(RecordForm.Slot.SEQUENCE_NUMBER);
        transaction = form.slot(RecordForm.Slot.TRANSACTION);
        totalOrder = form.slot(RecordForm.Slot.TOTAL_ORDER);
        int size = columns.size();
        like = new byte[size][];
        standings = new ValueInPlace.Standing[size];
        Arrays.fill(standings, ValueInPlace.Standing.MISSING);
        places = new int[2 * size];
        made = new FieldValue[size];
        key = new KeyBytes(table);
    }

    /**
     * Takes the next record of the form.
     *
     * @param of where its values are, as {@link RecordForm#has} found them
     * @return false if anything about it is doubtful: then this is no change at all
     */
    boolean read(byte[] next, int[] of, int inPartition, long atOffset, long appended) {
        reading++;
        digested = false;
        record = next;
        partition = inPartition;
        offset = atOffset;
        appendedAtMillis = appended;
        sequence = PlainBytes.number(next, of[2 * sequenceNumber], of[2 * sequenceNumber + 1]);
        long units = PlainBytes.number(next, of[2 * committedAt], of[2 * committedAt + 1]);
        second = units / unitsPerSecond;
        nano = (int) (units % unitsPerSecond) * nanosPerUnit;
        if (sequence <= 0 || !CommitTimes.isPlausible(second, nano, appended)) {
            return false;
        }
        for (int i = 0; i < kept.length; i++) {
            if (!keep(keptColumns[i], of[2 * kept[i]], of[2 * kept[i] + 1])) {
                return false;
            }
        }
        for (int slot : gated) {
            if (!ValueInPlace.passes(next, of[2 * slot], of[2 * slot + 1])) {
                return false;
            }
        }
        for (int column : columns.key()) {
            if (state(column) != FieldState.PRESENT) {
                return false;
            }
        }
        boolean within = transaction >= 0 && next[of[2 * transaction]] != 'n';
        transactionFrom = within ? of[2 * transaction] : 0;
        transactionTo = within ? of[2 * transaction + 1] : 0;
        boolean ordered = totalOrder >= 0 && next[of[2 * totalOrder]] != 'n';
        orderFrom = ordered ? of[2 * totalOrder] : 0;
        orderTo = ordered ? of[2 * totalOrder + 1] : 0;
        return true;
    }

    private boolean keep(int column, int from, int to) {
        ColumnForm.Kind form = columns.form(column).kind();
        if (!ValueInPlace.isKept(record, from, to, form, like[column])) {
            return false;
        }
        if (like[column] == null
                && (form == ColumnForm.Kind.TOKEN || form == ColumnForm.Kind.DESCRIPTOR)
                && ValueInPlace.isPresent(record, from, to)) {
            like[column] = Arrays.copyOfRange(record, from, to);
        }
        ValueInPlace.Standing standing = ValueInPlace.standing(record, from, to, form);
        standings[column] = standing;
        places[2 * column] = from;
        places[2 * column + 1] = to;
        if (standing == ValueInPlace.Standing.NOWHERE) {
            made[column] = ValueInPlace.of(record, from, to, form);
        }
        return true;
    }

    /** Which record this is about: the number is another one for each. */
    public long reading() {
        return reading;
    }

    /** What {@link #prepare} was given; {@code null} before. */
    public Object prepared() {
        return prepared;
    }

    /** Remembers what whoever writes changes down prepared for all of this form. */
    public void prepare(Object forAll) {
        prepared = forAll;
    }

    public Kind kind() {
        return kind;
    }

    public String operator() {
        return mapping.operator();
    }

    public String system() {
        return mapping.system();
    }

    public String table() {
        return table;
    }

    /** As {@link Decoded#lacking} has it. */
    public List<String> lacking() {
        return lacking;
    }

    public String topic() {
        return mapping.topic();
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** Kafka append time, milliseconds since the epoch. */
    public long appendedAtMillis() {
        return appendedAtMillis;
    }

    /** The change's log sequence number. */
    public long sequenceNumber() {
        return sequence;
    }

    /** Seconds since the epoch of the commit. */
    public long committedSecond() {
        return second;
    }

    /** Nanoseconds in that second. */
    public int committedNano() {
        return nano;
    }

    /** Whether a snapshot told of the row, and not the log. */
    public boolean isFound() {
        return snapshot || kind == Kind.INCREMENTAL_ROW;
    }

    /** As {@link RowChange#snapshotId} has it. */
    public long snapshotId() {
        return snapshot ? sequence : 0;
    }

    /** The bytes in which the transaction's id and the fields stand; not to be changed. */
    public byte[] record() {
        return record;
    }

    /** Where the transaction's id begins in the record; 0 for none. */
    public int transactionFrom() {
        return snapshot ? 0 : transactionFrom;
    }

    public int transactionTo() {
        return snapshot ? 0 : transactionTo;
    }

    /** The columns that are told, by number, in the order of {@link RowChange#fields}; none of a row that is gone. */
    public int[] columns() {
        return kind == Kind.DELETE ? NONE : columns.told();
    }

    private static final int[] NONE = {};

    /** The name of a column. */
    public String name(int column) {
        return columns.name(column);
    }

    /** What the record says of a column. */
    public FieldState state(int column) {
        ValueInPlace.Standing standing = standings[column];
        return standing == ValueInPlace.Standing.NOWHERE ? made[column].state() : standing.state();
    }

    /** Whether a column's text stands in the record as it is told; else, and if it has none, {@link #made} tells it. */
    public boolean isInPlace(int column) {
        return standings[column].inPlace();
    }

    /** The text of a column that does not stand in the record, {@code null} for none. */
    public String made(int column) {
        return standings[column] == ValueInPlace.Standing.NOWHERE ? made[column].text() : null;
    }

    /** Where a text in the record begins. */
    public int from(int column) {
        return standings[column].from(places[2 * column]);
    }

    /** Where it ends. */
    public int to(int column) {
        return standings[column].to(places[2 * column], places[2 * column + 1]);
    }

    /** The bytes in which {@link RowChange#rowKey} stands; not to be changed. */
    public byte[] rowKey() {
        digest();
        return key.bytes();
    }

    public int rowKeyFrom() {
        return key.from();
    }

    public int rowKeyTo() {
        digest();
        return key.to();
    }

    /** The first 64 of the bits that {@link Position#keyHash} spells. */
    public long keyHigh() {
        digest();
        return keyHigh;
    }

    /** The other 64. */
    public long keyLow() {
        digest();
        return keyLow;
    }

    /** As {@link RowChange#identity} has it. */
    public long identity() {
        digest();
        return identity;
    }

    private void digest() {
        if (digested) {
            return;
        }
        key.clear();
        for (int column : columns.key()) {
            if (isInPlace(column)) {
                key.add(record, from(column), to(column));
            } else {
                byte[] text = made[column].text().getBytes(StandardCharsets.UTF_8);
                key.add(text, 0, text.length);
            }
        }
        byte[] digest = key.digest();
        keyHigh = Digests.high(digest);
        keyLow = Digests.low(digest);
        Digests.Identity whole = new Digests.Identity(begunIdentity)
                .with(sequence)
                // Neither a binary log nor a row of one.
                .with((String) null)
                .with((String) null)
                .with(record, transactionFrom, transactionTo)
                .with(record, orderFrom, orderTo)
                .with(tableHash)
                .with(keyHigh)
                .with(keyLow);
        identity = (kind == Kind.INCREMENTAL_ROW ? whole.with(second).with(nano) : whole.with(snapshotId())).bits();
        digested = true;
    }

    /** The change as one that stays. */
    public RowChange change() {
        digest();
        return new RowChange(
                mapping.operator(),
                mapping.system(),
                kind,
                table,
                key.text(),
                kind == Kind.DELETE ? Map.of() : new FieldsInPlace(record, columns, places.clone()),
                identity,
                snapshotId(),
                new Position(
                        mapping.topic(),
                        partition,
                        offset,
                        LogPosition.ofSequenceNumber(sequence).text(),
                        snapshot || transactionFrom == 0 ? null : transaction(),
                        table,
                        new Digests.Bits(keyHigh, keyLow).text(),
                        Instant.ofEpochSecond(second, nano),
                        isFound()),
                appendedAtMillis);
    }

    /** The transaction's id: mostly the one of the record before. */
    private String transaction() {
        int length = transactionTo - transactionFrom;
        boolean same = transactionText.length() == length;
        for (int i = 0; same && i < length; i++) {
            same = transactionText.charAt(i) == record[transactionFrom + i];
        }
        if (!same) {
            transactionText = new String(record, transactionFrom, length, StandardCharsets.ISO_8859_1);
        }
        return transactionText;
    }
}
