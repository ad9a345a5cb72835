-- A column that is gone takes away what was judged by it: which facts read it stands beside it, so that judgeable_v1 says of
-- every rule that needs one of them that it cannot be judged meanwhile. A look of an earlier version says nothing of it.

ALTER TABLE registry.schema_look ADD COLUMN needed_for text NOT NULL DEFAULT '';
COMMENT ON COLUMN registry.schema_look.needed_for IS 'Which facts read a column that is gone or of another type: the fact, a blank, the column; one a line / 已不见或类型已变的列所涉事实';

GRANT INSERT (needed_for) ON registry.schema_look TO faceaudit_job;
