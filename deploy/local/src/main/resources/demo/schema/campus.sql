-- A campus access-control system as its product makes it: most tables have no primary key; plus the heartbeat table that
-- capture asks for.
CREATE TABLE person (id bigint PRIMARY KEY, name varchar(50) NOT NULL);
CREATE TABLE person_detail (
    person_id bigint NOT NULL, name varchar(50), gender tinyint, id_card varchar(18), phone varchar(20),
    position varchar(50),                         -- student, teacher, outsider
    register_time datetime DEFAULT CURRENT_TIMESTAMP,
    update_time datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    status tinyint DEFAULT 1,                     -- 0 barred, 1 allowed
    UNIQUE KEY uk_id_card (id_card), FOREIGN KEY (person_id) REFERENCES person (id)
);
CREATE TABLE face_data (
    person_id bigint NOT NULL, feature_data blob NOT NULL, image_path varchar(255),
    register_time datetime,                       -- local time of the operator, Asia/Shanghai
    quality_score float, version varchar(20), FOREIGN KEY (person_id) REFERENCES person (id)
);
CREATE TABLE access_device (
    device_id varchar(36) PRIMARY KEY, device_name varchar(100),
    device_type tinyint,                          -- 1 in, 2 out, 3 both
    location varchar(200), status tinyint, create_time datetime, update_time datetime, remark varchar(200)
);
CREATE TABLE access_log (
    person_id bigint, access_time datetime,
    access_type tinyint,                          -- 1 face, 2 card, 3 mixed
    result tinyint,                               -- 0 refused, 1 passed
    temperature float, confidence float, capture_image varchar(255), device_id varchar(36),
    FOREIGN KEY (person_id) REFERENCES person (id), FOREIGN KEY (device_id) REFERENCES access_device (device_id)
);
CREATE TABLE faceaudit_heartbeat (id int PRIMARY KEY, beat_at timestamp(6) NOT NULL);
INSERT INTO faceaudit_heartbeat VALUES (1, now(6));
