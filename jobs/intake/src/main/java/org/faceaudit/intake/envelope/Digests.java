package org.faceaudit.intake.envelope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.rows.RowKey;

/** SHA-256 in the lengths that decoding needs. */
public final class Digests {

    private static final int KEY_BYTES = 16;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Digests() {}

    static String whole(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** First 128 bits over a row's table and key, hexadecimal; {@code null} for a row of a table without a key. */
    public static String key(String table, String rowKey) {
        Bits bits = bits(table, rowKey);
        return bits == null ? null : bits.text();
    }

    /** The same as a number. */
    static Bits bits(String table, String rowKey) {
        if (RowKey.isKeyless(rowKey)) {
            return null;
        }
        byte[] digest = digest(table, rowKey);
        return new Bits(high(digest), low(digest));
    }

    /** The first 64 bits of a digest. */
    static long high(byte[] digest) {
        return (long) EIGHT.get(digest, 0);
    }

    /** The 64 bits behind them. */
    static long low(byte[] digest) {
        return (long) EIGHT.get(digest, Long.BYTES);
    }

    /** The first 128 bits of a digest. */
    record Bits(long high, long low) {

        /** Hexadecimal, small letters. */
        String text() {
            byte[] text = new byte[2 * KEY_BYTES];
            PlainBytes.writeHexadecimal(high, text, 0);
            PlainBytes.writeHexadecimal(low, text, KEY_BYTES);
            return new String(text, StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * First 128 bits over what was captured of a row, hexadecimal: the same for equal rows, and for no others.
     *
     * @param fields every captured column
     */
    public static String content(Map<String, FieldValue> fields) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(fields).forEach((column, value) -> {
            parts.add(column);
            parts.add(value.state().name());
            parts.add(value.text());
        });
        return HexFormat.of().formatHex(digest(parts.toArray(String[]::new)), 0, KEY_BYTES);
    }

    /**
     * 64 bits that tell two changes apart. What a person at the source may choose, the row's key, has to be digested by {@link
     * #key} before; the rest are the log's own numbers, which nobody chooses.
     */
    static final class Identity {
        private static final long PRIME = 0x0000_0100_0000_01B3L;

        private long bits;

        Identity() {}

        /** Goes on from what was {@linkplain #begun begun}. */
        Identity(long begun) {
            bits = begun;
        }

        Identity with(long number) {
            bits = (bits ^ number) * 0x9E37_79B9_7F4A_7C15L;
            bits ^= bits >>> 32;
            return this;
        }

        /** By a transaction and the change's place in it. */
        Identity within(String transaction, String order) {
            return with(transaction).with(order);
        }

        /**
         * By the row.
         *
         * @param digest of {@link #bits}; {@code null} if the key is none or a digest itself
         */
        Identity of(String table, String rowKey, Bits digest) {
            with(table);
            return digest == null ? with(rowKey) : with(digest.high()).with(digest.low());
        }

        /**
         * By what read it.
         *
         * @param at when an incremental snapshot did; {@code null} for anything else
         * @param snapshotId the snapshot that did, 0 for none
         */
        Identity read(Instant at, long snapshotId) {
            return at == null ? with(snapshotId) : with(at.getEpochSecond()).with(at.getNano());
        }

        /** Its length too, and null apart from empty. */
        Identity with(String text) {
            return with(hash(text));
        }

        /** The same of an ASCII text that stands in bytes; of none, which begins at 0, as of null. */
        Identity with(byte[] bytes, int from, int to) {
            long hash = from == 0 ? -1 : to - from;
            for (int i = from; i < to; i++) {
                hash = (hash ^ bytes[i]) * PRIME;
            }
            return with(hash);
        }

        /** The number by which a text is taken. */
        static long hash(String text) {
            int length = text == null ? -1 : text.length();
            long hash = length;
            for (int i = 0; i < length; i++) {
                hash = (hash ^ text.charAt(i)) * PRIME;
            }
            return hash;
        }

        /** From here others can go on. */
        long begun() {
            return bits;
        }

        long bits() {
            long mixed = (bits ^ bits >>> 30) * 0xBF58_476D_1CE4_E5B9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
            return mixed ^ mixed >>> 31;
        }
    }

    private static byte[] digest(String... parts) {
        Scratch scratch = SCRATCH.get();
        scratch.length = 0;
        for (String part : parts) {
            scratch.add(part);
        }
        return digest(scratch.bytes, scratch.length);
    }

    /** Digests the first of some bytes; what is answered is the next digest's too. */
    static byte[] digest(byte[] bytes, int length) {
        Scratch scratch = SCRATCH.get();
        scratch.sha256.update(bytes, 0, length);
        try {
            scratch.sha256.digest(scratch.digest, 0, scratch.digest.length);
        } catch (DigestException tooShort) {
            throw new IllegalStateException("a digest of SHA-256 has 32 bytes", tooShort);
        }
        return scratch.digest;
    }

    /** What is digested, and by whom; kept, since every record is digested twice. */
    private static final class Scratch {
        private final MessageDigest sha256 = sha256();
        private byte[] bytes = new byte[512];
        private final byte[] digest = new byte[32];
        private int length;

        /** Length first, and null apart from empty, so that no two lists of parts have one digest. */
        private void add(String part) {
            int characters = part == null ? 0 : part.length();
            if (length + Integer.BYTES + characters <= bytes.length && addAscii(part, characters)) {
                return;
            }
            byte[] text = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            if (length + Integer.BYTES + text.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * (length + Integer.BYTES + text.length));
            }
            length(part == null ? -1 : text.length);
            System.arraycopy(text, 0, bytes, length, text.length);
            length += text.length;
        }

        private void length(int said) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                bytes[length++] = (byte) (said >> shift);
            }
        }

        /** The same without a copy; false, and nothing added, if some character takes more than a byte. */
        private boolean addAscii(String part, int characters) {
            int begin = length;
            length(part == null ? -1 : characters);
            for (int i = 0; i < characters; i++) {
                char c = part.charAt(i);
                if (c >= 0x80) {
                    length = begin;
                    return false;
                }
                bytes[length++] = (byte) c;
            }
            return true;
        }
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
