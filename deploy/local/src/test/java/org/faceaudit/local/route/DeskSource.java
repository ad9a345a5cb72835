package org.faceaudit.local.route;

import static org.awaitility.Awaitility.await;

import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.cli.capture.MariaDbCaptureSql;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.local.demo.PlantedMarkers;
import org.faceaudit.local.demo.SampleDays;
import org.faceaudit.local.demo.SampleSource;
import org.faceaudit.local.stack.Database;

/** The demo's small hotel in a database of the shared stack's MariaDB: 33 faces of 30 guests, eight of them with a photo. */
record DeskSource(Database database) {
    static final String OPERATOR = "desk-inn";
    static final String TOPIC = "cdc.desk-inn.desk";

    private static final String USER = "desk_capture";
    private static final String SAMPLE = "daydesk";

    String operatorFile() {
        return """
                operator: desk-inn
                system: desk
                source:
                  kind: mariadb
                  url: %s
                  user: %s
                  password: ${env:%s}
                  zone: Asia/Shanghai
                  heartbeat: {table: %s.faceaudit_heartbeat, promise: 10m, every: 1s}
                use: arcsoft
                """.formatted(database.jdbcUrl(), USER, RouteSource.PASSWORD_VARIABLE, database.database());
    }

    /** Creates and fills the product's own table. */
    void create() throws SQLException {
        SampleSource sample = SampleSource.all().stream()
                .filter(source -> source.database().equals(SAMPLE))
                .findFirst()
                .orElseThrow();
        try (Connection connection = database.superuser()) {
            sample.load(connection, new SampleDays(expression -> {
                throw new IllegalArgumentException(expression);
            }));
        }
    }

    /** What the operator's file asks of the database's owner. */
    void letCapture(Mapping mapping) throws SQLException {
        letCapture(database, USER, mapping);
    }

    /** What an operator's file asks of the owner of a MariaDB that a user shall capture. */
    static void letCapture(Database database, String user, Mapping mapping) throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE USER " + MariaDbCaptureSql.account(user) + " IDENTIFIED BY '"
                + System.getenv(RouteSource.PASSWORD_VARIABLE) + "'");
        statements.addAll(MariaDbCaptureSql.heartbeat(mapping));
        statements.addAll(MariaDbCaptureSql.grants(mapping, user));
        database.execute(statements.toArray(String[]::new));
    }

    void execute(String... statements) throws SQLException {
        database.execute(statements);
    }

    /** Does something of which the log tells nothing. */
    void behindTheLog(String... statements) throws SQLException {
        database.execute("SET SESSION sql_log_bin = 0; " + String.join("; ", statements));
    }

    /** Has the connector forget where it was, so that it reads everything anew. */
    void readAnew(int connect) {
        String connector = "http://127.0.0.1:" + connect + "/connectors/" + TOPIC;
        HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
        HttpClient client = HttpClient.newHttpClient();
        for (HttpRequest.Builder request : List.of(
                HttpRequest.newBuilder(URI.create(connector + "/stop")).PUT(nothing),
                HttpRequest.newBuilder(URI.create(connector + "/offsets")).DELETE(),
                HttpRequest.newBuilder(URI.create(connector + "/resume")).PUT(nothing))) {
            // Connect stops a connector after it has said that it will.
            await(request.build().uri().getPath())
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            < HttpURLConnection.HTTP_MULT_CHOICE);
        }
    }

    /** Every row of the face table, as text. */
    List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT concat_ws('|', id, name, phone, file_path,"
                        + " convert(face_feature USING utf8mb4)) FROM t_user_face")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    /** All that must not leave the source, in each form in which it could. */
    static List<byte[]> markers() {
        List<byte[]> markers = new ArrayList<>();
        // One character occurs by chance in what is compressed, such as the job's own jar; the names that end with it
        // do not.
        PlantedMarkers.texts().stream()
                .filter(text -> !text.equals(PlantedMarkers.NAME))
                .forEach(text -> markers.addAll(Markers.forms(text)));
        return markers;
    }
}
