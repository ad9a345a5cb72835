-- silk-gym: an orderly house. One member left five days ago, and her image may stay for the days of grace.
INSERT INTO access_point (id, site, name, in_service, by_face, by_card, by_qr, changed_at) VALUES
  ('door-1', 'main', 'Main door', true, true, true, true, '${day-120d} 09:00+08'),
  ('door-2', 'main', 'Back door', true, true, false, true, '${day-120d} 09:00+08');

INSERT INTO membership (id, member_id, started_on, ended_on) VALUES
  (1, 1, '${day-200d}', '${day-5d}'),
  (2, 2, '${day-200d}', NULL);

INSERT INTO member_image (id, member_id, photo, taken_at, keep_until) VALUES
  (1, 1, ${jpeg}, '${day-200d} 10:00+08', NULL),
  (2, 2, ${jpeg}, '${day-200d} 10:00+08', '${day+100d}');
