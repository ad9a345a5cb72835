package org.faceaudit.local.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Byte sequences that are searched for, all at once. */
public final class Markers {
    private static final int CHUNK = 4 << 20;
    /** In bytes; what is left of less, without the ends that depend on what stands beside it, may occur by chance. */
    private static final int LONG_ENOUGH = 16;

    private final List<byte[]> markers;
    /** Which pairs of first bytes a marker begins with. */
    private final boolean[] begins = new boolean[1 << 16];

    private final int longest;

    public Markers(List<byte[]> markers) {
        this.markers = List.copyOf(markers);
        markers.forEach(marker -> begins[pair(marker, 0)] = true);
        this.longest = markers.stream().mapToInt(marker -> marker.length).max().orElseThrow();
    }

    static Markers of(String... texts) {
        List<byte[]> markers = new ArrayList<>();
        for (String text : texts) {
            markers.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return new Markers(markers);
    }

    /** A text in each form in which it could leave a source: as it is, in hexadecimal digits, and if it is long in Base64. */
    public static List<byte[]> forms(String text) {
        byte[] marker = text.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(marker);
        List<byte[]> forms = new ArrayList<>(List.of(
                marker,
                hex.getBytes(StandardCharsets.US_ASCII),
                hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII)));
        // Base64 looks different for each of the three places at which the marker can begin.
        for (int begin = 0; begin < 3 && marker.length >= LONG_ENOUGH; begin++) {
            byte[] shifted = new byte[begin + marker.length];
            System.arraycopy(marker, 0, shifted, begin, marker.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            forms.add(base64.substring(4, base64.length() - 4).getBytes(StandardCharsets.US_ASCII));
        }
        return forms;
    }

    int count() {
        return markers.size();
    }

    /** Which of the markers occur, as their numbers; of none when there are no bytes. */
    Set<Integer> in(byte[] bytes) {
        return bytes == null ? Set.of() : in(bytes, bytes.length);
    }

    Set<Integer> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for a file, of whatever length. */
    public Set<Integer> in(Path file) throws IOException {
        Set<Integer> found = new TreeSet<>();
        byte[] window = new byte[CHUNK + longest];
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            int read = in.readNBytes(window, 0, CHUNK);
            while (read > 0) {
                int filled = kept + read;
                found.addAll(in(window, filled));
                kept = Math.min(longest - 1, filled);
                System.arraycopy(window, filled - kept, window, 0, kept);
                read = in.readNBytes(window, kept, CHUNK);
            }
        }
        return found;
    }

    private Set<Integer> in(byte[] bytes, int length) {
        Set<Integer> found = new TreeSet<>();
        for (int at = 0; at + 1 < length; at++) {
            if (begins[pair(bytes, at)]) {
                for (int number = 0; number < markers.size(); number++) {
                    byte[] marker = markers.get(number);
                    if (at + marker.length <= length && stands(marker, bytes, at)) {
                        found.add(number);
                    }
                }
            }
        }
        return found;
    }

    private static boolean stands(byte[] marker, byte[] bytes, int at) {
        for (int index = 0; index < marker.length; index++) {
            if (bytes[at + index] != marker[index]) {
                return false;
            }
        }
        return true;
    }

    private static int pair(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
