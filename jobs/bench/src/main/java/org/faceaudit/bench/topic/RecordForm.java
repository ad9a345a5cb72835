package org.faceaudit.bench.topic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A record with slots of fixed width, so that writing one costs little beside reading it. Not thread-safe. */
final class RecordForm {

    private static final Pattern SLOT = Pattern.compile("#([a-z]+):(\\d+)#");
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] form;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    /** @param text with slots such as {@code #id:10#} */
    RecordForm(String text) {
        StringBuilder plain = new StringBuilder();
        Matcher slot = SLOT.matcher(text);
        int from = 0;
        while (slot.find()) {
            plain.append(text, from, slot.start());
            names.add(slot.group(1));
            places.add(plain.length());
            widths.add(Integer.valueOf(slot.group(2)));
            plain.append("0".repeat(widths.get(widths.size() - 1)));
            from = slot.end();
        }
        plain.append(text.substring(from));
        form = plain.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A new record with empty slots. */
    byte[] blank() {
        return form.clone();
    }

    /** The places of all slots of a name. */
    int[] slots(String name) {
        return IntStream.range(0, names.size())
                .filter(slot -> names.get(slot).equals(name))
                .toArray();
    }

    /** Writes a number into slots, as many of its first digits as fit in each. */
    void number(byte[] record, int[] slots, long number, int digits) {
        for (int slot : slots) {
            long rest = number;
            int width = widths.get(slot);
            for (int spare = digits - width; spare > 0; spare--) {
                rest /= 10;
            }
            for (int at = places.get(slot) + width - 1; at >= places.get(slot); at--) {
                record[at] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }

    /** Writes 64 bits as sixteen hexadecimal digits, from a place within slots on. */
    void hex(byte[] record, int[] slots, int from, long bits) {
        for (int slot : slots) {
            int at = places.get(slot) + from;
            for (int shift = 60; shift >= 0; shift -= 4) {
                record[at++] = HEX[(int) (bits >>> shift) & 0xf];
            }
        }
    }

    /** Writes text that is as wide as the slots. */
    void text(byte[] record, int[] slots, byte[] text) {
        for (int slot : slots) {
            System.arraycopy(text, 0, record, places.get(slot), widths.get(slot));
        }
    }
}
