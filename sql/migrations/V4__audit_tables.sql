-- Schema audit: where the job's results land. Written through the put functions only (R__1_audit_functions.sql),
-- read through schema audit_api only (R__2 to R__4_audit_api_*.sql).
CREATE SCHEMA audit;
COMMENT ON SCHEMA audit IS 'Results of the job; read them through audit_api / 审计结果,请经 audit_api 读取';

-- Taken by every start of the job from anything but the newest completed checkpoint.
CREATE SEQUENCE audit.generation;
-- Cache 1 and the lock of audit.lock_change_seq(): numbers become visible in their own order.
CREATE SEQUENCE audit.change_seq CACHE 1;

CREATE TABLE audit.alert (
    alert_id         uuid NOT NULL,
    episode          int NOT NULL CHECK (episode >= 1),
    rule_id          text NOT NULL,
    verdict          text NOT NULL CHECK (verdict IN ('VIOLATION', 'SUSPECTED', 'WARNING', 'NOTICE', 'UNKNOWN')),
    status           text NOT NULL CHECK (status IN ('OPEN', 'RESOLVED', 'EXEMPT', 'WITHDRAWN')),
    severity         int NOT NULL CHECK (severity BETWEEN 1 AND 5),
    operator_id      text,
    system_id        text,
    subject_kind     text NOT NULL,
    subject_id       text NOT NULL,
    "trigger"        text NOT NULL,
    occurred_on      date,
    opened_at        timestamptz,
    resolved_at      timestamptz,
    detected_at      timestamptz NOT NULL,
    due_on           date,
    measured         numeric,
    threshold        numeric,
    unit             text,
    provisional      boolean NOT NULL,
    calendar_version text,
    law_article      text,
    law_version      text,
    mapping_version  text,
    exception_id     text,
    explanation_zh   text,
    explanation_en   text,
    evidence         jsonb NOT NULL,
    generation       bigint NOT NULL,
    revision         bigint NOT NULL,
    acknowledged_by  text,
    change_seq       bigint NOT NULL UNIQUE,
    PRIMARY KEY (alert_id, episode)
);
CREATE INDEX alert_of_operator ON audit.alert (operator_id, rule_id);
CREATE INDEX alert_open ON audit.alert (rule_id, verdict) WHERE status = 'OPEN';
COMMENT ON TABLE audit.alert IS 'One row per alert and episode: its newest revision / 每告警每回合一行,最新修订';

CREATE TABLE audit.alert_history (
    LIKE audit.alert,
    revised_at timestamptz NOT NULL,
    reason     text,
    PRIMARY KEY (alert_id, generation, revision, episode)
);
CREATE INDEX alert_history_by_change ON audit.alert_history (change_seq);
COMMENT ON TABLE audit.alert_history IS 'Every revision that was accepted, append-only / 全部修订,只增不改';

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER alert_history_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.alert_history
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

CREATE TABLE audit.acknowledgement (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id        uuid NOT NULL,
    episode         int NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('ACKNOWLEDGED', 'CONTESTED', 'JUSTIFIED')),
    note            text NOT NULL CHECK (btrim(note) <> '' AND length(note) <= 4000),
    acknowledged_by text NOT NULL,
    acknowledged_at timestamptz NOT NULL,
    revision_seen   bigint NOT NULL,
    FOREIGN KEY (alert_id, episode) REFERENCES audit.alert
);
CREATE INDEX acknowledgement_of_alert ON audit.acknowledgement (alert_id, episode);
CREATE TRIGGER acknowledgement_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.acknowledgement
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
COMMENT ON TABLE audit.acknowledgement IS 'What people said to an alert; it changes no verdict / 人工确认、异议、说明;不改变判定';

-- The tables below are upserted by key and guarded by (generation, position). A removed row stays as a tombstone
-- (deleted), so that an older row which arrives late cannot come back; the views leave tombstones out.

CREATE TABLE audit.person_count (
    operator_id  text NOT NULL,
    day          date NOT NULL,
    persons_low  bigint,
    persons_high bigint,
    exact        boolean,
    records      bigint,
    raw_images   bigint,
    added        bigint,
    removed      bigint,
    generation   bigint NOT NULL,
    position     bigint NOT NULL,
    deleted      boolean NOT NULL,
    PRIMARY KEY (operator_id, day),
    CONSTRAINT person_count_is_complete CHECK (deleted OR num_nulls(persons_low, persons_high, exact, records, raw_images, added, removed) = 0),
    CONSTRAINT person_count_is_an_interval CHECK (deleted OR (0 <= persons_low AND persons_low <= persons_high))
);
COMMENT ON TABLE audit.person_count IS 'Days on which a count changed; the view carries them forward / 仅记有变化之日,视图逐日补全';

