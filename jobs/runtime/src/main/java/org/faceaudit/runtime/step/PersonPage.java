package org.faceaudit.runtime.step;

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
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.PersonLink;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.PackedTypeInfo;
import org.faceaudit.runtime.types.Packing;
import org.faceaudit.runtime.types.PresencePacking;

/**
 * Some persons of one bucket and which records hold them, packed into bytes. What has been written of a person is never changed
 * in place, for the heap's snapshots are written while the next records come in. But behind the last one there may be room for one
 * person more: what is made for a record of a large operator lives long, and to collect it costs more than to make it.
 *
 * <p>Who keeps a page as it is goes on with a {@linkplain Bytes#kept copy}, as Flink's heap does with all that a snapshot holds: the
 * bytes are the same, and the room belongs to the copy.
 *
 * <p>Most persons are held by one record, since an instant known to the microsecond, and still are. They take 28 bytes: 121
 * bits of token, since its other seven are the bucket's, 7 of the system, 51 of the instant, and 45 by which the record is
 * known again when it changes. If that record names the person by other tokens too, 2 bytes and 9 for each of them follow. All
 * others are written out.
 *
 * <p>To be changed by one thread, and written by any.
 */
public final class PersonPage {

    /** A page of nobody. */
    static final PersonPage EMPTY = new PersonPage(new byte[] {0});

    static final TypeInformation<PersonPage> TYPE = new PackedTypeInfo<>(new Bytes());

    /** How it is written: as it is. */
    public static final class Bytes implements Packing<PersonPage> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<PersonPage> type() {
            return PersonPage.class;
        }

        @Override
        public void write(PersonPage page, PackedOutput out) throws IOException {
            out.bytes(page.bytes, page.length);
        }

        @Override
        public PersonPage read(PackedInput in) throws IOException {
            return new PersonPage(in.bytes());
        }

