package org.faceaudit.capture;

import io.debezium.spi.converter.RelationalColumn;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.DataException;

/**
 * One source column: turns the raw Java values that its connector hands out into few plain ones, and these into one canonical
 * text, the same in a snapshot and in the stream.
 *
 * @param name full name, for messages
 * @param charset how bytes are text, or null if the column's bytes are no text
 * @param unsignedBits width of an unsigned MySQL integer, whose stream values come signed; 0 for every other column
 */
record SourceColumn(String name, Charset charset, int unsignedBits) {
    private static final Set<Integer> TEXT_TYPES = Set.of(
            Types.CHAR,
            Types.VARCHAR,
            Types.LONGVARCHAR,
            Types.CLOB,
            Types.NCHAR,
            Types.NVARCHAR,
            Types.LONGNVARCHAR,
            Types.NCLOB);

    /**
     * Describes a column.
     *
     * @throws ConfigException if the column's character set is unknown to Java
     */
    static SourceColumn of(RelationalColumn column) {
        String name = ColumnRules.nameOf(column);
        return new SourceColumn(name, charset(name, column), unsignedBits(column.typeName()));
    }

    private static Charset charset(String name, RelationalColumn column) {
        String declared = column.charsetName();
        if (declared == null) {
            return TEXT_TYPES.contains(column.jdbcType()) ? StandardCharsets.UTF_8 : null;
        }
        // MySQL's names; Java knows the rest (gbk, gb2312, gb18030, big5) by the same.
        return switch (declared.toLowerCase(Locale.ROOT)) {
            case "binary" -> null;
            case "utf8", "utf8mb3", "utf8mb4" -> StandardCharsets.UTF_8;
            case "latin1" -> charsetNamed(name, "windows-1252");
            case "ucs2", "utf16" -> StandardCharsets.UTF_16BE;
            default -> charsetNamed(name, declared);
        };
    }

    private static Charset charsetNamed(String column, String charset) {
        try {
            return Charset.forName(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new ConfigException(
                    "Column " + column + " has the character set " + charset + ", which Java does not know.");
        }
    }

    private static int unsignedBits(String typeName) {
        String type = typeName == null ? "" : typeName.toUpperCase(Locale.ROOT);
        if (!type.contains("UNSIGNED")) {
            return 0;
        }
        if (type.startsWith("TINYINT")) {
            return 8;
        }
        if (type.startsWith("SMALLINT")) {
            return 16;
        }
        if (type.startsWith("MEDIUMINT")) {
            return 24;
        }
        return type.startsWith("BIGINT") ? 64 : 32;
    }

    /**
     * A raw value as String, byte[], Number or UUID where it is one of these in another dress, else as it is. Large objects are
     * read whole.
     */
    Object plain(Object raw) {
        if (raw instanceof ByteBuffer buffer) {
            return plain(bytes(buffer));
        }
        if (raw instanceof byte[] bytes) {
            return charset == null ? bytes : new String(bytes, charset);
        }
        try {
            if (raw instanceof Blob blob) {
                return plain(blob.getBytes(1, Math.toIntExact(blob.length())));
            }
            if (raw instanceof Clob clob) {
                return clob.getSubString(1, Math.toIntExact(clob.length()));
            }
        } catch (SQLException failed) {
            // Not chained: a driver's message may quote what it read.
            throw unreadable(raw, "its large object could not be read (SQL state " + failed.getSQLState() + ")");
        }
        // Neither class is on our compile path: one is Debezium's own, the other the PostgreSQL driver's.
        return switch (raw.getClass().getName()) {
            case "io.debezium.data.SpecialValueDecimal" -> {
                Object decimal = call(raw, "getDecimalValue");
                yield decimal instanceof Optional<?> value && value.isPresent() ? value.get() : Double.NaN;
            }
            case "org.postgresql.util.PGobject" -> {
                Object text = call(raw, "getValue");
                yield text == null ? "" : text;
            }
            default -> raw;
        };
    }

    private Object call(Object raw, String method) {
        try {
            return raw.getClass().getMethod(method).invoke(raw);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException changed) {
            throw unreadable(raw, "it no longer offers " + method);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /**
     * The canonical text of an identifier: text as it is; a whole number in decimal digits; a decimal without exponent and
     * trailing zeros; a UUID, also as 16 bytes, in lower case with hyphens; other bytes in lower-case hexadecimal.
     *
     * @throws DataException naming column and Java class if the value can be no identifier
     */
    String text(Object raw) {
        Object value = plain(raw);
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof UUID uuid) {
            return uuid.toString();
        }
        if (value instanceof byte[] bytes) {
            if (bytes.length == 16) {
                ByteBuffer halves = ByteBuffer.wrap(bytes);
                return new UUID(halves.getLong(), halves.getLong()).toString();
            }
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Number number) {
            return text(number);
        }
        throw unreadable(raw, "no identifier is of that type");
    }

    private String text(Number number) {
        if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger) {
            BigInteger whole = new BigInteger(number.toString());
            boolean wrapped = unsignedBits > 0 && whole.signum() < 0;
            return (wrapped ? whole.add(BigInteger.ONE.shiftLeft(unsignedBits)) : whole).toString();
        }
        if (number instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().toPlainString();
        }
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue())
                    ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                    : "NaN";
        }
        throw unreadable(number, "no identifier is of that type");
    }

    /** The failure for a value that cannot be converted: names the column and the Java class, never the value. */
    DataException unreadable(Object raw, String why) {
        String message = "Column " + name + " delivered a " + raw.getClass().getName() + ": " + why + ".";
        // Debezium stops the task with our cause alone, hence the same sentence there.
        return new DataException(message, new DataException(message));
    }
}
