package org.faceaudit.bench.topic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.faceaudit.runtime.source.RawRecord;

/**
 * The second count: reads the records' text in order, remembers whom each row names, and counts the different ones. Shares
 * nothing with the job; assumes what {@link Population} promises.
 */
public final class PlainCount {

    private static final int FIRST_ID = 1_000_000_000;
    private static final int IN_FORCE = (int) LocalDate.of(2025, 6, 1).toEpochDay();
    private static final long EIGHT_HOURS_MICROS = 8 * 3_600_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final Population population;
    private final long[][] tokens;
    private final long[][] stored;

    private PlainCount(Population population) {
        this.population = population;
        this.tokens = new long[population.operators()][];
        this.stored = new long[population.operators()][];
    }

    /** Counts all records of a population, and remembers them. */
    public static PlainCount of(Population population) {
        PlainCount count = new PlainCount(population);
        for (int operator = 0; operator < population.operators(); operator++) {
            count.tokens[operator] = new long[population.rows() + population.changes()];
            count.stored[operator] = new long[population.rows()];
            read(population, operator, count.tokens[operator], count.stored[operator]);
        }
        return count;
    }

    /** Persons of all operators in the end, each operator's counted apart; remembers the rows of one operator at a time. */
    public static long personsOf(Population population) {
        long persons = 0;
        for (int operator = 0; operator < population.operators(); operator++) {
            long[] tokens = new long[population.rows() + population.changes()];
            read(population, operator, tokens, null);
            persons += different(tokens);
        }
        return persons;
    }

    /** @param stored takes when each row was stored; {@code null} if nobody asks */
    private static void read(Population population, int operator, long[] tokens, long[] stored) {
        OperatorTopic topic = new OperatorTopic(population, operator);
        for (int offset = 0; offset < population.recordsEach(); offset++) {
            read(topic.record(offset), tokens, stored);
        }
    }

    private static void read(RawRecord record, long[] tokens, long[] stored) {
        String text = new String(record.value(), StandardCharsets.US_ASCII);
        int id = text.indexOf("{\"id\":");
        if (text.indexOf("\"table\":\"face\"") < 0) {
            return;
        }
        int row = Integer.parseInt(text.substring(id + 6, id + 16)) - FIRST_ID;
        if (text.contains("\"op\":\"d\"")) {
            tokens[row] = 0;
            return;
        }
        int token = text.indexOf(":idcard:") + 8;
        tokens[row] = Long.parseUnsignedLong(text.substring(token, token + 16), 16);
        if (stored != null && text.contains("\"op\":\"r\"")) {
            int created = text.indexOf("\"created_at\":\"") + 14;
            Instant at = Instant.parse(text.substring(created, created + 27));
            stored[row] = at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
        }
    }

    /** Persons whom an operator stores in the end. */
    public long persons(int operator) {
        return different(tokens[operator].clone());
    }

    /** Persons of all operators in the end, each operator's counted apart. */
    public long persons() {
        long sum = 0;
        for (int operator = 0; operator < tokens.length; operator++) {
            sum += persons(operator);
        }
        return sum;
    }

    /** @param all are sorted */
    private static long different(long[] all) {
        Arrays.sort(all);
        long different = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] != 0 && (i == 0 || all[i] != all[i - 1])) {
                different++;
            }
        }
        return different;
    }

    /**
     * The legal day, as days since 1970, on which an operator reached a number of persons by the rows that its snapshot found
     * and that no change touched since; {@code null} if it did not.
     */
    public Integer reachedOn(int operator, int threshold) {
        if (population.changes() > 0) {
            throw new IllegalStateException("who was stored before is counted of a snapshot alone");
        }
        int rows = population.rows();
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, row -> row);
        long[] own = tokens[operator];
        long[] at = stored[operator];
        Arrays.sort(order, (one, other) -> Long.compare(at[one], at[other]));
        LongSet known = new LongSet(rows);
        int persons = 0;
        for (int row : order) {
            if (known.add(own[row])) {
                persons++;
            }
            if (persons == threshold) {
                int day = (int) Math.floorDiv(at[row] + EIGHT_HOURS_MICROS, DAY_MICROS);
                return Math.max(day, IN_FORCE);
            }
        }
        return null;
    }

    /** Open addressing; 0 stands for nothing. */
    private static final class LongSet {
        private final long[] slots;

        LongSet(int most) {
            slots = new long[Integer.highestOneBit(Math.max(8, most)) * 4];
        }

        boolean add(long element) {
            int at = (int) (element >>> 20) & (slots.length - 1);
            while (slots[at] != 0) {
                if (slots[at] == element) {
                    return false;
                }
                at = (at + 1) & (slots.length - 1);
            }
            slots[at] = element;
            return true;
        }
    }
}
