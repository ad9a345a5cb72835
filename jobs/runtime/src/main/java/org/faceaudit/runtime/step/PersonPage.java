package org.faceaudit.runtime.step;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.core.counting.ThingHash;

/**
 * Some persons of one token group and which records hold them, packed into bytes. Never changed in place: the heap's
 * snapshots are written while the next records come in.
 *
 * <p>Most persons are held by one record, since an instant known to the microsecond, and still are: 16 bytes of token, 1 of
 * the system, 7 of the instant, and 6 by which the record is known again when it changes. All others are written out.
 *
 * @param bytes the names of systems, then person after person
 */
public record PersonPage(byte[] bytes) {

    /** A page of nobody. */
    static final PersonPage EMPTY = new PersonPage(new byte[] {0});

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int TOKEN = 16;
    private static final int PLAIN = TOKEN + 1 + 7 + 6;
    private static final int WRITTEN_OUT = 0xff;
    private static final int MOST_SYSTEMS = 200;
    private static final long FIRST_MICRO = -(1L << 55);
    private static final long LAST_MICRO = (1L << 55) - 1;

    /** What is kept of a holding: the record's name is a number by which it is known again. */
    static PersonHolding kept(PersonHolding holding) {
        return held(holding, holding.system(), ThingHash.of(holding.holder()) & 0xffff_ffff_ffffL, holding.presences());
    }

    private static PersonHolding held(PersonHolding like, String system, long record, List<Presence> presences) {
        String holder = system + '/' + Long.toHexString(record);
        return new PersonHolding(like.operator(), like.group(), like.person(), holder, presences);
    }

    private static long record(PersonHolding kept) {
        return Long.parseLong(
                kept.holder(), kept.system().length() + 1, kept.holder().length(), 16);
    }

    /** How many persons are on the page. */
    int persons() {
        int persons = 0;
        for (int at = first(); at < bytes.length; at += length(at)) {
            persons++;
        }
        return persons;
    }

    /**
     * The holdings of one person, as {@link #kept}.
     *
     * @param like a holding of the same person
     */
    List<PersonHolding> holdings(PersonDigest token, PersonHolding like) {
        int at = find(token);
        if (at < 0) {
            return List.of();
        }
        ByteBuffer entry = ByteBuffer.wrap(bytes, at + TOKEN, length(at) - TOKEN);
        int system = entry.get() & 0xff;
        if (system == WRITTEN_OUT) {
            return readOut(at, like);
        }
        long micros = ((long) entry.get() << 48) | (unsigned(entry, 6));
        Instant start = Instant.EPOCH
                .plusSeconds(Math.floorDiv(micros, 1_000_000L))
                .plusNanos(Math.floorMod(micros, 1_000_000L) * 1_000);
        Presence presence = new Presence(start, start, null, null);
        return List.of(held(like, system(system), unsigned(entry, 6), List.of(presence)));
    }

    /** The page on which the person has these holdings, as {@link #kept}; {@code null} when nobody is left on it. */
    PersonPage with(PersonDigest token, List<PersonHolding> holdings) {
        int at = find(token);
        byte[] others = at < 0 ? bytes : without(at);
        if (holdings.isEmpty()) {
            return others.length == first(others) ? null : new PersonPage(others);
        }
        PersonPage page = new PersonPage(others);
        byte[] plain = null;
        if (isPlain(holdings)) {
            page = page.knowing(holdings.get(0).system());
            plain = page.plain(token, holdings.get(0));
        }
        byte[] entry = plain == null ? writtenOut(token, holdings) : plain;
        byte[] whole = Arrays.copyOf(page.bytes, page.bytes.length + entry.length);
        System.arraycopy(entry, 0, whole, page.bytes.length, entry.length);
        return new PersonPage(whole);
    }