        /** The same page, to go on with: from now on the one that it was made of stays as it is. */
        @Override
        public PersonPage kept(PersonPage page) {
            PersonPage copy = new PersonPage(page.bytes, page.length);
            copy.full = page.full;
            page.full = true;
            return copy;
        }
    }

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = {};
    private static final int TOKEN = 2 * Long.BYTES;
    /** Bytes of a person held by one record. */
    static final int PLAIN = TOKEN + Long.BYTES + Integer.BYTES;

    private static final long TOKEN_BITS = -1L >>> PersonDigest.BUCKET_BITS;
    private static final int KIND_SHIFT = Long.SIZE - PersonDigest.BUCKET_BITS;
    /** A kind below is the number of a system. */
    private static final int MOST_NAMES = 120;

    private static final int LINKED = 126;
    private static final int WRITTEN_OUT = 127;
    private static final int LINK = 1 + Long.BYTES;
    private static final int MOST_LINKS = 16;

    private static final int RECORD_BITS = 45;
    private static final long RECORD = (1L << RECORD_BITS) - 1;
    private static final long FIRST_MICRO =
            Instant.parse("1990-01-01T00:00:00Z").getEpochSecond() * 1_000_000;
    private static final int INSTANT_BITS = 51;
    private static final int LOW_RECORD_BITS = Integer.SIZE;

    /** Of so many persons on a page there is room for one more. */
    private static final int PERSONS_PER_ROOM = 4;

    private static final int MOST_ROOM = 16 * PLAIN;

    /** The names of systems and token groups, then person after person, then room. */
    private final byte[] bytes;

    private int length;

    /** Whether the room behind this page is another's. */
    private boolean full;

    /** The page that is written like this. */
    PersonPage(byte[] bytes) {
        this(bytes, bytes.length);
    }

    private PersonPage(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** How it is written. */
    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** The first of {@link #bytes}: the number of names, unless the page is none. */
    int firstByte() {
        return bytes[0] & 0xff;
    }

    /** Bytes that it takes when it is written. */
    int length() {
        return length;
    }

    /** What is kept of a holding: the names of the record and of linked tokens are numbers by which they are known again. */
    static PersonHolding kept(PersonHolding holding) {
        List<PersonLink> links = holding.links().isEmpty()
                ? List.of()
                : holding.links().stream()
                        .map(link -> link(link.group(), ThingHash.of(link.person()), link.presence()))
                        .toList();
        return held(holding, holding.system(), ThingHash.of(holding.holder()) & RECORD, holding.presences(), links);
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
        String holder = kept.holder();
        return Long.parseLong(holder, holder.lastIndexOf('/') + 1, holder.length(), 16);
    }

    /** How many persons are on the page. */
    int persons() {
        int persons = 0;
        for (int at = first(); at < length; at += length(at)) {
            persons++;
        }
        return persons;
    }

    /**
     * The holdings of one person, as {@link #kept}.
     *
     * @param at where {@link #find} found the person
     * @param like a holding of the same person
     */
    List<PersonHolding> holdings(int at, PersonHolding like) {
        if (at < 0) {
            return List.of();
        }
        int kind = kind(at);
        if (kind == WRITTEN_OUT) {
            return readOut(at, like);
        }
        long stored = (long) LONG.get(bytes, at + TOKEN);
        long low = (int) INT.get(bytes, at + TOKEN + Long.BYTES) & 0xffff_ffffL;
        Instant start = instant(FIRST_MICRO + (stored >>> Long.SIZE - INSTANT_BITS));
        long record = (stored << LOW_RECORD_BITS | low) & RECORD;
        Presence presence = new Presence(start, start, null, null);
        if (kind != LINKED) {
            return List.of(held(like, name(kind), record, List.of(presence), List.of()));
        }
        ByteBuffer more = ByteBuffer.wrap(bytes, at + PLAIN, length(at) - PLAIN);
        int system = more.get() & 0xff;
        List<PersonLink> links = new ArrayList<>();
        for (int left = more.get(); left > 0; left--) {
            String group = name(more.get() & 0xff);
            links.add(link(group, more.getLong(), presence));
        }
        return List.of(held(like, name(system), record, List.of(presence), links));
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private int kind(int at) {
        return bytes[at] >>> 1 & 0x7f;
    }

    /**
     * The page on which the person has these holdings, as {@link #kept}; {@code null} when nobody is left on it. It is this page,
     * changed, if one person more finds room.
     *
     * @param at where {@link #find} found the person
     */
    PersonPage with(int at, PersonDigest token, List<PersonHolding> holdings) {
        if (holdings.isEmpty()) {
            PersonPage others = at < 0 ? this : replaced(at, at + length(at), NOTHING);
            return others.length == others.first() ? null : others;
        }
        PersonPage page = this;
        for (PersonHolding holding : holdings) {
            page = page.knowing(holding.system());
            for (PersonLink link : holding.links()) {
                page = page.knowing(link.group());
            }
        }
        byte[] plain = isPlain(holdings) ? page.plain(token, holdings.get(0)) : null;
        byte[] entry = plain == null ? page.writtenOut(token, holdings) : plain;
        if (at < 0) {
            return page.with(entry);
        }
        int moved = at + page.length - length;
        return page.replaced(moved, moved + page.length(moved), entry);
    }

    /** One person more: here if there is room. */
    private PersonPage with(byte[] entry) {
        int longer = length + entry.length;
        if (full || longer > bytes.length) {
            byte[] roomy = new byte[longer + room(longer)];
            System.arraycopy(bytes, 0, roomy, 0, length);
            System.arraycopy(entry, 0, roomy, length, entry.length);
            return new PersonPage(roomy, longer);
        }
        System.arraycopy(entry, 0, bytes, length, entry.length);
        length = longer;
        return this;
    }

    private static int room(int length) {
        return Math.min(MOST_ROOM, length / (PERSONS_PER_ROOM * PLAIN) * PLAIN);
    }

    private PersonPage replaced(int from, int to, byte[] by) {
        byte[] others = new byte[length - (to - from) + by.length];
        System.arraycopy(bytes, 0, others, 0, from);
        System.arraycopy(bytes, to, others, from, length - to);
        System.arraycopy(by, 0, others, others.length - by.length, by.length);
        return new PersonPage(others);
    }

    /** The page of those persons alone who satisfy a condition; {@code null} when nobody does. */
    PersonPage only(Predicate<PersonDigest> condition) {
        byte[] kept = new byte[length];
        int size = first();
        System.arraycopy(bytes, 0, kept, 0, size);
        for (int at = size; at < length; at += length(at)) {
            if (condition.test(token(at))) {
                System.arraycopy(bytes, at, kept, size, length(at));
                size += length(at);
            }
        }
        return size == first() ? null : new PersonPage(Arrays.copyOf(kept, size + room(size)), size);
    }

    /** Where a person is, negative if not on the page. */
    int find(PersonDigest token) {
        int at = first();
        while (at < length) {
            if (token.low() == (long) LONG.get(bytes, at + Long.BYTES)
                    && token.highInBucket() == ((long) LONG.get(bytes, at) & TOKEN_BITS)) {
                return at;
            }
            at += kind(at) <= MOST_NAMES ? PLAIN : length(at);
        }
        return -1;
    }

    /** A person's token without the bits that tell the bucket. */
    private PersonDigest token(int at) {
        return new PersonDigest((long) LONG.get(bytes, at) & TOKEN_BITS, (long) LONG.get(bytes, at + Long.BYTES));
    }

    private int length(int at) {
        return switch (kind(at)) {
            case WRITTEN_OUT -> TOKEN + Integer.BYTES + (int) INT.get(bytes, at + TOKEN);
            case LINKED -> PLAIN + 2 + LINK * bytes[at + PLAIN + 1];
            default -> PLAIN;
        };
    }

    /** Where the first person begins: behind the names, each with its length before it. */
    private int first() {
        return nameAt(bytes[0] & 0xff);
    }

    private String name(int wanted) {
        int at = nameAt(wanted);
        return new String(bytes, at + 1, bytes[at] & 0xff, StandardCharsets.US_ASCII);
    }

    private int nameAt(int wanted) {
        int at = 1;
        for (int name = 0; name < wanted; name++) {
            at += 1 + (bytes[at] & 0xff);
        }
        return at;
    }

    private int indexOf(String name) {
        int at = 1;
        for (int i = 0; i < (bytes[0] & 0xff); i++) {
            if (isAt(at, name)) {
                return i;
            }
            at += 1 + (bytes[at] & 0xff);
        }
        return -1;
    }

    private boolean isAt(int at, String name) {
        if (name.length() != (bytes[at] & 0xff)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[at + 1 + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The same page with a name on it, if there is room for one more and it is plain text. */
    private PersonPage knowing(String name) {
        int known = bytes[0] & 0xff;
        if (indexOf(name) >= 0 || known == MOST_NAMES || name.length() > 0xff || !isAscii(name)) {
            return this;
        }
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer more = ByteBuffer.allocate(length + 1 + text.length);
        more.put((byte) (known + 1)).put(bytes, 1, first() - 1);
        more.put((byte) text.length).put(text);
        more.put(bytes, first(), length - first());
        return new PersonPage(more.array());
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 0x80);
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
                && allOf(presence, links)
                && start.equals(presence.startLatest())
                && start.getNano() % 1_000 == 0
                && start.getEpochSecond() >= FIRST_MICRO / 1_000_000
                && start.getEpochSecond() < (FIRST_MICRO + (1L << INSTANT_BITS)) / 1_000_000;
    }

    private static boolean allOf(Presence presence, List<PersonLink> links) {
        for (PersonLink link : links) {
            if (!link.presence().equals(presence)) {
                return false;
            }
        }
        return true;
    }

    /** {@code null} if the page has no room for a name. */
    private byte[] plain(PersonDigest token, PersonHolding holding) {
        int system = indexOf(holding.system());
        if (system < 0) {
            return null;
        }
        for (PersonLink link : holding.links()) {
            if (indexOf(link.group()) < 0) {
                return null;
            }
        }
        Instant start = holding.presences().get(0).startEarliest();
        long micros = start.getEpochSecond() * 1_000_000 + start.getNano() / 1_000;
        long record = record(holding);
        int links = holding.links().size();
        ByteBuffer entry = ByteBuffer.allocate(links == 0 ? PLAIN : PLAIN + 2 + links * LINK)
                .putLong(first(token, links == 0 ? system : LINKED))
                .putLong(token.low())
                .putLong(micros - FIRST_MICRO << Long.SIZE - INSTANT_BITS | record >>> LOW_RECORD_BITS)
                .putInt((int) record);
        if (links > 0) {
            entry.put((byte) system).put((byte) links);
            for (PersonLink link : holding.links()) {
                entry.put((byte) indexOf(link.group())).putLong(person(link));
            }
        }
        return entry.array();
    }

    private static long first(PersonDigest token, int kind) {
        return (long) kind << KIND_SHIFT | token.highInBucket();
    }

    private byte[] writtenOut(PersonDigest token, List<PersonHolding> holdings) {
        DataOutputSerializer body = new DataOutputSerializer(64);
        PackedOutput out = new PackedOutput().to(body);
        try {
            body.writeLong(first(token, WRITTEN_OUT));
            body.writeLong(token.low());
            body.writeInt(0);
            out.number(holdings.size());
            for (PersonHolding holding : holdings) {
                write(holding.system(), out);
                out.number(record(holding));
                out.number(holding.presences().size());
                for (Presence presence : holding.presences()) {
                    PresencePacking.write(presence, out);
                }
                out.number(holding.links().size());
                for (PersonLink link : holding.links()) {
                    write(link.group(), out);
                    out.fixed(person(link));
                    PresencePacking.write(link.presence(), out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        byte[] entry = body.getCopyOfBuffer();
        INT.set(entry, TOKEN, entry.length - TOKEN - Integer.BYTES);
        return entry;
    }

    private List<PersonHolding> readOut(int at, PersonHolding like) {
        int from = at + TOKEN + Integer.BYTES;
        PackedInput in = new PackedInput().from(new DataInputDeserializer(bytes, from, at + length(at) - from));
        try {
            int size = (int) in.number();
            List<PersonHolding> holdings = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                String system = readName(in);
                long record = in.number();
                List<Presence> presences = new ArrayList<>();
                for (long j = in.number(); j > 0; j--) {
                    presences.add(PresencePacking.read(in));
                }
                List<PersonLink> links = new ArrayList<>();
                for (long j = in.number(); j > 0; j--) {
                    String group = readName(in);
                    long person = in.fixed();
                    links.add(link(group, person, PresencePacking.read(in)));
                }
                holdings.add(held(like, system, record, presences, links));
            }
            return holdings;
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
    }

    /** By its number on the page, if it has one. */
    private void write(String name, PackedOutput out) throws IOException {
        int number = indexOf(name);
        out.number(number);
        if (number < 0) {
            out.text(name, 0);
        }
    }

    private String readName(PackedInput in) throws IOException {
        int number = (int) in.number();
        return number < 0 ? in.text() : name(number);
    }
}
