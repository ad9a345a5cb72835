package org.faceaudit.intake.rows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Spells ids that come from a source: one text, from which the parts can be told. */
public final class RowKey {

    /** Stands before what is no key: {@link #encoded} leaves no {@code %} with these letters behind it. */
    private static final String KEYLESS = "%row:";

    private RowKey() {}

    /**
     * What names all equal rows of a table without a key.
     *
     * @param digest of what was captured of them
     */
    public static String ofContent(String digest) {
        return KEYLESS + digest;
    }

    /** One of the equal rows: the name of all of them and its number, which no other ever has. */
    static String ofEqual(String content, long number) {
        return content + '/' + number;
    }

    /** Whether the text names a row, or all equal rows, of a table without a key. */
    public static boolean isKeyless(String rowKey) {
        return rowKey.startsWith(KEYLESS);
    }

    /** The parts joined by {@code /}; {@code /} and {@code %} inside a part percent-encoded. */
    public static String of(List<String> parts) {
        return parts.stream().map(RowKey::encoded).collect(Collectors.joining("/"));
    }

    /** The parts of what {@link #of} made. */
    public static List<String> parts(String rowKey) {
        return Arrays.stream(rowKey.split("/", -1))
                .map(part -> part.replace("%2F", "/").replace("%25", "%"))
                .toList();
    }

    /** One part with {@code /} and {@code %} percent-encoded. */
    public static String encoded(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }
}
