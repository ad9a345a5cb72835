package org.faceaudit.runtime.fact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;

/**
 * Count deltas of one operator within a few legal days, packed into bytes: most say that one person began at an instant, which
 * takes a dozen bytes, eight of them the hash. Never changed in place.
 *
 * @param operator the audited company
 * @param stretch which days, see {@link #stretch(LegalDay)}
 * @param series the series that entries name by number
 * @param entries how many deltas there are
 * @param last the last entry's instant, microseconds since the epoch: the next is told from there
 * @param bytes the entries
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record InstantPage(String operator, int stretch, List<String> series, int entries, long last, byte[] bytes) {

    /** So many legal days, as a power of two, are kept under one key. */
    private static final int DAYS_SHIFT = 4;

    private static final int BEGIN = 0;
    private static final int BEGIN_WIDEST = 1;
    private static final int BEGIN_NARROWEST = 2;
    private static final int END = 3;
    private static final int END_WIDEST = 4;
    private static final int END_NARROWEST = 5;
    private static final int ANY = 6;
    /** The same, with an instant that no count of microseconds tells. */
    private static final int ANY_INSTANT = 7;

    private static final int KIND_BITS = 3;
    private static final int NUMBERED_OTHERWISE = 31;

    public InstantPage {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(bytes, "bytes");
        series = List.copyOf(series);
    }

    /** A page without entries. */
    public static InstantPage empty(String operator, int stretch) {
        return new InstantPage(operator, stretch, List.of(), 0, 0, new byte[0]);
    }

    /** The number of the stretch of days that a day is part of: one page holds instants of one stretch. */
    public static int stretch(LegalDay day) {
        return day.epochDay() >> DAYS_SHIFT;
    }

    /** The days of a stretch, in order. */
    public static List<LegalDay> days(int stretch) {
        LegalDay first = new LegalDay(stretch << DAYS_SHIFT);
        return IntStream.range(0, 1 << DAYS_SHIFT).mapToObj(first::plusDays).toList();
    }

    /** The key under which a stretch of an operator's days is kept. */
    public static String key(String operator, int stretch) {
        return operator + '/' + stretch;
    }

    /** The same page with more entries behind. */
    public InstantPage with(Collection<CountDelta> more) {
        Writer writer = new Writer(this, 16 * more.size());
        more.forEach(writer::add);
        return writer.page();
    }

    /** The same page with another's entries of the same operator behind. */
    public InstantPage with(InstantPage other) {
        if (entries == 0) {
            return other;
        }
        Writer writer = new Writer(this, other.bytes.length + Long.BYTES);
        Reader reader = new Reader(other);
        while (reader.next()) {
            writer.add(reader);
        }
        return writer.page();
    }

    /** Tells all entries in order. */
    public void forEach(Consumer<CountDelta> taker) {
        Reader reader = new Reader(this);
        while (reader.next()) {
            taker.accept(reader.delta());
        }
    }

    /** Tells the entries of a legal day, in order. */
    public void forEachOf(LegalDay day, Consumer<CountDelta> taker) {
        long from = day.start().getEpochSecond() * 1_000_000;
        long to = day.plusDays(1).start().getEpochSecond() * 1_000_000;
        Reader reader = new Reader(this);
        while (reader.next()) {
            boolean within = reader.kind == ANY_INSTANT
                    ? LegalDay.of(reader.odd).equals(day)
                    : reader.micros >= from && reader.micros < to;
            if (within) {
                taker.accept(reader.delta());
            }
        }
    }

    /** Goes through a page entry by entry. */
    private static final class Reader {
        private final InstantPage page;
        private final PackedInput in;
        private int left;
        private long micros;
        private int kind;
        private int series;
        private Instant odd;
        private final int[] counts = new int[6];
        private long hash;

        private Reader(InstantPage page) {
            this.page = page;
            this.left = page.entries;
            this.in = new PackedInput().from(new DataInputDeserializer(page.bytes));
        }

        private boolean next() {
            if (left == 0) {
                return false;
            }
            left--;
            try {
                read();
            } catch (IOException e) {
                throw new UncheckedIOException("what was written can be read", e);
            }
            return true;
        }

        private void read() throws IOException {
            int head = in.bits();
            kind = head & (1 << KIND_BITS) - 1;
            series = head >>> KIND_BITS;
            if (series == NUMBERED_OTHERWISE) {
                series = (int) in.number();
            }
            if (kind == ANY_INSTANT) {
                odd = in.instant();
            } else {
                micros += in.number();
            }
            if (kind >= ANY) {
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = (int) in.number();
                }
                hash = in.fixed();
                return;
            }
            counts[0] = kind == BEGIN || kind == BEGIN_WIDEST ? 1 : 0;
            counts[1] = kind == END || kind == END_WIDEST ? 1 : 0;
            counts[3] = kind == BEGIN || kind == BEGIN_NARROWEST ? 1 : 0;
            counts[4] = kind == END || kind == END_NARROWEST ? 1 : 0;
            counts[2] = 0;
            counts[5] = 0;
            hash = counts[0] == 1 ? in.fixed() : 0;
        }

        private CountDelta delta() {
            Instant at = kind == ANY_INSTANT
                    ? odd
                    : Instant.ofEpochSecond(
                            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
            return new CountDelta(
                    page.operator,
                    page.series.get(series),
                    at,
                    counts[0],
                    counts[1],
                    counts[2],
                    counts[3],
                    counts[4],
                    counts[5],
                    hash);
        }
    }

    /** Writes entries behind those of a page. */
    private static final class Writer {
        private final String operator;
        private final int stretch;
        private final List<String> series;
        private final DataOutputSerializer buffer;
        private final PackedOutput out;
        private int entries;
        private long last;

        private Writer(InstantPage page, int more) {
            operator = page.operator;
            stretch = page.stretch;
            series = new ArrayList<>(page.series);
            entries = page.entries;
            last = page.last;
            buffer = new DataOutputSerializer(page.bytes.length + Math.max(more, Long.BYTES));
            out = new PackedOutput().to(buffer);
            try {
                buffer.write(page.bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("memory can be written", e);
            }
        }

        private int number(String name) {
            int known = series.indexOf(name);
            if (known >= 0) {
                return known;
            }
            series.add(name);
            return series.size() - 1;
        }

        private void add(CountDelta delta) {
            try {
                long second = delta.at().getEpochSecond();
                int nano = delta.at().getNano();
                boolean counted = nano % 1_000 == 0 && Math.abs(second) < 1L << 40;
                int kind = kind(delta);
                head(counted ? kind : ANY_INSTANT, number(delta.series()));
                if (counted) {
                    at(second * 1_000_000 + nano / 1_000);
                } else {
                    out.instant(delta.at());
                }
                if (!counted || kind == ANY) {
                    out.number(delta.widestAdded());
                    out.number(delta.widestRemoved());
                    out.number(delta.widestMoved());
                    out.number(delta.narrowestAdded());
                    out.number(delta.narrowestRemoved());
                    out.number(delta.narrowestMoved());
                    out.fixed(delta.hash());
                } else if (delta.widestAdded() == 1) {
                    out.fixed(delta.hash());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("memory can be written", e);
            }
        }

        private void add(Reader entry) {
            try {
                head(entry.kind, number(entry.page.series.get(entry.series)));
                if (entry.kind == ANY_INSTANT) {
                    out.instant(entry.odd);
                } else {
                    at(entry.micros);
                }
                if (entry.kind >= ANY) {
                    for (int count : entry.counts) {
                        out.number(count);
                    }
                    out.fixed(entry.hash);
                } else if (entry.counts[0] == 1) {
                    out.fixed(entry.hash);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("memory can be written", e);
            }
        }

        private void head(int kind, int number) throws IOException {
            out.bits(kind | Math.min(number, NUMBERED_OTHERWISE) << KIND_BITS);
            if (number >= NUMBERED_OTHERWISE) {
                out.number(number);
            }
            entries++;
        }

        private void at(long micros) throws IOException {
            out.number(micros - last);
            last = micros;
        }

        private static int kind(CountDelta delta) {
            int widest = line(delta.widestAdded(), delta.widestRemoved(), delta.widestMoved());
            int narrowest = line(delta.narrowestAdded(), delta.narrowestRemoved(), delta.narrowestMoved());
            boolean hashed = delta.hash() != 0;
            if (widest == 1 && narrowest == 1) {
                return BEGIN;
            }
            if (widest == 1 && narrowest == 0) {
                return BEGIN_WIDEST;
            }
            if (hashed) {
                return ANY;
            }
            if (widest == -1 && narrowest == -1) {
                return END;
            }
            if (widest == -1 && narrowest == 0) {
                return END_WIDEST;
            }
            if (widest == 0 && narrowest == 1) {
                return BEGIN_NARROWEST;
            }
            return widest == 0 && narrowest == -1 ? END_NARROWEST : ANY;
        }

        /** 1 for a beginning, -1 for an end, 0 for nothing, 2 for anything else. */
        private static int line(int added, int removed, int moved) {
            if (moved != 0 || added < 0 || removed < 0 || added + removed > 1) {
                return 2;
            }
            return added - removed;
        }

        private InstantPage page() {
            return new InstantPage(operator, stretch, series, entries, last, buffer.getCopyOfBuffer());
        }
    }
}
