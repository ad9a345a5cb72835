package org.faceaudit.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Recognises a value that the log did not carry: an unchanged TOAST value of PostgreSQL.
 *
 * <p>Such a value reaches a converter as a bare {@code java.lang.Object} (Debezium 3.5.0 and 3.7.0: seven constants of {@code
 * UnchangedToastedReplicationMessageColumn}, one per family of types). The forms which the built-in converter makes of them are
 * recognised as well: text, bytes, a list of either, a list of the bytes as numbers, a map, the name-based UUID.
 */
final class Unavailable {
    /** What is sent instead, Debezium's own default placeholder: intake reads it as UNCHANGED. */
    static final String PLACEHOLDER = "__debezium_unavailable_value";

    private static final byte[] BYTES = PLACEHOLDER.getBytes(StandardCharsets.UTF_8);
    private static final UUID NAME_BASED = UUID.nameUUIDFromBytes(BYTES);

    private Unavailable() {}

    /** Whether the value stands for one that the log did not carry. */
    static boolean is(Object value) {
        if (value == null) {
            return false;
        }
        if (value.getClass() == Object.class || value.equals(PLACEHOLDER) || value.equals(NAME_BASED)) {
            return true;
        }
        if (value instanceof byte[] bytes) {
            return Arrays.equals(bytes, BYTES);
        }
        if (value instanceof ByteBuffer buffer) {
            return buffer.equals(ByteBuffer.wrap(BYTES));
        }
        if (value instanceof List<?> list) {
            boolean one = list.size() == 1
                    && (is(list.get(0)) || NAME_BASED.toString().equals(list.get(0)));
            return one || isByteNumbers(list);
        }
        return value instanceof Map<?, ?> map && map.size() == 1 && map.containsKey(PLACEHOLDER);
    }

    private static boolean isByteNumbers(List<?> list) {
        if (list.size() != BYTES.length) {
            return false;
        }
        for (int i = 0; i < BYTES.length; i++) {
            if (!(list.get(i) instanceof Number number) || number.longValue() != BYTES[i]) {
                return false;
            }
        }
        return true;
    }
}
