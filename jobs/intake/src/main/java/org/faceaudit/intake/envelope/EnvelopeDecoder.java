package org.faceaudit.intake.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.law.Registry;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.faceaudit.intake.rows.RowKey;

/**
 * Decodes the records of one source's topic by its mapping. Only mapped columns survive; of {@code before} only key columns are
 * believed, because Debezium invents the rest.
 *
 * <p>Reasons of rejects: {@code null-value}, {@code not-json}, {@code truncated-json}, {@code duplicate-key}, {@code
 * beyond-limits} (depth, length), {@code trailing-garbage}, {@code invalid-text}, {@code not-an-envelope}, {@code wrong-type},
 * {@code missing-op}, {@code unknown-op}, {@code missing-source}, {@code foreign-operator}, {@code missing-commit-time}, {@code
 * implausible-commit-time}, {@code missing-table}, {@code missing-log-position}, {@code unknown-snapshot-state}, {@code
 * missing-row}, {@code missing-key}, {@code untokenised-identifier}, {@code undescribed-image}; of the registry {@code unusable-row}: its
 * constraints would have refused it, and no judgement can read it.
 */
public final class EnvelopeDecoder {

    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNameLength(1_000)
                    .maxNumberLength(1_000)
                    .build())
            .build();

    private static final Set<String> ROW_OPS = Set.of("c", "u", "d", "r");
    private static final Set<String> OTHER_OPS = Set.of("t", "m");
    private static final Set<String> SNAPSHOT_STATES =
            Set.of("true", "first", "first_in_data_collection", "last_in_data_collection", "last");
    private static final Instant EARLIEST_COMMIT = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST_COMMIT = Instant.parse("2200-01-01T00:00:00Z");
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    /** One per thread and not per source: there may be ten thousand of those. */
    private static final ThreadLocal<PlainJsonParser> PLAIN = ThreadLocal.withInitial(PlainJsonParser::new);

    private final Mapping mapping;
    private final Map<String, Map<String, ColumnForm>> keyColumns = new HashMap<>();

    /** A decoder for the topic {@link Mapping#topic()}. */
    public EnvelopeDecoder(Mapping mapping) {
        this.mapping = Objects.requireNonNull(mapping, "mapping");
        mapping.tablesByName()
                .forEach((name, table) -> keyColumns.put(
                        name,
                        table.key().stream()
                                .collect(Collectors.toMap(
                                        column -> column,
                                        column -> table.columns().get(column)))));
    }

    /**
     * Decodes one record; never throws on what it holds.
     *
     * @param appendedAtMillis Kafka append time, milliseconds since the epoch
     * @param key the record's key, may be {@code null}; used for nothing but the hash of a record without value
     * @param value the record's value, may be {@code null}
     */
    public Decoded decode(String topic, int partition, long offset, long appendedAtMillis, byte[] key, byte[] value) {
        Place place = new Place(topic, partition, offset, appendedAtMillis);
        if (value != null) {
            try {
                return change(place, value, PLAIN.get()::reset);
            } catch (PlainJsonParser.Unusual | RejectedException | IOException seldom) {
                // Only the general parser says what is wrong, if anything is.
            }
        }
        return decodeAnything(place, key, value);
    }

    /** The same by the general parser alone. */
    Decoded decodeAnything(String topic, int partition, long offset, long appendedAtMillis, byte[] key, byte[] value) {
        return decodeAnything(new Place(topic, partition, offset, appendedAtMillis), key, value);
    }

    private Decoded decodeAnything(Place place, byte[] key, byte[] value) {
        String reason;
        try {
            if (value == null) {
                throw new RejectedException("null-value");
            }
            return change(place, value, JSON::createParser);
        } catch (RejectedException rejected) {
            reason = rejected.reason();
        } catch (IOException unreadable) {
            reason = reason(unreadable);
        }
        byte[] hashed = value != null ? value : key != null ? key : new byte[0];
        return Decoded.of(new Reject(
                place.topic(),
                place.partition(),
                place.offset(),
                reason,
                Digests.whole(hashed),
                place.appendedAtMillis()));
    }

    /** Makes a parser that stands before a document. */
    private interface Opening {
        JsonParser open(byte[] document) throws IOException;
    }

    private record Place(String topic, int partition, long offset, long appendedAtMillis) {

        Position position(String logPosition, String transaction, String table, String keyHash, Instant at, boolean s) {
            return new Position(topic, partition, offset, logPosition, transaction, table, keyHash, at, s);
        }
    }

    private static String reason(IOException unreadable) {
        if (unreadable instanceof StreamConstraintsException) {
            return "beyond-limits";
        }
        if (unreadable instanceof JsonEOFException) {
            return "truncated-json";
        }
        if (unreadable instanceof InputCoercionException) {
            return "wrong-type";
        }
        String message = unreadable.getMessage();
        return message != null && message.startsWith("Duplicate field") ? "duplicate-key" : "not-json";
    }

    /** What {@link org.faceaudit.core.event.Position#keyHash} is of a row, by its table and {@link org.faceaudit.intake.rows.RowKey}. */
    public static String keyHash(String table, String rowKey) {
        return Digests.key(table, rowKey);
    }

    private Decoded change(Place place, byte[] value, Opening opening) throws IOException, RejectedException {
        Envelope envelope;
        try (JsonParser parser = opening.open(value)) {
            envelope = Envelope.scan(parser);
        }
        if (!envelope.source && envelope.op == null) {
            if (!envelope.marker && !(envelope.onlyTimes && envelope.recordMillis != null)) {
                throw new RejectedException("not-an-envelope");
            }
            return Decoded.of(notApplicable(place, null, null, 0, recordTime(place, envelope)));
        }
        if (!envelope.source) {
            throw new RejectedException("missing-source");
        }
        if (!mapping.topic().equals(envelope.name) || !mapping.topic().equals(place.topic())) {
            throw new RejectedException("foreign-operator");
        }
        if (envelope.op == null) {
            if (envelope.schemaChange) {
                return Decoded.of(notApplicable(place, null, null, 0, recordTime(place, envelope)));
            }
            throw new RejectedException("missing-op");
        }
        if (!ROW_OPS.contains(envelope.op) && !OTHER_OPS.contains(envelope.op)) {
            throw new RejectedException("unknown-op");
        }
        Instant committedAt = committedAt(place, envelope);
        if (envelope.op.equals("m")) {
            return Decoded.of(notApplicable(place, null, null, 0, committedAt));
        }
        if (envelope.schema() == null || envelope.table == null) {
            throw new RejectedException("missing-table");
        }
        return tableChange(place, value, opening, envelope, committedAt);
    }

    private Decoded tableChange(Place place, byte[] value, Opening opening, Envelope envelope, Instant committedAt)
            throws IOException, RejectedException {
        String table = envelope.schema() + "." + envelope.table;
        Kind kind = kind(envelope);
        LogPosition logPosition = envelope.logPosition().orElse(null);
        if (logPosition == null && kind != Kind.INCREMENTAL_ROW) {
            throw new RejectedException("missing-log-position");
        }
        boolean snapshot = kind == Kind.SNAPSHOT_ROW || kind == Kind.LAST_SNAPSHOT_ROW;
        long snapshotId = snapshot ? logPosition.number() : 0;
        boolean beat = table.equals(mapping.heartbeatTable());
        MappedTable mapped = mapping.table(table).orElse(null);
        String log = logPosition == null ? null : logPosition.text();
        if (mapped == null && !beat) {
            boolean ofTheLog = kind != Kind.INCREMENTAL_ROW;
            return Decoded.of(notApplicable(place, ofTheLog ? table : null, log, snapshotId, committedAt));
        }
        String rowKey = null;
        Map<String, FieldValue> fields = Map.of();
        List<String> lacking = null;
        if (ROW_OPS.contains(envelope.op) && !beat) {
            boolean deleted = kind == Kind.DELETE;
            fields = row(value, opening, envelope, mapped, deleted);
            rowKey = rowKey(mapped, fields);
            lacking = isWhole(envelope) ? lacking(mapped, fields) : null;
            fields = deleted ? Map.of() : completed(mapped, fields);
        }
        if (beat && !snapshot && kind != Kind.INCREMENTAL_ROW) {
            kind = Kind.HEARTBEAT;
        }
        long identity = Digests.identity(
                envelope.op,
                // One event of a binary log carries many rows.
                envelope.rowInEvent == null ? log : log + ":" + envelope.rowInEvent,
                envelope.transaction(),
                envelope.totalOrder,
                table,
                rowKey,
                kind == Kind.INCREMENTAL_ROW ? committedAt.toString() : Long.toString(snapshotId));
        Position position = place.position(
                log,
                snapshot ? null : envelope.transaction(),
                table,
                rowKey == null ? null : Digests.key(table, rowKey),
                committedAt,
                snapshot || kind == Kind.INCREMENTAL_ROW);
        if (mapping.isRegistry() && mapped != null && !fields.isEmpty() && !usable(mapped, rowKey, fields, position)) {
            throw new RejectedException("unusable-row");
        }
        return Decoded.of(
                new RowChange(
                        mapping.operator(),
                        mapping.system(),
                        kind,
                        table,
                        rowKey,
                        fields,
                        identity,
                        snapshotId,
                        position,
                        place.appendedAtMillis()),
                lacking);
    }

    /** Whether a record holds every captured column of its row that there is: a value that the log left out has a word there. */
    private static boolean isWhole(Envelope envelope) {
        return switch (envelope.op) {
            case "c", "r" -> true;
            case "u" -> envelope.file == null;
            default -> false;
        };
    }

    private static List<String> lacking(MappedTable table, Map<String, FieldValue> fields) {
        if (fields.size() == table.columns().size()) {
            return List.of();
        }
        return table.columns().keySet().stream()
                .filter(column -> !fields.containsKey(column))
                .toList();
    }

    private static Kind kind(Envelope envelope) throws RejectedException {
        String state = envelope.snapshot == null ? "false" : envelope.snapshot.toLowerCase(Locale.ROOT);
        boolean snapshot = SNAPSHOT_STATES.contains(state);
        if (!snapshot && !state.equals("false") && !state.equals("incremental")) {
            throw new RejectedException("unknown-snapshot-state");
        }
        return switch (envelope.op) {
            case "d" -> Kind.DELETE;
            case "t" -> Kind.TRUNCATE;
            default -> {
                if (snapshot) {
                    yield state.equals("last") ? Kind.LAST_SNAPSHOT_ROW : Kind.SNAPSHOT_ROW;
                }
                yield switch (envelope.op) {
                    case "r" -> Kind.INCREMENTAL_ROW;
                    case "u" -> Kind.UPDATE;
                    default -> Kind.UPSERT;
                };
            }
        };
    }

    private Map<String, FieldValue> row(
            byte[] value, Opening opening, Envelope envelope, MappedTable table, boolean deleted)
            throws IOException, RejectedException {
        if (deleted ? !envelope.before : !envelope.after) {
            throw new RejectedException("missing-row");
        }
        String wanted = deleted ? "before" : "after";
        try (JsonParser parser = opening.open(value)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(wanted);
                parser.nextToken();
                if (found) {
                    return ColumnValues.read(parser, deleted ? keyColumns.get(table.name()) : table.columns());
                }
                parser.skipChildren();
            }
        }
        throw new RejectedException("missing-row");
    }

    private static String rowKey(MappedTable table, Map<String, FieldValue> fields) throws RejectedException {
        for (String column : table.key()) {
            FieldValue value = fields.get(column);
            if (value == null || value.state() != FieldState.PRESENT) {
                throw new RejectedException("missing-key");
            }
        }
        if (table.key().size() == 1) {
            return RowKey.encoded(fields.get(table.key().get(0)).text());
        }
        List<String> parts =
                table.key().stream().map(column -> fields.get(column).text()).toList();
        return RowKey.of(parts);
    }

    private static Map<String, FieldValue> completed(MappedTable table, Map<String, FieldValue> fields) {
        if (fields.size() == table.columns().size()) {
            return fields;
        }
        Map<String, FieldValue> completed = new HashMap<>(fields);
        table.columns().keySet().forEach(column -> completed.putIfAbsent(column, FieldValue.UNKNOWN));
        return completed;
    }

    private static boolean usable(MappedTable table, String rowKey, Map<String, FieldValue> fields, Position position) {
        String name = table.name().substring(table.name().indexOf('.') + 1);
        RegistryChange change = new RegistryChange(name, rowKey, true, present(fields), position);
        return Registry.unreadable(change).isEmpty();
    }

    private static Map<String, String> present(Map<String, FieldValue> fields) {
        return fields.entrySet().stream()
                .filter(field -> field.getValue().state() == FieldState.PRESENT)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().text()));
    }

    private RowChange notApplicable(Place place, String table, String logPosition, long snapshotId, Instant at) {
        return new RowChange(
                mapping.operator(),
                mapping.system(),
                Kind.NOT_APPLICABLE,
                table,
                null,
                Map.of(),
                Digests.identity(place.topic(), Integer.toString(place.partition()), Long.toString(place.offset())),
                snapshotId,
                place.position(logPosition, null, table, null, at, snapshotId != 0),
                place.appendedAtMillis());
    }

    private static Instant recordTime(Place place, Envelope envelope) {
        Instant appendedAt = Instant.ofEpochMilli(place.appendedAtMillis());
        if (envelope.recordMillis == null) {
            return appendedAt;
        }
        Instant at = Instant.ofEpochMilli(envelope.recordMillis);
        return at.isBefore(EARLIEST_COMMIT) || at.isAfter(LATEST_COMMIT) ? appendedAt : at;
    }

    private static Instant committedAt(Place place, Envelope envelope) throws RejectedException {
        Instant at;
        if (envelope.nanos != null) {
            at = Instant.ofEpochSecond(0, envelope.nanos);
        } else if (envelope.micros != null) {
            at = Instant.ofEpochSecond(
                    Math.floorDiv(envelope.micros, MICROS_PER_SECOND),
                    Math.floorMod(envelope.micros, MICROS_PER_SECOND) * (NANOS_PER_SECOND / MICROS_PER_SECOND));
        } else if (envelope.millis != null) {
            at = Instant.ofEpochMilli(envelope.millis);
        } else {
            throw new RejectedException("missing-commit-time");
        }
        // Against Kafka's clock: a database whose clock is a day ahead says nothing that can be used.
        boolean ahead = place.appendedAtMillis() > 0
                && at.isAfter(Instant.ofEpochMilli(place.appendedAtMillis()).plus(CLOCK_TOLERANCE));
        if (at.isBefore(EARLIEST_COMMIT) || at.isAfter(LATEST_COMMIT) || ahead) {
            throw new RejectedException("implausible-commit-time");
        }
        return at;
    }
}