CREATE TABLE audit.person_count_known (
    operator_id text PRIMARY KEY,
    known_to    date NOT NULL CHECK (isfinite(known_to)),
    generation  bigint NOT NULL
);
COMMENT ON TABLE audit.person_count_known IS 'Last legal day up to which an operator''s counts are known / 人数已知至何日';

CREATE TABLE audit.clock (
    operator_id      text NOT NULL,
    kind             text NOT NULL,
    trigger_id       text NOT NULL,
    trigger_on_low   date,
    trigger_on_high  date,
    basis            text,
    due_on           date,
    due_on_strict    date,
    state            text,
    days_late        bigint,
    calendar_version text,
    provisional      boolean,
    filed_on         date,
    generation       bigint NOT NULL,
    position         bigint NOT NULL,
    deleted          boolean NOT NULL,
    PRIMARY KEY (operator_id, kind, trigger_id),
    CONSTRAINT clock_state_is_known CHECK (deleted OR (state IS NOT NULL AND state IN
        ('RUNNING', 'MET', 'MET_LATE', 'OVERDUE', 'POSSIBLY_OVERDUE', 'WITHDRAWN')))
);
COMMENT ON TABLE audit.clock IS 'Statutory deadlines / 法定期限';

CREATE TABLE audit.forecast (
    operator_id     text NOT NULL,
    as_of           date NOT NULL,
    reaches_low     date,
    reaches_mid     date,
    reaches_high    date,
    last_filing_day date,
    method          text,
    withheld_reason text,
    generation      bigint NOT NULL,
    position        bigint NOT NULL,
    deleted         boolean NOT NULL,
    PRIMARY KEY (operator_id, as_of)
);
COMMENT ON TABLE audit.forecast IS 'When 100,000 persons may be reached, as seen on a day / 某日预测的达到日期';

CREATE TABLE audit.image_finding (
    operator_id    text NOT NULL,
    system_id      text NOT NULL,
    record_key     text NOT NULL,
    cause          text NOT NULL,
    person_token   text,
    stored_on_low  date,
    stored_on_high date,
    due_on         date,
    verdict        text,
    cleared_at     timestamptz,
    generation     bigint NOT NULL,
    position       bigint NOT NULL,
    deleted        boolean NOT NULL,
    PRIMARY KEY (operator_id, system_id, record_key, cause),
    CONSTRAINT image_finding_has_a_verdict CHECK (deleted OR verdict IS NOT NULL)
);
CREATE INDEX image_finding_by_cause ON audit.image_finding (operator_id, cause) WHERE cleared_at IS NULL AND NOT deleted;
COMMENT ON TABLE audit.image_finding IS 'Raw images stored past the day they became due / 逾期保存的原始图像';

CREATE TABLE audit.source (
    operator_id    text NOT NULL,
    system_id      text NOT NULL,
    state          text,
    known_through  timestamptz,
    changes        bigint,
    rejects        bigint,
    unmapped       bigint,
    last_change_at timestamptz,
    generation     bigint NOT NULL,
    position       bigint NOT NULL,
    deleted        boolean NOT NULL,
    PRIMARY KEY (operator_id, system_id),
    CONSTRAINT source_has_a_state CHECK (deleted OR state IS NOT NULL)
);
COMMENT ON TABLE audit.source IS 'Captured databases and how far each is known / 各来源及其已知时点';

CREATE TABLE audit.judgeable (
    operator_id text NOT NULL,
    system_id   text NOT NULL,
    rule_id     text NOT NULL,
    judgeable   boolean,
    reason      text,
    generation  bigint NOT NULL,
    position    bigint NOT NULL,
    deleted     boolean NOT NULL,
    PRIMARY KEY (operator_id, system_id, rule_id),
    CONSTRAINT judgeable_is_said CHECK (deleted OR judgeable IS NOT NULL),
    CONSTRAINT judgeable_no_has_a_reason CHECK (deleted OR judgeable OR reason IS NOT NULL)
);
COMMENT ON TABLE audit.judgeable IS 'Which rules a source allows to judge, and why not / 各来源可判定的规则及原因';

CREATE TABLE audit.reject (
    topic       text NOT NULL,
    partition   int NOT NULL,
    "offset"    bigint NOT NULL,
    reason      text NOT NULL,
    sha256      text NOT NULL,
    rejected_at timestamptz NOT NULL,
    PRIMARY KEY (topic, partition, "offset")
);
COMMENT ON TABLE audit.reject IS 'Messages that could not be read: position, reason and hash, never content / 无法解析的消息:位置、原因、摘要';

CREATE TABLE audit.reconciliation (
    operator_id    text NOT NULL,
    system_id      text NOT NULL,
    log_position   text NOT NULL,
    rows_source    bigint,
    rows_here      bigint,
    persons_source bigint,
    persons_here   bigint,
    checked_at     timestamptz NOT NULL,
    PRIMARY KEY (operator_id, system_id, checked_at)
);
COMMENT ON TABLE audit.reconciliation IS 'Counts in the source against counts here, at one log position / 来源与本库对账';
