package org.faceaudit.local.demo;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The rows of one sample table, made as they are loaded.
 *
 * @param into table and columns, as COPY names them: {@code public.img (id, content)}
 * @param rows writes every row, the same ones each time, as one line of COPY text without its end
 */
record CopyTable(String into, Consumer<Consumer<String>> rows) {
    private static final int CHUNK = 1 << 16;

    /** What COPY reads as NULL. */
    static final String NULL = "\\N";

    /** One line of COPY text; a null field is NULL. */
    static String line(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            if (!line.isEmpty()) {
                line.append('\t');
            }
            line.append(field == null ? NULL : escaped(field.toString()));
        }
        return line.toString();
    }

    private static String escaped(String text) {
        if (text.chars().noneMatch(c -> c == '\\' || c < ' ')) {
            return text;
        }
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /**
     * Loads all rows by one COPY.
     *
     * @return how many rows there are
     */
    long load(Connection connection) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + into + " FROM STDIN");
        try {
            Chunks chunks = new Chunks(copy);
            rows.accept(chunks);
            chunks.flush();
            return copy.endCopy();
        } catch (Refused e) {
            throw e.cause;
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /**
     * Inserts all rows one by one, for a database that knows no COPY; their fields are plain text.
     *
     * @return how many rows there are
     */
    long insert(Connection connection) throws SQLException {
        String columns = into.substring(into.indexOf('('));
        String places = columns.replaceAll("[^(),]+", "?");
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + into + " VALUES " + places)) {
            List<String> lines = new ArrayList<>();
            rows.accept(lines::add);
            for (String line : lines) {
                String[] fields = line.split("\t", -1);
                for (int field = 0; field < fields.length; field++) {
                    statement.setString(field + 1, fields[field].equals(NULL) ? null : fields[field]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
            return lines.size();
        }
    }

    /** Sends lines in pieces of some size: a message per row would cost more than the rows. */
    private static final class Chunks implements Consumer<String> {
        private final CopyIn copy;
        private final StringBuilder chunk = new StringBuilder();

        private Chunks(CopyIn copy) {
            this.copy = copy;
        }

        @Override
        public void accept(String line) {
            chunk.append(line).append('\n');
            if (chunk.length() >= CHUNK) {
                flush();
            }
        }

        private void flush() {
            byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
            chunk.setLength(0);
            try {
                copy.writeToCopy(bytes, 0, bytes.length);
            } catch (SQLException e) {
                throw new Refused(e);
            }
        }
    }

    /** Carries the database's answer through the row writer, which knows no database. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final SQLException cause;

        private Refused(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
