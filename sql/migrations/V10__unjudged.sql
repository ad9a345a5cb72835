-- What was read and could not be judged, with the reason: counted by the job where it was met, in parts that the view adds up.
CREATE TABLE audit.unjudged (
    operator_id text NOT NULL,
    system_id   text NOT NULL,
    subject     text NOT NULL,
    reason      text NOT NULL,
    part        text NOT NULL,
    occurrences bigint,
    last_at     timestamptz,
    generation  bigint NOT NULL,
    position    bigint NOT NULL,
    deleted     boolean NOT NULL,
    PRIMARY KEY (operator_id, system_id, subject, reason, part),
    CONSTRAINT unjudged_is_counted CHECK (deleted OR num_nulls(occurrences, last_at) = 0)
);
COMMENT ON TABLE audit.unjudged IS 'What could not be judged, and why / 无法判定的内容及原因';
