package org.faceaudit.core.counting;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.faceaudit.core.law.LegalDay;

/**
 * The sums of one series by legal day, sixteen days to a page of bytes: ten thousand operators have some ten million sums, most of
 * them of a few persons, which take a dozen bytes each. A page is never changed in place. The one that was added to last lies open
 * until somebody asks: sums come day after day, and a page is written once for all of its days. Not thread-safe.
 */
public final class DaySums {

    private static final int STRETCH_SHIFT = 4;
    private static final int DAYS = 1 << STRETCH_SHIFT;
    private static final int BEGUN = 0;
    private static final int ANY = 1;
    private static final int LONGEST_ENTRY = 1 + 6 * 5 + Long.BYTES;

    private final String operator;
    private final String series;
    private final TreeMap<Integer, byte[]> pages = new TreeMap<>();
    /** The sums of the page that lies open, by day; {@code null} if none does. */
    private CountDelta[] open;

    private int openNumber;

    DaySums(String operator, String series) {
        this.operator = Objects.requireNonNull(operator, "operator");
        this.series = Objects.requireNonNull(series, "series");
    }

    /** The number of the page that a day is on. */
    static int page(LegalDay day) {
        return day.epochDay() >> STRETCH_SHIFT;
    }

    /** The bytes of a page, {@code null} if it has no sums. */
    byte[] page(int number) {
        close();
        return pages.get(number);
    }

    /** Puts a page, as {@link #page(int)} gave it, in its place. */
    void setPage(int number, byte[] bytes) {
        close();
        pages.put(number, bytes);
    }

    /** Adds to the sum of a day; what becomes all zero vanishes. */
    void add(CountDelta delta) {
        LegalDay day = delta.day();
        int number = page(day);
        if (open == null || number != openNumber) {
            close();
            open(number);
        }
        int place = day.epochDay() & DAYS - 1;
        CountDelta sum = open[place] == null ? delta.ofDay() : open[place].plus(delta);
        open[place] = sum.isNothing() ? null : sum;
    }

    private void open(int number) {
        open = new CountDelta[DAYS];
        openNumber = number;
        for (CountDelta sum : read(number, pages.get(number))) {
            open[sum.day().epochDay() & DAYS - 1] = sum;
        }
    }

    private void close() {
        if (open == null) {
            return;
        }
        List<CountDelta> sums = Stream.of(open).filter(Objects::nonNull).toList();
        if (sums.isEmpty()) {
            pages.remove(openNumber);
        } else {
            pages.put(openNumber, write(openNumber, sums));
        }
        open = null;
    }

    public boolean isEmpty() {
        for (int day = 0; open != null && day < DAYS; day++) {
            if (open[day] != null) {
                return false;
            }
        }
        close();
        return pages.isEmpty();
    }

    /** How many days have a sum. */
    public int size() {
        close();
        int size = 0;
        for (Map.Entry<Integer, byte[]> page : pages.entrySet()) {
            size += read(page.getKey(), page.getValue()).size();
        }
        return size;
    }

    /** The first day that has a sum; of sums that are not empty. */
    public LegalDay first() {
        close();
        return read(pages.firstKey(), pages.firstEntry().getValue()).get(0).day();
    }

    /** All sums in order. */
    public Iterator<CountDelta> all() {
        close();
        return new Walk(pages, Integer.MIN_VALUE);
    }

    /** The sums from a day on, in order. */
    public Iterator<CountDelta> from(LegalDay day) {
        close();
        return new Walk(pages.tailMap(page(day), true), day.epochDay());
    }

    /** Reads page after page. */
    private final class Walk implements Iterator<CountDelta> {
        private final Iterator<Map.Entry<Integer, byte[]>> left;
        private final int from;
        private List<CountDelta> page = List.of();
        private int at;

        private Walk(Map<Integer, byte[]> pages, int from) {
            this.left = pages.entrySet().iterator();
            this.from = from;
        }

        @Override
        public boolean hasNext() {
            while (at == page.size() && left.hasNext()) {
                Map.Entry<Integer, byte[]> next = left.next();
                page = read(next.getKey(), next.getValue());
                at = 0;
                while (at < page.size() && page.get(at).day().epochDay() < from) {
                    at++;
                }
            }
            return at < page.size();
        }

        @Override
        public CountDelta next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.get(at++);
        }
    }

    private List<CountDelta> read(int number, byte[] bytes) {
        if (bytes == null) {
            return new ArrayList<>();
        }
        List<CountDelta> sums = new ArrayList<>(DAYS);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            int head = in.get();
            LegalDay day = new LegalDay((number << STRETCH_SHIFT) + (head & DAYS - 1));
            if ((head >> STRETCH_SHIFT) == BEGUN) {
                int begun = number(in);
                sums.add(new CountDelta(operator, series, day.start(), begun, 0, 0, begun, 0, 0, in.getLong()));
            } else {
                sums.add(new CountDelta(
                        operator,
                        series,
                        day.start(),
                        number(in),
                        number(in),
                        number(in),
                        number(in),
                        number(in),
                        number(in),
                        in.getLong()));
            }
        }
        return sums;
    }

    private static byte[] write(int number, List<CountDelta> sums) {
        ByteBuffer out = ByteBuffer.allocate(sums.size() * LONGEST_ENTRY);
        for (CountDelta sum : sums) {
            int day = sum.day().epochDay() - (number << STRETCH_SHIFT);
            boolean begun = sum.widestAdded() == sum.narrowestAdded()
                    && sum.widestRemoved() == 0
                    && sum.widestMoved() == 0
                    && sum.narrowestRemoved() == 0
                    && sum.narrowestMoved() == 0;
            out.put((byte) ((begun ? BEGUN : ANY) << STRETCH_SHIFT | day));
            put(out, sum.widestAdded());
            if (!begun) {
                put(out, sum.widestRemoved());
                put(out, sum.widestMoved());
                put(out, sum.narrowestAdded());
                put(out, sum.narrowestRemoved());
                put(out, sum.narrowestMoved());
            }
            out.putLong(sum.hash());
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void put(ByteBuffer out, int number) {
        int rest = number << 1 ^ number >> 31;
        while ((rest & ~0x7f) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static int number(ByteBuffer in) {
        int rest = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            rest |= (next & 0x7f) << shift;
            if (next >= 0) {
                return rest >>> 1 ^ -(rest & 1);
            }
        }
    }

    /** Whether the days have the same sums. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DaySums that
                && operator.equals(that.operator)
                && series.equals(that.series)
                && listed().equals(that.listed());
    }

    @Override
    public int hashCode() {
        return Objects.hash(operator, series, listed());
    }

    @Override
    public String toString() {
        return listed().toString();
    }

    private List<CountDelta> listed() {
        List<CountDelta> listed = new ArrayList<>();
        all().forEachRemaining(listed::add);
        return listed;
    }
}
