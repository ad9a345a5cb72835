-- silk-gym: an orderly house. One member left five days ago, and her image may stay for the days of grace; another's must be
-- kept for a dispute; a third thought better of withdrawing. One was asked for a face again, but the second time only 49
-- hours after she had said no.
INSERT INTO access_point (id, site, name, in_service, by_face, by_card, by_qr, changed_at) VALUES
  ('door-1', 'main', 'Main door', true, true, true, true, '${day-120d} 09:00+08'),
  ('door-2', 'main', 'Back door', true, true, false, true, '${day-120d} 09:00+08');

INSERT INTO membership (id, member_id, started_on, ended_on) VALUES
  (1, 1, '${day-200d}', '${day-5d}'),
  (2, 2, '${day-200d}', NULL),
  (3, 3, '${day-200d}', NULL),
  (4, 4, '${day-200d}', NULL);

INSERT INTO consent (id, member_id, separate, legal_basis, given_at, withdrawn_at, expires_on, guardian) VALUES
  (1, 1, true,  'consent', '${day-200d} 09:00+08', NULL, NULL, false),
  (2, 2, true,  'consent', '${day-200d} 09:00+08', NULL, '${day+100d}', false),
  (3, 3, true,  'consent', '${day-200d} 09:00+08', NULL, NULL, false),
  (4, 4, true,  'consent', '${day-200d} 09:00+08', '${day-20d} 09:00+08', NULL, false),   -- withdrawn,
  (5, 4, true,  'consent', '${day-12d} 09:00+08',  NULL, NULL, false),                    -- and given again within the days
  (6, 5, false, 'hr',      '${day-200d} 09:00+08', NULL, NULL, false);                    -- an employee: rests on no consent

INSERT INTO member_image (id, member_id, photo, taken_at, keep_until) VALUES
  (1, 1, ${jpeg}, '${day-200d} 10:00+08', NULL),
  (2, 2, ${jpeg}, '${day-200d} 10:00+08', '${day+100d}'),
  (3, 3, ${jpeg}, '${day-200d} 10:00+08', '${day-10d}'),   -- the period is over, but a hold has it kept
  (4, 4, ${jpeg}, '${day-200d} 10:00+08', NULL),
  (5, 5, ${jpeg}, '${day-200d} 10:00+08', NULL);

INSERT INTO attempt (point_id, member_no, at, method, outcome) VALUES
  ('door-1', 'M0002', '${day-8d} 08:00+08', 'face', 'declined'),
  ('door-1', 'M0002', '${day-8d} 08:01+08', 'card', 'passed'),
  ('door-2', 'M0002', '${day-7d} 12:00+08', 'face', 'declined'),
  ('door-2', 'M0002', '${day-7d} 12:01+08', 'qr',   'passed'),
  ('door-1', 'M0002', '${day-6d} 09:00+08', 'face', 'declined'),
  ('door-1', 'M0002', '${day-6d} 09:01+08', 'card', 'passed');
