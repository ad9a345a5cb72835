package org.faceaudit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.faceaudit.cli.capture.CaptureReferences;
import org.faceaudit.cli.capture.CaptureSql;
import org.faceaudit.cli.capture.ConnectorConfig;
import org.faceaudit.cli.capture.ManyTablesSql;
import org.faceaudit.cli.capture.MariaDbCaptureSql;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what the owner of a source runs once, and the connector that will read it. */
@Command(
        name = "onboard",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the SQL that a source's owner runs once, and the connector's configuration.",
            "Exit status: 0 printed; 2 the file is wrong, or wrong usage."
        })
public final class OnboardCommand implements Callable<Integer> {

    private static final int WRONG = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "the operator's file")
    private Path file;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        OperatorFile operator;
        try {
            operator = OperatorFiles.read(file);
        } catch (OperatorFileException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return WRONG;
        }
        switch (operator.source().kind()) {
            case POSTGRESQL -> printPostgresql(out, operator);
            case MARIADB -> printMariaDb(out, operator);
        }
        out.println();
        ConnectorConfig connector = ConnectorConfig.of(
                operator.source(),
                operator.mapping(),
                true,
                new CaptureReferences(
                        "${env:" + operator.source().passwordVariable() + "}", "${file:…:token.key}", "…:9092"));
        out.println("# Connector " + connector.name());
        for (Map.Entry<String, String> setting : new TreeMap<>(connector.settings()).entrySet()) {
            out.println(setting.getKey() + "=" + setting.getValue());
        }
        out.flush();
        return 0;
    }

    private static void printPostgresql(PrintWriter out, OperatorFile operator) {
        String role = operator.source().user();
        out.println(
                "-- Run by the owner of " + operator.source().url() + ", once. Only mapped columns become readable.");
        List<String> identities = CaptureSql.identities(operator.mapping());
        if (!identities.isEmpty()) {
            out.println(
                    "-- Except of tables without a key: the log must tell whole rows of them, so whatever stands there,");
            out.println("-- biometrics too, is readable by the capture role, and left behind by the connector only.");
        }
        out.println("-- The source needs wal_level = logical, and max_slot_wal_keep_size protects its disk.");
        out.println("CREATE ROLE " + CaptureSql.word(role) + " LOGIN REPLICATION PASSWORD '…';");
        CaptureSql.heartbeat(operator.mapping()).forEach(sql -> out.println(sql + ";"));
        CaptureSql.grants(operator.mapping(), role).forEach(sql -> out.println(sql + ";"));
        identities.forEach(sql -> out.println(sql + ";"));
        if (!identities.isEmpty()) {
            out.println(
                    "-- A partition that comes later: the block again, or ALTER TABLE … REPLICA IDENTITY FULL of it, before a row of");
            out.println(
                    "-- it changes. Whoever makes partitions by a job adds it there; doctor finds those that lack it.");
        }
        out.println(
                "-- While a column stands in this list, PostgreSQL refuses to alter its type, and to drop it without CASCADE,");
        out.println(
                "-- which would take its whole table out of the capture. To alter one: ALTER PUBLICATION … DROP TABLE, the change,");
        out.println("-- ALTER PUBLICATION … ADD TABLE with its columns, in one transaction; then run doctor.");
        out.println(CaptureSql.publication(operator.mapping()) + ";");
        List<String> many = ManyTablesSql.ofPostgresql(operator.mapping(), role);
        if (!many.isEmpty()) {
            out.println(
                    "-- Tables of one name with digits in it: a further one is told of only once the block was run again. Run it in");
            out.println(
                    "-- the transaction that creates the table: rows from before it is in the publication are in no topic until");
            out.println(
                    "-- they change, or the source is read anew. Until then doctor finds it, and schema-drift says so.");
            out.println("-- Before one is dropped, DELETE or TRUNCATE its rows: the log tells nothing of DROP TABLE.");
            many.forEach(sql -> out.println(sql + ";"));
        }
    }

    private static void printMariaDb(PrintWriter out, OperatorFile operator) {
        String user = operator.source().user();
        out.println("-- Run by the owner of " + operator.source().url() + ", once.");
        out.println("-- The source needs log_bin, binlog_format = ROW, binlog_row_image = FULL, and a");
        out.println(
                "-- binlog_expire_logs_seconds longer than any outage of the capture. A snapshot reads mapped columns only;");
        out.println(
                "-- the log sends whole rows to its followers, and the connector lets nothing but mapped columns out.");
        out.println("CREATE USER " + MariaDbCaptureSql.account(user) + " IDENTIFIED BY '…';");
        MariaDbCaptureSql.heartbeat(operator.mapping()).forEach(sql -> out.println(sql + ";"));
        MariaDbCaptureSql.grants(operator.mapping(), user).forEach(sql -> out.println(sql + ";"));
        List<String> many = ManyTablesSql.ofMariaDb(operator.mapping(), user);
        if (!many.isEmpty()) {
            out.println(
                    "-- Tables of one name with digits in it: the log tells of a further one by itself. The block is run again so that");
            out.println(
                    "-- a snapshot, reconcile and doctor may read it too. Before one is dropped, DELETE its rows: DROP TABLE is not told.");
            out.println("DELIMITER //");
            many.forEach(sql -> out.println(sql + "//"));
            out.println("DELIMITER ;");
        }
    }
}
