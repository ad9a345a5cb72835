package org.faceaudit.local.route;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.faceaudit.cli.capture.CaptureSql;
import org.faceaudit.cli.capture.ConnectorConfig;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.local.stack.Database;
import org.faceaudit.oracle.Listening;

/**
 * A housing estate's own tables, of a shape that no sample has, with Chinese names; and what is planted in their private
 * columns.
 */
final class RouteSource {
    static final String OPERATOR = "route-court";
    static final String SYSTEM = "faces";
    /** What the source promises, see its file. */
    static final Listening LISTENING = new Listening(600, 0, 24, false);

    static final String TOPIC = "cdc.route-court.faces";
    /** Set for the whole run of the integration tests, so that Connect reads the password as it does for a real source. */
    static final String PASSWORD_VARIABLE = "FACEAUDIT_ROUTE_PASSWORD";

    private static final String ROLE = "route_capture";
    private static final String IMAGE = "route-planted-image-marker-9af3";
    private static final String[] NAMES = {"赵玉龘", "钱玉龘", "孙玉龘", "李玉龘", "周玉龘", "吴玉龘", "郑玉龘", "王玉龘"};
    /** The one who never was a resident. */
    private static final int VISITOR = 7;

    private final Database database;

    RouteSource(Database database) {
        this.database = database;
    }

    /** The operator's file; the tables' owner has done by then what it asks for. */
    String operatorFile() {
        return """
                # 小区人脸门禁
                operator: route-court
                system: faces
                source:
                  kind: postgresql
                  url: %s
                  user: route_capture
                  password: ${env:%s}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.route_heartbeat, promise: 10m, every: 1s}
                mapping:
                  tables:
                    public.住户人脸:
                      key: [编号]
                      facts:
                        - event: face-record
                          person: {identifies: id-card, column: 身份证, normalise: [idcard]}
                          image: {column: 照片, as: bytes}
                          template: {present: row}
                          stored-at: {column: 建档时间, type: timestamptz}
                      left-out: {姓名: "not needed", 手机: "not needed", 照片文本: "the photo once more"}
                    public.门禁:
                      key: [编号]
                      facts:
                        - event: access-point
                          id: {column: 编号}
                          in-force: {column: 启用}
                          methods: {flags: {刷脸: FACE, 刷卡: CARD}}
                          since: {column: 变更时间, type: timestamptz}
                      left-out: {名称: "not needed"}
                    public.访客照片:
                      key: [编号]
                      facts:
                        - event: face-record
                          person: {identifies: id-card, column: 证件, via: [访客编号 -> public.访客.编号], normalise: [idcard]}
                          image: {present: row}
                          template: {present: never}
                          stored-at: {column: 拍摄时间, type: timestamptz}
                          retention: {until: 留存至, type: date}
                      left-out: {照片: "the row says enough"}
                    public.到访:
                      key: [编号]
                      facts:
                        - event: purpose-end
                          person: {identifies: id-card, column: 证件, via: [访客编号 -> public.访客.编号], normalise: [idcard]}
                          ends-on: {column: 离开日, type: date}
                """.formatted(database.jdbcUrl(), PASSWORD_VARIABLE);
    }

    /**
     * A visitor and six residents, the fifth of them on 2026-07-08, three doors, and visitors' photographs: one past the
     * notified period, one after the visit, one of neither; all before capture begins.
     */
    void create() throws SQLException {
        database.execute(
                "CREATE TABLE public.住户人脸 (编号 bigint PRIMARY KEY, 身份证 text, 姓名 text, 手机 text, 照片 bytea,"
                        + " 照片文本 text, 建档时间 timestamptz NOT NULL)",
                "CREATE TABLE public.门禁 (编号 text PRIMARY KEY, 名称 text, 启用 boolean NOT NULL, 刷脸 boolean NOT NULL,"
                        + " 刷卡 boolean NOT NULL, 变更时间 timestamptz)");
        database.execute(
                "CREATE TABLE public.访客 (编号 bigint PRIMARY KEY, 证件 text, 姓名 text, 手机 text)",
                "CREATE TABLE public.访客照片 (编号 bigint PRIMARY KEY, 访客编号 bigint REFERENCES public.访客, 照片 bytea,"
                        + " 拍摄时间 timestamptz NOT NULL, 留存至 date)",
                "CREATE TABLE public.到访 (编号 bigint PRIMARY KEY, 访客编号 bigint REFERENCES public.访客, 离开日 date)",
                "INSERT INTO public.访客 VALUES (1, '" + idCard(0) + "', '" + NAMES[0] + "', NULL), (2, '"
                        + idCard(VISITOR) + "', '" + NAMES[VISITOR] + "', '" + phone(VISITOR) + "')",
                "INSERT INTO public.访客照片 VALUES (1, 1, NULL, '2026-05-02 09:00+08', '2026-07-31'), (2, 2, decode('"
                        + HexFormat.of().formatHex(image()) + "', 'hex'), '2026-03-02 08:00+08', NULL),"
                        + " (3, 1, NULL, '2026-06-02 09:00+08', '2099-12-31')",
                "INSERT INTO public.到访 VALUES (1, 2, '2026-10-01')");
        String[] stored = {"03-02 09:00", "04-01 09:00", "05-06 09:00", "07-07 15:00", "07-08 10:00", "07-09 11:00"};
        for (int person = 0; person < stored.length; person++) {
            addPerson(person, "2026-" + stored[person] + "+08");
        }
        // The second spelling of a person is not a second person.
        database.execute("INSERT INTO public.住户人脸 VALUES (100, ' " + idCard(0).toLowerCase(Locale.ROOT) + "', '"
                + NAMES[0] + "', NULL, NULL, NULL, '2026-03-03 09:00+08')");
        addDoor("门-东", false);
        addDoor("门-西", true);
        addDoor("门-南", false);
    }

