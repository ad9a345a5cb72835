package org.faceaudit.bench.topic;

import java.time.Duration;
import java.time.Instant;

/**
 * Who stores whom in a made-up sector: a number of operators alike, one system each. Everything follows from the numbers, so
 * that any record can be written without those before it.
 *
 * <p>Rows of a first snapshot come first. Every eighth of them is a second record of a person that another row holds. Then
 * come changes of the log: of ten, seven insert a row, two give a row to somebody new, one deletes a row and tells its key only.
 *
 * @param operators how many
 * @param rows rows of each operator's first snapshot
 * @param changes changes of each operator's log after it
 * @param days over how many days before the snapshot the rows' own dates are spread
 * @param dates how a row says when it was stored
 */
public record Population(int operators, int rows, int changes, int days, Dates dates) {

    /** How a row says when it was stored. */
    public enum Dates {
        /** To the microsecond, rows about in the order of time, as a counting key gives them. */
        INSTANT,
        /** To the microsecond, rows in no order of time, as a random key gives them. */
        SCATTERED,
        /** To the day, in the order of time. */
        DAY
    }

    /** The instant of every first snapshot. */
    public static final Instant SNAPSHOT_AT = Instant.parse("2026-06-01T00:00:00Z");

    /** The commit of the heartbeat with which every topic ends. */
    public static final Instant END = Instant.parse("2026-06-02T00:00:00Z");

    private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1_000;
    private static final long SNAPSHOT_MICROS = SNAPSHOT_AT.getEpochSecond() * 1_000_000;
    private static final long CHANGES_MICROS = Duration.ofHours(20).toNanos() / 1_000;
    private static final long STRANGERS = 1L << 40;
    /** So many rows are out of order among themselves. */
    private static final int SHUFFLED = 16;

    public Population {
        if (operators < 1 || rows < 1 || changes < 0 || days < 1) {
            throw new IllegalArgumentException("nobody stores anything");
        }
    }

    /** How many records one operator's topic has: rows, changes, a heartbeat. */
    public int recordsEach() {
        return rows + changes + 1;
    }

    /** How many records all operators' topics have. */
    public long records() {
        return (long) operators * recordsEach();
    }

    /** The id of an operator, from 0. */
    public static String operator(int number) {
        return String.format("op-%06d", number);
    }

    /** When a row of the first snapshot says that it was stored, microseconds since the epoch. */
    long storedAtMicros(int operator, int row) {
        long span = days * DAY_MICROS;
        long chance = mixed(operator * 0x1000003L + row) >>> 1;
        long ago = dates == Dates.SCATTERED
                ? chance % span
                : span / rows * (rows - 1 - row) + chance % Math.max(1, span / rows * SHUFFLED);
        long at = SNAPSHOT_MICROS - 1 - ago;
        return dates == Dates.DAY ? at - at % DAY_MICROS : at;
    }

    /** When a change is committed, microseconds since the epoch. */
    long committedAtMicros(int change) {
        return SNAPSHOT_MICROS + CHANGES_MICROS / (changes + 1) * (change + 1);
    }

    /** The person of a row of the snapshot, as a number within the operator. */
    static long personOfRow(int row) {
        return row % 8 == 7 ? row - 4 : row;
    }

    /** Whom a change gives its row to. */
    static long personOfChange(int change) {
        return STRANGERS + (change % 8 == 7 ? change - 7 : change);
    }

    /** What a change of the log does. */
    enum Change {
        INSERT,
        UPDATE,
        DELETE
    }

    static Change kind(int change) {
        int digit = change % 10;
        return digit < 7 ? Change.INSERT : digit < 9 ? Change.UPDATE : Change.DELETE;
    }

    /** The row that a change is about: a new one for an insert, one of the snapshot otherwise. */
    int rowOf(int change) {
        return kind(change) == Change.INSERT ? rows + change : (int) ((mixed(change) >>> 1) % rows);
    }

    /** The first half of a person's token. */
    static long tokenHigh(int operator, long person) {
        return mixed(person * 0x9e3779b97f4a7c15L + operator);
    }

    /** The second half of a person's token. */
    static long tokenLow(int operator, long person) {
        return mixed(tokenHigh(operator, person) + 1);
    }

    private static long mixed(long number) {
        long mixed = number + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
