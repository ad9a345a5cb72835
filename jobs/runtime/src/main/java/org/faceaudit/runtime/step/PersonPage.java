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
import org.faceaudit.core.counting.PersonLink;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.core.counting.ThingHash;

/**
 * Some persons of one token group and which records hold them, packed into bytes. Never changed in place: the heap's
 * snapshots are written while the next records come in.
 *
 * <p>Most persons are held by one record, since an instant known to the microsecond, and still are: 16 bytes of token, 1 of
 * the system, 7 of the instant, and 6 by which the record is known again when it changes. If that record names the person by
 * other tokens too, 2 and 9 for each of them follow. All others are written out.
 *
 * @param bytes the names of systems and token groups, then person after person
 */
public record PersonPage(byte[] bytes) {

    /** A page of nobody. */
    static final PersonPage EMPTY = new PersonPage(new byte[] {0});

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int TOKEN = 16;
    private static final int PLAIN = TOKEN + 1 + 7 + 6;
    private static final int WRITTEN_OUT = 0xff;
    private static final int LINKED = 0xfe;
    private static final int LINK = 1 + Long.BYTES;
    private static final int MOST_LINKS = 16;
    private static final int MOST_NAMES = 200;
    private static final long FIRST_MICRO = -(1L << 55);
    private static final long LAST_MICRO = (1L << 55) - 1;

    /** What is kept of a holding: the names of the record and of linked tokens are numbers by which they are known again. */
    static PersonHolding kept(PersonHolding holding) {
        List<PersonLink> links = holding.links().isEmpty()
                ? List.of()
                : holding.links().stream()
                        .map(link -> link(link.group(), ThingHash.of(link.person()), link.presence()))
                        .toList();
        return held(
                holding,
                holding.system(),
                ThingHash.of(holding.holder()) & 0xffff_ffff_ffffL,
                holding.presences(),
                links);
    }

    private static PersonLink link(String group, long person, Presence presence) {
        return new PersonLink(group, Long.toHexString(person), presence);
    }

    private static PersonHolding held(
            PersonHolding like, String system, long record, List<Presence> presences, List<PersonLink> links) {
        String holder = system + '/' + Long.toHexString(record);
        return new PersonHolding(like.operator(), like.group(), like.person(), holder, presences, links);
    }

