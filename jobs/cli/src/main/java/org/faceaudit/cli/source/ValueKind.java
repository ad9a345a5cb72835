package org.faceaudit.cli.source;

import java.util.Locale;
import org.faceaudit.intake.operator.SourceKind;

/** What a column can hold, whatever its database calls the type. */
public enum ValueKind {
    TEXT,
    INTEGER,
    /** Decimals and floating point. */
    NUMBER,
    BOOLEAN,
    BYTES,
    DATE,
    /** Date and time without a zone. */
    TIMESTAMP,
    /** An instant: with a zone, or kept in UTC. */
    INSTANT,
    JSON,
    UUID,
    ARRAY,
    /** Anything else, vectors among it. */
    OTHER;

    /** In words, as they stand in a sentence. */
    public String words() {
        return switch (this) {
            case TIMESTAMP -> "timestamp without a zone";
            case INSTANT -> "timestamp with a zone";
            case JSON -> "JSON";
            case UUID -> "UUID";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /**
     * The kind of a column.
     *
     * @param type as the driver names it, for example {@code int8}, {@code _float8}, {@code BIGINT UNSIGNED}
     */
    static ValueKind of(SourceKind kind, String type) {
        String word = type.toLowerCase(Locale.ROOT).replaceFirst("[( ].*", "");
        return switch (kind) {
            case POSTGRESQL -> ofPostgresql(word);
            case MARIADB -> ofMariaDb(word);
        };
    }

    private static ValueKind ofPostgresql(String word) {
        if (word.startsWith("_")) {
            return ARRAY;
        }
        return switch (word) {
            case "text", "varchar", "bpchar", "char", "name", "citext" -> TEXT;
            case "int2", "int4", "int8", "oid", "smallserial", "serial", "bigserial" -> INTEGER;
            case "numeric", "float4", "float8", "money" -> NUMBER;
            case "bool" -> BOOLEAN;
            case "bytea" -> BYTES;
            case "date" -> DATE;
            case "timestamp" -> TIMESTAMP;
            case "timestamptz" -> INSTANT;
            case "json", "jsonb" -> JSON;
            case "uuid" -> UUID;
            default -> OTHER;
        };
    }

    private static ValueKind ofMariaDb(String word) {
        return switch (word) {
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> TEXT;
            case "tinyint", "smallint", "mediumint", "int", "integer", "bigint", "year" -> INTEGER;
            case "decimal", "float", "double" -> NUMBER;
            case "bit", "boolean" -> BOOLEAN;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> BYTES;
            case "date" -> DATE;
            case "datetime" -> TIMESTAMP;
            // Kept in UTC, and sent with its zone.
            case "timestamp" -> INSTANT;
            case "json" -> JSON;
            case "uuid" -> UUID;
            default -> OTHER;
        };
    }
}
