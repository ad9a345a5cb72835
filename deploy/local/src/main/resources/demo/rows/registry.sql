-- What the regulator knows of the sample operators. Dates in braces as in the other files.
INSERT INTO registry.operator (id, name, uscc, sector, region) VALUES
  ('green-court', '绿庭物业服务有限公司',   '91510100MA6C00017C', 'property',      '510100'),
  ('cloud-gate',  '云门智慧社区有限公司',   '91320500MA1N00026G', 'property-tech', '320500'),
  ('clear-gate',  '清门智慧社区有限公司',   '91330100MA2B00035P', 'property-tech', '330100'),
  ('small-court', '小院物业管理有限公司',   '91440300MA5F00042H', 'property',      '440300'),
  ('iron-gym',    '铁人健身管理有限公司',   '91500100MA5U00054K', 'gym',           '500100'),
  ('silk-gym',    '丝路健身管理有限公司',   '91500100MA5U00062E', 'gym',           '500100'),
  ('night-inn',   '夜泊酒店管理有限公司',   '91210200MA7C000717', 'hotel',         '210200'),
  ('day-inn',     '晨晖酒店管理有限公司',   '91370200MA8D00083N', 'hotel',         '370200'),
  ('lake-university', '湖畔大学',           '91420100MA9E00092A', 'school',        '420100'),
  ('hill-college',    '山麓学院',           '91430100MA9F00101A', 'school',        '430100');

-- clear-gate reached 100,000 on 2026-07-08 and filed with its province well before the last day, 2026-08-19.
INSERT INTO registry.filing (id, operator_id, kind, submitted_on, accepted_on, authority, declared_persons) VALUES
  ('ZJ-2026-0117', 'clear-gate', 'INITIAL', '2026-07-20', '2026-07-28', '330000', 100000);

-- Two hotels filed although they hold few faces. night-inn added up its two systems, and has given everything up since;
-- day-inn counted persons, and gave up one of two desks.
INSERT INTO registry.filing (id, operator_id, kind, submitted_on, accepted_on, authority, declared_persons) VALUES
  ('LN-2026-0003', 'night-inn', 'INITIAL',        '2026-01-15', '2026-01-22', '210000', 70),
  ('LN-2026-0094', 'night-inn', 'DEREGISTRATION', '${day-70d}', NULL,         '210000', NULL),
  ('SD-2026-0008', 'day-inn',   'INITIAL',        '2026-01-16', '2026-01-23', '370000', 30),
  ('SD-2026-0061', 'day-inn',   'CHANGE',         '${day-60d}', NULL,         '370000', NULL);

-- So did a college: 32 rows of templates, none with a key, are 24 persons.
INSERT INTO registry.filing (id, operator_id, kind, submitted_on, accepted_on, authority, declared_persons) VALUES
  ('HN-2026-0005', 'hill-college', 'INITIAL',     '2026-01-19', '2026-01-26', '430000', 24);

INSERT INTO registry.technology_use (id, operator_id, scene, started_on) VALUES
  ('green-court-gates', 'green-court', 'residential gates', '2026-03-02'),
  ('cloud-gate-gates',  'cloud-gate',  'residential gates', '2025-07-01'),
  ('clear-gate-gates',  'clear-gate',  'residential gates', '2025-07-01'),
  ('small-court-gates', 'small-court', 'residential gates', '2025-07-01'),
  ('iron-gym-doors',    'iron-gym',    'gym entrance',      '2025-06-15'),
  ('silk-gym-doors',    'silk-gym',    'gym entrance',      '2025-06-15'),
  ('lake-gates',  'lake-university',   'campus gates',      '2025-09-01'),
  ('hill-gates',  'hill-college',      'campus gates',      '2025-09-01');
INSERT INTO registry.technology_use (id, operator_id, scene, started_on, terminated_on) VALUES
  ('night-inn-desk',    'night-inn',   'check-in',          '2025-08-01', '${day-80d}'),
  ('night-inn-doors',   'night-inn',   'room doors',        '2025-08-01', '${day-80d}'),
  ('day-inn-desk',      'day-inn',     'check-in',          '2025-08-01', NULL),
  ('day-inn-annex',     'day-inn',     'check-in, annex',   '2025-08-01', '${day-75d}');

INSERT INTO registry.exception
  (id, rule_id, operator_id, subject_id, citation, valid_from, valid_to, entered_by, approved_by) VALUES
  ('sample-pool', 'sole-face-method', 'iron-gym', 'gym/gate-4',
   'sample instrument of this demo: state rule for the pool entrance', '${day-100d}', '${day+200d}', 'registrar-a', 'registrar-b'),
  ('sample-spa', 'sole-face-method', 'iron-gym', 'gym/gate-5',
   'sample instrument of this demo: state rule for the spa entrance', '${day-300d}', '${day-40d}', 'registrar-a', 'registrar-b'),
  ('sample-hold', 'raw-image-retained', 'silk-gym', 'gym/period-ended',
   'hold: sample dispute of this demo, evidence to be kept', '${day-60d}', '${day+60d}', 'registrar-a', 'registrar-b');

-- Whoever tries the demo switches a card reader off and shall not have to wait an hour for the alert.
INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source) VALUES
  ('sole-face-method.grace', 'iron-gym', '0', 'hours', '2025-06-01', 'demo only: an alert at once'),
  ('sole-face-method.grace', 'silk-gym', '0', 'hours', '2025-06-01', 'demo only: an alert at once');

-- Both universities declare that they keep no images: what is stored beside that is another fact.
INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source) VALUES
  ('raw-image-retained.declared-none', 'lake-university', '1', 'count', '2025-09-01', 'demo: declaration of 2025-09-01'),
  ('raw-image-retained.declared-none', 'hill-college',    '1', 'count', '2025-09-01', 'demo: declaration of 2025-09-01');
