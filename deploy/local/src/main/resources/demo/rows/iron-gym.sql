-- iron-gym: planted breaches and, beside each, its honest look-alike.
-- A dollar sign with braces holds a date: the legal day of the start is "day", "day-3d" three calendar days before it.

-- Entrances (Art. 10). The time is the operator's own: since when the configuration holds.
INSERT INTO access_point (id, site, name, in_service, by_face, by_card, by_qr, changed_at) VALUES
  ('gate-1', 'north', 'North entrance',     true,  true, false, false, '${day-3d} 09:00+08'),   -- face only: breach
  ('gate-2', 'south', 'South entrance',     true,  true, true,  false, '${day-3d} 09:00+08'),   -- card reader beside the camera
  ('gate-3', 'hall',  'Hall, main gate',    true,  true, true,  false, '${day-90d} 09:00+08'),
  ('side-1', 'hall',  'Hall, side gate',    true,  true, false, false, '${day-10d} 09:00+08'),  -- face only, but the main gate takes cards
  ('gate-4', 'pool',  'Pool entrance',      true,  true, false, false, '${day-20d} 09:00+08'),  -- face only under an exception in force
  ('gate-5', 'spa',   'Spa entrance',       true,  true, false, false, '${day-20d} 09:00+08'),  -- face only, the exception has expired
  ('gate-6', 'depot', 'Old depot entrance', false, true, false, false, '${day-30d} 09:00+08'),  -- face only, but out of service
  ('gate-8', 'pool',  'Pool terrace',       true,  true, false, false, '${day-20d} 09:00+08'),  -- face only; the exception in force is for gate-4
  ('gate-7', 'roof',  'Roof entrance',      true,  true, false, true,  '${day-60d} 09:00+08');  -- was face only once; nothing here tells

-- The same beside what the attempts below tell, and terminals in rooms of two kinds (Art. 13).
INSERT INTO access_point (id, site, name, in_service, by_face, by_card, by_qr, space, changed_at) VALUES
  ('gate-9',    'studio',  'Studio door',         true, true,  true, false, 'hall',          '${day-40d} 09:00+08'),  -- its card reader is broken
  ('gate-10',   'court',   'Court door',          true, true,  true, false, 'hall',          '${day-40d} 09:00+08'),  -- its card reader is a bad one
  ('lockers-1', 'lockers', 'Changing room, east', true, true,  true, false, 'changing-room', '${day-15d} 09:00+08'),  -- a face terminal: breach
  ('lockers-2', 'lockers', 'Changing room, west', true, false, true, false, 'changing-room', '${day-15d} 09:00+08'),  -- cards only
  ('foyer-1',   'foyer',   'Foyer terminal',      true, true,  true, false, 'hall',          '${day-15d} 09:00+08');  -- the same terminal in the hall

INSERT INTO membership (id, member_id, started_on, ended_on) VALUES
  (1, 1, '${day-400d}', NULL),
  (2, 2, '${day-380d}', NULL),
  (3, 3, '${day-370d}', NULL),
  (4, 4, '${day-365d}', '${day-40d}'),   -- left 40 days ago, the image is still there
  (5, 5, '${day-365d}', '${day-40d}'),   -- left 40 days ago, the image was deleted
  (6, 6, '${day-300d}', '${day-60d}'),   -- left, and came back:
  (7, 6, '${day-50d}',  NULL),
  (8, 7, '${day-200d}', '${day+30d}'),   -- has given notice, is still a member
  (9, 8, '${day-365d}', '${day-5d}'),    -- left 5 days ago: within the days of grace
  (10, 9,  '${day-100d}', NULL),
  (11, 10, '${day-60d}',  NULL),
  (12, 11, '${day-90d}',  NULL),
  (13, 12, '${day-90d}',  NULL);

-- Consents. Most members gave one for their face alone.
UPDATE member SET birth_on = '1990-05-05';
UPDATE member SET birth_on = '${day-4000d}' WHERE id IN (11, 12);   -- ten years old
INSERT INTO consent (id, member_id, separate, legal_basis, given_at, withdrawn_at, expires_on, guardian)
SELECT id, id, true, 'consent', timestamptz '${day-400d} 09:00+08', NULL, NULL, false FROM member WHERE id <= 8;
INSERT INTO consent (id, member_id, separate, legal_basis, given_at, withdrawn_at, expires_on, guardian) VALUES
  (9,  9,  true,  'consent', '${day-100d} 09:00+08', '${day-30d} 09:00+08', NULL, false),   -- withdrawn, the image is still there
  (10, 10, false, 'consent', '${day-60d} 09:00+08',  NULL, NULL, false),   -- one of many terms: no separate consent
  (11, 11, true,  'consent', '${day-90d} 09:00+08',  NULL, NULL, false),   -- a child's own, and no guardian's
  (12, 12, true,  'consent', '${day-90d} 09:00+08',  NULL, NULL, true);    -- a child's, given by a guardian

