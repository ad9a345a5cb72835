-- What a look into the catalogue of a source found is a row of the registry, so that it is captured and judged like every
-- other row: under an allow-list no change tells of a column that came, or of one that changed its type. A row stands from its
-- look to the next, so there is one more only when something is different. Nobody writes it by hand: a row that lists nothing
-- resolves an alert, so only the role that looks adds rows, and rows stay as they are. The operator need not be registered yet.

CREATE TABLE registry.schema_look (
    id           text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    operator_id  text NOT NULL,
    system_id    text NOT NULL,
    looked_at    timestamptz NOT NULL DEFAULT now(),
    file_version text NOT NULL,
    columns      text NOT NULL,
    gone         text NOT NULL,
    retyped      text NOT NULL,
    photo_like   text NOT NULL,
    CONSTRAINT schema_look_id_has_no_blank CHECK (id ~ '^\S+$'),
    CONSTRAINT schema_look_operator_is_a_slug CHECK (operator_id ~ '^[a-z0-9-]+$'),
    CONSTRAINT schema_look_system_is_a_slug CHECK (system_id ~ '^[a-z0-9-]+$'),
    CONSTRAINT schema_look_file_version_is_a_hash CHECK (file_version ~ '^[0-9a-f]{16}$'),
    CONSTRAINT schema_look_day_is_plausible CHECK (looked_at >= '2000-01-01Z' AND looked_at < '2200-01-01Z')
);
COMMENT ON TABLE registry.schema_look IS 'What the catalogue of a source showed beside its mapping, from this look to the next / 来源表结构与映射的比对';
COMMENT ON COLUMN registry.schema_look.id IS 'Id of the look / 编号';
COMMENT ON COLUMN registry.schema_look.operator_id IS 'Operator, as in its file / 处理者标识';
COMMENT ON COLUMN registry.schema_look.system_id IS 'System, as in its file / 系统标识';
COMMENT ON COLUMN registry.schema_look.looked_at IS 'When it was looked at, by the audit database''s clock / 查看时间';
COMMENT ON COLUMN registry.schema_look.file_version IS 'Hash of the operator''s file looked at with / 映射文件版本';
COMMENT ON COLUMN registry.schema_look.columns IS 'Columns of the mapped tables and what they hold, one a line / 映射所涉各表的列及其类型';
COMMENT ON COLUMN registry.schema_look.gone IS 'Mapped columns that are not there, one a line / 已不见的列';
COMMENT ON COLUMN registry.schema_look.retyped IS 'Mapped columns of another type, one a line / 类型已变的列';
COMMENT ON COLUMN registry.schema_look.photo_like IS 'New columns that look like a store of images, neither mapped nor left out, one a line / 疑似存放图像的新列';
CREATE INDEX schema_look_of_source ON registry.schema_look (operator_id, system_id, looked_at);

GRANT INSERT (operator_id, system_id, file_version, columns, gone, retyped, photo_like)
    ON registry.schema_look TO faceaudit_job;
-- Whoever looks compares with what was seen before.
GRANT SELECT ON registry.schema_look TO registrar, faceaudit_capture, faceaudit_job;
