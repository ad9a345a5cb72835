-- What a reconciliation found is a row of the registry, so that it is captured and judged like every other row. Nobody
-- writes it by hand: a row that agrees resolves an alert, so only the role that runs the comparison adds rows, and rows
-- stay as they are. The operator need not be registered yet: its source is known all the same.

CREATE TABLE registry.reconciliation (
    id             text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    operator_id    text NOT NULL,
    system_id      text NOT NULL,
    log_position   text NOT NULL,
    rows_source    bigint NOT NULL,
    rows_here      bigint NOT NULL,
    persons_source bigint NOT NULL,
    persons_here   bigint NOT NULL,
    checked_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT reconciliation_id_has_no_blank CHECK (id ~ '^\S+$'),
    CONSTRAINT reconciliation_operator_is_a_slug CHECK (operator_id ~ '^[a-z0-9-]+$'),
    CONSTRAINT reconciliation_system_is_a_slug CHECK (system_id ~ '^[a-z0-9-]+$'),
    CONSTRAINT reconciliation_names_a_position CHECK (btrim(log_position) <> ''),
    CONSTRAINT reconciliation_counts_are_not_negative CHECK (least(rows_source, rows_here, persons_source, persons_here) >= 0),
    CONSTRAINT reconciliation_day_is_plausible CHECK (checked_at >= '2000-01-01Z' AND checked_at < '2200-01-01Z')
);
COMMENT ON TABLE registry.reconciliation IS 'Counts in a source against counts in its evidence topic, at one log position / 来源与采集记录在同一日志位置的对账';
COMMENT ON COLUMN registry.reconciliation.id IS 'Id of the reconciliation / 编号';
COMMENT ON COLUMN registry.reconciliation.operator_id IS 'Operator, as in its file / 处理者标识';
COMMENT ON COLUMN registry.reconciliation.system_id IS 'System, as in its file / 系统标识';
COMMENT ON COLUMN registry.reconciliation.log_position IS 'Log position of the source compared at / 日志位置';
COMMENT ON COLUMN registry.reconciliation.rows_source IS 'Rows of the mapped tables in the source / 来源行数';
COMMENT ON COLUMN registry.reconciliation.rows_here IS 'The same by what was captured / 采集记录所得行数';
COMMENT ON COLUMN registry.reconciliation.persons_source IS 'Distinct persons in the source / 来源人数';
COMMENT ON COLUMN registry.reconciliation.persons_here IS 'The same by what was captured / 采集记录所得人数';
COMMENT ON COLUMN registry.reconciliation.checked_at IS 'When it was compared, by the audit database''s clock / 对账时间';
CREATE INDEX reconciliation_of_operator ON registry.reconciliation (operator_id, system_id, checked_at);

GRANT USAGE ON SCHEMA registry TO faceaudit_job;
GRANT INSERT (operator_id, system_id, log_position, rows_source, rows_here, persons_source, persons_here)
    ON registry.reconciliation TO faceaudit_job;
GRANT SELECT ON registry.reconciliation TO registrar, faceaudit_capture;