    /** The page of those persons alone who satisfy a condition; {@code null} when nobody does. */
    PersonPage only(Predicate<PersonDigest> condition) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
        kept.write(bytes, 0, first());
        boolean anybody = false;
        for (int at = first(); at < bytes.length; at += length(at)) {
            if (condition.test(token(at))) {
                kept.write(bytes, at, length(at));
                anybody = true;
            }
        }
        return anybody ? new PersonPage(kept.toByteArray()) : null;
    }

    private int find(PersonDigest token) {
        for (int at = first(); at < bytes.length; at += length(at)) {
            if (token.high() == (long) LONG.get(bytes, at) && token.low() == (long) LONG.get(bytes, at + Long.BYTES)) {
                return at;
            }
        }
        return -1;
    }

    private PersonDigest token(int at) {
        return new PersonDigest((long) LONG.get(bytes, at), (long) LONG.get(bytes, at + Long.BYTES));
    }

    private int length(int at) {
        return (bytes[at + TOKEN] & 0xff) == WRITTEN_OUT
                ? TOKEN
                        + 1
                        + Integer.BYTES
                        + ByteBuffer.wrap(bytes, at + TOKEN + 1, Integer.BYTES).getInt()
                : PLAIN;
    }

    private byte[] without(int at) {
        int end = at + length(at);
        byte[] others = new byte[bytes.length - (end - at)];
        System.arraycopy(bytes, 0, others, 0, at);
        System.arraycopy(bytes, end, others, at, bytes.length - end);
        return others;
    }

    private int first() {
        return first(bytes);
    }

    /** Where the first person begins: behind the names of systems, each with its length before it. */
    private static int first(byte[] bytes) {
        int at = 1;
        for (int system = 0; system < (bytes[0] & 0xff); system++) {
            at += 1 + (bytes[at] & 0xff);
        }
        return at;
    }

    private String system(int wanted) {
        int at = 1;
        for (int system = 0; system < wanted; system++) {
            at += 1 + (bytes[at] & 0xff);
        }
        return new String(bytes, at + 1, bytes[at] & 0xff, StandardCharsets.US_ASCII);
    }

    private int indexOf(String system) {
        for (int i = 0; i < (bytes[0] & 0xff); i++) {
            if (system(i).equals(system)) {
                return i;
            }
        }
        return -1;
    }

    /** The same page with a system's name on it, if there is room for one more. */
    private PersonPage knowing(String system) {
        int known = bytes[0] & 0xff;
        if (indexOf(system) >= 0 || known == MOST_SYSTEMS || system.length() > 0xff) {
            return this;
        }
        byte[] name = system.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer more = ByteBuffer.allocate(bytes.length + 1 + name.length);
        more.put((byte) (known + 1)).put(bytes, 1, first() - 1);
        more.put((byte) name.length).put(name);
        more.put(bytes, first(), bytes.length - first());
        return new PersonPage(more.array());
    }

    private static boolean isPlain(List<PersonHolding> holdings) {
        if (holdings.size() != 1 || holdings.get(0).presences().size() != 1) {
            return false;
        }
        Presence presence = holdings.get(0).presences().get(0);
        Instant start = presence.startEarliest();
        return presence.endEarliest() == null
                && start.equals(presence.startLatest())
                && start.getNano() % 1_000 == 0
                && start.getEpochSecond() > FIRST_MICRO / 1_000_000
                && start.getEpochSecond() < LAST_MICRO / 1_000_000;
    }

    /** {@code null} if the page has no room for the system's name. */
    private byte[] plain(PersonDigest token, PersonHolding holding) {
        int system = indexOf(holding.system());
        if (system < 0) {
            return null;
        }
        Instant start = holding.presences().get(0).startEarliest();
        long micros = start.getEpochSecond() * 1_000_000 + start.getNano() / 1_000;
        ByteBuffer entry = ByteBuffer.allocate(PLAIN).putLong(token.high()).putLong(token.low());
        entry.put((byte) system).put((byte) (micros >> 48));
        put(entry, micros, 6);
        put(entry, record(holding), 6);
        return entry.array();
    }

    private static void put(ByteBuffer entry, long number, int length) {
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            entry.put((byte) (number >> shift));
        }
    }

    private static long unsigned(ByteBuffer entry, int length) {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | (entry.get() & 0xff);
        }
        return number;
    }

    private static byte[] writtenOut(PersonDigest token, List<PersonHolding> holdings) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body)) {
            out.writeInt(holdings.size());
            for (PersonHolding holding : holdings) {
                out.writeUTF(holding.system());
                out.writeLong(record(holding));
                out.writeInt(holding.presences().size());
                for (Presence presence : holding.presences()) {
                    write(out, presence.startEarliest());
                    write(out, presence.startLatest());
                    out.writeBoolean(presence.endEarliest() != null);
                    if (presence.endEarliest() != null) {
                        write(out, presence.endEarliest());
                        write(out, presence.endLatest());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return ByteBuffer.allocate(TOKEN + 1 + Integer.BYTES + body.size())
                .putLong(token.high())
                .putLong(token.low())
                .put((byte) WRITTEN_OUT)
                .putInt(body.size())
                .put(body.toByteArray())
                .array();
    }

    private List<PersonHolding> readOut(int at, PersonHolding like) {
        int body = at + TOKEN + 1 + Integer.BYTES;
        List<PersonHolding> holdings = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, body, at + length(at) - body))) {
            for (int i = in.readInt(); i > 0; i--) {
                String system = in.readUTF();
                long record = in.readLong();
                List<Presence> presences = new ArrayList<>();
                for (int j = in.readInt(); j > 0; j--) {
                    Instant startEarliest = readInstant(in);
                    Instant startLatest = readInstant(in);
                    boolean ended = in.readBoolean();
                    presences.add(new Presence(
                            startEarliest,
                            startLatest,
                            ended ? readInstant(in) : null,
                            ended ? readInstant(in) : null));
                }
                holdings.add(held(like, system, record, presences));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
        return holdings;
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
