package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What records of one table and one operation have in common, byte by byte, and what stands between it: connectors write the
 * same names in the same order around values that change. A record that has the form needs no further look at its names, its
 * nesting, its table and its operation: those of the record from which it was learnt are its own. Immutable.
 */
final class RecordForm {

    /** What a slot may hold, and what it is for. */
    enum Slot {
        /** A scalar that nobody reads. */
        UNREAD,
        /** A whole number or nothing, that nobody reads; anything else would be refused. */
        WHOLE_NUMBER,
        /** A mapped column of the row. */
        COLUMN,
        /** A mapped column of which nothing is kept: it passes the gate for biometrics alone. */
        GATED_COLUMN,
        COMMITTED_AT,
        SEQUENCE_NUMBER,
        TRANSACTION,
        TOTAL_ORDER
    }

    /** Much wider tables are seldom: each slot is remembered with every form. */
    private static final int MOST_SLOTS = 256;

    private static final int SCALAR = 0;
    private static final int SCALAR_WITHOUT_ESCAPES = 1;
    private static final int WHOLE_NUMBER_OR_NULL = 2;
    private static final int COUNTING_NUMBER = 3;

    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_LONG = 18;
    private static final Set<String> STABLE =
            Set.of("version", "connector", "name", "snapshot", "db", "schema", "table");
    /** Of a binary log, or of no connector known here: read one by one. */
    private static final Set<String> UNFAMILIAR = Set.of("file", "pos", "row", "gtid");

    private final Piece[] between;
    private final Slot[] slots;
    /** How each may be spelled. */
    private final int[] spelling;

    private final int[] columns;
    private final int committedUnit;
    private final String operation;

    private RecordForm(
            List<byte[]> between, List<Slot> slots, List<Integer> columns, int committedUnit, String operation) {
        this.between = between.stream().map(Piece::new).toArray(Piece[]::new);
        this.slots = slots.toArray(Slot[]::new);
        this.spelling = slots.stream().mapToInt(RecordForm::spelling).toArray();
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.committedUnit = committedUnit;
        this.operation = operation;
    }

    int size() {
        return slots.length;
    }

    /** The numbers of the slots of a kind. */
    int[] slots(Slot kind) {
        return IntStream.range(0, slots.length)
                .filter(number -> slots[number] == kind)
                .toArray();
    }

    /** The first slot of a kind, -1 if there is none. */
    int slot(Slot kind) {
        return Arrays.asList(slots).indexOf(kind);
    }

    /** The number of the column in a slot, -1 if it holds none. */
    int column(int number) {
        return columns[number];
    }

    /** Nanoseconds in one unit of the commit time. */
    int committedUnit() {
        return committedUnit;
    }

    /** What the connector calls the change. */
    String operation() {
        return operation;
    }

    /**
     * Whether a record has this form.
     *
     * @param places by slot where its value begins, then where it ends; written whatever the answer
     */
    boolean has(byte[] record, int[] places) {
        int at = 0;
        for (int slot = 0; slot < spelling.length; slot++) {
            Piece before = between[slot];
            if (!before.isAt(record, at)) {
                return false;
            }
            int from = at + before.bytes.length;
            at = end(record, from, spelling[slot]);
            if (at < 0) {
                return false;
            }
            places[2 * slot] = from;
            places[2 * slot + 1] = at;
        }
        Piece last = between[spelling.length];
        return record.length - at == last.bytes.length && last.isAt(record, at);
    }

    /** Bytes that are the same in every record. */
    private static final class Piece {
        private final byte[] bytes;

