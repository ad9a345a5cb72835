-- lake-university: declares that it keeps no images, and keeps a picture of every passage. Somebody whom the north gate did not
-- know, three times within two days, was not let in by anything else within a quarter of an hour. By which methods a gate lets
-- people in is configured nowhere, so more than a suspicion it cannot be.
INSERT INTO access_device (device_id, device_name, device_type, location, status) VALUES
  ('gate-1', '北门', 3, 'north', 1), ('gate-2', '南门', 3, 'south', 1);

INSERT INTO access_log (person_id, access_time, access_type, result, temperature, confidence, capture_image, device_id)
  SELECT person_id, '${day-30d} 08:00:00', 1, 1, 36.5, 0.93, concat('/captures/', id_card, '.jpg'), 'gate-1'
  FROM person_detail WHERE position = 'student';
INSERT INTO access_log (person_id, access_time, access_type, result, confidence, capture_image, device_id) VALUES
  (NULL, '${day-29d} 08:05:00', 1, 0, 0.12, '/captures/stranger.jpg', 'gate-1');   -- nobody knows of whom this picture is

-- Three people come through the south gate by their cards: so it has a reader, though nothing configures one.
INSERT INTO access_log (person_id, access_time, access_type, result, device_id)
  SELECT person_id, '${day-29d} 18:00:00', 2, 1, 'gate-2' FROM person_detail WHERE position = 'teacher';

INSERT INTO access_log (person_id, access_time, access_type, result, device_id) VALUES
  (1748000000000000001, '${day-3d} 07:50:00', 1, 0, 'gate-1'),
  (1748000000000000001, '${day-3d} 12:10:00', 1, 0, 'gate-1'),
  (1748000000000000001, '${day-2d} 07:45:00', 1, 0, 'gate-1');
