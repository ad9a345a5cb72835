package org.faceaudit.intake.envelope;

/** Tells whether bytes are text. */
final class SoundUtf8 {

    private SoundUtf8() {}

    /** Whether no character is written longer than it has to be, is half a pair, or is none. */
    static boolean isSound(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int first = bytes[i] & 0xff;
            int more =
                    first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
            if (more < 0 || i + more >= to) {
                return false;
            }
            int second = more == 0 ? 0 : bytes[i + 1] & 0xff;
            boolean bad = (first == 0xe0 && second < 0xa0)
                    || (first == 0xed && second > 0x9f)
                    || (first == 0xf0 && second < 0x90)
                    || (first == 0xf4 && second > 0x8f);
            for (int j = 1; j <= more; j++) {
                bad |= (bytes[i + j] & 0xc0) != 0x80;
            }
            if (bad) {
                return false;
            }
            i += more + 1;
        }
        return true;
    }
}
