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
import java.time.Instant;
import java.util.Arrays;
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
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.LogPosition;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.faceaudit.intake.rows.RowKey;

/**
 * Decodes the records of one source's topic by its mapping. Not thread-safe. Only mapped columns survive; of {@code before} only key columns are
 * believed, because Debezium invents the rest. Of a table without a key it is believed as a whole: capture is refused unless the
 * log carries whole rows.
 *
 * <p>Reasons of rejects: {@code null-value}, {@code not-json}, {@code truncated-json}, {@code duplicate-key}, {@code
 * beyond-limits} (depth, length), {@code trailing-garbage}, {@code invalid-text}, {@code not-an-envelope}, {@code wrong-type},
 * {@code missing-op}, {@code unknown-op}, {@code missing-source}, {@code foreign-operator}, {@code missing-commit-time}, {@code
 * implausible-commit-time}, {@code missing-table}, {@code missing-log-position}, {@code unknown-snapshot-state}, {@code
 * missing-row}, {@code missing-key}, {@code key-not-logged} ({@link LoggedKeys}), {@code missing-before} (of a table without a key, the row before the change is not there or
 * not whole), {@code untokenised-identifier}, {@code undescribed-image}, {@code unmasked-bytes}, {@code
 * unmasked-base64}, {@code unmasked-vector} (raw biometrics in a captured column, in either image of the row or in the record's
 * key); of the registry {@code unusable-row}: its constraints would have refused it, and no judgement can read it.
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
    private static final int RECENT = 64;

    /** One per thread and not per source: there may be ten thousand of those. */
    private static final ThreadLocal<PlainJsonParser> PLAIN = ThreadLocal.withInitial(PlainJsonParser::new);

    private final Mapping mapping;
    private final String source;
    private final Map<String, RowColumns> columns = new HashMap<>();
    private final Table[] recent = new Table[RECENT];
    private final FamiliarRecords familiar;
    private final LoggedKeys logged;

    /** A table that a record named: its name in two parts and whole, and how its rows are read if it is mapped. */
    private record Table(String schema, String table, String name, RowColumns columns, boolean heartbeat) {}

    /** A decoder for the topic {@link Mapping#topic()}. */
    public EnvelopeDecoder(Mapping mapping) {
        this.mapping = Objects.requireNonNull(mapping, "mapping");
        this.source = mapping.topic();
        mapping.tablesByName().forEach((name, table) -> columns.put(name, new RowColumns(table)));
        this.familiar = new FamiliarRecords(mapping, columns);
        this.logged = new LoggedKeys(mapping);
    }

    /**
     * Decodes one record; never throws on what it holds.
     *
     * @param appendedAtMillis Kafka append time, milliseconds since the epoch
     * @param key the record's key, may be {@code null}; read for nothing but the hash of a record without value, for raw
     *     biometrics, which are refused there too, and for the names of the columns by which a deletion names its row
     * @param value the record's value, may be {@code null}
     */
    public Decoded decode(String topic, int partition, long offset, long appendedAtMillis, byte[] key, byte[] value) {
        ChangeInPlace familiar = inPlace(topic, partition, offset, appendedAtMillis, key, value);
        return familiar != null
                ? Decoded.of(familiar.change(), familiar.lacking())
                : byName(topic, partition, offset, appendedAtMillis, key, value);
    }

    /**
     * Reads one record that looks like an earlier one, and makes nothing of it.
     *
     * @return {@code null} for a record that {@link #byName} has to read; else good until this decoder reads the next one
     */
    public ChangeInPlace inPlace(
            String topic, int partition, long offset, long appendedAtMillis, byte[] key, byte[] value) {
        ChangeInPlace read =
                value == null ? null : familiar.read(topic, partition, offset, appendedAtMillis, key, value);
        boolean named = read == null || read.kind() != Kind.DELETE || logged.tells(read.change(), key);
        return named ? read : null;
    }

    /** Decodes one record of which {@link #inPlace} knew nothing. */
    public Decoded byName(String topic, int partition, long offset, long appendedAtMillis, byte[] key, byte[] value) {
        Place place = new Place(topic, partition, offset, appendedAtMillis);
        return named(place, key, value, read(place, key, value));
    }

    private Decoded named(Place place, byte[] key, byte[] value, Decoded decoded) {
        return decoded.rejected() || logged.tells(decoded.change(), key)
                ? decoded
                : rejected(place, key, value, "key-not-logged");
    }

    private Decoded read(Place place, byte[] key, byte[] value) {
        if (value != null) {
            try {
                Decoded decoded = change(place, key, value, PLAIN.get()::reset);
                familiar.learn(place, value, decoded);
                return decoded;
            } catch (TokenParser.Unusual | RejectedException | IOException seldom) {
                // Only the general parser says what is wrong, if anything is.
            }
        }
        return decodeAnything(place, key, value);
    }

    /** The same by the general parser alone. */
    Decoded decodeAnything(String topic, int partition, long offset, long appendedAtMillis, byte[] key, byte[] value) {
        Place place = new Place(topic, partition, offset, appendedAtMillis);
        return named(place, key, value, decodeAnything(place, key, value));
    }

    private Decoded decodeAnything(Place place, byte[] key, byte[] value) {
        String reason;
        try {
            if (value == null) {
                throw new RejectedException("null-value");
            }
            return change(place, key, value, JSON::createParser);
        } catch (RejectedException rejected) {
            reason = rejected.reason();
        } catch (IOException unreadable) {
            reason = reason(unreadable);
        }
        return rejected(place, key, value, reason);
    }

    private static Decoded rejected(Place place, byte[] key, byte[] value, String reason) {
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

    /** Where a record was read, and when it was appended there. */
    record Place(String topic, int partition, long offset, long appendedAtMillis) {

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

    private Decoded change(Place place, byte[] key, byte[] value, Opening opening)
            throws IOException, RejectedException {
        Envelope envelope;
        try (JsonParser parser = opening.open(value)) {
            envelope = Envelope.scan(parser);
        }
        if (!envelope.source && envelope.op == null) {
            if (!envelope.marker && !(envelope.onlyTimes && envelope.recordMillis != Envelope.NONE)) {
                throw new RejectedException("not-an-envelope");
            }
            return Decoded.of(
                    notApplicable(place, null, null, 0, CommitTimes.ofRecord(envelope, place.appendedAtMillis())));
        }
        if (!envelope.source) {
            throw new RejectedException("missing-source");
        }
        if (!source.equals(envelope.name) || !source.equals(place.topic())) {
            throw new RejectedException("foreign-operator");
        }
        if (envelope.op == null) {
            if (envelope.schemaChange) {
                return Decoded.of(
                        notApplicable(place, null, null, 0, CommitTimes.ofRecord(envelope, place.appendedAtMillis())));
            }
            throw new RejectedException("missing-op");
        }
        if (!ROW_OPS.contains(envelope.op) && !OTHER_OPS.contains(envelope.op)) {
            throw new RejectedException("unknown-op");
        }
        Instant committedAt = CommitTimes.of(envelope, place.appendedAtMillis());
        if (envelope.op.equals("m")) {
            return Decoded.of(notApplicable(place, null, null, 0, committedAt));
        }
        if (envelope.schema() == null || envelope.table == null) {
            throw new RejectedException("missing-table");
        }
        return tableChange(place, key, value, opening, envelope, committedAt);
    }

    private Decoded tableChange(
            Place place, byte[] key, byte[] value, Opening opening, Envelope envelope, Instant committedAt)
            throws IOException, RejectedException {
        Table there = table(envelope.schema(), envelope.table);
        String table = there.name();
        RowColumns columns = there.columns();
        Kind kind = kind(envelope);
        LogPosition logPosition = envelope.logPosition().orElse(null);
        if (logPosition == null && kind != Kind.INCREMENTAL_ROW) {
            throw new RejectedException("missing-log-position");
        }
        boolean snapshot = kind == Kind.SNAPSHOT_ROW || kind == Kind.LAST_SNAPSHOT_ROW;
        long snapshotId = snapshot ? logPosition.number() : 0;
        boolean beat = there.heartbeat();
        String log = logPosition == null ? null : logPosition.text();
        if (columns == null && !beat) {
            boolean ofTheLog = kind != Kind.INCREMENTAL_ROW;
            return Decoded.of(notApplicable(place, ofTheLog ? table : null, log, snapshotId, committedAt));
        }
        String rowKey = null;
        Map<String, FieldValue> fields = Map.of();
        List<String> lacking = null;
        if (ROW_OPS.contains(envelope.op) && !beat) {
            boolean deleted = kind == Kind.DELETE;
            BiometricGate.passKey(key);
            if (columns.table().isKeyless()) {
                Map<String, FieldValue> before =
                        deleted || kind == Kind.UPDATE ? wholeBefore(value, opening, envelope, columns) : Map.of();
                if (!deleted) {
                    FieldValue[] row = row(value, opening, envelope, columns, false);
                    lacking = envelope.tellsWholeRow() ? columns.lacking(row) : null;
                    fields = carriedOn(row, columns, before);
                }
                rowKey = RowKey.ofContent(Digests.content(before.isEmpty() ? fields : before));
            } else {
                FieldValue[] row = row(value, opening, envelope, columns, deleted);
                rowKey = rowKey(columns, row);
                lacking = envelope.tellsWholeRow() ? columns.lacking(row) : null;
                fields = deleted ? Map.of() : completed(columns, row);
            }
        }
        if (beat && !snapshot && kind != Kind.INCREMENTAL_ROW) {
            kind = Kind.HEARTBEAT;
        }
        Digests.Bits digest = rowKey == null ? null : Digests.bits(table, rowKey);
        String keyHash = digest == null ? null : digest.text();
        Digests.Identity identity = new Digests.Identity()
                .with(envelope.op)
                .with(logPosition == null ? 0 : logPosition.number())
                // One event of a binary log carries many rows.
                .with(logPosition != null && logPosition.inBinaryLog() ? log : null)
                .with(envelope.rowInEvent)
                .within(envelope.transaction(), envelope.totalOrder)
                .of(table, rowKey, digest)
                .read(kind == Kind.INCREMENTAL_ROW ? committedAt : null, snapshotId);
        if (snapshot && rowKey != null && RowKey.isKeyless(rowKey)) {
            // Equal rows of one snapshot differ by nothing but the instant at which the connector came upon them.
            boolean told = envelope.readAt != Envelope.NONE;
            identity.with(told ? "read" : "at offset").with(told ? envelope.readAt : place.offset());
            fields = new HashMap<>(fields);
            fields.put(RowChange.READING, FieldValue.present(committedAt.toString()));
        }
        Position position = place.position(
                log,
                snapshot ? null : envelope.transaction(),
                table,
                keyHash,
                committedAt,
                snapshot || kind == Kind.INCREMENTAL_ROW);
        if (mapping.isRegistry()
                && columns != null
                && !fields.isEmpty()
                && !usable(columns.table(), rowKey, fields, position)) {
            throw new RejectedException("unusable-row");
        }
        return Decoded.of(
                new RowChange(
                        mapping.operator(),
                        mapping.system(),
                        kind,
                        columns == null ? table : columns.table().name(),
                        columns == null ? rowKey : columns.rowKey(table, rowKey),
                        fields,
                        identity.bits(),
                        snapshotId,
                        position,
                        place.appendedAtMillis()),
                lacking);
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

    /** Finds a table by the two parts of its name, which are the same two again and again. */
    private Table table(String schema, String table) {
        int slot = (31 * schema.hashCode() + table.hashCode()) & (RECENT - 1);
        Table known = recent[slot];
        if (known == null || !known.table().equals(table) || !known.schema().equals(schema)) {
            String name = schema + "." + table;
            RowColumns read = mapping.tableHolding(name)
                    .map(entry -> columns.get(entry.name()))
                    .orElse(null);
            known = new Table(schema, table, name, read, name.equals(mapping.heartbeatTable()));
            recent[slot] = known;
        }
        return known;
    }

    private static FieldValue[] row(
            byte[] value, Opening opening, Envelope envelope, RowColumns columns, boolean deleted)
            throws IOException, RejectedException {
        if (deleted ? !envelope.before : !envelope.after) {
            throw new RejectedException("missing-row");
        }
        int wantedAt = deleted ? envelope.beforeAt : envelope.afterAt;
        int otherAt = deleted ? envelope.afterAt : envelope.beforeAt;
        if (wantedAt >= 0) {
            PlainJsonParser plain = PLAIN.get();
            if (otherAt >= 0) {
                plain.resetAt(value, otherAt).nextToken();
                ColumnValues.passUnread(plain, columns);
            }
            plain.resetAt(value, wantedAt).nextToken();
            return ColumnValues.read(plain, columns, deleted);
        }
        return rowOfAny(value, opening, envelope, columns, deleted);
    }

    /** The same by any parser, which has to look for the row again. */
    private static FieldValue[] rowOfAny(
            byte[] value, Opening opening, Envelope envelope, RowColumns columns, boolean deleted)
            throws IOException, RejectedException {
        String wanted = deleted ? "before" : "after";
        String other = deleted ? "after" : "before";
        boolean otherPassed = deleted ? !envelope.after : !envelope.before;
        FieldValue[] row = null;
        try (JsonParser parser = opening.open(value)) {
            parser.nextToken();
            while ((row == null || !otherPassed) && parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals(wanted)) {
                    row = ColumnValues.read(parser, columns, deleted);
                } else if (field.equals(other) && !otherPassed) {
                    ColumnValues.passUnread(parser, columns);
                    otherPassed = true;
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (row == null) {
            throw new RejectedException("missing-row");
        }
        return row;
    }

    private static Map<String, FieldValue> wholeBefore(
            byte[] value, Opening opening, Envelope envelope, RowColumns columns)
            throws IOException, RejectedException {
        if (!envelope.before) {
            throw new RejectedException("missing-before");
        }
        Map<String, FieldValue> before = completed(columns, row(value, opening, envelope, columns, true));
        if (before.values().stream().anyMatch(field -> field.state() == FieldState.UNCHANGED)) {
            throw new RejectedException("missing-before");
        }
        return before;
    }

    /** What the log did not carry again is what it was. */
    private static Map<String, FieldValue> carriedOn(
            FieldValue[] after, RowColumns columns, Map<String, FieldValue> before) {
        Map<String, FieldValue> whole = new HashMap<>(completed(columns, after));
        whole.replaceAll((column, value) ->
                value.state() == FieldState.UNCHANGED ? before.getOrDefault(column, FieldValue.UNKNOWN) : value);
        return whole;
    }

    private static String rowKey(RowColumns columns, FieldValue... row) throws RejectedException {
        int[] key = columns.key();
        for (int column : key) {
            if (row[column] == null || row[column].state() != FieldState.PRESENT) {
                throw new RejectedException("missing-key");
            }
        }
        if (key.length == 1) {
            return RowKey.encoded(row[key[0]].text());
        }
        return RowKey.of(
                Arrays.stream(key).mapToObj(column -> row[column].text()).toList());
    }

    private static Map<String, FieldValue> completed(RowColumns columns, FieldValue... row) {
        for (int column = 0; column < row.length; column++) {
            if (row[column] == null) {
                row[column] = FieldValue.UNKNOWN;
            }
        }
        return new RowFields(columns.numbers(), row);
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
                new Digests.Identity()
                        .with(place.topic())
                        .with(place.partition())
                        .with(place.offset())
                        .bits(),
                snapshotId,
                place.position(logPosition, null, table, null, at, snapshotId != 0),
                place.appendedAtMillis());
    }
}
