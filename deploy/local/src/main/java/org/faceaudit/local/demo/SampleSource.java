package org.faceaudit.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.faceaudit.local.stack.SampleServer;

/**
 * One sample operator's database: its tables, its rows, and the operator's file that describes it.
 *
 * @param operator id of the operator
 * @param region six digits of GB/T 2260; also the seed of everything invented
 * @param system id of the recognition system
 * @param database name of the database, and of the source on the command line
 * @param server the MariaDB that holds it; empty for a PostgreSQL of its own
 * @param schema which tables: a resource under {@code demo/schema}
 * @param tables the rows that are many
 * @param rows whether {@code demo/rows/<operator>.sql} holds the rows that matter one by one
 */
public record SampleSource(
        String operator,
        String region,
        String system,
        String database,
        Optional<String> server,
        String schema,
        List<CopyTable> tables,
        boolean rows) {

    /** Two hotels and two universities share a server, as small tenants of one hoster do. */
    private static final String INNS = "inns";

    private static final String RESOURCES = "/demo/";

    public SampleSource {
        tables = List.copyOf(tables);
    }

    /** All sample sources, in the order of their ports. */
    public static List<SampleSource> all() {
        return List.of(
                new SampleSource(
                        "green-court",
                        "510100",
                        "compreface",
                        "compreface",
                        Optional.empty(),
                        "compreface",
                        new ComprefaceTables("510100", 120_000).tables(),
                        false),
                faces("cloud-gate", "320500", "cloudgate", new FaceTable("320500", 100_100, 0)),
                faces("clear-gate", "330100", "cleargate", new FaceTable("330100", 100_100, 0)),
                faces("small-court", "440300", "smallcourt", new FaceTable("440300", 99_999, 41)),
                gym("iron-gym", "gym", 12),
                gym("silk-gym", "silkgym", 5),
                inn("night-inn", "210200", "desk", "nightdesk", "arcsoft", new GuestTable("210200", 0, 40).faces()),
                inn("night-inn", "210200", "doors", "nightdoors", "doors", new GuestTable("210200", 20, 50).doors()),
                inn("day-inn", "370200", "desk", "daydesk", "arcsoft", new GuestTable("370200", 0, 30).faces()),
                campus("lake-university", "420100", "lakecampus", 16),
                campus("hill-college", "430100", "hillcampus", 24));
    }

    /** The servers of all sample sources, in the order of their ports. */
    public static List<SampleServer> servers() {
        List<SampleServer> servers = new ArrayList<>();
        List<String> inns = new ArrayList<>();
        for (SampleSource source : all()) {
            if (source.server().isEmpty()) {
                servers.add(SampleServer.postgresql(source.database()));
            } else {
                inns.add(source.database());
            }
        }
        servers.add(SampleServer.mariaDb(INNS, inns.toArray(String[]::new)));
        return List.copyOf(servers);
    }

    /**
     * The sample source of an operator's system.
     *
     * @throws IllegalArgumentException when there is no such sample
     */
    static SampleSource of(String operator, String system) {
        return all().stream()
                .filter(source ->
                        source.operator().equals(operator) && source.system().equals(system))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no sample is called " + operator + ", system " + system));
    }

    private static SampleSource inn(
            String operator, String region, String system, String database, String schema, CopyTable table) {
        return new SampleSource(operator, region, system, database, Optional.of(INNS), schema, List.of(table), false);
    }

    private static SampleSource campus(String operator, String region, String database, int persons) {
        List<CopyTable> tables = new CampusTables(region, persons).tables();
        return new SampleSource(operator, region, "gates", database, Optional.of(INNS), "campus", tables, true);
    }

    private static SampleSource faces(String operator, String region, String database, FaceTable faces) {
        return new SampleSource(
                operator, region, "faces", database, Optional.empty(), "face", List.of(faces.table()), false);
    }

    private static SampleSource gym(String operator, String database, int members) {
        String region = "500100";
        CopyTable table = new CopyTable(
                "public.member (id, member_no, name, phone, id_card)", rows -> writeMembers(region, members, rows));
        return new SampleSource(operator, region, "gym", database, Optional.empty(), "gym", List.of(table), true);
    }

    private static void writeMembers(String region, int members, Consumer<String> rows) {
        for (int member = 1; member <= members; member++) {
            SamplePerson person = SamplePerson.of(region, member - 1);
            rows.accept(CopyTable.line(member, memberNumber(member), person.name(), person.phone(), person.idCard()));
        }
    }

    static String memberNumber(int member) {
        return String.format(Locale.ROOT, "M%04d", member);
    }

    /**
     * Creates and fills the tables of an empty database, in one transaction.
     *
     * @return how many rows of {@link #tables} were loaded
     */
    public long load(Connection connection, SampleDays days) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        long loaded = 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute(resource("schema/" + schema + ".sql"));
            for (CopyTable table : tables) {
                loaded += server.isEmpty() ? table.load(connection) : table.insert(connection);
            }
            if (rows) {
                statement.execute(days.fill(resource("rows/" + operator + ".sql"), Map.of("jpeg", jpeg())));
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(autoCommit);
        }
        return loaded;
    }

    /** The operator's file, for the port that the database listens on. */
    public String operatorFile(int port) {
        return resource("operators/" + fileName()).replace("${port}", Integer.toString(port));
    }

    /** What its operator's file is called: by the operator, and by the system where the operator has several. */
    public String fileName() {
        boolean alone = all().stream()
                        .filter(other -> other.operator().equals(operator))
                        .count()
                == 1;
        return alone ? operator + ".yaml" : operator + "-" + system + ".yaml";
    }

    /** The table whose heartbeat row stands in it. */
    String heartbeatTable() {
        return (server.isEmpty() ? "public" : database) + ".faceaudit_heartbeat";
    }

    private String jpeg() {
        return "decode('"
                + HexFormat.of().formatHex(PlantedMarkers.jpeg(new SplittableRandom(Long.parseLong(region))))
                + "', 'hex')";
    }

    /** A text among the demo's own. */
    static String resource(String name) {
        try (InputStream in = SampleSource.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCES + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
