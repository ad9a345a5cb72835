package org.faceaudit.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.cli.capture.CaptureReferences;
import org.faceaudit.cli.capture.CaptureSql;
import org.faceaudit.cli.capture.ConnectorConfig;
import org.faceaudit.cli.capture.MariaDbCaptureSql;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.Secrets;

/**
 * How a sample source is captured: the SQL that its owner would run, and the connector that the operator's file asks for.
 *
 * @param connector name of the connector, which is its topic too
 * @param grants statements for the source's superuser, to be run once
 * @param settings of the connector, with references instead of secrets
 */
record DemoCapture(String connector, List<String> grants, Map<String, String> settings) {
    private static final String HEARTBEAT_MILLIS = "1000";

    DemoCapture {
        grants = List.copyOf(grants);
        settings = Map.copyOf(settings);
    }

    static DemoCapture of(OperatorFile file, Database source, Secrets secrets, String kafka) {
        Mapping mapping = file.mapping();
        String role = file.source().user();
        List<String> grants = new ArrayList<>();
        switch (source.kind()) {
            case POSTGRESQL -> {
                grants.add("CREATE ROLE \"" + role + "\" LOGIN REPLICATION PASSWORD '" + source.passwordOf(role) + "'");
                grants.addAll(CaptureSql.heartbeat(mapping));
                grants.addAll(CaptureSql.grants(mapping, role));
                grants.add(CaptureSql.publication(mapping));
            }
            case MARIADB -> {
                // One user for all databases of a server.
                grants.add("CREATE USER IF NOT EXISTS " + MariaDbCaptureSql.account(role) + " IDENTIFIED BY '"
                        + source.passwordOf(role) + "'");
                grants.addAll(MariaDbCaptureSql.heartbeat(mapping));
                grants.addAll(MariaDbCaptureSql.grants(mapping, role));
            }
        }
        // Nobody exports a password for a demo, so Connect reads it from a file and not from its environment.
        CaptureReferences references = new CaptureReferences(
                secrets.forConnect("password." + file.operator() + "." + file.system(), source.passwordOf(role)),
                Captures.tokenKeyReference(secrets, mapping),
                kafka);
        ConnectorConfig connector = ConnectorConfig.of(file.source(), mapping, true, references);
        Map<String, String> settings = new TreeMap<>(connector.settings());
        settings.put("heartbeat.interval.ms", HEARTBEAT_MILLIS);
        return new DemoCapture(connector.name(), grants, settings);
    }
}