-- Images (Art. 8): "jpeg" is a small JPEG that carries the planted marker.
INSERT INTO member_image (id, member_id, photo, taken_at, keep_until) VALUES
  (1, 1, ${jpeg}, '${day-400d} 10:00+08', '${day-20d}'),   -- past the period the member was told
  (2, 2, ${jpeg}, '${day-380d} 10:00+08', '${day-6d}'),    -- the same, six days ago
  (3, 3, ${jpeg}, '${day-370d} 10:00+08', '${day+60d}'),   -- the period runs
  (4, 4, ${jpeg}, '${day-365d} 10:00+08', NULL),
  (5, 6, ${jpeg}, '${day-300d} 10:00+08', NULL),
  (6, 7, ${jpeg}, '${day-200d} 10:00+08', NULL),
  (7, 8, ${jpeg}, '${day-365d} 10:00+08', NULL),
  (8,  9,  ${jpeg}, '${day-100d} 10:00+08', NULL),
  (9,  10, ${jpeg}, '${day-60d} 10:00+08', NULL),
  (10, 11, ${jpeg}, '${day-90d} 10:00+08', NULL),
  (11, 12, ${jpeg}, '${day-90d} 10:00+08', NULL);

INSERT INTO attempt (point_id, member_no, at, method, outcome)
SELECT 'gate-2', 'M' || to_char(1 + n % 8, 'FM0000'), timestamptz '${day-2d} 08:00+08' + n * interval '7 minutes',
       CASE WHEN n % 4 = 0 THEN 'card' ELSE 'face' END, CASE WHEN n % 25 = 0 THEN 'failed' ELSE 'passed' END
FROM generate_series(1, 100) AS n;

-- A card reader that never works (gate-9), beside one that works for nine of 24: bad, but perhaps half as good as the face.
INSERT INTO attempt (point_id, member_no, at, method, outcome)
SELECT point, 'M' || to_char(1 + n % 8, 'FM0000'), timestamptz '${day-6d} 08:00+08' + n * interval '97 minutes',
       'face', CASE WHEN n = 17 THEN 'failed' ELSE 'passed' END
FROM generate_series(1, 30) AS n, (VALUES ('gate-9'), ('gate-10')) AS door (point);
INSERT INTO attempt (point_id, member_no, at, method, outcome)
SELECT point, 'M' || to_char(1 + n % 8, 'FM0000'), timestamptz '${day-6d} 08:30+08' + n * interval '121 minutes',
       'card', CASE WHEN point = 'gate-10' AND n % 8 < 3 THEN 'passed' ELSE 'failed' END
FROM generate_series(1, 24) AS n, (VALUES ('gate-9'), ('gate-10')) AS door (point);

-- Who says no to a face (Art. 10, 12).
INSERT INTO attempt (point_id, member_no, at, method, outcome) VALUES
  ('gate-1', 'M0001', '${day-2d} 10:00+08', 'face', 'declined'),   -- three refusals where a face is the only way in: breach
  ('gate-1', NULL,    '${day-2d} 14:10+08', 'face', 'declined'),
  ('gate-1', NULL,    '${day-2d} 18:30+08', 'face', 'declined'),
  ('gate-5', NULL,    '${day-2d} 10:00+08', 'face', 'declined'),   -- the same twice only
  ('gate-5', NULL,    '${day-2d} 18:30+08', 'face', 'declined'),
  ('gate-7', 'M0002', '${day-2d} 11:00+08', 'face', 'declined'),   -- three refusers, each of whom the QR reader let in
  ('gate-7', 'M0002', '${day-2d} 11:01+08', 'qr',   'passed'),
  ('gate-7', 'M0005', '${day-2d} 13:00+08', 'face', 'declined'),
  ('gate-7', 'M0005', '${day-2d} 13:09+08', 'qr',   'passed'),
  ('gate-7', NULL,    '${day-2d} 17:00+08', 'face', 'declined'),
  ('gate-7', NULL,    '${day-2d} 17:02+08', 'qr',   'passed'),
  ('gate-3', 'M0003', '${day-6d} 08:00+08', 'face', 'declined'),   -- asked again and again, though the card always works
  ('gate-3', 'M0003', '${day-6d} 08:01+08', 'card', 'passed'),
  ('gate-2', 'M0003', '${day-6d} 12:00+08', 'face', 'declined'),
  ('gate-2', 'M0003', '${day-6d} 12:01+08', 'card', 'passed'),
  ('gate-3', 'M0003', '${day-6d} 18:00+08', 'face', 'declined'),
  ('gate-3', 'M0003', '${day-6d} 18:01+08', 'card', 'passed');
