-- By which mapping each source is read, and since when: one row for the first and one for each change. The launcher writes it
-- when the job has taken the mapping; nothing is judged by it, so it is no row of the registry.

CREATE TABLE audit.mapping_change (
    operator_id     text NOT NULL,
    system_id       text NOT NULL,
    mapping_version text NOT NULL,
    topic           text NOT NULL,
    from_offset     bigint NOT NULL,
    read_anew       boolean NOT NULL,
    generation      bigint NOT NULL,
    taken_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (operator_id, system_id, taken_at),
    CONSTRAINT mapping_change_has_an_offset CHECK (from_offset >= 0)
);
COMMENT ON TABLE audit.mapping_change IS 'By which mapping a source is read, and since which position / 各来源映射变更及其生效位点';

GRANT SELECT, INSERT ON audit.mapping_change TO faceaudit_job;
