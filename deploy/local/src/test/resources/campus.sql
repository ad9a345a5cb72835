-- The first rows of the campus system, whose tables the demo's schema makes.
INSERT INTO person VALUES (1748000000000000001, '张三'), (1748000000000000002, '李四'), (1748000000000000003, '王五');
INSERT INTO person_detail (person_id, name, id_card, position) VALUES
  (1748000000000000001, '张三', '11010519491231002X', 'student'),
  (1748000000000000002, '李四', '110105194912310038', 'teacher');
INSERT INTO face_data (person_id, feature_data, image_path, register_time) VALUES
  (1748000000000000001, x'0102', '/faces/1.jpg', '2026-03-01 08:00:00'),
  (1748000000000000001, x'0102', '/faces/1.jpg', '2026-03-01 08:00:00'),
  (1748000000000000002, x'0304', NULL, '2026-03-01 08:00:00');
INSERT INTO access_device (device_id, device_name, device_type, status) VALUES ('gate-1', '北门', 3, 1), ('gate-2', '南门', 3, 1);
INSERT INTO access_log (person_id, access_time, access_type, result, capture_image, device_id) VALUES
  (1748000000000000001, '2026-03-02 08:00:00', 1, 1, '/captures/1.jpg', 'gate-1'),
  (1748000000000000001, '2026-03-02 08:00:00', 1, 1, '/captures/1.jpg', 'gate-1'),
  (NULL, '2026-03-02 08:01:00', 1, 0, '/captures/2.jpg', 'gate-1');
