package org.faceaudit.runtime.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.TimeBounds;

/**
 * Some attempts of one source that a change may still correct, packed into bytes. Never changed in place: the heap's snapshots
 * are written while the next attempts come in.
 *
 * @param bytes the words that the attempts repeat, then attempt after attempt: its length, its instant, its key, the rest
 */
public record MemoryPage(byte[] bytes) {

    private static final int KIND = 3;
    private static final int COMMITTED = 0;
    private static final int DECLARED = 1;
    private static final int UNDATED = 2;
    private static final int OUTCOME = 2;
    private static final int KEPT = 1 << 4;
    private static final int ORDINAL = 1 << 5;
    private static final int SEVERAL = 1 << 6;
    /** Words that nobody uses any more go when there are so many. */
    private static final int MOST_WORDS = 96;

    private static final AttemptOutcome[] OUTCOMES = AttemptOutcome.values();

    /** Bits that spread keys over pages, whatever they are. */
    static int spread(String rowKey) {
        long mixed = new PageReader(new PageWriter().text(rowKey).toBytes(), 0).hash() * 0xff51afd7ed558ccdL;
        return (int) (mixed >>> 33);
    }

    int size() {
        PageReader in = new PageReader(bytes, 0);
        Words.read(in);
        int size = 0;
        for (; !in.atEnd(); size++) {
            int length = (int) in.number();
            in.to(in.at() + length);
        }
        return size;
    }

    /** What is remembered of a row, {@code null} for nothing. */
    RememberedAttempt of(String table, String rowKey) {
        PageReader in = new PageReader(bytes, 0);
        Words words = Words.read(in);
        byte[] key = new PageWriter().text(rowKey).toBytes();
        while (!in.atEnd()) {
            int length = (int) in.number();
            int from = in.at();
            if (isOf(key, from)) {
                RememberedAttempt found = read(in, words);
                if (found.table().equals(table)) {
                    return found;
                }
            }
            in.to(from + length);
        }
        return null;
    }

    /** Whether the entry at a place has the key, which tells its own length. */
    private boolean isOf(byte[] key, int entry) {
        int at = entry + Long.BYTES;
        return Arrays.equals(bytes, at, Math.min(at + key.length, bytes.length), key, 0, key.length);
    }

    void forEach(Consumer<RememberedAttempt> visitor) {
        PageReader in = new PageReader(bytes, 0);
        Words words = Words.read(in);
        while (!in.atEnd()) {
            in.number();
            visitor.accept(read(in, words));
        }
    }

    /**
     * The page with one attempt in the place of what was remembered of the same row.
     *
     * @param page {@code null} for an empty one
     * @param before attempts of earlier instants are forgotten
     */
    static MemoryPage remembering(MemoryPage page, RememberedAttempt attempt, Instant before) {
        Words words = new Words();
        PageWriter entries = new PageWriter();
        if (page != null) {
            PageReader in = new PageReader(page.bytes, 0);
            Words old = Words.read(in);
            boolean renewed = old.size() > MOST_WORDS;
            words = renewed ? words : old;
            byte[] key = new PageWriter().text(attempt.rowKey()).toBytes();
            long oldest = Nanos.of(before);
            while (!in.atEnd()) {
                int length = (int) in.number();
                int from = in.at();
                boolean gone = in.fixed(Long.BYTES) < oldest
                        || (page.isOf(key, from)
                                && read(in.to(from), old).table().equals(attempt.table()));
                if (!gone && renewed) {
                    append(read(in.to(from), old), words, entries);
                } else if (!gone) {
                    entries.number(length).raw(page.bytes, from, length);
                }
                in.to(from + length);
            }
        }
        append(attempt, words, entries);
        return assembled(words, entries);
    }

    /** The page of those rows alone whose keys satisfy a condition; {@code null} when there are none. */
    MemoryPage only(IntPredicate spread) {
        Words words = new Words();
        PageWriter entries = new PageWriter();
        forEach(each -> {
            if (spread.test(spread(each.rowKey()))) {
                append(each, words, entries);
            }
        });
        return entries.length() == 0 ? null : assembled(words, entries);
    }

    private static MemoryPage assembled(Words words, PageWriter entries) {
        PageWriter page = new PageWriter();
        words.write(page);
        return new MemoryPage(page.raw(entries).toBytes());
    }

    private static void append(RememberedAttempt attempt, Words words, PageWriter entries) {
        PageWriter entry = new PageWriter();
        write(attempt, words, entry);
        entries.number(entry.length()).raw(entry);
    }

    private static void write(RememberedAttempt attempt, Words words, PageWriter out) {
        TimeBounds at = attempt.at();
        int kind = at.declared() ? DECLARED : at.exact() ? COMMITTED : UNDATED;
        int several = attempt.identities().size();
        out.fixed(Nanos.of(at.latest()), Long.BYTES);
        out.text(attempt.rowKey());
        out.bits(kind
                | (attempt.outcome() == null ? 0 : attempt.outcome().ordinal() + 1) << OUTCOME
                | (attempt.kept() ? KEPT : 0)
                | (attempt.ordinal() > 0 ? ORDINAL : 0)
                | (several > 1 ? SEVERAL : 0));
        out.number(words.number(attempt.table()));
        if (attempt.ordinal() > 0) {
            out.number(attempt.ordinal());
        }
        if (several > 1) {
            out.number(several);
        }
        attempt.identities().forEach(identity -> out.fixed(identity, Long.BYTES));
        out.number(words.number(attempt.method()));
        out.number(words.number(attempt.pointId()));
        out.number(words.number(Tokens.group(attempt.person())));
        if (attempt.person() != null) {
            out.text(attempt.person().digest());
        }
    }

    private static RememberedAttempt read(PageReader in, Words words) {
        Instant latest = Nanos.instant(in.fixed(Long.BYTES));
        String rowKey = in.text();
        int flags = in.bits();
        String table = words.word((int) in.number());
        int ordinal = (flags & ORDINAL) == 0 ? 0 : (int) in.number();
        int several = (flags & SEVERAL) == 0 ? 1 : (int) in.number();
        List<Long> identities = new ArrayList<>(several);
        for (int i = 0; i < several; i++) {
            identities.add(in.fixed(Long.BYTES));
        }
        String method = words.word((int) in.number());
        String pointId = words.word((int) in.number());
        String group = words.word((int) in.number());
        int kind = flags & KIND;
        int outcome = flags >>> OUTCOME & KIND;
        return new RememberedAttempt(
                table,
                rowKey,
                ordinal,
                identities,
                (flags & KEPT) != 0,
                pointId,
                Tokens.person(group, group == null ? null : in.text()),
                kind == UNDATED
                        ? TimeBounds.between(Instant.EPOCH, latest)
                        : new TimeBounds(latest, latest, kind == DECLARED),
                method,
                outcome == 0 ? null : OUTCOMES[outcome - 1]);
    }
}
