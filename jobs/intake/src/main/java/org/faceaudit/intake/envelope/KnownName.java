package org.faceaudit.intake.envelope;

import java.nio.charset.StandardCharsets;

/** A name that objects have again and again, with the names that came after it last time: most likely they come again. */
final class KnownName {

    /** As connectors write it, with its quotes and the colon behind. */
    private final byte[] written;

    private final long start;
    private final long end;
    private final String text;
    private final int hash;

    /** The next one in the same object; {@code null} if none is known. */
    KnownName next;
    /** The first one in the object that is this one's value; {@code null} if none is known. */
    KnownName first;

    /** A name of these bytes, which are sound UTF-8 and need no escape. */
    KnownName(byte[] document, int from, int to, int hash) {
        this.written = new byte[to - from + 3];
        written[0] = '"';
        System.arraycopy(document, from, written, 1, to - from);
        written[written.length - 2] = '"';
        written[written.length - 1] = ':';
        boolean isLong = written.length >= Long.BYTES;
        this.start = isLong ? PlainBytes.eight(written, 0) : 0;
        this.end = isLong ? PlainBytes.eight(written, written.length - Long.BYTES) : 0;
        // Interned, so that a switch or a map finds it by being the same object.
        this.text = new String(document, from, to - from, StandardCharsets.UTF_8).intern();
        this.hash = hash;
    }

    String text() {
        return text;
    }

    int hash() {
        return hash;
    }

    /** How many bytes it takes, with quotes and colon. */
    int length() {
        return written.length;
    }

    /** Whether it stands at a place with its quotes and a colon right behind. */
    boolean isAt(byte[] document, int place) {
        int length = written.length;
        int i = 0;
        if (document.length - place < Math.max(length, Long.BYTES)) {
            return false;
        }
        if (length >= Long.BYTES) {
            // Eight at once, the last eight whatever was seen of them before.
            if (PlainBytes.eight(document, place) != start
                    || PlainBytes.eight(document, place + length - Long.BYTES) != end) {
                return false;
            }
            i = Long.BYTES;
            length -= Long.BYTES;
        }
        for (; i < length; i++) {
            if (document[place + i] != written[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is of these bytes. */
    boolean is(byte[] document, int from, int to, int otherHash) {
        if (hash != otherHash || to - from != written.length - 3) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (document[i] != written[i - from + 1]) {
                return false;
            }
        }
        return true;
    }
}