    private static long person(PersonLink kept) {
        return Long.parseUnsignedLong(kept.person(), 16);
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
        boolean linked = system == LINKED;
        if (linked) {
            system = entry.get() & 0xff;
        }
        long micros = ((long) entry.get() << 48) | (unsigned(entry, 6));
        Instant start = Instant.EPOCH
                .plusSeconds(Math.floorDiv(micros, 1_000_000L))
                .plusNanos(Math.floorMod(micros, 1_000_000L) * 1_000);
        Presence presence = new Presence(start, start, null, null);
        long record = unsigned(entry, 6);
        List<PersonLink> links = new ArrayList<>();
        for (int more = linked ? entry.get() : 0; more > 0; more--) {
            String group = name(entry.get() & 0xff);
            links.add(link(group, entry.getLong(), presence));
        }
        return List.of(held(like, name(system), record, List.of(presence), links));
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
            for (PersonLink link : holdings.get(0).links()) {
                page = page.knowing(link.group());
            }
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
        return switch (bytes[at + TOKEN] & 0xff) {
            case WRITTEN_OUT ->
                TOKEN
                        + 1
                        + Integer.BYTES
                        + ByteBuffer.wrap(bytes, at + TOKEN + 1, Integer.BYTES).getInt();
            case LINKED -> PLAIN + 2 + LINK * bytes[at + PLAIN + 1];
            default -> PLAIN;
        };
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

    /** Where the first person begins: behind the names, each with its length before it. */
    private static int first(byte[] bytes) {
        int at = 1;
        for (int name = 0; name < (bytes[0] & 0xff); name++) {
            at += 1 + (bytes[at] & 0xff);
        }
        return at;
    }

    private String name(int wanted) {
        int at = 1;
        for (int name = 0; name < wanted; name++) {
            at += 1 + (bytes[at] & 0xff);
        }
        return new String(bytes, at + 1, bytes[at] & 0xff, StandardCharsets.US_ASCII);
    }

    private int indexOf(String name) {
        for (int i = 0; i < (bytes[0] & 0xff); i++) {
            if (name(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The same page with a name on it, if there is room for one more and it is plain text. */
    private PersonPage knowing(String name) {
        int known = bytes[0] & 0xff;
        if (indexOf(name) >= 0
                || known == MOST_NAMES
                || name.length() > 0xff
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            return this;
        }
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer more = ByteBuffer.allocate(bytes.length + 1 + text.length);
        more.put((byte) (known + 1)).put(bytes, 1, first() - 1);
        more.put((byte) text.length).put(text);
        more.put(bytes, first(), bytes.length - first());
        return new PersonPage(more.array());
    }

    private static boolean isPlain(List<PersonHolding> holdings) {
        if (holdings.size() != 1 || holdings.get(0).presences().size() != 1) {
            return false;
        }
        Presence presence = holdings.get(0).presences().get(0);
        List<PersonLink> links = holdings.get(0).links();
        Instant start = presence.startEarliest();
        return presence.endEarliest() == null
                && links.size() <= MOST_LINKS
                && links.stream().allMatch(link -> link.presence().equals(presence))
                && start.equals(presence.startLatest())
                && start.getNano() % 1_000 == 0
                && start.getEpochSecond() > FIRST_MICRO / 1_000_000
                && start.getEpochSecond() < LAST_MICRO / 1_000_000;
    }

    /** {@code null} if the page has no room for a name. */
    private byte[] plain(PersonDigest token, PersonHolding holding) {
        int system = indexOf(holding.system());
        if (system < 0 || holding.links().stream().anyMatch(link -> indexOf(link.group()) < 0)) {
            return null;
        }
        Instant start = holding.presences().get(0).startEarliest();
        long micros = start.getEpochSecond() * 1_000_000 + start.getNano() / 1_000;
        int links = holding.links().size();
        ByteBuffer entry = ByteBuffer.allocate(links == 0 ? PLAIN : PLAIN + 2 + links * LINK)
                .putLong(token.high())
                .putLong(token.low());
        if (links > 0) {
            entry.put((byte) LINKED);
        }
        entry.put((byte) system).put((byte) (micros >> 48));
        put(entry, micros, 6);
        put(entry, record(holding), 6);
        if (links > 0) {
            entry.put((byte) links);
            holding.links()
                    .forEach(link -> entry.put((byte) indexOf(link.group())).putLong(person(link)));
        }
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
                    write(out, presence);
                }
                out.writeInt(holding.links().size());
                for (PersonLink link : holding.links()) {
                    out.writeUTF(link.group());
                    out.writeLong(person(link));
                    write(out, link.presence());
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
                    presences.add(readPresence(in));
                }
                List<PersonLink> links = new ArrayList<>();
                for (int j = in.readInt(); j > 0; j--) {
                    String group = in.readUTF();
                    long person = in.readLong();
                    links.add(link(group, person, readPresence(in)));
                }
                holdings.add(held(like, system, record, presences, links));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
        return holdings;
    }

    private static void write(DataOutputStream out, Presence presence) throws IOException {
        write(out, presence.startEarliest());
        write(out, presence.startLatest());
        out.writeBoolean(presence.endEarliest() != null);
        if (presence.endEarliest() != null) {
            write(out, presence.endEarliest());
            write(out, presence.endLatest());
        }
    }

    private static Presence readPresence(DataInputStream in) throws IOException {
        Instant startEarliest = readInstant(in);
        Instant startLatest = readInstant(in);
        boolean ended = in.readBoolean();
        return new Presence(startEarliest, startLatest, ended ? readInstant(in) : null, ended ? readInstant(in) : null);
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