    /** What the operator's file asks of the database's owner. */
    void letCapture(Mapping mapping) throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add(
                "CREATE ROLE " + ROLE + " LOGIN REPLICATION PASSWORD '" + System.getenv(PASSWORD_VARIABLE) + "'");
        statements.addAll(CaptureSql.heartbeat(mapping));
        statements.addAll(CaptureSql.grants(mapping, ROLE));
        statements.add(CaptureSql.publication(mapping));
        database.execute(statements.toArray(String[]::new));
    }

    void addPerson(int person, String storedAt) throws SQLException {
        String image = HexFormat.of().formatHex(image());
        database.execute("INSERT INTO public.住户人脸 VALUES (" + (person + 1) + ", '" + idCard(person) + "', '"
                + NAMES[person] + "', '" + phone(person) + "', decode('" + image + "', 'hex'), encode(decode('" + image
                + "', 'hex'), 'base64'), '" + storedAt + "')");
    }

    /**
     * A door that has a camera, and perhaps a card reader, since 2026-03-02 as the estate itself says; may be called twice.
     *
     * @return when it was added, or a little later: from then on capture knows that it is there
     */
    Instant addDoor(String door, boolean card) throws SQLException {
        return change("INSERT INTO public.门禁 VALUES ('" + door + "', '" + NAMES[0] + "的门', true, true, " + card
                + ", '2026-03-02 09:00+08') ON CONFLICT DO NOTHING");
    }

    /** Tells when, or a little later. */
    Instant switchCardReader(String door, boolean on) throws SQLException {
        return change("UPDATE public.门禁 SET 刷卡 = " + on + ", 变更时间 = clock_timestamp() WHERE 编号 = '" + door + "'");
    }

    /** Keeps a visitor's photograph until another day; tells when, or a little later. */
    Instant keepPhotograph(int photograph, String until) throws SQLException {
        return change("UPDATE public.访客照片 SET 留存至 = '" + until + "' WHERE 编号 = " + photograph);
    }

    /** Deletes a visitor's photograph. */
    Instant deletePhotograph(int photograph) throws SQLException {
        return change("DELETE FROM public.访客照片 WHERE 编号 = " + photograph);
    }

    /** Does something to a table while its changes are not published, as if the log of that moment had been lost. */
    void behindTheLog(Mapping mapping, String table, String sql) throws SQLException {
        database.execute(
                "ALTER PUBLICATION " + ConnectorConfig.slotName(TOPIC) + " DROP TABLE " + table,
                sql,
                CaptureSql.addition(mapping, table));
    }

    private Instant change(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return now(statement);
        }
    }

    private static Instant now(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getTimestamp(1).toInstant();
        }
    }

    /** How many of the markers the rows show at least: every text, and the image in hexadecimal digits and in Base64. */
    static int markersInRows() {
        return NAMES.length * 3 + 2;
    }

    /** All that must not leave the source, in each form in which it could. */
    static List<byte[]> markers() {
        List<byte[]> markers = new ArrayList<>();
        for (int person = 0; person < NAMES.length; person++) {
            for (String text : List.of(
                    NAMES[person], phone(person), idCard(person), idCard(person).toLowerCase(Locale.ROOT))) {
                markers.add(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        markers.addAll(Markers.forms(IMAGE));
        markers.addAll(Markers.forms(NAMES[0]));
        return markers;
    }

    private static byte[] image() {
        byte[] head = HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000");
        byte[] marker = IMAGE.getBytes(StandardCharsets.US_ASCII);
        byte[] image = new byte[head.length + marker.length + 2];
        System.arraycopy(head, 0, image, 0, head.length);
        System.arraycopy(marker, 0, image, head.length, marker.length);
        image[image.length - 2] = (byte) 0xff;
        image[image.length - 1] = (byte) 0xd9;
        return image;
    }

    private static String phone(int person) {
        return "1395571" + (4103 + person * 7);
    }

    /** A well-formed number: region, birthday, serial number and check character (GB 11643). */
    private static String idCard(int person) {
        String digits = "51010119870419" + (731 + person);
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int index = 0; index < weights.length; index++) {
            sum += weights[index] * (digits.charAt(index) - '0');
        }
        return digits + "10X98765432".charAt(sum % 11);
    }
}
