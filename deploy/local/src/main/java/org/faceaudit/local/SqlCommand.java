package org.faceaudit.local;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.faceaudit.local.process.PlainText;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a statement on the audit database or on a sample source, and prints a table. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Runs a statement on a database of the running stack; times are shown in Beijing time.")
final class SqlCommand implements Callable<Integer> {
    /** Its detail is the whole row that was refused. */
    private static final String CHECK_VIOLATION = "23514";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STATEMENT", description = "One or more SQL statements.")
    private String sql;

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            description =
                    "The role; analyst on the audit database and the owner of everything on a sample source by default.")
    private String role;

    @Option(
            names = "--db",
            paramLabel = "NAME",
            description = "audit or the name of a sample source.",
            defaultValue = Stack.AUDIT)
    private String name;

    @Option(names = "--data", paramLabel = "DIR", description = "The stack's directory; var/up or var/demo by default.")
    private Path data;

    @Override
    public Integer call() {
        StackState stack = RunningStack.find(data);
        Database database = stack.database(name);
        String as = role != null ? role : database.name().equals(Stack.AUDIT) ? "analyst" : database.superuserName();
        try (Connection connection = database.connect(as);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    switch (database.kind()) {
                        case POSTGRESQL -> "SET TIME ZONE 'Asia/Shanghai'";
                        case MARIADB -> "SET time_zone = '+08:00'";
                    });
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                print(statement, rows);
                rows = statement.getMoreResults();
            }
            printWarnings(statement);
            return 0;
        } catch (SQLException e) {
            throw new StackException(sentence(e, database, as), e);
        }
    }

    private void print(Statement statement, boolean hasRows) throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        if (!hasRows) {
            int count = statement.getUpdateCount();
            out.println(count + (count == 1 ? " row changed" : " rows changed"));
            return;
        }
        try (ResultSet rows = statement.getResultSet()) {
            TextTable table = new TextTable();
            int columns = rows.getMetaData().getColumnCount();
            List<String> heading = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                heading.add(rows.getMetaData().getColumnLabel(column));
            }
            table.add(heading);
            int count = 0;
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String value = rows.getString(column);
                    row.add(value == null ? "" : value);
                }
                table.add(row);
                count++;
            }
            table.lines().forEach(out::println);
            out.println("(" + count + (count == 1 ? " row)" : " rows)"));
        }
    }

    /** What the database accepted and thinks odd all the same, such as a holiday notice without New Year. */
    private void printWarnings(Statement statement) throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            spec.commandLine().getErr().println(said(warning));
        }
    }

    private static String sentence(SQLException e, Database database, String role) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("08")) {
            return "The database " + database.name() + " does not answer at 127.0.0.1:" + database.port()
                    + ": is the stack running? (" + firstLine(e) + ")";
        }
        if (state.startsWith("28")) {
            return "The role " + role + " may not log in to the database " + database.name() + ": " + firstLine(e);
        }
        return said(e);
    }

    /** What the database said; of PostgreSQL with its remedy, and with what was looked for, but never with the whole row. */
    private static String said(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException failed
                ? failed.getServerErrorMessage()
                : e instanceof PSQLWarning warning ? warning.getServerErrorMessage() : null;
        if (server == null) {
            return firstLine(e);
        }
        StringBuilder said = new StringBuilder(server.getSeverity() + ": " + server.getMessage());
        String detail = server.getDetail();
        if (detail != null && !CHECK_VIOLATION.equals(server.getSQLState())) {
            said.append(". ").append(detail);
        }
        if (server.getHint() != null) {
            said.append(". ").append(server.getHint());
        }
        return PlainText.onOneLine(said.toString());
    }

    private static String firstLine(SQLException e) {
        // MariaDB's driver begins with the number of its connection.
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse("unknown error")
                .replaceFirst("^\\(conn=\\d+\\) ", "");
    }
}
