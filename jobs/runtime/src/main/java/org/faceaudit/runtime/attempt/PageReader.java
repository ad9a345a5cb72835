package org.faceaudit.runtime.attempt;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Reads what {@link PageWriter} wrote. */
final class PageReader {

    /** Odd, its bits well mixed: parts that differ little give sums that differ much. */
    static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final byte[] bytes;
    private int at;

    PageReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int at() {
        return at;
    }

    PageReader to(int place) {
        at = place;
        return this;
    }

    boolean atEnd() {
        return at >= bytes.length;
    }

    int bits() {
        return bytes[at++] & 0xff;
    }

    long fixed(int width) {
        long number = 0;
        for (int i = 0; i < width; i++) {
            number = number << Byte.SIZE | (bytes[at++] & 0xff);
        }
        return number;
    }

    long number() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    long signed() {
        long rest = number();
        return rest >>> 1 ^ -(rest & 1);
    }

    String text() {
        int form = bits();
        return switch (form) {
            case PageWriter.NONE -> null;
            case PageWriter.NUMBER -> Long.toString(number());
            case PageWriter.DIGEST -> {
                String digest = HexFormat.of().formatHex(bytes, at, at + PageWriter.DIGEST_BYTES);
                at += PageWriter.DIGEST_BYTES;
                yield digest;
            }
            case PageWriter.LOG_POSITION -> {
                long position = number();
                yield (Long.toHexString(position >>> Integer.SIZE) + '/' + Long.toHexString(position & 0xffff_ffffL))
                        .toUpperCase(Locale.ROOT);
            }
            case PageWriter.PLAIN -> {
                int length = (int) number();
                String plain = new String(bytes, at, length, StandardCharsets.UTF_8);
                at += length;
                yield plain;
            }
            default -> throw new IllegalStateException("no form of text is numbered " + form);
        };
    }

    /** A number that is the same for the same text; 0 for none. */
    long hash() {
        int form = bits();
        switch (form) {
            case PageWriter.NONE -> {
                return 0;
            }
            case PageWriter.DIGEST -> {
                long high = fixed(Long.BYTES);
                return something(high * SPREAD + fixed(Long.BYTES));
            }
            case PageWriter.NUMBER, PageWriter.LOG_POSITION -> {
                return something(number() * SPREAD + form);
            }
            default -> {
                int length = (int) number();
                long hash = form;
                for (int i = 0; i < length; i++) {
                    hash = hash * 0x100000001b3L + bytes[at++];
                }
                return something(hash);
            }
        }
    }

    static long something(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
