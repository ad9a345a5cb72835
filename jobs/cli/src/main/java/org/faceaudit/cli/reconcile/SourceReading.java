package org.faceaudit.cli.reconcile;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.faceaudit.capture.Normalisation;
import org.faceaudit.capture.PersonToken;
import org.faceaudit.capture.TokenKey;
import org.faceaudit.cli.source.SourceCatalogue;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.SourceKind;
import org.faceaudit.intake.rows.RowKey;
import org.postgresql.util.PGobject;

/**
 * Counts a source as one snapshot of it sees it, with the rights of capture: rows by {@code count(*)}, persons by
 * reading the captured columns. Identifiers become tokens as they are read, by the operator's key; of images the database says
 * no more than whether one is there. Nothing that was read outlives the call.
 *
 * <p>No replication slot of a PostgreSQL is needed: one would wait for every open transaction of the operator, and hold the log
 * of a source whose slots may be used up. The snapshot's own list of transactions is as exact. A MariaDB is not locked: it tells
 * itself at which position of its binary log a consistent snapshot was taken.
 */
public final class SourceReading {

    private static final int FETCH_SIZE = 10_000;

    private final CountedDatabase database;
    private final Mapping mapping;
    /** The same, table by table as they are there. */
    private final Mapping each;

    private final Map<ColumnForm, PersonToken> tokens = new HashMap<>();

    private SourceReading(CountedDatabase database, Mapping mapping, Mapping each, String secret) {
        this.database = database;
        this.mapping = mapping;
        this.each = each;
        mapping.tablesByName().values().stream()
                .flatMap(table -> table.columns().values().stream())
                .filter(form -> form.kind() == ColumnForm.Kind.TOKEN)
                .forEach(form -> tokens.computeIfAbsent(
                        form,
                        one -> new PersonToken(
                                one.identifies(),
                                Normalisation.parse(one.detail()),
                                TokenKey.parse(mapping.tokenKey().orElseThrow(), secret))));
    }

    /**
     * What a source holds, and as which snapshot of it.
     *
     * @param snapshot by which the topic is to be read
     */
    public record Held(SourceSnapshot snapshot, Counts counts) {}

    /**
     * Counts; takes as long as reading the captured tables once.
     *
     * @param kind what kind of database it is
     * @param connection to the source; its transaction is begun here, and ended by whoever closes it
     * @param mapping with filters on tokens resolved
     * @param secret the operator's token key; unused where nothing is tokenised
     */
    public static Held of(SourceKind kind, Connection connection, Mapping mapping, String secret) throws SQLException {
        CountedDatabase database = CountedDatabase.of(kind);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        Mapping each = new SourceCatalogue(connection, kind).over(mapping);
        database.requireSnapshots(connection, each);
        SourceSnapshot snapshot = database.snapshot(connection);
        return new Held(snapshot, new SourceReading(database, mapping, each, secret).counts(connection));
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private Counts counts(Connection connection) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        StandingRows standing = new StandingRows(mapping);
        mapping.tables().forEach(table -> rows.put(table, 0L));
        for (MappedTable table : each.tablesByName().values()) {
            if (table.isPattern()) {
                // There is none.
                continue;
            }
            MappedTable entry = mapping.tableHolding(table.name()).orElseThrow();
            String name = database.quoted(table.name());
            rows.merge(entry.name(), Long.valueOf(one(connection, "SELECT count(*) FROM " + name)), Long::sum);
            if (!standing.columns(entry.name()).isEmpty()) {
                read(connection, entry, table.name(), standing);
            }
        }
        return new Counts(rows, standing.persons());
    }

    private void read(Connection connection, MappedTable table, String name, StandingRows standing)
            throws SQLException {
        List<String> columns = new ArrayList<>(table.key());
        columns.addAll(standing.columns(table.name()));
        Map<String, String> types = types(connection, name);
        String list = columns.stream()
                .map(column -> expression(column, table.columns().get(column), types.get(column)))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet row = statement.executeQuery("SELECT " + list + " FROM " + database.quoted(name))) {
                int keys = table.key().size();
                while (row.next()) {
                    List<String> key = new ArrayList<>();
                    Map<String, FieldValue> values = new HashMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        FieldValue value = value(row, i + 1, table.columns().get(columns.get(i)));
                        if (i < keys) {
                            key.add(String.valueOf(value.text()));
                        } else {
                            values.put(columns.get(i), value);
                        }
                    }
                    if (table.isKeyless()) {
                        // None of them will be taken away, so nothing need tell which are equal.
                        standing.add(table.name(), name, "", values);
                    } else {
                        standing.put(table.name(), name, table.rowKey(name, RowKey.of(key)), values);
                    }
                }
            }
        }
    }

    private Map<String, String> types(Connection connection, String table) throws SQLException {
        int dot = table.indexOf('.');
        try (PreparedStatement statement = connection.prepareStatement("SELECT column_name, " + database.typeColumn()
                + " FROM information_schema.columns WHERE table_schema = ? AND table_name = ?")) {
            statement.setString(1, table.substring(0, dot));
            statement.setString(2, table.substring(dot + 1));
            Map<String, String> types = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    types.put(rows.getString(1), rows.getString(2));
                }
            }
            return types;
        }
    }

    /** A column as it is, or of an image or template only whether it is there: what the connector calls empty is not. */
    private String expression(String column, ColumnForm form, String type) {
        String name = database.word(column);
        return form.kind() == ColumnForm.Kind.DESCRIPTOR
                ? database.present(name, form.detail(), String.valueOf(type))
                : name;
    }

    private FieldValue value(ResultSet row, int index, ColumnForm form) throws SQLException {
        Object raw = row.getObject(index);
        if (raw == null) {
            return FieldValue.ABSENT;
        }
        return switch (form.kind()) {
            case TOKEN -> {
                String token = tokens.get(form).of(identifier(raw));
                yield token.endsWith(":empty") ? FieldValue.ABSENT : FieldValue.present(token);
            }
            case DESCRIPTOR -> FieldValue.present(isTrue(raw) ? "d1:present:-:-" : "d1:empty:-:-");
            case DATE, PLAIN -> FieldValue.present(plain(raw, row.getString(index)));
        };
    }

    private static boolean isTrue(Object raw) {
        return raw instanceof Number number ? number.intValue() != 0 : raw.equals(Boolean.TRUE);
    }

    /** The text that the connector makes tokens of. */
    private static String identifier(Object raw) {
        if (raw instanceof byte[] bytes) {
            return bytes.length == 2 * Long.BYTES ? uuid(bytes) : HexFormat.of().formatHex(bytes);
        }
        if (raw instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().toPlainString();
        }
        if (raw instanceof Double || raw instanceof Float) {
            return number(raw);
        }
        if (raw instanceof PGobject other) {
            return String.valueOf(other.getValue());
        }
        return raw.toString();
    }

    private static String uuid(byte[] bytes) {
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        return new UUID(halves.getLong(), halves.getLong()).toString();
    }

    /** The text that intake reads of a value that is no identifier. */
    private static String plain(Object raw, String text) {
        if (raw instanceof Boolean) {
            return raw.toString();
        }
        return raw instanceof Double || raw instanceof Float ? number(raw) : text;
    }

    private static String number(Object floating) {
        if (!Double.isFinite(((Number) floating).doubleValue())) {
            return floating.toString();
        }
        BigDecimal number = new BigDecimal(floating.toString());
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
