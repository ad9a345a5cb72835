package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.faceaudit.cli.source.MariaDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is guessed of tables as products on MariaDB and MySQL have them. */
class ScanOnMariaDbTest {

    private static MariaDb server;

    @TempDir
    private Path directory;

    private final ScanCall scan = new ScanCall();

    @BeforeAll
    static void start(@TempDir Path programs) throws Exception {
        server = MariaDb.start(programs);
        server.execute(
                "CREATE USER scanner@'%' IDENTIFIED BY '" + ScanCall.PASSWORD + "'",
                "CREATE DATABASE arc",
                "GRANT SELECT ON arc.* TO scanner@'%'",
                "CREATE TABLE arc.t_user_face (id int AUTO_INCREMENT PRIMARY KEY, group_id int, face_id varchar(31) UNIQUE"
                        + " COMMENT '人脸唯一Id', name varchar(63) COMMENT '名字', age int COMMENT '年纪', phone_number"
                        + " varchar(11) COMMENT '电话号码', face_feature blob COMMENT '人脸特征', create_time timestamp NULL,"
                        + " fpath varchar(255) COMMENT '照片路径')",
                "CREATE DATABASE campus",
                "GRANT SELECT ON campus.* TO scanner@'%'",
                "CREATE TABLE campus.person (id bigint PRIMARY KEY, name varchar(50))",
                "CREATE TABLE campus.face_data (id bigint PRIMARY KEY, person_id bigint, feature_data blob,"
                        + " image_path varchar(255), register_time datetime, FOREIGN KEY (person_id) REFERENCES"
                        + " campus.person (id))",
                "CREATE TABLE campus.access_device (device_id varchar(36) PRIMARY KEY, device_name varchar(50),"
                        + " device_type tinyint, status tinyint)",
                "CREATE TABLE campus.access_log (person_id bigint, access_time datetime, access_type tinyint,"
                        + " result tinyint, capture_image varchar(255), device_id varchar(36))",
                "CREATE TABLE campus.turnstile (id int PRIMARY KEY, by_face tinyint(1), by_card tinyint(1))");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
    }

    @Test
    void theFaceTableOfAnArcSoftSampleIsReadByItsComments() throws Exception {
        assertThat(scan.run(server.jdbcUrl("arc"), "--user", "scanner"))
                .as("%s", scan)
                .isZero();
        assertThat(scan.table("arc.t_user_face"))
                .containsSubsequence(
                        "key: [id]",
                        "- event: face-record",
                        "person: {identifies: phone, column: phone_number, normalise: [digits]}",
                        "image: {column: fpath, as: path}",
                        "template: {column: face_feature}",
                        "stored-at: {column: create_time, type: timestamptz}");
        assertThat(scan.reason("image:")).isEqualTo("'照片' in its comment stands for image; its type is varchar");
        assertThat(scan.mapping(directory).capturedColumns("arc.t_user_face"))
                .containsExactly("create_time", "face_feature", "fpath", "id", "phone_number");
    }

    @Test
    void aCampusSystemSaysWhatItLacks() throws Exception {
        assertThat(scan.run(server.jdbcUrl("campus"), "--user", "scanner")).isEqualTo(1);
        assertThat(scan.table("campus.face_data"))
                .containsSubsequence(
                        "person: {identifies: local-id, column: person_id}",
                        "image: {column: image_path, as: path}",
                        "template: {column: feature_data}",
                        "stored-at: {column: register_time, type: timestamp}");
        assertThat(scan.toString()).contains("it is a foreign key to person, which tells no other identifier");
        assertThat(scan.table("campus.turnstile")).contains("methods: {flags: {by_face: FACE, by_card: CARD}}");
        assertThat(scan.lacks())
                .containsExactly(
                        "which methods the access points of campus.access_device offer: 'access_device' in its name stands"
                                + " for access-point, but no column says so.");
        assertThat(scan.table("campus.access_log"))
                .containsSubsequence("keyless: true", "- event: attempt", "- event: face-record");
        assertThat(scan.reason("keyless:"))
                .isEqualTo("it has no key that tells its rows apart, so equal ones are counted");
        assertThat(scan.mapping(directory).tables())
                .containsExactly("campus.access_log", "campus.face_data", "campus.turnstile");
    }
}