        Piece(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Whether they stand at a place. */
        boolean isAt(byte[] record, int place) {
            int length = bytes.length;
            if (length > record.length - place) {
                return false;
            }
            int i = 0;
            for (; i <= length - Long.BYTES; i += Long.BYTES) {
                if (PlainBytes.eight(record, place + i) != PlainBytes.eight(bytes, i)) {
                    return false;
                }
            }
            for (; i < length; i++) {
                if (record[place + i] != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static int spelling(Slot slot) {
        return switch (slot) {
            case UNREAD -> SCALAR;
            case COLUMN, GATED_COLUMN -> SCALAR_WITHOUT_ESCAPES;
            case WHOLE_NUMBER, TRANSACTION, TOTAL_ORDER -> WHOLE_NUMBER_OR_NULL;
            case COMMITTED_AT, SEQUENCE_NUMBER -> COUNTING_NUMBER;
        };
    }

    /** Where a value ends; -1 if it is not spelled as it may be, or plainly. */
    private static int end(byte[] record, int from, int spelling) {
        if (from >= record.length) {
            return -1;
        }
        byte first = record[from];
        if (spelling <= SCALAR_WITHOUT_ESCAPES) {
            return first == '"'
                    ? text(record, from, spelling == SCALAR)
                    : first >= 'a' ? word(record, from) : number(record, from, true);
        }
        if (spelling == WHOLE_NUMBER_OR_NULL && first == 'n') {
            return word(record, from);
        }
        return spelling == COUNTING_NUMBER && first == '-' ? -1 : number(record, from, false);
    }

    /** What {@link PlainJsonParser} takes for a text, with escapes only where nobody reads it; gives its end, -1 if it is none. */
    private static int text(byte[] record, int from, boolean escapes) {
        boolean ascii = true;
        int to = from + 1;
        while (true) {
            to = PlainBytes.endOfPlain(record, to);
            if (to >= record.length) {
                return -1;
            }
            byte next = record[to];
            if (next == '"') {
                return ascii || SoundUtf8.isSound(record, from + 1, to) ? to + 1 : -1;
            }
            if (next == '\\') {
                if (!escapes || to + 1 >= record.length || !isShortEscape(record[to + 1])) {
                    return -1;
                }
                to++;
            } else if (next < 0) {
                ascii = false;
            } else {
                return -1;
            }
            to++;
        }
    }

    /** Those of code points are seldom, and more to look at. */
    private static boolean isShortEscape(byte next) {
        return switch (next) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            default -> false;
        };
    }

    private static int word(byte[] record, int from) {
        if (from + 5 > record.length) {
            return -1;
        }
        return switch (record[from]) {
            case 'n' -> record[from + 1] == 'u' && record[from + 2] == 'l' && record[from + 3] == 'l' ? from + 4 : -1;
            case 't' -> record[from + 1] == 'r' && record[from + 2] == 'u' && record[from + 3] == 'e' ? from + 4 : -1;
            case 'f' ->
                record[from + 1] == 'a' && record[from + 2] == 'l' && record[from + 3] == 's' && record[from + 4] == 'e'
                        ? from + 5
                        : -1;
            default -> -1;
        };
    }

    /** What follows is compared with what follows in the form, hence no letter and no exponent. */
    private static int number(byte[] record, int from, boolean fraction) {
        int digits = record[from] == '-' ? from + 1 : from;
        int to = PlainBytes.endOfDigits(record, digits);
        int most = fraction ? LONGEST_NUMBER : LONGEST_LONG + 1;
        if (to == digits || to - digits > most || (record[digits] == '0' && to - digits > 1)) {
            return -1;
        }
        if (!fraction) {
            // Nineteen digits overflow into a negative number at most.
            return to - digits <= LONGEST_LONG || PlainBytes.number(record, digits, to) >= 0 ? to : -1;
        }
        if (to < record.length && record[to] == '.') {
            int end = PlainBytes.endOfDigits(record, to + 1);
            return end == to + 1 || end - to > LONGEST_NUMBER ? -1 : end;
        }
        return to;
    }

    /**
     * Learns the form of a record that was read before, and found sound.
     *
     * @param deleted whether the row is the one before the change
     * @return {@code null} if the record is one to be read name by name
     */
    static RecordForm of(byte[] record, RowColumns columns, boolean deleted) {
        try {
            return new Learner(record, columns, deleted ? "before" : "after").learn();
        } catch (Unfamiliar seldom) {
            return null;
        }
    }

    private static final class Unfamiliar extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Walks a record once, slowly. */
    private static final class Learner {
        private final byte[] record;
        private final RowColumns columns;
        private final String row;
        private final List<byte[]> between = new ArrayList<>();
        private final List<Slot> slots = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private int at;
        private int written;
        private int committed = -1;
        private int committedUnit;
        private String operation;

        Learner(byte[] record, RowColumns columns, String row) {
            this.record = record;
            this.columns = columns;
            this.row = row;
        }

        RecordForm learn() throws Unfamiliar {
            enter();
            while (hasNext()) {
                String name = name();
                switch (name) {
                    case "before", "after" -> image(name.equals(row));
                    case "source" -> source();
                    case "transaction" -> transaction();
                    case "op" -> operation = stable();
                    case "ts_ms" -> slot(Slot.WHOLE_NUMBER, -1);
                    case "ts_us", "ts_ns" -> slot(Slot.UNREAD, -1);
                    default -> throw new Unfamiliar();
                }
            }
            between.add(Arrays.copyOfRange(record, written, record.length));
            boolean told = committed >= 0 && operation != null && slots.contains(Slot.SEQUENCE_NUMBER);
            if (!told || slots.size() > MOST_SLOTS) {
                throw new Unfamiliar();
            }
            slots.set(committed, Slot.COMMITTED_AT);
            return new RecordForm(between, slots, numbers, committedUnit, operation);
        }

        private void image(boolean read) throws Unfamiliar {
            if (record[at] == 'n') {
                stable();
                return;
            }
            enter();
            while (hasNext()) {
                int column = columns.number(name());
                boolean kept = read && (row.equals("after") || columns.isBelievedBefore(column));
                slot(column < 0 ? Slot.UNREAD : kept ? Slot.COLUMN : Slot.GATED_COLUMN, column);
            }
        }

        private void source() throws Unfamiliar {
            enter();
            while (hasNext()) {
                String name = name();
                if (STABLE.contains(name)) {
                    stable();
                } else if (UNFAMILIAR.contains(name)) {
                    throw new Unfamiliar();
                } else {
                    switch (name) {
                        case "ts_ms" -> time(1_000_000);
                        case "ts_us" -> time(1_000);
                        case "ts_ns" -> time(1);
                        case "lsn" -> slot(Slot.SEQUENCE_NUMBER, -1);
                        case "txId" -> slot(Slot.TRANSACTION, -1);
                        default -> slot(Slot.UNREAD, -1);
                    }
                }
            }
        }

        /** The finest is the one to be read. */
        private void time(int unit) throws Unfamiliar {
            if (committed < 0 || unit < committedUnit) {
                committed = slots.size();
                committedUnit = unit;
            }
            slot(Slot.WHOLE_NUMBER, -1);
        }

        private void transaction() throws Unfamiliar {
            if (record[at] == 'n') {
                stable();
                return;
            }
            enter();
            while (hasNext()) {
                slot(name().equals("total_order") ? Slot.TOTAL_ORDER : Slot.UNREAD, -1);
            }
        }

        private void enter() throws Unfamiliar {
            space();
            if (record[at] != '{') {
                throw new Unfamiliar();
            }
            at++;
        }

        private boolean hasNext() {
            space();
            if (record[at] == ',') {
                at++;
                space();
            }
            if (record[at] != '}') {
                return true;
            }
            at++;
            return false;
        }

        private void space() {
            while (record[at] == ' ' || record[at] == '\n' || record[at] == '\r' || record[at] == '\t') {
                at++;
            }
        }

        private String name() throws Unfamiliar {
            String name = stable();
            space();
            // The colon.
            at++;
            space();
            return name;
        }

        /** Passes what belongs to the form; gives what it says if it is a text. */
        private String stable() throws Unfamiliar {
            int from = at;
            at = end(record, from, SCALAR_WITHOUT_ESCAPES);
            if (at < 0) {
                throw new Unfamiliar();
            }
            return record[from] != '"' ? null : new String(record, from + 1, at - from - 2, StandardCharsets.UTF_8);
        }

        private void slot(Slot slot, int column) throws Unfamiliar {
            between.add(Arrays.copyOfRange(record, written, at));
            slots.add(slot);
            numbers.add(column);
            int end = end(record, at, spelling(slot));
            if (end < 0) {
                throw new Unfamiliar();
            }
            at = end;
            written = at;
        }
    }
}
