-- hill-college: the same product, kept in order. It declares to keep no images as well, and the path of a passage's picture is
-- emptied with the picture. Whom the gate does not know comes in by a card minutes later; a stranger is not known at all.
INSERT INTO access_device (device_id, device_name, device_type, location, status) VALUES
  ('gate-1', '北门', 3, 'north', 1), ('gate-2', '南门', 3, 'south', 1);

INSERT INTO access_log (person_id, access_time, access_type, result, temperature, confidence, capture_image, device_id)
  SELECT person_id, '${day-30d} 08:00:00', 1, 1, 36.5, 0.93, '', 'gate-1' FROM person_detail;

INSERT INTO access_log (person_id, access_time, access_type, result, device_id) VALUES
  (1748000000000000001, '${day-3d} 07:50:00', 1, 0, 'gate-1'),
  (1748000000000000001, '${day-3d} 07:52:00', 2, 1, 'gate-1'),
  (1748000000000000001, '${day-3d} 12:10:00', 1, 0, 'gate-1'),
  (1748000000000000001, '${day-3d} 12:24:00', 2, 1, 'gate-1'),
  (1748000000000000001, '${day-2d} 07:45:00', 1, 0, 'gate-1'),
  (1748000000000000001, '${day-2d} 07:46:00', 2, 1, 'gate-1'),
  (NULL, '${day-3d} 22:00:00', 1, 0, 'gate-2'),
  (NULL, '${day-3d} 22:01:00', 1, 0, 'gate-2'),
  (NULL, '${day-3d} 22:02:00', 1, 0, 'gate-2');
