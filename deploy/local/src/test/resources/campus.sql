-- A campus access-control system as its product makes it: most tables have no primary key.
CREATE DATABASE campus;
CREATE TABLE campus.person (id bigint PRIMARY KEY, name varchar(50) NOT NULL);
CREATE TABLE campus.person_detail (
  person_id bigint NOT NULL, name varchar(50), gender tinyint, id_card varchar(18), phone varchar(20),
  position varchar(50), register_time datetime DEFAULT CURRENT_TIMESTAMP,
  update_time datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, status tinyint DEFAULT 1,
  UNIQUE KEY uk_id_card (id_card), FOREIGN KEY (person_id) REFERENCES campus.person (id));
CREATE TABLE campus.face_data (
  person_id bigint NOT NULL, feature_data blob NOT NULL, image_path varchar(255), register_time datetime,
  quality_score float, version varchar(20), FOREIGN KEY (person_id) REFERENCES campus.person (id));
CREATE TABLE campus.access_device (
  device_id varchar(36) PRIMARY KEY, device_name varchar(100), device_type tinyint, location varchar(200),
  status tinyint, create_time datetime, update_time datetime, remark varchar(200));
CREATE TABLE campus.access_log (
  person_id bigint, access_time datetime, access_type tinyint, result tinyint, temperature float, confidence float,
  capture_image varchar(255), device_id varchar(36), FOREIGN KEY (person_id) REFERENCES campus.person (id),
  FOREIGN KEY (device_id) REFERENCES campus.access_device (device_id));
INSERT INTO campus.person VALUES (1748000000000000001, '张三'), (1748000000000000002, '李四'), (1748000000000000003, '王五');
INSERT INTO campus.person_detail (person_id, name, id_card, position) VALUES
  (1748000000000000001, '张三', '11010519491231002X', 'student'),
  (1748000000000000002, '李四', '110105194912310038', 'teacher');
INSERT INTO campus.face_data (person_id, feature_data, image_path, register_time) VALUES
  (1748000000000000001, x'0102', '/faces/1.jpg', '2026-03-01 08:00:00'),
  (1748000000000000001, x'0102', '/faces/1.jpg', '2026-03-01 08:00:00'),
  (1748000000000000002, x'0304', NULL, '2026-03-01 08:00:00');
INSERT INTO campus.access_device (device_id, device_name, device_type, status) VALUES ('gate-1', '北门', 3, 1), ('gate-2', '南门', 3, 1);
INSERT INTO campus.access_log (person_id, access_time, access_type, result, capture_image, device_id) VALUES
  (1748000000000000001, '2026-03-02 08:00:00', 1, 1, '/captures/1.jpg', 'gate-1'),
  (1748000000000000001, '2026-03-02 08:00:00', 1, 1, '/captures/1.jpg', 'gate-1'),
  (NULL, '2026-03-02 08:01:00', 1, 0, '/captures/2.jpg', 'gate-1');
