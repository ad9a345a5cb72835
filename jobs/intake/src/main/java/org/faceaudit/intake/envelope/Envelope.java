package org.faceaudit.intake.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.faceaudit.intake.rows.LogPosition;

/** What a record says around its row: read in a first pass, because {@code after} stands before {@code source}. */
final class Envelope {

    /** Longer than any database names a table, a transaction or a file. */
    private static final int LONGEST_NAME = 1_000;

    /** In the place of a number that is not there. */
    static final long NONE = Long.MIN_VALUE;

    String op;
    boolean before;
    boolean after;
    boolean source;
    boolean marker;
    boolean schemaChange;
    boolean onlyTimes = true;
    long recordMillis = NONE;
    /** When the connector read the row, as finely as it says. */
    long readAt = NONE;
    /** Where the images of the row begin in the document; -1 if that is not known. */
    int beforeAt = -1;

    int afterAt = -1;

    String name;
    String schema;
    String database;
    String globalTransaction;
    String table;
    String snapshot;
    String transaction;
    String totalOrder;
    long sequenceNumber = NONE;
    /** File of a binary log; {@code null} for a log that is not kept in files of its own numbering. */
    String file;

    long filePosition = NONE;
    String rowInEvent;
    long millis = NONE;
    long micros = NONE;
    long nanos = NONE;

    private Envelope() {}

    /** The part of a table's name before the dot: MariaDB has databases where PostgreSQL has schemas. */
    String schema() {
        return file == null ? schema : database;
    }

    /** Whether it holds every captured column of its row that there is: a value that the log left out has a word there. */
    boolean tellsWholeRow() {
        return switch (op) {
            case "c", "r" -> true;
            // A binary log may leave out what an update did not change.
            case "u" -> file == null;
            default -> false;
        };
    }

    /** The source's own id of the transaction. */
    String transaction() {
        return file == null ? transaction : globalTransaction;
    }

    /** Where the change stands in the log; empty if it does not say. */
    Optional<LogPosition> logPosition() {
        if (file != null) {
            return filePosition == NONE ? Optional.empty() : LogPosition.inFile(file, filePosition);
        }
        return sequenceNumber <= 0 ? Optional.empty() : Optional.of(LogPosition.ofSequenceNumber(sequenceNumber));
    }

    /**
     * Reads a whole record.
     *
     * @throws RejectedException if it is no envelope
     * @throws IOException if it is no JSON
     */
    static Envelope scan(JsonParser parser) throws IOException, RejectedException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new RejectedException("not-an-envelope");
        }
        Envelope envelope = new Envelope();
        boolean status = false;
        boolean id = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            envelope.onlyTimes = envelope.onlyTimes && field.startsWith("ts_");
            switch (field) {
                case "op" -> envelope.op = text(parser, value);
                case "before" -> {
                    envelope.beforeAt = place(parser, value);
                    envelope.before = row(parser, value);
                }
                case "after" -> {
                    envelope.afterAt = place(parser, value);
                    envelope.after = row(parser, value);
                }
                case "source" -> envelope.readSource(parser, value);
                case "transaction" -> envelope.readTransaction(parser, value);
                case "ts_ms" -> envelope.recordMillis = number(parser, value);
                // Finer than the one before it.
                case "ts_us", "ts_ns" -> envelope.readFinely(parser, value);
                case "status" -> {
                    status = value == JsonToken.VALUE_STRING;
                    parser.skipChildren();
                }
                case "id" -> {
                    id = value == JsonToken.VALUE_STRING;
                    parser.skipChildren();
                }
                case "ddl", "tableChanges" -> {
                    envelope.schemaChange = true;
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
        envelope.marker = status && id;
        requireEnd(parser);
        return envelope;
    }

    private static void requireEnd(JsonParser parser) throws RejectedException {
        try {
            if (parser.nextToken() == null) {
                return;
            }
        } catch (IOException garbage) {
            // Whatever stands there, it does not belong there.
            throw new RejectedException("trailing-garbage");
        }
        throw new RejectedException("trailing-garbage");
    }

    private void readFinely(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            readAt = parser.getLongValue();
        } else {
            parser.skipChildren();
        }
    }

    private void readSource(JsonParser parser, JsonToken value) throws IOException, RejectedException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        requireObject(value);
        source = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case "name" -> name = text(parser, token);
                case "schema" -> schema = text(parser, token);
                case "db" -> database = text(parser, token);
                case "file" -> file = text(parser, token);
                case "pos" -> filePosition = number(parser, token);
                case "row" -> rowInEvent = token == JsonToken.VALUE_NULL ? null : scalar(parser, token);
                case "gtid" -> globalTransaction = text(parser, token);
                case "table" -> table = text(parser, token);
                case "snapshot" -> snapshot = token.isBoolean() ? parser.getText() : text(parser, token);
                case "txId" -> transaction = token == JsonToken.VALUE_NULL ? null : scalar(parser, token);
                case "lsn" -> sequenceNumber = number(parser, token);
                case "ts_ms" -> millis = number(parser, token);
                case "ts_us" -> micros = number(parser, token);
                case "ts_ns" -> nanos = number(parser, token);
                default -> parser.skipChildren();
            }
        }
    }

    private void readTransaction(JsonParser parser, JsonToken value) throws IOException, RejectedException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        requireObject(value);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            if (field.equals("total_order") && token != JsonToken.VALUE_NULL) {
                totalOrder = scalar(parser, token);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static int place(JsonParser parser, JsonToken value) {
        return value == JsonToken.START_OBJECT && parser instanceof PlainJsonParser plain ? plain.place() : -1;
    }

    private static boolean row(JsonParser parser, JsonToken value) throws IOException, RejectedException {
        if (value == JsonToken.VALUE_NULL) {
            return false;
        }
        requireObject(value);
        parser.skipChildren();
        return true;
    }

    private static void requireObject(JsonToken value) throws RejectedException {
        if (value != JsonToken.START_OBJECT) {
            throw new RejectedException("wrong-type");
        }
    }

    private static String text(JsonParser parser, JsonToken value) throws IOException, RejectedException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_STRING) {
            throw new RejectedException("wrong-type");
        }
        return named(parser.getText());
    }

    private static String named(String text) throws RejectedException {
        if (text.length() > LONGEST_NAME) {
            throw new RejectedException("beyond-limits");
        }
        return ColumnValues.sound(text);
    }

    private static String scalar(JsonParser parser, JsonToken value) throws IOException, RejectedException {
        if (!value.isScalarValue()) {
            throw new RejectedException("wrong-type");
        }
        return named(parser.getText());
    }

    private static long number(JsonParser parser, JsonToken value) throws IOException, RejectedException {
        if (value == JsonToken.VALUE_NULL) {
            return NONE;
        }
        // One too large for a long is refused by the parser, with the same reason.
        if (value != JsonToken.VALUE_NUMBER_INT) {
            throw new RejectedException("wrong-type");
        }
        return parser.getLongValue();
    }
}
